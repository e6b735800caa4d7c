using System.Runtime.InteropServices;

namespace Homeward.Linkage;

/// <summary>How many pairs have each pattern. Training runs over these hundreds, not over the pairs.</summary>
/// <remarks>
/// A pattern is kept apart by the comparisons that may learn from it: a pair that was found because two names
/// agree says nothing of how often names agree.
/// </remarks>
internal sealed class PatternTable
{
    private readonly Dictionary<(ulong Pattern, ushort Teaches), double> _pairs = [];

    public IEnumerable<(ulong Pattern, ushort Teaches, double Pairs)> Rows =>
        _pairs.OrderBy(row => row.Key).Select(row => (row.Key.Pattern, row.Key.Teaches, row.Value));

    public double PairCount => _pairs.Values.Sum();

    public void Add(ulong pattern, ushort teaches, double pairs) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_pairs, (pattern, teaches), out _) += pairs;

    public void Add(PatternTable other)
    {
        foreach (var (pattern, teaches, pairs) in other.Rows) Add(pattern, teaches, pairs);
    }
}
