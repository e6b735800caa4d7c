using System.Text.Json;

namespace Homeward.Foundations.Places.Map;

/// <summary>A shape of a TopoJSON file: polygons of rings of arc numbers (~n is arc n backwards).</summary>
internal sealed record TopoShape(string Id, int[][][] Polygons);

/// <summary>Reads quantised TopoJSON: arcs that neighbours share, and shapes made of them.</summary>
/// <remarks>Of the format only what our two files use: see github.com/topojson/topojson-specification, sections 2.1 to 2.2.</remarks>
internal sealed class TopoJson
{
    private readonly JsonElement _objects;

    private TopoJson(GeoPoint[][] arcs, JsonElement objects) => (Arcs, _objects) = (arcs, objects);

    /// <summary>Every line between two nodes, in degrees.</summary>
    public GeoPoint[][] Arcs { get; }

    public static TopoJson Read(string path)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(path));
        var (scale, translate) = (Pair(file, "scale"), Pair(file, "translate"));
        var arcs = file.RootElement.GetProperty("arcs").EnumerateArray().Select(arc =>
        {
            var points = new GeoPoint[arc.GetArrayLength()];
            var (x, y, at) = (0, 0, 0);
            foreach (var step in arc.EnumerateArray())
            {
                x += step[0].GetInt32();
                y += step[1].GetInt32();
                points[at++] = new((y * scale.Y) + translate.Y, (x * scale.X) + translate.X);
            }
            return points;
        }).ToArray();
        return new(arcs, file.RootElement.GetProperty("objects").Clone());
    }

    /// <summary>The shapes of an object of the file, in its order.</summary>
    public IEnumerable<TopoShape> Shapes(string name)
    {
        foreach (var shape in _objects.GetProperty(name).GetProperty("geometries").EnumerateArray())
        {
            if (!shape.TryGetProperty("arcs", out var arcs)) continue;
            var isSingle = shape.GetProperty("type").GetString() == "Polygon";
            var polygons = isSingle ? [Polygon(arcs)] : arcs.EnumerateArray().Select(Polygon).ToArray();
            yield return new(shape.GetProperty("id").ToString(), polygons);
        }
    }

    /// <summary>The points of a ring, its arcs strung together; the last point equals the first.</summary>
    public IEnumerable<GeoPoint> PointsOf(int[] ring)
    {
        for (var i = 0; i < ring.Length; i++)
        {
            var isBackwards = ring[i] < 0;
            var arc = Arcs[isBackwards ? ~ring[i] : ring[i]];
            // Each arc starts where the one before ended: that point is said once.
            for (var at = i == 0 ? 0 : 1; at < arc.Length; at++) yield return arc[isBackwards ? arc.Length - 1 - at : at];
        }
    }

    private static int[][] Polygon(JsonElement rings) =>
        [.. rings.EnumerateArray().Select(ring => ring.EnumerateArray().Select(arc => arc.GetInt32()).ToArray())];

    private static (double X, double Y) Pair(JsonDocument file, string name)
    {
        var pair = file.RootElement.GetProperty("transform").GetProperty(name);
        return (pair[0].GetDouble(), pair[1].GetDouble());
    }
}
