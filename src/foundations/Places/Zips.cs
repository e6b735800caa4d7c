using Homeward.Kernel;

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
/// <param name="Centre">About the middle of the whole ZIP; only in the row of its largest county.</param>
public sealed record ZipShare(string Zip, string Fips, double? Share, ZipBasis Basis, GeoPoint? Centre);

/// <summary>ZIP codes and the counties that they cross.</summary>
public sealed class Zips
{
    // In the order of the file, which is that of the ZIPs: a search by halves needs no index.
    private readonly ZipShare[] _shares;
    private readonly Lazy<ILookup<string, ZipShare>> _byFips;

    internal Zips(ReferenceFolder folder, Counties counties)
    {
        var zip = "";
        var shares = new List<ZipShare>(60_000);
        foreach (var row in folder.Rows("zips.csv"))
        {
            if (!row.GetFieldSpan(0).SequenceEqual(zip))
            {
                Ensure.That(row.GetFieldSpan(0).SequenceCompareTo(zip) > 0);
                zip = row.GetString(0);
            }
            shares.Add(new(zip, counties.FipsOf(row.GetFieldSpan(1)), row.Number(2), row.GetFieldSpan(5) switch
            {
                "hud" => ZipBasis.Addresses,
                "geonames" => ZipBasis.PostOfficeOnly,
                "by_hand" => ZipBasis.ByHand,
                _ => throw new InvalidDataException($"zips.csv, {zip}: basis '{row.GetString(5)}'"),
            }, row.Point(3)));
        }
        _shares = [.. shares];
        _byFips = new(() => _shares.ToLookup(share => share.Fips, StringComparer.Ordinal));
    }

    /// <summary>The counties of a ZIP, largest share first; empty if it is unknown. ZIP+4 is cut to five digits.</summary>
    public IReadOnlyList<ZipShare> Of(string? text)
    {
        if (Five(text) is not { } zip) return [];
        var (low, high) = (0, _shares.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(_shares[middle].Zip, zip) < 0) low = middle + 1;
            else high = middle;
        }
        while (high < _shares.Length && _shares[high].Zip == zip) high++;
        return _shares[low..high];
    }

    /// <summary>The ZIPs that touch a county, in order.</summary>
    public IEnumerable<ZipShare> InCounty(string fips) => _byFips.Value[fips];

    /// <summary>About the middle of a ZIP; null if it is unknown.</summary>
    public GeoPoint? CentreOf(string? text) => Of(text) is [var first, ..] ? first.Centre : null;

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
