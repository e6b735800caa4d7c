namespace Homeward.Foundations.Places;

/// <summary>How a ZIP is known to lie in a county.</summary>
public enum ZipBasis
{
    /// <summary>HUD's crosswalk of delivered addresses, first quarter of 2020.</summary>
    Addresses,

    /// <summary>Only the postal file has it: post-office boxes, or one organisation. No address is delivered to.</summary>
    PostOfficeOnly,

    /// <summary>Added by hand, with the reason in data/SOURCES.md; no share is known.</summary>
    ByHand,
}

/// <summary>A ZIP in one of its counties.</summary>
/// <param name="Share">Part of the ZIP's addresses that lies in the county, 0 to 1; null if unknown.</param>
public sealed record ZipShare(string Zip, string Fips, double? Share, ZipBasis Basis);

/// <summary>ZIP codes and the counties that they cross.</summary>
public sealed class Zips
{
    private readonly Dictionary<string, List<ZipShare>> _byZip = new(42_000, StringComparer.Ordinal);
    private readonly Dictionary<string, List<ZipShare>> _byFips = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GeoPoint> _centres = new(42_000, StringComparer.Ordinal);

    internal Zips(ReferenceFolder folder, Counties counties)
    {
        var zip = "";
        foreach (var row in folder.Rows("zips.csv"))
        {
            if (!row.GetFieldSpan(0).SequenceEqual(zip)) zip = row.GetString(0);
            var share = new ZipShare(zip, counties.FipsOf(row.GetFieldSpan(1)), row.Number(2), row.GetFieldSpan(5) switch
            {
                "hud" => ZipBasis.Addresses,
                "geonames" => ZipBasis.PostOfficeOnly,
                "by_hand" => ZipBasis.ByHand,
                _ => throw new InvalidDataException($"zips.csv, {zip}: basis '{row.GetString(5)}'"),
            });
            _byZip.GetOrAdd(zip).Add(share);
            _byFips.GetOrAdd(share.Fips).Add(share);
            if (row.Point(3) is { } centre) _centres[zip] = centre;
        }
    }

    /// <summary>The counties of a ZIP, largest share first; empty if it is unknown. ZIP+4 is cut to five digits.</summary>
    public IReadOnlyList<ZipShare> Of(string? text) => Five(text) is { } zip && _byZip.TryGetValue(zip, out var shares) ? shares : [];

    /// <summary>The ZIPs that touch a county, in order.</summary>
    public IReadOnlyList<ZipShare> InCounty(string fips) => _byFips.TryGetValue(fips, out var shares) ? shares : [];

    /// <summary>About the middle of a ZIP.</summary>
    public GeoPoint? CentreOf(string? text) =>
        Five(text) is { } zip && _centres.TryGetValue(zip, out var centre) ? centre : null;

    /// <summary>The five digits of a ZIP or ZIP+4 as written; null if the text is none.</summary>
    public static string? Five(string? text)
    {
        var digits = text.AsSpan().Trim();
        var isPlain = digits.Length == 5;
        var isPlusFour = digits.Length == 9 || (digits.Length == 10 && digits[5] is '-' or ' ');
        if (!isPlain && !isPlusFour) return null;
        digits = digits[..5];
        return digits.IndexOfAnyExceptInRange('0', '9') < 0 ? digits.ToString() : null;
    }
}
