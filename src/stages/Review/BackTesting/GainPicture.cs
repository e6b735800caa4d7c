using System.Globalization;
using System.Net;
using System.Text;

namespace Homeward.Review.BackTesting;

/// <summary>How soon each order of the queue reaches the children's reports: one line for each order, steeper is sooner.</summary>
internal static class GainPicture
{
    /// <summary>Narrow, so that it can be read on a phone as it is.</summary>
    private const int Width = 440;
    private const int Height = 300;
    private const int Left = 48;
    private const int Top = 12;
    private const int Span = 372;
    private const int Rise = 240;

    /// <summary>Lines are told apart by their dashes, so that they need no colour.</summary>
    public static readonly IReadOnlyList<(string Dashes, string Words)> Lines = [("2 4", "dotted"), ("8 4", "dashed"), ("none", "full")];

    /// <param name="curves">At most as many as there are <see cref="Lines"/>; the last one is drawn full.</param>
    /// <param name="finding">What the picture says, for those who do not see it.</param>
    public static string Draw(IReadOnlyList<GainCurve> curves, string finding)
    {
        var picture = new StringBuilder(string.Create(CultureInfo.InvariantCulture,
            $"<svg class=\"gain-picture\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(finding)}\" font-size=\"13\" fill=\"currentColor\">"));
        foreach (var tenth in (int[])[0, 20, 40, 60, 80, 100])
        {
            picture.Append(CultureInfo.InvariantCulture, $"""
                <line class="grid" x1="{Left}" y1="{Y(tenth)}" x2="{Left + Span}" y2="{Y(tenth)}"/><text x="{Left - 6}" y="{Y(tenth) + 4}" text-anchor="end">{tenth}</text><text x="{X(tenth)}" y="{Top + Rise + 18}" text-anchor="middle">{tenth}</text>
                """);
        }
        picture.Append(CultureInfo.InvariantCulture, $"""
            <text x="{Left + (Span / 2)}" y="{Top + Rise + 38}" text-anchor="middle">% of the queue read</text>
            """);
        for (var place = 0; place < curves.Count; place++)
        {
            var points = string.Join(' ', curves[place].Found.Select((share, percent) => string.Create(CultureInfo.InvariantCulture, $"{X(percent):0.#},{Y(100 * share):0.#}")));
            picture.Append(CultureInfo.InvariantCulture, $"<polyline class=\"gain\" points=\"{points}\" stroke-dasharray=\"{LineOf(place, curves.Count).Dashes}\"/>");
        }
        return picture.Append("</svg>").ToString();
    }

    /// <summary>How the line of a curve looks: that of the version which was tried is always full.</summary>
    public static (string Dashes, string Words) LineOf(int place, int curves) => place == curves - 1 ? Lines[^1] : Lines[place];

    private static double X(double percent) => Left + (percent * Span / 100);
    private static double Y(double percent) => Top + Rise - (percent * Rise / 100);
}
