namespace Homeward.Foundations.Places.Map;

/// <summary>Albers' equal-area conic with its parts set for one region (Snyder 1987, USGS 1395, chapter 14; sphere).</summary>
internal sealed class Albers
{
    private readonly double _n, _c, _rho0, _meridian, _scale, _x, _y;

    /// <param name="south">First standard parallel, degrees.</param>
    /// <param name="north">Second standard parallel, degrees.</param>
    /// <param name="middle">The point that comes to (x, y) on the drawing.</param>
    /// <param name="scale">Units of the drawing for one radius of the Earth.</param>
    public Albers(double south, double north, GeoPoint middle, double scale, double x, double y)
    {
        var (sinSouth, sinNorth) = (Math.Sin(Radians(south)), Math.Sin(Radians(north)));
        _n = (sinSouth + sinNorth) / 2;
        _c = 1 + (sinSouth * sinNorth);
        _rho0 = Rho(middle.Latitude);
        (_meridian, _scale, _x, _y) = (middle.Longitude, scale, x, y);
    }

    public (double X, double Y) Project(GeoPoint point)
    {
        var (rho, theta) = (Rho(point.Latitude), _n * Radians(point.Longitude - _meridian));
        return (_x + (_scale * rho * Math.Sin(theta)), _y - (_scale * (_rho0 - (rho * Math.Cos(theta)))));
    }

    private double Rho(double latitude) => Math.Sqrt(_c - (2 * _n * Math.Sin(Radians(latitude)))) / _n;
    private static double Radians(double degrees) => degrees * Math.PI / 180;
}

/// <summary>The United States on one sheet: the lower 48, with Alaska (at about a third), Hawaii and Puerto Rico inset.</summary>
/// <remarks>
/// Standard parallels as in the Census Bureau's and d3's composite. Guam, the Northern Marianas and American Samoa
/// are not drawn, which the map says in words; they belong to Honolulu.
/// </remarks>
internal static class AlbersUsa
{
    public const int Width = 1950;
    public const int Height = 1180;

    private const double Scale = 2560;
    private static readonly Albers Lower48 = new(29.5, 45.5, new(38.7, -96.6), Scale, 975, 575);
    private static readonly Albers Alaska = new(55, 65, new(58.5, -152), Scale * 0.35, 300, 1040);
    private static readonly Albers Hawaii = new(8, 18, new(20.6, -157.4), Scale, 625, 1085);
    private static readonly Albers PuertoRico = new(8, 18, new(18.1, -66), Scale, 1720, 1120);

    /// <summary>The projection for a ring, chosen by one of its points; null where the sheet has no room for it.</summary>
    public static Albers? For(GeoPoint point) => point switch
    {
        { Latitude: > 50, Longitude: < -129 or > 170 } => Alaska,
        { Latitude: > 18 and < 24, Longitude: < -154 and > -161 } => Hawaii,
        { Latitude: > 17 and < 19, Longitude: > -68 and < -64 } => PuertoRico,
        { Latitude: > 24, Longitude: > -126 and < -66 } => Lower48,
        _ => null,
    };

    /// <summary>The Aleutians run over the date line: their east is west of it on the sheet.</summary>
    public static GeoPoint Unwrapped(GeoPoint point) =>
        point.Longitude > 170 ? point with { Longitude = point.Longitude - 360 } : point;
}
