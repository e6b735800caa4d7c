namespace Homeward.Linkage;

/// <summary>Which rows may be of one person by where they come from: of two files mostly one row of each.</summary>
/// <remarks>Rows of a source follow one another, and sources too: whom a row may be paired with are the rows from some place on.</remarks>
internal sealed class PairScope
{
    private const int SourcesCountedMax = 8;

    /// <summary>The first row of each source, and at the end the number of rows.</summary>
    private readonly int[] _starts;
    private readonly bool[] _within;

    private PairScope(int[] starts, bool[] within)
    {
        (_starts, _within) = (starts, within);
        for (var source = 0; source < within.Length; source++)
            for (var other = source; other < within.Length; other++)
                PairCount += PairsOf(source, other);
    }

    /// <summary>Every row with every other.</summary>
    public static PairScope All(int rowCount) => new([0, rowCount], [true]);

    /// <param name="data">The files.</param>
    /// <param name="within">True when rows of one file may be paired too.</param>
    /// <param name="exclusive">The names of files that hold each person once at most.</param>
    public static PairScope Of(Dataset data, bool within, IReadOnlyCollection<string> exclusive) => new(
        [.. data.Sources.Select(source => source.Start), data.RowCount],
        [.. data.Sources.Select(source => (within || data.Sources.Count == 1) && !exclusive.Contains(source.Name))]);

    public double PairCount { get; }

    public bool Allows(int left, int right) => Math.Max(left, right) >= FirstPartner(Math.Min(left, right));

    /// <summary>From which row on a row may be paired with those that come after it.</summary>
    public int FirstPartner(int row)
    {
        var source = _within.Length - 1;
        while (_starts[source] > row) source--;
        return _within[source] ? row + 1 : _starts[source + 1];
    }

    /// <summary>Every pair; for short lists.</summary>
    public IEnumerable<(int Left, int Right)> Each()
    {
        for (var left = 0; left < _starts[^1]; left++)
            for (var right = FirstPartner(left); right < _starts[^1]; right++) yield return (left, right);
    }

    /// <summary>Every pair among some rows, which ascend.</summary>
    public IEnumerable<(int Left, int Right)> Among(ArraySegment<int> rows)
    {
        for (var i = 0; i < rows.Count; i++)
            for (var j = i + 1; j < rows.Count; j++)
                if (Allows(rows[i], rows[j])) yield return (rows[i], rows[j]);
    }

    /// <summary>Pairs taken at random, each as probably as any other; a row may meet itself.</summary>
    public IEnumerable<(int Left, int Right)> Draw(Random random, int count)
    {
        var kinds = new List<(int Source, int Other, double UpTo)>();
        double sum = 0;
        for (var source = 0; source < _within.Length; source++)
            for (var other = source; other < _within.Length; other++)
                if (PairsOf(source, other) is > 0 and var pairs) kinds.Add((source, other, sum += pairs));
        for (var drawn = 0; drawn < count && kinds.Count > 0; drawn++)
        {
            var kind = kinds[0];
            if (kinds.Count > 1)
            {
                var at = random.NextDouble() * sum;
                kind = kinds.Find(one => at < one.UpTo) is { UpTo: > 0 } found ? found : kinds[^1];
            }
            yield return (random.Next(_starts[kind.Source], _starts[kind.Source + 1]), random.Next(_starts[kind.Other], _starts[kind.Other + 1]));
        }
    }

    /// <summary>How many pairs have the same value of a field, and how many know both: every pair, counted by the values and not one by one.</summary>
    /// <returns>Null where there are so many files that drawing pairs is cheaper.</returns>
    public (double Same, double Known)? Count(RowTable rows, int field)
    {
        if (_within.Length > SourcesCountedMax) return null;
        var counts = new int[_within.Length][];
        var known = new double[_within.Length];
        for (var source = 0; source < counts.Length; source++)
        {
            var count = counts[source] = new int[rows.Values[field].Count];
            for (var row = _starts[source]; row < _starts[source + 1]; row++) count[rows.Numbers(row)[field]]++;
            known[source] = _starts[source + 1] - _starts[source] - count[0];
        }
        var (same, all) = (0.0, 0.0);
        for (var source = 0; source < counts.Length; source++)
        {
            for (var other = source; other < counts.Length; other++)
            {
                all += PairsOf(source, other, known[source], known[other]);
                for (var value = 1; value < counts[source].Length; value++)
                    if (counts[source][value] > 0 && counts[other][value] > 0) same += PairsOf(source, other, counts[source][value], counts[other][value]);
            }
        }
        return (same, all);
    }

    private double PairsOf(int source, int other) => PairsOf(source, other, _starts[source + 1] - _starts[source], _starts[other + 1] - _starts[other]);

    private double PairsOf(int source, int other, double rows, double others) =>
        source != other ? rows * others : _within[source] ? rows * (rows - 1) / 2 : 0;
}
