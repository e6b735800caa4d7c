namespace Homeward.Foundations.Places;

/// <summary>What sort of place a name stands for.</summary>
public enum CityKind { Incorporated, Populated, Postal }

/// <summary>A city, town or post-office name.</summary>
/// <param name="Fips">County of most of it.</param>
/// <param name="OtherFips">Further counties that it reaches into.</param>
/// <param name="Population">Null for mere post-office names.</param>
public sealed record City(
    string Name, string State, string Fips, IReadOnlyList<string> OtherFips, GeoPoint? At, int? Population, CityKind Kind)
{
    public IEnumerable<string> Counties => OtherFips.Prepend(Fips);

    public override string ToString() => $"{Name} {State}";
}

/// <summary>Cities by name. The same name in one state may be one city in several counties, or several places.</summary>
public sealed class Cities
{
    private readonly Dictionary<string, List<City>> _byName = new(26_000, StringComparer.Ordinal);
    private readonly Lazy<ILookup<string, City>> _byFips;

    internal Cities(ReferenceFolder folder, Counties counties)
    {
        var state = "";
        foreach (var row in folder.Rows("places.csv"))
        {
            if (!row.GetFieldSpan(1).SequenceEqual(state)) state = row.GetString(1);
            var city = new City(
                Name: row.GetString(0), state, counties.FipsOf(row.GetFieldSpan(2)),
                OtherFips: row.GetFieldSpan(3).IsEmpty ? [] : row.Words(3),
                At: row.Point(4), Population: row.Count(6), Kind: row.GetFieldSpan(7) switch
                {
                    "incorporated" => CityKind.Incorporated,
                    "populated" => CityKind.Populated,
                    "postal" => CityKind.Postal,
                    _ => throw new InvalidDataException($"places.csv, {row.GetString(0)}: kind '{row.GetString(7)}'"),
                });
            _byName.GetOrAdd(PlaceNames.Key(city.Name)).Add(city);
        }
        _byFips = new(() => _byName.Values.SelectMany(cities => cities)
            .OrderBy(city => city.State, StringComparer.Ordinal).ThenBy(city => city.Name, StringComparer.Ordinal)
            .ToLookup(city => city.Fips, StringComparer.Ordinal));
    }

    /// <summary>All places of this name, in the order of the record; a state narrows them.</summary>
    public IReadOnlyList<City> Named(string? name, string? state = null) =>
        _byName.TryGetValue(PlaceNames.Key(name), out var cities)
            ? state is null ? cities : [.. cities.Where(city => city.State == state)]
            : [];

    /// <summary>The places that lie mostly in a county, by name.</summary>
    public IEnumerable<City> InCounty(string fips) => _byFips.Value[fips];
}
