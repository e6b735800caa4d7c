using System.Globalization;
using System.Net;
using System.Text;

namespace Homeward.Linkage;

/// <summary>The picture of an explanation: the same bars and the same words in a terminal, in a report and on a page.</summary>
/// <remarks>Begins at the prior, goes through the fields in the order of their strength, and ends at the total.</remarks>
public static class WaterfallChart
{
    private const int Width = 720;
    private const int RowHeight = 30;
    private const int BarsFrom = 330;
    private const int BarsTo = 650;
    private const int TerminalBits = 30;

    /// <summary>A step of the waterfall: where it starts and ends, in bits.</summary>
    private readonly record struct Step(string Label, string Says, double From, double To, bool IsTotal);

    /// <summary>"4.2 bits for", "3.1 bits against".</summary>
    public static string Bits(double weight) => string.Create(CultureInfo.InvariantCulture,
        $"{Math.Abs(weight):0.0} bits {(weight >= 0 ? "for" : "against")}");

    /// <summary>"93 in 100", "1 in 10,000": a probability as people say it.</summary>
    public static string Chance(double probability) => probability switch
    {
        >= 0.9995 => "more than 999 in 1,000",
        >= 0.005 => string.Create(CultureInfo.InvariantCulture, $"{probability * 100:0.#} in 100"),
        > 0 => string.Create(CultureInfo.InvariantCulture, $"1 in {1 / probability:N0}"),
        _ => "none",
    };

    /// <summary>Lines for a terminal, the total last.</summary>
    public static string ToText(this Explanation explanation)
    {
        var steps = Steps(explanation).ToList();
        var (low, high) = (Math.Min(0, steps.Min(step => Math.Min(step.From, step.To))),
            Math.Max(0, steps.Max(step => Math.Max(step.From, step.To))));
        var text = new StringBuilder();
        foreach (var step in steps)
        {
            int Place(double bits) => (int)Math.Round((bits - low) / Math.Max(1, high - low) * TerminalBits);
            var (from, to) = (Place(Math.Min(step.From, step.To)),
                Math.Max(Place(Math.Max(step.From, step.To)), Place(Math.Min(step.From, step.To)) + 1));
            var bar = new string(' ', from) + new string(step.To >= step.From ? '█' : '░', to - from)
                + new string(' ', Math.Max(0, TerminalBits + 1 - to));
            var bits = step.IsTotal ? step.To : step.To - step.From;
            text.Append(CultureInfo.InvariantCulture, $"{bits,7:+0.0;-0.0;0.0} {bar} {step.Label}: {step.Says}\n");
        }
        if (explanation.Unknown.Count > 0)
            text.Append(CultureInfo.InvariantCulture,
                $"        not known, so it counts neither way: {string.Join(", ", explanation.Unknown.Select(bar => bar.Field))}\n");
        return text.ToString();
    }

    /// <summary>An SVG that stands alone in a page: no styles and no scripts. Classes <c>for</c>, <c>against</c> and <c>total</c> may be coloured.</summary>
    public static string ToSvg(this Explanation explanation)
    {
        var steps = Steps(explanation).ToList();
        var (low, high) = (Math.Min(0, steps.Min(step => Math.Min(step.From, step.To))),
            Math.Max(0, steps.Max(step => Math.Max(step.From, step.To))));
        double X(double bits) => BarsFrom + ((bits - low) / Math.Max(1, high - low) * (BarsTo - BarsFrom));
        var svg = new StringBuilder(Invariant(
            $"<svg class=\"waterfall-picture\" viewBox=\"0 0 {Width} {(steps.Count * RowHeight) + 6}\" role=\"img\" aria-label=\"{Html(Summary(explanation))}\" font-size=\"13\" fill=\"currentColor\">"));
        svg.Append(Invariant($"<line class=\"zero\" stroke=\"currentColor\" stroke-opacity=\"0.4\" x1=\"{X(0):0.#}\" x2=\"{X(0):0.#}\" y1=\"0\" y2=\"{(steps.Count * RowHeight) + 2}\"/>"));
        for (var i = 0; i < steps.Count; i++)
        {
            var (step, y) = (steps[i], i * RowHeight);
            var (from, to) = (X(Math.Min(step.From, step.To)), X(Math.Max(step.From, step.To)));
            var isFor = step.To >= step.From;
            var kind = step.IsTotal ? "total" : isFor ? "for" : "against";
            var fill = step.IsTotal ? "#3d4551" : isFor ? "#14606b" : "#a4461f";
            var bits = step.IsTotal ? step.To : step.To - step.From;
            svg.Append(Invariant($"<g><title>{Html(step.Says)}</title><text x=\"{BarsFrom - 10}\" y=\"{y + 19}\" text-anchor=\"end\">{Html(Short(step.Label))}</text>"))
                .Append(Invariant($"<rect class=\"{kind}\" fill=\"{fill}\" x=\"{from:0.#}\" y=\"{y + 6}\" width=\"{Math.Max(1.5, to - from):0.#}\" height=\"18\"/>"))
                // A shape goes with the colour: against is hatched by a line through the bar.
                .Append(kind == "against"
                    ? Invariant($"<line stroke=\"#fff\" stroke-width=\"2\" x1=\"{from:0.#}\" x2=\"{to:0.#}\" y1=\"{y + 15}\" y2=\"{y + 15}\"/>") : "")
                .Append(Invariant($"<text x=\"{BarsTo + 8}\" y=\"{y + 19}\">{bits:+0.0;−0.0;0.0}</text></g>"));
        }
        return svg.Append("</svg>").ToString();
    }

    /// <summary>"7.4 bits for, 99.4 in 100. For: … Against: …"</summary>
    public static string Summary(this Explanation explanation)
    {
        var (why, against) = (explanation.For, explanation.Against);
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture,
            $"{Bits(explanation.Weight)}, a chance of {Chance(explanation.Probability)}."));
        if (why.Count > 0) text.Append(" For: ").AppendJoin("; ", why.Select(bar => bar.Sentence)).Append('.');
        if (against.Count > 0) text.Append(" Against: ").AppendJoin("; ", against.Select(bar => bar.Sentence)).Append('.');
        return text.ToString();
    }

    private static IEnumerable<Step> Steps(Explanation explanation)
    {
        var at = explanation.PriorWeight;
        yield return new("before looking", $"two records taken at random, a chance of {Chance(Scorer.Probability(at))}", 0, at, false);
        foreach (var bar in explanation.For.Concat(explanation.Against))
        {
            yield return new(bar.Field, bar.Sentence, at, at + bar.Weight, false);
            at += bar.Weight;
        }
        yield return new("together", $"a chance of {Chance(explanation.Probability)}", 0, explanation.Weight, true);
    }

    private static string Short(string label) => label.Length <= 44 ? label : label[..43] + "…";
    private static string Html(string text) => WebUtility.HtmlEncode(text);
    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
