using Homeward.Foundations.Places;
using Homeward.Kernel;

namespace Homeward.Operations.Model;

/// <summary>When an address may be an operation's place, and where it lies. The wrong door is the harm.</summary>
internal static class PlaceRules
{
    /// <summary>Two points further apart than this are two places, in kilometres: a city block, and some.</summary>
    private const double SamePlaceKm = 0.2;
    /// <summary>How far around a town's or a ZIP's centre the place may lie, in kilometres.</summary>
    private const double TownKm = 5;
    private const double CountyKm = 25;

    /// <returns>Null when the sources carry the place; else the first fault.</returns>
    public static Problem? Fault(PlaceQuery place, IReadOnlyList<PlaceSource> sources)
    {
        if (sources.Count == 0)
            return Problem.Invalid("basis-missing", "The place has no basis.", "Name the legal return, the observation or the statement that leads there.");
        foreach (var source in sources)
        {
            if (Fault(source) is { } fault) return fault;
            if (source.Says is { } says && Disagree(place, says))
                return Problem.Of("sources-disagree", "Two sources disagree on the place. It stops here: a wrong door is worse than a late one.",
                    "Settle which place is meant, by another source.");
        }
        return place.IsLowPrecision
            ? Problem.Of("place-is-guess", "This place is a guess by nature: the address of a data centre, a mobile gateway or a VPN.",
                "Find the place by legal return, observation or statement.")
            : null;
    }

    public static Problem? Fault(PlaceSource source)
    {
        if (source.Kind == BasisKind.IpGeolocation)
            return Problem.Of("ip-geolocation", "Geolocation of an IP address is no basis for a place.",
                "Get the provider's return for that address, port and UTC time; or an observation; or a statement.");
        if (string.IsNullOrWhiteSpace(source.Reference))
            return Problem.Invalid("reference-missing", "It is not said which return, whose observation or whose statement.", "Enter it; it is kept sealed.");
        if (source.Kind != BasisKind.LegalReturn) return null;
        if (string.IsNullOrWhiteSpace(source.Ip) || source.Port is not (> 0 and <= 65535) || source.SeenAt is null)
            return Problem.Invalid("return-incomplete", "A legal return speaks of one IP address, port and time.",
                "Enter all three; without the port it is one of many customers.");
        return source.SeenAt.Value.Offset == TimeSpan.Zero
            ? null
            : Problem.Invalid("return-not-utc", "The time of a legal return is given in UTC.", "Convert it, and keep the original with the return.");
    }

    /// <summary>True when both state a part and it differs. What one of them leaves out is no difference.</summary>
    public static bool Disagree(PlaceQuery one, PlaceQuery other)
    {
        if (PointOf(one) is { } here && PointOf(other) is { } there) return here.KilometresTo(there) > SamePlaceKm;
        return Differ(one.Street, other.Street) || Differ(one.City, other.City) || Differ(Zips.Five(one.Zip), Zips.Five(other.Zip))
            || Differ(States.CodeOf(one.State), States.CodeOf(other.State));
    }

    /// <summary>Where the place lies, and how far around that point it may be, in kilometres.</summary>
    public static Result<(GeoPoint At, double AroundKm)> Locate(PlaceQuery place, DateTimeOffset at)
    {
        if (PointOf(place) is { } point) return (point, Math.Max(0, place.AccuracyKm ?? 0));
        if (Gazetteer.Default.Zips.CentreOf(place.Zip) is { } zip) return (zip, TownKm);
        var answer = Gazetteer.Default.ResolvePlace(place, DateOnly.FromDateTime(at.UtcDateTime));
        if (place.City is not null && Gazetteer.Default.Cities.Named(place.City, place.State) is [{ At: { } town }]) return (town, TownKm);
        if (answer.County is { } county) return (county.Centre, CountyKm);
        return Problem.Invalid("place-not-on-map", "It is not known where this place lies.",
            answer.IsAmbiguous ? "The name stands in several counties: add the state, the ZIP or the point." : "Add the point, the ZIP, or city and state.");
    }

    private static GeoPoint? PointOf(PlaceQuery place) =>
        place is { Latitude: { } north, Longitude: { } east } && new GeoPoint(north, east) is { IsOnEarth: true } point ? point : null;

    private static bool Differ(string? one, string? other) =>
        !string.IsNullOrWhiteSpace(one) && !string.IsNullOrWhiteSpace(other) && Names.Fold(one) != Names.Fold(other);
}
