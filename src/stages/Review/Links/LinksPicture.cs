using System.Globalization;
using System.Net;
using System.Text;

namespace Homeward.Review.Links;

/// <summary>Draws what reports share along time: a line for each thing, a dot for each report that holds it, this report as an upright.</summary>
/// <remarks>Stands alone in a page: no styles and no scripts. Classes <c>here</c>, <c>near</c> and <c>far</c> may be coloured; shapes differ as well.</remarks>
internal static class LinksPicture
{
    private const int Width = 720, LineHeight = 34, LabelsTo = 210, TimeFrom = 230, TimeTo = 700, Head = 26;
    private const int LabelMax = 30;
    private const int LinesMax = 24;

    public static string Of(ShowLinks.Page page)
    {
        var lines = page.Threads.OrderByDescending(thread => thread.Sightings.Count).Take(LinesMax).ToList();
        if (lines.Count == 0) return "";
        var reports = page.Reports.ToDictionary(report => report.Id);
        var (first, last) = (page.Reports[0].ReceivedAt, page.Reports[^1].ReceivedAt);
        var span = Math.Max(1, (last - first).TotalSeconds);
        double X(DateTimeOffset at) => last == first ? (TimeFrom + TimeTo) / 2.0 : TimeFrom + ((at - first).TotalSeconds / span * (TimeTo - TimeFrom));
        var height = Head + (lines.Count * LineHeight) + 6;
        var svg = new StringBuilder(Invariant(
            $"<svg class=\"links-picture\" viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{Html(Summary(page))}\" font-size=\"13\" fill=\"currentColor\">"));
        svg.Append(Invariant($"<text x=\"{TimeFrom}\" y=\"14\">{first:d MMM yyyy}</text>"))
            .Append(last == first ? "" : Invariant($"<text x=\"{TimeTo}\" y=\"14\" text-anchor=\"end\">{last:d MMM yyyy}</text>"));
        var here = X(reports[page.Id].ReceivedAt);
        svg.Append(Invariant($"<line class=\"here\" stroke=\"currentColor\" stroke-dasharray=\"3 3\" x1=\"{here:0.#}\" x2=\"{here:0.#}\" y1=\"{Head - 6}\" y2=\"{height - 4}\"/>"));
        for (var index = 0; index < lines.Count; index++)
        {
            var (line, y) = (lines[index], Head + (index * LineHeight) + (LineHeight / 2));
            var held = line.Sightings.Select(one => reports[one.Report]).OrderBy(report => report.ReceivedAt).ToList();
            svg.Append(Invariant($"<g><title>{Html($"{line.Kind} {line.Value}: {held.Count} reports")}</title>"))
                .Append(Invariant($"<text x=\"{LabelsTo}\" y=\"{y + 4}\" text-anchor=\"end\">{Html(Short(line.Value))}</text>"))
                .Append(Invariant($"<line stroke=\"currentColor\" stroke-opacity=\"0.45\" x1=\"{X(held[0].ReceivedAt):0.#}\" x2=\"{X(held[^1].ReceivedAt):0.#}\" y1=\"{y}\" y2=\"{y}\"/>"));
            foreach (var report in held) svg.Append(Dot(report, X(report.ReceivedAt), y));
            svg.Append("</g>");
        }
        return svg.Append("</svg>").ToString();
    }

    /// <summary>"Report 1: 3 things are shared with 5 other reports, from 1 Jul to 9 Jul 2019."</summary>
    public static string Summary(ShowLinks.Page page) => page.Threads.Count == 0
        ? $"Report {page.Number} shares nothing with another report."
        : string.Create(CultureInfo.InvariantCulture,
            $"Report {page.Number}: {page.Threads.Count} things are shared with {page.Reports.Count - 1} other reports, received from {page.Reports[0].ReceivedAt:d MMM yyyy} to {page.Reports[^1].ReceivedAt:d MMM yyyy}.");

    /// <summary>A square is the report itself, a disc one that shares something with it, a ring one further off.</summary>
    private static string Dot(ShowLinks.Report report, double x, int y)
    {
        var title = $"<title>{Html(Invariant($"Report {report.Number}, {report.ReceivedAt:d MMM yyyy}"))}</title>";
        return report.Steps switch
        {
            0 => Invariant($"<rect class=\"here\" x=\"{x - 7:0.#}\" y=\"{y - 7}\" width=\"14\" height=\"14\">{title}</rect>"),
            1 => Invariant($"<circle class=\"near\" cx=\"{x:0.#}\" cy=\"{y}\" r=\"6\">{title}</circle>"),
            _ => Invariant($"<circle class=\"far\" cx=\"{x:0.#}\" cy=\"{y}\" r=\"5\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\">{title}</circle>"),
        };
    }

    private static string Short(string text) => text.Length <= LabelMax ? text : text[..(LabelMax - 1)] + "…";
    private static string Html(string text) => WebUtility.HtmlEncode(text);
    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
