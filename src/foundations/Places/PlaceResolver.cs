using System.Globalization;
using System.Text.RegularExpressions;

namespace Homeward.Foundations.Places;

/// <summary>From what is known of a place to every county that it may be, and to what follows on a day (R-19).</summary>
/// <remarks>
/// Each stated part is a clue: the counties that it allows. Clues narrow each other, finest first. Clues that share
/// no county disagree; then all of both stand, with a remark, and a person decides. Nothing is picked here.
/// </remarks>
internal sealed partial class PlaceResolver(Gazetteer places, DateOnly date)
{
    /// <summary>How far off shore a point may lie and still be given to the nearest coast, in kilometres.</summary>
    private static readonly double[] OffShoreKm = [2, 10, 25];

    private readonly List<string> _remarks = [];

    private sealed record Hit(County County, double? Share, string Words);
    private sealed record Clue(PlacePrecision Precision, string Name, IReadOnlyList<Hit> Hits);

    public PlaceAnswer Resolve(PlaceQuery query)
    {
        if (date < places.Territory.BeginsOn)
            return new([], [
                $"Territory is on record from {places.Territory.BeginsOn:yyyy-MM-dd}; there is no answer for {date:yyyy-MM-dd}."]);

        var (city, state) = CityAndState(query);
        Clue?[] stated = [PointClue(query), ZipClue(query.Zip), CityClue(city, state), CountyClue(query.County, state)];
        var clues = stated.OfType<Clue>().Where(clue => clue.Hits.Count > 0).ToList();
        if (state is not null && StateClue(state) is var stateClue)
        {
            if (clues.Count == 0)
                return stated.OfType<Clue>().Any()
                    ? Answer([], query)
                    : new(StateCandidates(state, query.IsLowPrecision), _remarks);
            clues.Add(stateClue);
        }
        if (PostOfficeBox().IsMatch(query.Street ?? ""))
            _remarks.Add("A post-office box says where mail is fetched, not where someone is.");
        return Answer(clues, query);
    }

    private PlaceAnswer Answer(List<Clue> clues, PlaceQuery query)
    {
        if (clues.Count == 0)
        {
            if (_remarks.Count == 0)
                _remarks.Add("Nothing is stated that names a place: give a city and state, a ZIP, a county or a point.");
            return new([], _remarks);
        }
        var (hits, precision) = (clues[0].Hits, clues[0].Precision);
        var agreed = clues[0].Name;
        var isDisputed = false;
        foreach (var clue in clues.Skip(1))
        {
            var allowed = clue.Hits.Select(hit => hit.County.Fips).ToHashSet(StringComparer.Ordinal);
            var narrowed = hits.Where(hit => allowed.Contains(hit.County.Fips)).ToList();
            if (narrowed.Count > 0)
            {
                // Of two that disagree a third must not drop one: that would be a choice.
                if (!isDisputed) hits = narrowed;
                agreed = $"{agreed} and {clue.Name}";
                continue;
            }
            isDisputed = true;
            _remarks.Add($"{agreed} and {clue.Name} disagree: no county has both. All are shown.");
            // A whole state is no candidate beside a finer clue: it would bury it.
            if (clue.Precision != PlacePrecision.State) hits = [.. hits, .. clue.Hits];
        }
        if (query.IsLowPrecision) precision = PlacePrecision.Low;
        var ordered = hits
            .OrderByDescending(hit => hit.Share ?? -1).ThenByDescending(hit => hit.County.Population ?? 0)
            .ThenBy(hit => hit.County.State, StringComparer.Ordinal).ThenBy(hit => hit.County.Fips, StringComparer.Ordinal);
        var candidates = ordered.DistinctBy(hit => hit.County.Fips)
            .Select(hit => Candidate(hit, precision)).OfType<PlaceCandidate>().ToList();
        return new(candidates, _remarks);
    }

    private PlaceCandidate? Candidate(Hit hit, PlacePrecision precision)
    {
        var county = hit.County;
        if (places.Territory.TenureOf(county.Fips, date) is not { } tenure)
        {
            _remarks.Add($"{county} belongs to no office on {date:yyyy-MM-dd}.");
            return null;
        }
        return new(
            county, county.State, county.District, county.Circuit, tenure.Office,
            Basis: $"{hit.Words} → {tenure.Office.Name}, territory since {tenure.ValidFrom:yyyy-MM-dd}",
            precision, hit.Share, [.. places.Tribes.InCounty(county.Fips).Select(tribe => tribe.Name).Distinct()]);
    }

    private Clue? PointClue(PlaceQuery query)
    {
        if (query.Latitude is not { } north || query.Longitude is not { } east) return null;
        var point = new GeoPoint(north, east);
        var words = string.Create(CultureInfo.InvariantCulture, $"point {north:0.####}, {east:0.####}");
        if (!point.IsOnEarth)
        {
            _remarks.Add($"{words}: latitude runs from -90 to 90 and longitude from -180 to 180.");
            return new(PlacePrecision.Point, words, []);
        }
        var radius = query.AccuracyKm is > 0 and <= 500 ? query.AccuracyKm.Value : 0;
        var found = places.Shapes.Around(point, radius);
        var how = radius > 0
            ? string.Create(CultureInfo.InvariantCulture, $"Census 2017 boundaries, within {radius:0.#} km")
            : "Census 2017 boundaries";
        for (var i = 0; found.Count == 0 && i < OffShoreKm.Length; i++)
        {
            found = places.Shapes.Around(point, OffShoreKm[i]);
            how = $"off the mapped land, coast within {OffShoreKm[i]:0} km";
        }
        if (found.Count == 0) _remarks.Add($"{words} lies in no county.");
        return new(PlacePrecision.Point, words, [.. InForce(found).Select(c => new Hit(c, null, $"{words} → {c} ({how})"))]);
    }

    private Clue? ZipClue(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var shares = places.Zips.Of(text);
        var name = $"ZIP {Zips.Five(text) ?? text.Trim()}";
        if (shares.Count == 0) _remarks.Add($"{name} is not known.");
        var delivered = shares.Where(share => share.Basis != ZipBasis.PostOfficeOnly).ToList();
        if (shares.Count > 0 && delivered.Count == 0)
            _remarks.Add($"{name} has no delivered addresses (post-office boxes or one organisation): "
                + "it says where mail is fetched, not where someone is.");
        return new(PlacePrecision.Zip, name, [.. delivered.SelectMany(share => places.Counties.On(share.Fips, date)
            .Select(c => new Hit(c, share.Share, $"{name} → {c} ({How(share)})")))]);

        static string How(ZipShare share) => share.Share is { } part
            ? string.Create(CultureInfo.InvariantCulture, $"HUD 2020 Q1, {100 * part:0.##} % of addresses")
            : "by hand, share unknown";
    }

    private Clue? CityClue(string? city, string? state)
    {
        if (string.IsNullOrWhiteSpace(city)) return null;
        var cities = places.Cities.Named(city, state);
        var name = state is null ? city.Trim() : $"{city.Trim()} {state}";
        if (cities.Count == 0) _remarks.Add($"{name}: no such city is on record.");
        var hits = cities.OrderByDescending(c => c.Population ?? -1)
            .SelectMany(c => InForce(c.Counties).Select(county => (City: c, County: county)))
            .DistinctBy(found => found.County.Fips)
            .Select(found => new Hit(found.County, null, $"{found.City} → {found.County} ({How(found.City)})"));
        return new(PlacePrecision.City, name, [.. hits]);

        static string How(City city) => city.Kind == CityKind.Postal ? "post-office name" : "Census 2019 and GeoNames";
    }

    private Clue? CountyClue(string? text, string? state)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var name = state is null ? text.Trim() : $"{text.Trim()} {state}";
        var counties = InForce(places.Counties.Find(text, state).Select(county => county.Fips)).ToList();
        if (counties.Count == 0) _remarks.Add($"{name}: no such county is on record.");
        return new(PlacePrecision.County, name, [.. counties.Select(c => new Hit(c, null, $"{c} as stated"))]);
    }

    private Clue StateClue(string state) => new(PlacePrecision.State, States.NameOf(state),
        [.. places.Counties.OfState(state).Where(c => c.IsInForce(date)).Select(c => new Hit(c, null, ""))]);

    /// <summary>One candidate for each office and district of the state, the county left open.</summary>
    private List<PlaceCandidate> StateCandidates(string state, bool isLow)
    {
        var parts = places.Counties.OfState(state)
            .Where(county => county.IsInForce(date))
            .Select(county => (County: county, Tenure: places.Territory.TenureOf(county.Fips, date)))
            .Where(part => part.Tenure is not null).ToList();
        var people = Math.Max(1, parts.Sum(part => (long)(part.County.Population ?? 0)));
        return [.. parts.GroupBy(part => (part.Tenure!.Office, part.County.District, part.County.Circuit))
            .Select(group => new PlaceCandidate(
                County: null, state, group.Key.District, group.Key.Circuit, group.Key.Office,
                Basis: $"{States.NameOf(state)}, district {group.Key.District} → {group.Key.Office.Name}, "
                    + $"territory since {group.Max(part => part.Tenure!.ValidFrom):yyyy-MM-dd}",
                isLow ? PlacePrecision.Low : PlacePrecision.State,
                Share: Math.Round(group.Sum(part => (double)(part.County.Population ?? 0)) / people, 4), []))
            .OrderByDescending(candidate => candidate.Share)
            .ThenBy(candidate => candidate.Office.Code, StringComparer.Ordinal)
            .ThenBy(candidate => candidate.District, StringComparer.Ordinal)];
    }

    private (string? City, string? State) CityAndState(PlaceQuery query)
    {
        var state = States.CodeOf(query.State);
        if (state is null && !string.IsNullOrWhiteSpace(query.State))
            _remarks.Add($"{query.State.Trim()}: no such state; it is left out.");
        if (query.City?.LastIndexOf(',') is not (> 0 and var comma)
            || States.CodeOf(query.City[(comma + 1)..]) is not { } written)
            return (query.City, state);
        // "Springfield, MO" in the field for the city: the state after the comma counts unless another is stated.
        return (query.City[..comma], state ?? written);
    }

    private IEnumerable<County> InForce(IEnumerable<string> fips) =>
        fips.SelectMany(code => places.Counties.On(code, date)).Distinct();

    [GeneratedRegex(@"^\s*(p\.?\s*o\.?\s*b(ox)?\b|post\s+office\s+box)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PostOfficeBox();
}
