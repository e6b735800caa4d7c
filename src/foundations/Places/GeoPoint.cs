namespace Homeward.Foundations.Places;

/// <summary>A point on the Earth in degrees (WGS 84): north and east are positive.</summary>
public readonly record struct GeoPoint(double Latitude, double Longitude)
{
    /// <summary>Mean radius of the Earth in kilometres (IUGG).</summary>
    private const double EarthRadiusKm = 6371.0088;

    /// <summary>False for what no map holds: NaN, or degrees out of range.</summary>
    public bool IsOnEarth => Math.Abs(Latitude) <= 90 && Math.Abs(Longitude) <= 180;

    /// <summary>Great-circle distance in kilometres, by the haversine formula; at most 0.6 % off the ellipsoid.</summary>
    public double KilometresTo(GeoPoint other)
    {
        var (north, east) = (Radians(other.Latitude - Latitude), Radians(other.Longitude - Longitude));
        var (sinNorth, sinEast) = (Math.Sin(north / 2), Math.Sin(east / 2));
        var haversine = (sinNorth * sinNorth)
            + (Math.Cos(Radians(Latitude)) * Math.Cos(Radians(other.Latitude)) * sinEast * sinEast);
        return 2 * EarthRadiusKm * Math.Asin(Math.Min(1, Math.Sqrt(haversine)));
    }

    /// <summary>The point that lies so many kilometres away in a direction (0 = north, 90 = east).</summary>
    public GeoPoint Towards(double bearingDegrees, double kilometres)
    {
        var (arc, bearing) = (kilometres / EarthRadiusKm, Radians(bearingDegrees));
        var (fromNorth, fromEast) = (Radians(Latitude), Radians(Longitude));
        var toNorth = Math.Asin((Math.Sin(fromNorth) * Math.Cos(arc))
            + (Math.Cos(fromNorth) * Math.Sin(arc) * Math.Cos(bearing)));
        var toEast = fromEast + Math.Atan2(
            Math.Sin(bearing) * Math.Sin(arc) * Math.Cos(fromNorth),
            Math.Cos(arc) - (Math.Sin(fromNorth) * Math.Sin(toNorth)));
        return new(Degrees(toNorth), Math.IEEERemainder(Degrees(toEast), 360));
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;
    private static double Degrees(double radians) => radians * 180 / Math.PI;
}
