using System.Globalization;
using System.Net;
using System.Text;

namespace Homeward.Linkage;

/// <summary>Charts as inline SVG: no scripts, no styles of their own, readable by a screen reader, with a table beside.</summary>
/// <remarks>Colours come from the classes a, b, for and against of the page; the fills written here are for pages without them.</remarks>
internal static class Svg
{
    private const int Width = 720;
    private const int LabelWidth = 260;
    private const int RowHeight = 24;

    public sealed record Bar(string Label, double Value, string Says, bool IsMarked = false);

    public sealed record Line(string Label, string Class, IReadOnlyList<(double X, double Y)> Points);

    /// <summary>One figure: the finding as its title, the chart, and the same numbers as a table.</summary>
    public static string Figure(string finding, string chart, string table) =>
        $"<figure><figcaption>{Html(finding)}</figcaption>{chart}<details><summary>The same as a table</summary>{table}</details></figure>\n";

    /// <summary>Lying bars, from 0 or to both sides of it.</summary>
    public static string Bars(string title, IReadOnlyList<Bar> bars)
    {
        var (low, high) = (Math.Min(0, bars.Select(bar => bar.Value).DefaultIfEmpty().Min()),
            Math.Max(0, bars.Select(bar => bar.Value).DefaultIfEmpty().Max()));
        var scale = (Width - LabelWidth - 90) / Math.Max(1e-12, high - low);
        double X(double value) => LabelWidth + ((value - low) * scale);
        var svg = Open(title, bars.Count * RowHeight);
        for (var i = 0; i < bars.Count; i++)
        {
            var (bar, y) = (bars[i], i * RowHeight);
            var (from, to) = (X(Math.Min(0, bar.Value)), X(Math.Max(0, bar.Value)));
            svg.Append(Invariant($"<text x=\"{LabelWidth - 8}\" y=\"{y + 16}\" text-anchor=\"end\">{Html(Short(bar.Label))}<title>{Html(bar.Label)}</title></text>"))
                .Append(Invariant($"<rect class=\"{(bar.IsMarked || bar.Value < 0 ? "against" : "for")}\" fill=\"{(bar.IsMarked || bar.Value < 0 ? "#a4461f" : "#14606b")}\" x=\"{from:0.#}\" y=\"{y + 5}\" width=\"{Math.Max(1, to - from):0.#}\" height=\"14\"/>"))
                .Append(Invariant($"<text x=\"{to + 6:0.#}\" y=\"{y + 16}\">{Html(bar.Says)}</text>"));
        }
        return svg.Append("</svg>").ToString();
    }

    /// <summary>Standing columns, their heights by logarithm, so that ten and ten million are both seen.</summary>
    public static string Columns(string title, string xLabel, IReadOnlyList<(double X, double Count)> columns, double? mark)
    {
        const int Height = 220, Bottom = 40, Left = 40;
        var svg = Open(title, Height);
        if (columns.Count == 0) return svg.Append("</svg>").ToString();
        var (xMin, xMax) = (columns.Min(column => column.X), columns.Max(column => column.X) + 1);
        var top = Math.Log10(columns.Max(column => column.Count) + 1);
        double X(double x) => Left + ((x - xMin) / (xMax - xMin) * (Width - Left - 10));
        double Y(double count) => Height - Bottom - (Math.Log10(count + 1) / Math.Max(0.3, top) * (Height - Bottom - 12));
        for (var power = 0; power <= top; power++)
        {
            var y = Y(Math.Pow(10, power) - 1 + (power == 0 ? 0 : 1));
            svg.Append(Invariant($"<line class=\"grid\" stroke=\"#c9cdd0\" x1=\"{Left}\" x2=\"{Width - 10}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/>"))
                .Append(Invariant($"<text x=\"{Left - 6}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{(power == 0 ? "0" : Thousands(Math.Pow(10, power)))}</text>"));
        }
        var width = Math.Max(1, X(xMin + PairSurvey.BinBits) - X(xMin) - 1);
        foreach (var (x, count) in columns)
        {
            var y = Y(count);
            svg.Append(Invariant($"<rect class=\"{(mark is { } from && x < from ? "b" : "a")}\" fill=\"{(mark is { } to && x < to ? "#9aa3a8" : "#14606b")}\" x=\"{X(x):0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{Math.Max(1, Height - Bottom - y):0.#}\"><title>{Html(Invariant($"{x:0.#} bits: {count:N0}"))}</title></rect>"));
        }
        for (var x = Math.Ceiling(xMin / 10) * 10; x <= xMax; x += 10)
            svg.Append(Invariant($"<text x=\"{X(x):0.#}\" y=\"{Height - Bottom + 16}\" text-anchor=\"middle\">{x:0}</text>"));
        if (mark is { } threshold && threshold >= xMin && threshold <= xMax)
            svg.Append(Invariant($"<line class=\"mark\" stroke=\"#1b1b1b\" stroke-dasharray=\"4 3\" x1=\"{X(threshold):0.#}\" x2=\"{X(threshold):0.#}\" y1=\"4\" y2=\"{Height - Bottom}\"/>"));
        return svg.Append(Invariant($"<text x=\"{Width - 10}\" y=\"{Height - 6}\" text-anchor=\"end\">{Html(xLabel)}</text></svg>")).ToString();
    }

    /// <summary>Lines over a span of x, y from 0 to 1.</summary>
    public static string Lines(string title, string xLabel, double xMin, double xMax, IReadOnlyList<Line> lines, double? mark)
    {
        const int Height = 260, Bottom = 40, Left = 40;
        string[] dashes = ["", "6 3", "2 3"];
        string[] strokes = ["#14606b", "#a4461f", "#5b5b5b"];
        double X(double x) => Left + ((Math.Clamp(x, xMin, xMax) - xMin) / Math.Max(1e-9, xMax - xMin) * (Width - Left - 110));
        double Y(double y) => Height - Bottom - (y * (Height - Bottom - 10));
        var svg = Open(title, Height);
        for (var y = 0.0; y <= 1.001; y += 0.25)
        {
            svg.Append(Invariant($"<line class=\"grid\" stroke=\"#c9cdd0\" x1=\"{Left}\" x2=\"{Width - 110}\" y1=\"{Y(y):0.#}\" y2=\"{Y(y):0.#}\"/>"))
                .Append(Invariant($"<text x=\"{Left - 6}\" y=\"{Y(y) + 4:0.#}\" text-anchor=\"end\">{y:0.##}</text>"));
        }
        var step = xMax - xMin > 2 ? 10 : 0.25;
        for (var x = Math.Ceiling(xMin / step) * step; x <= xMax + 1e-9; x += step)
            svg.Append(Invariant($"<text x=\"{X(x):0.#}\" y=\"{Height - Bottom + 16}\" text-anchor=\"middle\">{x:0.##}</text>"));
        var labelAt = new List<double>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Points.Count == 0) continue;
            var points = string.Join(' ', lines[i].Points.Select(point => Invariant($"{X(point.X):0.#},{Y(point.Y):0.#}")));
            svg.Append(Invariant($"<polyline class=\"line {lines[i].Class}\" fill=\"none\" stroke=\"{strokes[i % 3]}\" stroke-width=\"2\" stroke-dasharray=\"{dashes[i % 3]}\" points=\"{points}\"/>"));
            var end = Y(lines[i].Points.MaxBy(point => point.X).Y) + 4;
            while (labelAt.Exists(other => Math.Abs(other - end) < 14)) end += 14;
            labelAt.Add(end);
            svg.Append(Invariant($"<text x=\"{Width - 104}\" y=\"{end:0.#}\">{Html(lines[i].Label)}</text>"));
        }
        if (mark is { } at) svg.Append(Invariant($"<line class=\"mark\" stroke=\"#1b1b1b\" stroke-dasharray=\"4 3\" x1=\"{X(at):0.#}\" x2=\"{X(at):0.#}\" y1=\"6\" y2=\"{Height - Bottom}\"/>"));
        return svg.Append(Invariant($"<text x=\"{Width - 110}\" y=\"{Height - 6}\" text-anchor=\"end\">{Html(xLabel)}</text></svg>")).ToString();
    }

    public static string Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new StringBuilder("<table><thead><tr>");
        foreach (var header in headers) table.Append("<th scope=\"col\">").Append(Html(header)).Append("</th>");
        table.Append("</tr></thead><tbody>\n");
        foreach (var row in rows)
        {
            table.Append("<tr>");
            for (var i = 0; i < row.Count; i++)
            {
                var isNumber = row[i].Length > 0 && row[i].All(letter => char.IsAsciiDigit(letter)
                    || " ,.%+-−–".Contains(letter, StringComparison.Ordinal));
                table.Append(i == 0 ? "<th scope=\"row\">" : isNumber ? "<td class=\"n\">" : "<td>")
                    .Append(Html(row[i])).Append(i == 0 ? "</th>" : "</td>");
            }
            table.Append("</tr>\n");
        }
        return table.Append("</tbody></table>").ToString();
    }

    public static string Html(string text) => WebUtility.HtmlEncode(text);

    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    internal static StringBuilder Open(string title, int height) => new(Invariant(
        $"<svg viewBox=\"0 0 {Width} {Math.Max(RowHeight, height)}\" role=\"img\" aria-label=\"{Html(title)}\" font-size=\"13\" fill=\"currentColor\">"));

    private static string Short(string label) => label.Length <= 40 ? label : label[..39] + "…";

    private static string Thousands(double count) => count switch
    {
        >= 1e9 => Invariant($"{count / 1e9:0.#}G"), >= 1e6 => Invariant($"{count / 1e6:0.#}M"),
            >= 1e3 => Invariant($"{count / 1e3:0.#}k"), _ => Invariant($"{count:0}"),
    };
}
