using System.Runtime.InteropServices;

namespace Homeward.Linkage;

/// <summary>How many pairs have each pattern. Training runs over these hundreds, not over the pairs.</summary>
/// <remarks>
/// A pattern is kept apart by the comparisons that may learn from it: a pair that was found because two names
/// agree says nothing of how often names agree. It is kept apart by rarity too, since two of a common name are not
/// as probably one person as two of a rare one, and training must not take them for it.
/// </remarks>
internal sealed class PatternTable
{
    /// <summary>Rarities are told apart by halves of a bit.</summary>
    private const double StepsPerBit = 2;

    private readonly Dictionary<(ulong Pattern, uint Rules, short Rarity), double> _pairs = [];

    /// <summary>Patterns with the rules that bring them together, as bits, the rarity of what agrees in bits, and how many pairs have them.</summary>
    public IEnumerable<(ulong Pattern, uint Rules, double RarityBits, double Pairs)> Rows =>
        _pairs.OrderBy(row => row.Key).Select(row => (row.Key.Pattern, row.Key.Rules, row.Key.Rarity / StepsPerBit, row.Value));

    /// <summary>True where patterns are kept apart by rarity.</summary>
    public bool KnowsRarity { get; init; }

    public double PairCount => _pairs.Values.Sum();

    /// <param name="pattern">The levels.</param>
    /// <param name="rules">The rules that bring the pairs together, as bits.</param>
    /// <param name="pairs">How many pairs are added.</param>
    /// <param name="rarityBits">How much rarer what agrees is than the settings' u says: see <see cref="BatchScorer.RarityBits"/>.</param>
    public void Add(ulong pattern, uint rules, double pairs, double rarityBits = 0) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_pairs, (pattern, rules, (short)Math.Round(rarityBits * StepsPerBit)), out _) += pairs;

    public void Add(PatternTable other)
    {
        foreach (var (key, pairs) in other._pairs) CollectionsMarshal.GetValueRefOrAddDefault(_pairs, key, out _) += pairs;
    }
}
