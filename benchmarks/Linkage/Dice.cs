using Homeward.Kernel;

namespace Homeward.Bench;

/// <summary>Random numbers of which any part can be made on its own: the same seed and number give the same throws.</summary>
/// <remarks>SplitMix64 (Steele, Lea and Flood 2014). Not for secrets.</remarks>
internal struct Dice(ulong seed, ulong number)
{
    private ulong _state = StableHash.Mix(seed ^ StableHash.Mix(number + 0x632BE59BD9B4E019UL));

    public ulong Next() => StableHash.Mix(_state += 0x9E3779B97F4A7C15UL);

    /// <returns>0 to below <paramref name="end"/>.</returns>
    public int Below(int end) => (int)Math.BigMul(Next(), (ulong)end, out _);

    /// <returns>0 to below 1.</returns>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Falls(double probability) => Share() < probability;
}

/// <summary>Draws entries as often as their weights say, in constant time.</summary>
/// <remarks>The alias method (Walker 1977; Vose 1991).</remarks>
internal sealed class Urn<T>
{
    private readonly T[] _entries;
    private readonly double[] _keeps;
    private readonly int[] _aliases;

    public Urn(IReadOnlyCollection<(T Entry, double Weight)> weighted)
    {
        _entries = [.. weighted.Select(pair => pair.Entry)];
        (_keeps, _aliases) = (new double[_entries.Length], new int[_entries.Length]);
        var mean = weighted.Average(pair => pair.Weight);
        double[] scaled = [.. weighted.Select(pair => pair.Weight / mean)];
        var small = new Stack<int>(Enumerable.Range(0, scaled.Length).Where(i => scaled[i] < 1));
        var large = new Stack<int>(Enumerable.Range(0, scaled.Length).Where(i => scaled[i] >= 1));
        while (small.TryPop(out var less))
        {
            if (!large.TryPop(out var more))
            {
                _keeps[less] = 1;
                continue;
            }
            (_keeps[less], _aliases[less]) = (scaled[less], more);
            scaled[more] -= 1 - scaled[less];
            (scaled[more] < 1 ? small : large).Push(more);
        }
        while (large.TryPop(out var whole)) _keeps[whole] = 1;
    }

    public T Draw(ref Dice dice)
    {
        var at = dice.Below(_entries.Length);
        return _entries[dice.Falls(_keeps[at]) ? at : _aliases[at]];
    }
}
