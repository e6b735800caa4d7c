using System.Collections.Frozen;
using Homeward.Kernel;

namespace Homeward.Review.Ranking;

/// <summary>Which of the published indicators a report shows, one bit each. A rank rests on this and on nothing else of a report.</summary>
internal readonly record struct Indicators(long Bits)
{
    /// <summary>Their order is that of the bits in stored rows: a new one is added at the end, none is taken away.</summary>
    public static readonly IReadOnlyList<string> Codes =
    [
        "match-strong", "match-likely", "match-possible", "sought-at-risk", "sought-from-care", "sought-indicators", "sought-endangered",
        "imminence-claimed", "ncmec-priority-1", "ncmec-priority-2", "ncmec-referral", "type-trafficking", "type-enticement",
        "type-molestation", "age-under-13", "age-13-to-17", "names-a-victim", "incident-fresh", "incident-recent", "in-united-states",
        "one-of-a-bundle",
    ];

    private static readonly FrozenDictionary<string, long> _bits =
        Codes.Select((code, place) => (code, Bit: 1L << place)).ToFrozenDictionary(one => one.code, one => one.Bit, StringComparer.Ordinal);

    public static bool IsKnown(string code) => _bits.ContainsKey(code);

    public static Indicators Of(params IEnumerable<string> codes) => new(codes.Aggregate(0L, (bits, code) => bits | BitOf(code)));
    public bool Has(string code) => (Bits & BitOf(code)) != 0;

    /// <exception cref="BrokenInvariantException">No such indicator: a rule for it would silently weigh nothing.</exception>
    private static long BitOf(string code) =>
        _bits.TryGetValue(code, out var bit) ? bit : throw new BrokenInvariantException($"no indicator is called {code}");
}
