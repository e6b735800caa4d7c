using System.Globalization;
using System.Net;
using System.Text;

namespace Homeward.Review.Triage;

/// <summary>How long reports wait, as bars: one for each age, the part above the referral threshold dark.</summary>
internal static class AgePicture
{
    /// <summary>Narrow, so that it can be read on a phone as it is.</summary>
    private const int Width = 440;
    private const int RowHeight = 28;
    private const int BarFrom = 140;
    private const int BarMax = 220;

    /// <param name="finding">What the picture says, for those who do not see it.</param>
    public static string Draw(IReadOnlyList<ShowWorkload.Band> bands, string finding)
    {
        var picture = new StringBuilder(string.Create(CultureInfo.InvariantCulture,
            $"<svg class=\"age-picture\" viewBox=\"0 0 {Width} {bands.Count * RowHeight}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(finding)}\" font-size=\"14\" fill=\"currentColor\">"));
        var most = Math.Max(1, bands.Max(band => band.Waiting));
        for (var place = 0; place < bands.Count; place++)
        {
            var (band, top) = (bands[place], place * RowHeight);
            picture.Append(CultureInfo.InvariantCulture, $"""
                <text x="{BarFrom - 10}" y="{top + 19}" text-anchor="end">{WebUtility.HtmlEncode(band.Age)}</text><rect class="bar" x="{BarFrom}" y="{top + 5}" width="{Length(band.Waiting, most)}" height="18"/><rect class="above" x="{BarFrom}" y="{top + 5}" width="{Length(band.Above, most)}" height="18"/><text x="{BarFrom + 8 + Length(band.Waiting, most)}" y="{top + 19}">{band.Waiting:N0}</text>
                """);
        }
        return picture.Append("</svg>").ToString();
    }

    /// <summary>What there is at all is seen, however little beside the rest.</summary>
    private static int Length(int count, int most) => count == 0 ? 0 : Math.Max(2, (int)((long)count * BarMax / most));
}
