using System.Globalization;
using System.Text;

namespace Homeward.Foundations.Places.Map;

/// <summary>The territories of one time, projected once and kept as SVG path data.</summary>
internal sealed class TerritoryShapes
{
    /// <summary>Rings smaller than this, in square units of the drawing, are left out: islets that no one could see.</summary>
    private const double AreaMin = 6;

    private TerritoryShapes(Dictionary<string, string> paths, string borders) => (Paths, Borders) = (paths, borders);

    /// <summary>Path data of each office, by code.</summary>
    public IReadOnlyDictionary<string, string> Paths { get; }

    /// <summary>Path data of the lines between states.</summary>
    public string Borders { get; }

    public static TerritoryShapes Of(TopoJson file, string layer) =>
        new(file.Shapes(layer).ToDictionary(shape => shape.Id, shape => PathOf(file, shape), StringComparer.Ordinal), BordersOf(file));

    private static string PathOf(TopoJson file, TopoShape shape)
    {
        var rings = shape.Polygons.SelectMany(polygon => polygon)
            .Select(ring => Projected(file.PointsOf(ring)))
            .Where(ring => ring.Count > 2).OrderByDescending(Area).ToList();
        var path = new StringBuilder();
        // The largest ring stays whatever its size: every office is on the map.
        for (var i = 0; i < rings.Count; i++)
            if (i == 0 || Area(rings[i]) >= AreaMin) Append(path, rings[i], isClosed: true);
        return path.ToString();
    }

    /// <summary>Arcs that two states share, each drawn once; coasts are drawn by the territories.</summary>
    private static string BordersOf(TopoJson file)
    {
        var path = new StringBuilder();
        var shared = file.Shapes("states").SelectMany(state => state.Polygons.SelectMany(polygon => polygon).SelectMany(ring => ring))
            .Select(arc => arc < 0 ? ~arc : arc).GroupBy(arc => arc).Where(arc => arc.Count() > 1).Select(arc => arc.Key).Order();
        foreach (var arc in shared)
            if (Projected(file.Arcs[arc]) is { Count: > 1 } line) Append(path, line, isClosed: false);
        return path.ToString();
    }

    private static List<(int X, int Y)> Projected(IEnumerable<GeoPoint> points)
    {
        var line = new List<(int X, int Y)>();
        Albers? projection = null;
        foreach (var point in points)
        {
            projection ??= AlbersUsa.For(point);
            if (projection is null) return [];
            var (x, y) = projection.Project(AlbersUsa.Unwrapped(point));
            var rounded = ((int)Math.Round(x), (int)Math.Round(y));
            if (line.Count == 0 || line[^1] != rounded) line.Add(rounded);
        }
        return line;
    }

    private static double Area(List<(int X, int Y)> ring)
    {
        long twice = 0;
        for (int i = 0, before = ring.Count - 1; i < ring.Count; before = i++)
            twice += ((long)ring[before].X * ring[i].Y) - ((long)ring[i].X * ring[before].Y);
        return Math.Abs(twice) / 2.0;
    }

    /// <summary>Whole, relative steps, and no blank where a minus parts the numbers: a third of the size of plain paths.</summary>
    private static void Append(StringBuilder path, List<(int X, int Y)> line, bool isClosed)
    {
        path.Append(CultureInfo.InvariantCulture, $"M{line[0].X} {line[0].Y}l");
        for (var i = 1; i < line.Count; i++)
        {
            var (dx, dy) = (line[i].X - line[i - 1].X, line[i].Y - line[i - 1].Y);
            if (i > 1 && dx >= 0) path.Append(' ');
            path.Append(CultureInfo.InvariantCulture, $"{dx}");
            if (dy >= 0) path.Append(' ');
            path.Append(CultureInfo.InvariantCulture, $"{dy}");
        }
        if (isClosed) path.Append('z');
    }
}
