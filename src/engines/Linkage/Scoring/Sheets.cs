namespace Homeward.Linkage;

/// <summary>What was worked out of each value that rows have of one field, beside values that were asked about before.</summary>
/// <remarks>
/// The same given names and towns are asked about again and again, and by those that are frequent most rows are found. Where a
/// sheet is not there, or another took its place, all is worked out anew: nothing else changes. For one query at a time.
/// </remarks>
/// <param name="values">How many values rows have, by number.</param>
internal sealed class Sheets(int values)
{
    /// <summary>A field with more values is asked about with another each time.</summary>
    public const int ValuesMax = 1 << 12;

    /// <summary>In all sheets of a field; two bytes each.</summary>
    private const int CellsMax = 1 << 20;
    private const int SheetsMax = 1 << 10;

    /// <summary>A value has its sheet at one of so many places.</summary>
    private const int Ways = 4;

    // A cell is 0 until something is known, else a weight in steps: finer than any threshold, and a quarter of a number's room.
    private const double LeastWeight = -64;
    private const double StepsPerBit = 256;

    private readonly Sheet[] _sheets = new Sheet[Math.Min(SheetsMax, CellsMax / values) / Ways * Ways];
    private long _turn;

    private record struct Sheet(Value? Of, long Used, ushort[]? Cells);

    /// <returns>Null where nothing would be found again.</returns>
    public static Sheets? For(Field field, int values) => field.IsSet || values > ValuesMax ? null : new(values);

    /// <summary>The sheet of a value that is asked about; of those in its places the one that was not asked for longest is wiped for it.</summary>
    /// <param name="value">No set.</param>
    public ushort[] Of(Value value)
    {
        var places = _sheets.AsSpan((int)(value.Hash % (ulong)(_sheets.Length / Ways)) * Ways, Ways);
        ref var oldest = ref places[0];
        foreach (ref var sheet in places)
        {
            if (sheet.Of is { } of && AreOne(of, value))
            {
                sheet.Used = ++_turn;
                return sheet.Cells!;
            }
            if (sheet.Used < oldest.Used) oldest = ref sheet;
        }
        if (oldest.Cells is { } cells) Array.Clear(cells);
        oldest = new(value, ++_turn, oldest.Cells ?? new ushort[values]);
        return oldest.Cells!;
    }

    /// <summary>A cell that stands for a weight, and never for less.</summary>
    public static ushort CellOf(double weight)
    {
        var steps = Math.Ceiling((weight - LeastWeight) * StepsPerBit) + 1;
        // What no comparison weighs is not remembered.
        return steps > ushort.MaxValue ? (ushort)0 : (ushort)Math.Max(1, steps);
    }

    public static double WeightOf(ushort cell) => ((cell - 1) / StepsPerBit) + LeastWeight;

    /// <summary>All that is compared of them is the same. Where a town lies does not stand in its text.</summary>
    private static bool AreOne(Value one, Value other) =>
        one.Text == other.Text && one.Folded == other.Folded
        && (one is not PlaceValue place || (other is PlaceValue its && place.Latitude.Equals(its.Latitude) && place.Longitude.Equals(its.Longitude)));
}
