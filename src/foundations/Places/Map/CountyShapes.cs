namespace Homeward.Foundations.Places.Map;

/// <summary>In which county a point lies, by the Census boundaries of 2017.</summary>
internal sealed class CountyShapes
{
    private readonly List<Shape> _shapes = [];

    private sealed record Shape(string Fips, GeoPoint[][] Rings, double South, double West, double North, double East);

    public CountyShapes(ReferenceFolder folder)
    {
        var file = TopoJson.Read(folder.PathOf("map/us-counties.topo.json"));
        foreach (var county in file.Shapes("counties"))
        {
            var rings = county.Polygons.SelectMany(polygon => polygon).Select(ring => file.PointsOf(ring).ToArray()).ToArray();
            var (south, west, north, east) = (90.0, 180.0, -90.0, -180.0);
            foreach (var point in rings.SelectMany(ring => ring))
            {
                (south, north) = (Math.Min(south, point.Latitude), Math.Max(north, point.Latitude));
                (west, east) = (Math.Min(west, point.Longitude), Math.Max(east, point.Longitude));
            }
            _shapes.Add(new(county.Id, rings, south, west, north, east));
        }
    }

    /// <summary>The counties that a circle touches, that of its middle first; radius 0 is the point itself.</summary>
    /// <remarks>The circle is felt out on two rings of 24 rays: good to about an eighth of the radius.</remarks>
    public List<string> Around(GeoPoint middle, double radiusKm)
    {
        var found = new List<string>();
        Add(middle);
        if (radiusKm <= 0) return found;
        foreach (var distance in (double[])[radiusKm / 2, radiusKm])
            for (var bearing = 0; bearing < 360; bearing += 15)
                Add(middle.Towards(bearing, distance));
        return found;

        void Add(GeoPoint point)
        {
            if (At(point) is { } fips && !found.Contains(fips)) found.Add(fips);
        }
    }

    private string? At(GeoPoint point)
    {
        foreach (var shape in _shapes)
            if (point.Latitude >= shape.South && point.Latitude <= shape.North
                && point.Longitude >= shape.West && point.Longitude <= shape.East && Contains(shape.Rings, point))
                return shape.Fips;
        return null;
    }

    /// <summary>Even-odd rule over all rings, so that holes need no care.</summary>
    private static bool Contains(GeoPoint[][] rings, GeoPoint point)
    {
        var isInside = false;
        foreach (var ring in rings)
            for (int i = 0, before = ring.Length - 1; i < ring.Length; before = i++)
            {
                var (a, b) = (ring[i], ring[before]);
                if (a.Latitude > point.Latitude != b.Latitude > point.Latitude
                    && point.Longitude < ((b.Longitude - a.Longitude) * (point.Latitude - a.Latitude) / (b.Latitude - a.Latitude)) + a.Longitude)
                    isInside = !isInside;
            }
        return isInside;
    }
}
