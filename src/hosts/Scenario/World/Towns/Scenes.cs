using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Homeward.Foundations.Places;
using Homeward.Kernel;
using Homeward.Scenario.World.Plan;

namespace Homeward.Scenario.World.Towns;

/// <summary>The places of a world: towns of each office's territory that lead to that office and to no other.</summary>
internal sealed class Scenes
{
    // Enough towns that children of one office are spread, few enough that they are found in an instant.
    private const int CountiesMax = 14, CitiesMax = 3;
    private const double ZipShareMin = 0.97;

    // Towns do not change with the seed: whoever plays many worlds over one gazetteer seeks them once.
    private static readonly ConditionalWeakTable<Gazetteer, ConcurrentDictionary<(string Office, DateOnly Day), List<Scene>>> Known = [];

    private readonly Gazetteer _places;
    private readonly Dictionary<string, (List<Scene> Scenes, long[] UpTo)> _byOffice = new(StringComparer.Ordinal);
    private readonly List<Scene> _all = [];
    private readonly long[] _allUpTo;

    public Scenes(Gazetteer places, IReadOnlyList<OfficePlan> offices)
    {
        _places = places;
        var known = Known.GetOrCreateValue(places);
        foreach (var office in offices)
        {
            var scenes = known.GetOrAdd((office.Office.Code, office.Window.From), _ => Of(office));
            if (scenes.Count == 0) continue;
            _byOffice.Add(office.Office.Code, (scenes, UpTo(scenes)));
            _all.AddRange(scenes);
        }
        _allUpTo = UpTo(_all);
    }

    /// <summary>A town of the office, by its people.</summary>
    public Scene At(string office, Dice dice)
    {
        Ensure.That(_byOffice.ContainsKey(office));
        var (scenes, upTo) = _byOffice[office];
        return Drawn(scenes, upTo, dice.Unit("town"));
    }

    /// <summary>A town anywhere in the nation, by its people.</summary>
    public Scene Anywhere(Dice dice) => Drawn(_all, _allUpTo, dice.Unit("town"));

    private List<Scene> Of(OfficePlan office)
    {
        var day = office.Window.From;
        var scenes = new List<Scene>();
        foreach (var county in _places.Territory.CountiesOf(office.Office.Code, day)
            .OrderByDescending(county => county.Population ?? 0).ThenBy(county => county.Fips, StringComparer.Ordinal))
        {
            if (scenes.Count >= CountiesMax * CitiesMax) break;
            var zips = _places.Zips.InCounty(county.Fips)
                .Where(zip => zip is { Basis: ZipBasis.Addresses, Share: >= ZipShareMin } && _places.Zips.CentreOf(zip.Zip) is not null).ToList();
            if (zips.Count == 0) continue;
            foreach (var city in _places.Cities.InCounty(county.Fips)
                .Where(city => city is { Kind: not CityKind.Postal, At: not null, Population: > 1500 })
                .OrderByDescending(city => city.Population).ThenBy(city => city.Name, StringComparer.Ordinal).Take(CitiesMax))
            {
                var near = zips.MinBy(zip => _places.Zips.CentreOf(zip.Zip)!.Value.KilometresTo(city.At!.Value))!;
                if (_places.Zips.CentreOf(near.Zip)!.Value.KilometresTo(city.At!.Value) > 15) continue;
                if (!LeadsTo(new PlaceQuery { City = city.Name, State = city.State, Zip = near.Zip }, office, day)) continue;
                var plain = LeadsTo(new PlaceQuery { City = city.Name, State = city.State }, office, day);
                scenes.Add(new Scene(office.Office.Code, city.Name, city.State, near.Zip, county.Fips,
                    city.At!.Value.Latitude, city.At!.Value.Longitude, city.Population ?? 1, plain));
            }
        }
        return scenes;
    }

    private bool LeadsTo(PlaceQuery query, OfficePlan office, DateOnly day) =>
        _places.ResolvePlace(query, day) is { Candidates.Count: > 0 } answer && answer.Office?.Code == office.Office.Code;

    private static long[] UpTo(List<Scene> scenes)
    {
        long sum = 0;
        return [.. scenes.Select(scene => sum += scene.People)];
    }

    private static Scene Drawn(List<Scene> scenes, long[] upTo, double at)
    {
        var found = Array.BinarySearch(upTo, (long)(at * upTo[^1]) + 1);
        return scenes[found >= 0 ? found : ~found];
    }
}
