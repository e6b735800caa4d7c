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
    private const int ValuesMax = 1 << 12;

    /// <summary>For one field; two megabytes at most.</summary>
    private const int SheetsMax = 256;

    // A cell is 0 until something is known, else a weight in steps: finer than any threshold, and a quarter of a number's room.
    private const double LeastWeight = -64;
    private const double StepsPerBit = 256;

    private readonly List<ushort[]> _cells = [];
    private readonly Value[] _of = new Value[SheetsMax];
    private readonly ulong[] _hashes = new ulong[SheetsMax];
    private readonly long[] _used = new long[SheetsMax];
    private long _turn;

    /// <returns>Null where nothing would be found again.</returns>
    public static Sheets? For(Field field, int values) => field.IsSet || values > ValuesMax ? null : new(values);

    /// <summary>The sheet of a value that is asked about; the one that was not asked for longest is wiped for it.</summary>
    /// <param name="value">No set.</param>
    /// <param name="isAlone">The field that may stand in this one's place is not known: its values weigh otherwise then.</param>
    public ushort[] Of(Value value, bool isAlone)
    {
        var hash = (value.Hash & ~1UL) | (isAlone ? 1UL : 0);
        var place = _hashes.AsSpan(0, _cells.Count).IndexOf(hash);
        if (place < 0 || !AreOne(_of[place], value)) place = Take(place, value, hash);
        _used[place] = ++_turn;
        return _cells[place];
    }

    /// <summary>A cell that stands for a weight, and never for less.</summary>
    public static ushort CellOf(double weight)
    {
        var steps = Math.Ceiling((weight - LeastWeight) * StepsPerBit) + 1;
        // What no comparison weighs is not remembered.
        return steps > ushort.MaxValue ? (ushort)0 : (ushort)Math.Max(1, steps);
    }

    public static double WeightOf(ushort cell) => ((cell - 1) / StepsPerBit) + LeastWeight;

    private int Take(int place, Value value, ulong hash)
    {
        if (place < 0 && _cells.Count < _of.Length)
        {
            place = _cells.Count;
            _cells.Add(new ushort[values]);
        }
        else
        {
            if (place < 0) place = _used.IndexOf(_used.Min());
            Array.Clear(_cells[place]);
        }
        (_of[place], _hashes[place]) = (value, hash);
        return place;
    }

    /// <summary>All that is compared of them is the same. Where a town lies does not stand in its text.</summary>
    private static bool AreOne(Value one, Value other) =>
        one.Text == other.Text && one.Folded == other.Folded
        && (one is not PlaceValue place || (other is PlaceValue its && place.Latitude.Equals(its.Latitude) && place.Longitude.Equals(its.Longitude)));
}
