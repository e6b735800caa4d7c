using Homeward.Kernel;

namespace Homeward.Operations;

/// <summary>Cells of a quarter of a degree by UTC days: two events that meet share at least one.</summary>
/// <remarks>
/// Circles that touch share a point, and that point lies in the box of both; windows that overlap share an instant, and so
/// a day. Longitudes wrap at the date line (T-34); near a pole a box takes all of them.
/// </remarks>
public static class GridCells
{
    private const double CellDegrees = 0.25;
    private const int CellsRound = (int)(360 / CellDegrees);
    private const int CellsUp = (int)(180 / CellDegrees);
    /// <summary>Kilometres of a degree of latitude, rounded down so that boxes come out too large, never too small.</summary>
    private const double KmPerDegree = 110.5;
    /// <summary>An event of more days than this is several events.</summary>
    public const int DaysMax = 31;

    /// <summary>The keys under which an event is filed and sought.</summary>
    public static List<long> Of(PlannedEvent planned)
    {
        Ensure.That(planned.At.IsOnEarth && planned.RadiusKm >= 0);
        var north = planned.RadiusKm / KmPerDegree;
        var top = Math.Min(90, planned.At.Latitude + north);
        var bottom = Math.Max(-90, planned.At.Latitude - north);
        var shrink = Math.Cos(Math.Max(Math.Abs(top), Math.Abs(bottom)) * Math.PI / 180);
        var east = shrink < 0.01 ? 180 : Math.Min(180, north / shrink);
        var (firstRow, lastRow) = (Row(bottom), Row(top));
        var firstColumn = (int)Math.Floor((planned.At.Longitude - east + 180) / CellDegrees);
        var lastColumn = Math.Min(firstColumn + CellsRound - 1, (int)Math.Floor((planned.At.Longitude + east + 180) / CellDegrees));
        var (firstDay, lastDay) = (Day(planned.Opens), Day(planned.Ends));
        var keys = new List<long>((lastRow - firstRow + 1) * (lastColumn - firstColumn + 1) * (lastDay - firstDay + 1));
        for (var row = firstRow; row <= lastRow; row++)
        {
            for (var column = firstColumn; column <= lastColumn; column++)
            {
                var cell = (long)row * CellsRound + ((column % CellsRound) + CellsRound) % CellsRound;
                for (var day = firstDay; day <= lastDay; day++) keys.Add(cell * 10_000_000L + day);
            }
        }
        return keys;
    }

    private static int Row(double latitude) => Math.Clamp((int)Math.Floor((latitude + 90) / CellDegrees), 0, CellsUp - 1);
    private static int Day(DateTimeOffset instant) => (int)(instant.UtcTicks / TimeSpan.TicksPerDay);
}
