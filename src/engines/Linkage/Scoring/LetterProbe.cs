using System.Numerics;
using System.Runtime.CompilerServices;

namespace Homeward.Linkage;

/// <summary>What a comparison's <see cref="LetterScreen"/> asks of one value, worked out once for all that it stands beside.</summary>
internal readonly struct LetterProbe
{
    private readonly ulong _bag;
    private readonly ulong _userBag;
    private readonly byte[]? _agreeing;
    private readonly Value? _with;
    private readonly int _length;
    private readonly int _row;
    private readonly int _edits;
    private readonly bool _isOpen;
    private readonly bool _isOpenAcross;
    private readonly bool _byInitial;

    /// <param name="screen">Of the comparison.</param>
    /// <param name="left">The value.</param>
    /// <param name="with">The same row's value of the field that may stand in this one's place; null where it is not known.</param>
    public LetterProbe(LetterScreen screen, Value left, Value? with)
    {
        (_bag, _length, _edits, _agreeing, _byInitial) = (left.Bag, left.Length, screen.Edits, screen.Agreeing, screen.ByInitial);
        (_row, _userBag) = (left.Length * LetterScreen.Lengths, screen.UserBag(left));
        _with = screen.Swaps ? with : null;
        _isOpen = left.Bag == 0 || (screen.ByInitial && left.Length == 1);
        _isOpenAcross = _isOpen || (screen.Crosses && with is null) || _with is { Bag: 0 };
    }

    /// <summary>True where another value, by its letters, is alike neither this one nor the one that may stand in its place.</summary>
    /// <param name="bag">None where nothing is told of them.</param>
    public bool IsFar(ulong bag) => !_isOpenAcross && AreLettersFar(bag) && (_with is null || !LetterScreen.MayBeAlike(_with, bag));

    /// <summary>The same, but for values that stand in each other's place.</summary>
    public bool IsFarInPlace(ulong bag) => !_isOpen && AreLettersFar(bag);

    /// <summary>Whether another value may be alike the one of the field that may stand in this one's place.</summary>
    public bool MayBeSwapped(ulong bag) => bag == 0 || (_with is not null && (_with.Bag == 0 || LetterScreen.MayBeAlike(_with, bag)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool AreLettersFar(ulong bag)
    {
        var (missing, extra) = (BitOperations.PopCount(_bag & ~bag), BitOperations.PopCount(bag & ~_bag));
        return bag != 0
            && (missing > _edits || extra > _edits)
            && (_agreeing is null || _length - missing < _agreeing[_row + extra])
            && (_userBag & ~bag) != 0
            && !(_byInitial && BitOperations.IsPow2(bag));
    }
}
