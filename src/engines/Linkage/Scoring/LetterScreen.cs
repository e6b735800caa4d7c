using System.Numerics;

namespace Homeward.Linkage;

/// <summary>Tells from letters alone that nothing but a comparison's last level, and what other fields say, can hold for two values.</summary>
/// <remarks>
/// Most values that stand side by side under one key of another field have nothing in common, and mostly a look at two words
/// of bits shows it. It may say "perhaps" of values that are far apart, and never "far" of such as are not.
/// </remarks>
internal sealed class LetterScreen
{
    public const int Lengths = JaroWinkler.LettersMax + 1;
    private const byte Never = byte.MaxValue;
    private static readonly byte[] _crossAgreeing = AgreeingMin(RowComparer.CrossLikenessMin);

    private readonly bool _byNickname;
    private readonly bool _byPart;
    private readonly bool _byUser;

    private LetterScreen(ReadOnlySpan<Level> levels, ReadOnlySpan<double> weights)
    {
        FarWeight = weights[^1];
        var similar = double.PositiveInfinity;
        for (var i = 0; i < levels.Length - 1; i++)
        {
            var level = levels[i];
            switch (level.Likeness)
            {
                case Likeness.Similar: similar = Math.Min(similar, level.Threshold); break;
                case Likeness.Edits: Edits = Math.Max(Edits, (int)level.Threshold); break;
                case Likeness.Nickname: _byNickname = true; break;
                case Likeness.SharedPart: _byPart = true; break;
                case Likeness.Initial: ByInitial = true; break;
                case Likeness.SameUser: _byUser = true; break;
                case Likeness.Swapped: Swaps = true; break;
                case Likeness.InOtherField: Crosses = true; break;
                case Likeness.WithTheSame or Likeness.WithOthers: FarWeight = Math.Max(FarWeight, level.IsSilent ? 0 : weights[i]); break;
            }
        }
        if (double.IsFinite(similar)) Agreeing = AgreeingMin(similar);
    }

    /// <summary>What the comparison weighs at most where two values are far apart.</summary>
    public double FarWeight { get; }

    /// <returns>Null where a level is not told from letters.</returns>
    public static LetterScreen? Of(ReadOnlySpan<Level> levels, ReadOnlySpan<double> weights)
    {
        if (levels[^1] is not { Likeness: Likeness.Else, ByFrequency: false, IsSilent: false }) return null;
        foreach (var level in levels)
        {
            if (level.Likeness is not (Likeness.Same or Likeness.Nickname or Likeness.Similar or Likeness.Edits or Likeness.Swapped
                or Likeness.InOtherField or Likeness.SharedPart or Likeness.Initial or Likeness.SameUser or Likeness.WithTheSame
                or Likeness.WithOthers or Likeness.Else)) return null;
            if (level is { ByFrequency: true, Likeness: Likeness.WithTheSame or Likeness.WithOthers }) return null;
        }
        return new(levels, weights);
    }

    /// <summary>Letters that come and go.</summary>
    public int Edits { get; }

    /// <summary>See <see cref="AgreeingMin"/>; null where no likeness is asked for.</summary>
    public byte[]? Agreeing { get; }
    public bool ByInitial { get; }

    /// <summary>It may say something that each row has the other's value in the other field.</summary>
    public bool Swaps { get; }

    /// <summary>It may say something that the one value known stands in the other field.</summary>
    public bool Crosses { get; }

    /// <summary>Whether more is looked at than letters.</summary>
    public bool LooksAtMore => _byNickname || _byPart;

    /// <summary>The letters before the @ of an address; all bits where there is none, or none is asked for, for then no other has the same.</summary>
    public ulong UserBag(Value left) => _byUser && left.Folded.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
        ? LetterBag.Of(left.Folded.AsSpan(0, at)) : ulong.MaxValue;

    /// <param name="left">The value that is asked about.</param>
    /// <param name="probe">What is asked of it.</param>
    /// <param name="right">The other value.</param>
    public bool IsFar(Value left, in LetterProbe probe, in FrozenRows.Cell right)
    {
        if (!probe.IsFar(right.Bag)) return false;
        // Only where their bits meet is the other value itself looked at.
        if (_byNickname && (left.FormalBag & right.FormalBag) != 0 && (left.FormalBag & right.Value.FormalBag) != 0) return false;
        return !_byPart || (left.WordBag & right.WordBag) == 0 || (!left.IsCompound && !right.Value.IsCompound) || (left.WordBag & right.Value.WordBag) == 0;
    }

    /// <summary>Whether what is looked at beside the letters shows nothing in common.</summary>
    /// <param name="left">See <see cref="RowSigns.MoreOf"/>.</param>
    /// <param name="right">That of the other value.</param>
    public bool IsRestFar(ulong left, ulong right)
    {
        var (shared, either) = (left & right, left | right);
        return (!_byNickname || shared >> 33 == 0) && (!_byPart || (uint)shared == 0 || (either >> 32 & 1) == 0);
    }

    /// <summary>Whether other letters, of which something is told, may be those of a likeness of the value.</summary>
    public static bool MayBeAlike(Value value, ulong bag) =>
        value.Length - BitOperations.PopCount(value.Bag & ~bag) >= _crossAgreeing[(value.Length * Lengths) + BitOperations.PopCount(bag & ~value.Bag)];

    /// <summary>For a length and a count of letters that only the other has: how many must agree at least for a likeness.</summary>
    /// <remarks>The other is at least as long as what agrees and what it has beside; a longer one, or another beginning, would be less like.</remarks>
    private static byte[] AgreeingMin(double threshold)
    {
        var table = new byte[Lengths * Lengths];
        Array.Fill(table, Never);
        for (var length = 1; length < Lengths; length++)
        {
            for (var extra = 0; extra < Lengths; extra++)
            {
                for (var agreeing = 1; agreeing <= length; agreeing++)
                {
                    var other = Math.Min(agreeing + extra, JaroWinkler.LettersMax);
                    if (JaroWinkler.Bound(agreeing, length, other, Math.Min(4, agreeing)) < threshold) continue;
                    table[(length * Lengths) + extra] = (byte)agreeing;
                    break;
                }
            }
        }
        return table;
    }
}
