using Homeward.Foundations.Places;

namespace Homeward.Referral.Model;

/// <summary>Which offices the places of a lead may mean at an instant. Never the first match .</summary>
internal static class Routing
{
    /// <summary>The candidates of a place, each judged on the day that its own wall calendar shows at the instant.</summary>
    /// <remarks>
    /// A referral of 23:30 in Memphis on the last day of its office goes to Memphis, although it is the next day in UTC
    /// (T-08). So each county is resolved as of its local day; a county has one zone and turns up once.
    /// </remarks>
    public static PlaceRoute Resolve(PlaceQuery place, DateTimeOffset at)
    {
        var utcDay = DateOnly.FromDateTime(at.UtcDateTime);
        var candidates = new List<RouteCandidate>();
        var remarks = new List<string>();
        var days = new Queue<DateOnly>([utcDay]);
        var seen = new HashSet<DateOnly> { utcDay };
        while (days.TryDequeue(out var day))
        {
            var answer = Gazetteer.Default.ResolvePlace(place, day);
            remarks.AddRange(answer.Remarks.Except(remarks));
            foreach (var candidate in answer.Candidates)
            {
                var zone = candidate.County is { } county ? Zones.ZoneOf(county) : Zones.ZoneOf(candidate.Office);
                var local = Zones.LocalDay(at, zone);
                if (local == day) candidates.Add(Of(candidate, day));
                else if (seen.Add(local)) days.Enqueue(local);
            }
        }
        return new PlaceRoute(Words(place), candidates, remarks);
    }

    /// <summary>The offices of all places that agree, in the order in which they stand; several are for a person to choose from.</summary>
    public static IReadOnlyList<string> OfficesOf(IEnumerable<PlaceRoute> routes) =>
        [.. routes.SelectMany(route => route.Candidates).Select(candidate => candidate.Office).Distinct(StringComparer.Ordinal)];

    private static RouteCandidate Of(PlaceCandidate candidate, DateOnly day) => new(
        candidate.Office.Code, candidate.Office.Name, candidate.County?.Fips, candidate.County?.ToString(), candidate.State,
        candidate.District, candidate.Circuit, candidate.Basis, candidate.Precision, candidate.Share, candidate.TribalLands, day);

    private static string Words(PlaceQuery place) => string.Join(", ",
        new[] { place.Street, place.City, place.County, place.State, place.Zip }.Where(part => !string.IsNullOrWhiteSpace(part)));
}
