using Homeward.Foundations.Places;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Reading;

/// <summary>Which office holds an entry: that of the entering agency's county, else that of the place of last contact.</summary>
/// <remarks>Only where one office alone is meant; two candidates give none, for nothing is picked here .</remarks>
internal sealed class EntryOffices
{
    private readonly Dictionary<string, string?> _countyOfAgency;
    /// <summary>By the day too: offices open and close.</summary>
    private readonly Dictionary<(string? City, string? State, string? Zip, string? County, DateOnly Day), string?> _known = [];

    private EntryOffices(Dictionary<string, string?> countyOfAgency) => _countyOfAgency = countyOfAgency;

    /// <param name="oris">Agencies of the entries that will be asked for.</param>
    public static async Task<EntryOffices> ForAsync(HomewardDb db, IReadOnlyCollection<string> oris, CancellationToken cancel) => new(
        await db.Set<Foundations.Partners.Agency>().AsNoTracking().Where(agency => oris.Contains(agency.Ori))
            .ToDictionaryAsync(agency => agency.Ori, agency => agency.CountyFips, cancel));

    public string? Of(EntryFacts entry) =>
        (_countyOfAgency.GetValueOrDefault(entry.AgencyOri) is { } fips ? Resolve(null, null, null, fips, entry) : null)
        ?? Resolve(entry.LastSeenCity, entry.LastSeenState, entry.LastSeenZip, entry.LastSeenCountyFips, entry);

    private string? Resolve(string? city, string? state, string? zip, string? county, EntryFacts entry)
    {
        var key = (city, state, zip, county, Day: DateOnly.FromDateTime(entry.ReceivedAt.UtcDateTime));
        if (_known.TryGetValue(key, out var office)) return office;
        return _known[key] = Gazetteer.Default.ResolvePlace(new PlaceQuery { City = city, State = state, Zip = zip, County = county }, key.Day).Office?.Code;
    }
}
