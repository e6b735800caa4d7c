using Homeward.Foundations.Places.Map;
using Homeward.Kernel;

namespace Homeward.Foundations.Places;

/// <summary>All that the product knows of places: the one door into this folder.</summary>
/// <remarks>
/// Immutable and safe for many threads. Each part is read from data/ when first asked for and kept: all of
/// them together take about 0.4 s of one processor when cold, county shapes another 0.15 s.
/// </remarks>
public sealed class Gazetteer
{
    /// <summary>What the licences of the data ask every copy and the "About" page to say (data/SOURCES.md).</summary>
    public const string Attribution =
        "Contains data of GeoNames (geonames.org) and of the COVID-19 Data Repository by CSSE at Johns Hopkins University, "
        + "both licensed CC BY 4.0, reduced and joined to counties. Boundaries: U.S. Census Bureau through us-atlas (ISC).";

    private static readonly Lazy<Gazetteer> Carried = new(() => new(Path.Combine(AppContext.BaseDirectory, "data")));

    private readonly Lazy<FieldOffices> _offices;
    private readonly Lazy<Counties> _counties;
    private readonly Lazy<Territory> _territory;
    private readonly Lazy<Zips> _zips;
    private readonly Lazy<Cities> _cities;
    private readonly Lazy<Agencies> _agencies;
    private readonly Lazy<TribalLands> _tribes;
    private readonly Lazy<InventedNames> _names;
    private readonly Lazy<Codes> _codes;
    private readonly Lazy<CountyShapes> _shapes;
    private readonly Lazy<TerritoryMap> _map;

    /// <summary>The gazetteer over the data that stands beside the program.</summary>
    public static Gazetteer Default => Carried.Value;

    /// <param name="path">The data folder.</param>
    public Gazetteer(string path)
    {
        var folder = new ReferenceFolder(path);
        _offices = new(() => new(folder));
        _counties = new(() => new(folder));
        _territory = new(() => new(folder, Offices, Counties));
        _zips = new(() => new(folder, Counties));
        _cities = new(() => new(folder, Counties));
        _agencies = new(() => new(folder, Counties));
        _tribes = new(() => new(folder));
        _names = new(() => new(folder));
        _codes = new(() => new(folder));
        _shapes = new(() => new(folder));
        _map = new(() => new(folder, Offices));
    }

    public FieldOffices Offices => _offices.Value;
    public Counties Counties => _counties.Value;
    public Territory Territory => _territory.Value;
    public Zips Zips => _zips.Value;
    public Cities Cities => _cities.Value;
    public Agencies Agencies => _agencies.Value;
    public TribalLands Tribes => _tribes.Value;
    public InventedNames Names => _names.Value;
    public Codes Codes => _codes.Value;
    public TerritoryMap Map => _map.Value;
    internal CountyShapes Shapes => _shapes.Value;

    /// <inheritdoc cref="FieldOffices.On"/>
    public IReadOnlyList<FieldOffice> OfficesOn(DateOnly date) => Offices.On(date);

    /// <inheritdoc cref="FieldOffices.Resolve"/>
    public Result<FieldOffice> ResolveOffice(string? text, DateOnly from, DateOnly to) => Offices.Resolve(text, from, to);

    /// <summary>All places that may be meant, with county, state, district, circuit and office as of a day .</summary>
    public PlaceAnswer ResolvePlace(PlaceQuery query, DateOnly date) => new PlaceResolver(this, date).Resolve(query);

    /// <summary>The offices whose territory an agency serves on a day: one for most, several for some.</summary>
    public IReadOnlyList<FieldOffice> OfficesOf(Agency agency, DateOnly date) =>
        [.. agency.Counties.SelectMany(fips => Counties.On(fips, date))
            .Select(county => Territory.OfficeOf(county.Fips, date)).OfType<FieldOffice>().Distinct()];
}
