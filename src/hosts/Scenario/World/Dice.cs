using System.Globalization;

namespace Homeward.Scenario.World;

/// <summary>Chance without memory: the same seed, purpose and key always give the same draw.</summary>
/// <remarks>
/// A sequence of random numbers would let one draw more or less shift all that come after it, so that a second
/// report about one child gave another child another name. Here every draw is a hash of what it is for: the key
/// is FNV-1a over seed, purposes and keys, spread by the finaliser of SplitMix64 (Steele, Lea and Flood, 2014).
/// Not for secrets.
/// </remarks>
internal readonly struct Dice
{
    private const ulong FnvPrime = 1099511628211;
    private readonly ulong _root;

    private Dice(ulong root) => _root = root;

    /// <summary>The dice of one world.</summary>
    public static Dice Of(long seed) => new(Spread((ulong)seed ^ 14695981039346656037));

    /// <summary>The dice of one thing in it: a child, a report, a task force.</summary>
    public Dice For(string purpose, long key = 0) => new(Spread(Mix(_root, purpose) ^ ((ulong)key * 0x9E3779B97F4A7C15)));

    /// <inheritdoc cref="For(string, long)"/>
    public Dice For(string purpose, string key) => new(Spread(Mix(Mix(_root, purpose) ^ '/', key)));

    public ulong Bits(string purpose) => Spread(Mix(_root, purpose));

    /// <summary>From 0 up to, but not, 1.</summary>
    public double Unit(string purpose) => (Bits(purpose) >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double share, string purpose) => Unit(purpose) < share;

    /// <summary>From 0 up to, but not, <paramref name="count"/>.</summary>
    public int Below(int count, string purpose)
    {
        Kernel.Ensure.That(count > 0);
        return (int)(Unit(purpose) * count);
    }

    /// <summary>Both ends included.</summary>
    public int Between(int min, int max, string purpose) => min + Below(max - min + 1, purpose);

    public double Within(double min, double max, string purpose) => min + (Unit(purpose) * (max - min));

    public T Pick<T>(IReadOnlyList<T> from, string purpose) => from[Below(from.Count, purpose)];

    /// <summary>Digits that look like a number of somebody's: never starting with 0.</summary>
    public string Digits(int length, string purpose)
    {
        var text = Bits(purpose).ToString(CultureInfo.InvariantCulture).PadLeft(20, '7');
        return "123456789"[(int)(Bits(purpose) % 9)] + text[(20 - length + 1)..];
    }

    /// <summary>An order of the items that depends on nothing but each item's own key.</summary>
    public List<T> Shuffled<T>(IEnumerable<T> items, string purpose, Func<T, string> key)
    {
        var dice = this;
        return [.. items.Select(item => (item, rank: dice.For(purpose, key(item))._root, key: key(item)))
            .OrderBy(each => each.rank).ThenBy(each => each.key, StringComparer.Ordinal).Select(each => each.item)];
    }

    private static ulong Mix(ulong state, string text)
    {
        foreach (var letter in text) state = (state ^ letter) * FnvPrime;
        return state;
    }

    private static ulong Spread(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
