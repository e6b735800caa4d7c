namespace Homeward.Foundations.Places;

/// <summary>A tribe or component of the BIA directory, with the county of its seat.</summary>
/// <param name="LandAreaType">As the directory says: "Alaska Native Village", "Tribal Statistical Area" …</param>
/// <param name="PoliceOris">ORIs of its police, matched by name: a hint.</param>
public sealed record Tribe(
    string Name, string State, string Fips, GeoPoint? At, string LandAreaType, IReadOnlyList<string> PoliceOris);

/// <summary>Where tribal land may be concerned. By county only: it raises the question, it does not answer it (T-11).</summary>
public sealed class TribalLands
{
    private readonly ILookup<string, Tribe> _byFips;

    internal TribalLands(ReferenceFolder folder)
    {
        All = [.. folder.Rows("tribes.csv").Select(row => new Tribe(
            row.GetString(0), row.GetString(2), row.GetString(3), row.Point(4), row.GetString(6), row.Words(7)))];
        _byFips = All.ToLookup(tribe => tribe.Fips, StringComparer.Ordinal);
    }

    public IReadOnlyList<Tribe> All { get; }

    /// <summary>The tribes whose seat or land is recorded in a county, in the order of the directory.</summary>
    public IEnumerable<Tribe> InCounty(string fips) => _byFips[fips];
}
