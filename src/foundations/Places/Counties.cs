namespace Homeward.Foundations.Places;

/// <summary>A county or its equivalent: parish, borough, independent city, municipio.</summary>
/// <param name="Fips">Five digits, the key to all else.</param>
/// <param name="Name">With its kind: "Greene County", "Orleans Parish".</param>
/// <param name="District">Federal judicial district by 28 USC 81-131, e.g. "MOWD".</param>
/// <param name="Circuit">Federal circuit: "1" to "11" or "DC"; empty where no circuit is on record.</param>
/// <param name="Zone">IANA time zone of most of its people; split counties are noted in data/time-zones.csv.</param>
/// <param name="ValidFrom">First day, null if it is older than the record.</param>
/// <param name="ValidTo">Last day, null while it exists.</param>
public sealed record County(
    string Fips, string Name, string State, GeoPoint Centre, int? Population, string District, string Circuit,
    string Zone, DateOnly? ValidFrom, DateOnly? ValidTo)
{
    public bool IsInForce(DateOnly date) => (ValidFrom ?? date) <= date && (ValidTo ?? date) >= date;

    public override string ToString() => $"{Name} {State}";
}

/// <summary>All counties, those that came and went in 2019 included.</summary>
public sealed class Counties
{
    // Longest first, so that "City and Borough" goes before "Borough".
    private static readonly string[] Kinds =
        ["city and borough", "census area", "municipality", "municipio", "borough", "district", "parish", "county", "island", "city", "co"];

    private readonly Dictionary<string, County> _byFips;
    private readonly Dictionary<string, List<County>> _byName = new(StringComparer.Ordinal);
    private readonly ILookup<string, County> _byState;

    internal Counties(ReferenceFolder folder)
    {
        var zones = folder.Rows("time-zones.csv")
            .ToDictionary(row => row.GetString(0), row => row.GetString(1), StringComparer.Ordinal);
        All = [.. folder.Rows("counties.csv").Select(row => new County(
            Fips: row.GetString(0), Name: row.GetString(1), State: row.GetString(2),
            Centre: row.Point(3) ?? throw new InvalidDataException($"{row.GetString(0)}: a county without a centre"),
            Population: row.Count(5), District: row.GetString(6), Circuit: row.GetString(7),
            Zone: zones.GetValueOrDefault(row.GetString(0)) ?? zones[row.GetString(2)],
            ValidFrom: row.Day(8), ValidTo: row.Day(9)))];
        _byFips = All.ToDictionary(county => county.Fips, StringComparer.Ordinal);
        _byState = All.ToLookup(county => county.State, StringComparer.Ordinal);
        foreach (var county in All)
        {
            var whole = PlaceNames.Key(county.Name);
            _byName.GetOrAdd(whole).Add(county);
            var bare = Bare(whole);
            if (bare != whole) _byName.GetOrAdd(bare).Add(county);
        }
    }

    public IReadOnlyList<County> All { get; }

    public County? WithFips(string? fips) => fips is null ? null : _byFips.GetValueOrDefault(fips);

    /// <summary>The stored text of a FIPS code: tens of thousands of rows share it.</summary>
    internal string FipsOf(ReadOnlySpan<char> fips) =>
        _byFips.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(fips, out var county)
            ? county.Fips
            : throw new InvalidDataException($"'{fips}': no such county");

    /// <summary>The counties of a state, whatever their dates.</summary>
    public IEnumerable<County> OfState(string state) => _byState[state];

    /// <summary>The judicial district of a county on a day; null if the county is unknown or not in force.</summary>
    public string? DistrictOf(string fips, DateOnly date) => InForce(fips, date)?.District;

    /// <summary>The federal circuit of a county on a day; null if the county is unknown or not in force.</summary>
    public string? CircuitOf(string fips, DateOnly date) => InForce(fips, date)?.Circuit;

    /// <summary>
    /// The county itself on a day, or the counties that stand for it when it had ended or not begun
    /// (Valdez-Cordova 02261 became Chugach 02063 and Copper River 02066 on 2019-01-02).
    /// </summary>
    public IReadOnlyList<County> On(string? fips, DateOnly date)
    {
        if (WithFips(fips) is not { } county) return [];
        if (county.IsInForce(date)) return [county];
        return [.. _byState[county.State].Where(other => other.IsInForce(date)
            && (Adjoin(county, other) || Adjoin(other, county)))];

        static bool Adjoin(County earlier, County later) =>
            earlier.ValidTo is { } end && later.ValidFrom == end.AddDays(1);
    }

    /// <summary>Counties by FIPS or by name, with or without "County"; the state narrows them.</summary>
    public IReadOnlyList<County> Find(string? text, string? state = null)
    {
        if (string.IsNullOrWhiteSpace(text)) return [];
        if (_byFips.TryGetValue(text.Trim(), out var county)) return state is null || county.State == state ? [county] : [];
        var key = PlaceNames.Key(text);
        if (!_byName.TryGetValue(key, out var named) && !_byName.TryGetValue(Bare(key), out named)) return [];
        return [.. named.Where(c => state is null || c.State == state).Distinct()];
    }

    /// <summary>The county whose centre is nearest. A hint only: the centre does not say where the line runs.</summary>
    public County Nearest(GeoPoint point, DateOnly date) =>
        All.Where(county => county.IsInForce(date)).MinBy(county => county.Centre.KilometresTo(point))!;

    private County? InForce(string fips, DateOnly date) =>
        WithFips(fips) is { } county && county.IsInForce(date) ? county : null;

    private static string Bare(string key)
    {
        foreach (var kind in Kinds)
            if (key.EndsWith(kind, StringComparison.Ordinal) && key.Length > kind.Length + 1 && key[^(kind.Length + 1)] == ' ')
                return key[..^(kind.Length + 1)];
        return key;
    }
}
