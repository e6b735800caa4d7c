using System.Runtime.Intrinsics;

namespace Homeward.Linkage;

/// <summary>Rules out pairs of a block, eight at once: those that an earlier rule has, and those that could not weigh enough whatever a closer look shows.</summary>
/// <remarks>
/// Of the pairs of a long block nearly all end here. The cells of the block lie column by column, and beside them the
/// digits of dates and the users of e-mail addresses, so that eight partners of a row are looked at by one instruction.
/// It tells only what is surely too little: <see cref="BatchScorer.WeightFrom"/> has the last word on the others, and
/// its answers are the same with the screen and without.
/// </remarks>
internal sealed unsafe class BlockScreen
{
    /// <summary>Blocks of fewer rows are not worth laying out anew.</summary>
    public const int RowsMin = 8;

    /// <summary>Partners that are looked at together.</summary>
    public const int Lanes = 8;

    private const int Nibble = 4;
    private const int EachNibble = 0x1111_1111;
    private const int YearDigits = 0xFFFF;

    private readonly RowTable _rows;
    private readonly BatchScorer.Bounds _bounds;
    private readonly BlockKeys _keys;
    private readonly int _cells;
    private readonly float _mostMin;

    /// <summary>The rules: what must agree, of it the fields, and where rows have several words the rest that they are of; else -1.</summary>
    private readonly (int Need, int Fields, int Several)[] _rules;

    private BlockScreen(RowTable rows, BlockKeys keys, BatchScorer.Bounds bounds, int cells, float mostMin)
    {
        (_rows, _keys, _bounds, _cells, _mostMin) = (rows, keys, bounds, cells, mostMin);
        _rules = [.. Enumerable.Range(0, keys.RuleCount).Select(rule => ((int)keys.Needs[rule], (int)keys.FieldsOf(rule), keys.SeveralOf(rule)))];
    }

    /// <returns>Null where pairs are to be looked at one by one: without vectors, and where there are more cells than bits.</returns>
    public static BlockScreen? Of(BatchScorer scorer, RowTable rows, BlockKeys keys, double weightMin)
    {
        var cells = rows.Values.Length + rows.Plan.Rests.Length;
        return Vector256.IsHardwareAccelerated && cells < 31 ? new(rows, keys, scorer.BoundsOf, cells, (float)(weightMin - BatchScorer.EstimateErrorMax)) : null;
    }

    /// <summary>The rows of one block, column by column; a thread's own.</summary>
    public sealed class Columns
    {
        public int[] Memory { get; set; } = [];

        /// <summary>From one column to the next; whole vectors.</summary>
        public int Length { get; set; }
    }

    /// <summary>Lays out a block: cells, dates, users, and where words are several for each earlier rule a bag of them, and of the block's own its word and the bag of the smaller.</summary>
    /// <param name="rule">The rule whose block it is.</param>
    /// <param name="block">Its entries.</param>
    /// <param name="cells">Its rows, one after another, <see cref="RowTable.Stride"/> cells each.</param>
    public void Lay(int rule, ReadOnlySpan<ulong> block, int* cells, Columns columns)
    {
        // A vector more, for the last partners are loaded with whatever follows them.
        columns.Length = ((block.Length + Lanes - 1) / Lanes * Lanes) + Lanes;
        var length = columns.Length * (_cells + _bounds.Dates.Length + _bounds.Users.Length + rule + 2);
        if (columns.Memory.Length < length) columns.Memory = new int[length * 2];
        fixed (int* memory = columns.Memory)
        {
            for (var row = 0; row < block.Length; row++, cells += _rows.Stride)
            {
                var to = memory + row;
                for (var cell = 0; cell < _cells; cell++, to += columns.Length) *to = cells[cell];
                foreach (ref readonly var date in _bounds.Dates.AsSpan())
                {
                    *to = (int)Digits.Packed(_rows.Values[date.Field].Digits(cells[date.Field]));
                    to += columns.Length;
                }
                foreach (ref readonly var user in _bounds.Users.AsSpan())
                {
                    *to = cells[user.Field] == 0 ? 0 : (int)_rows.Values[user.Field].User(cells[user.Field]);
                    to += columns.Length;
                }
                for (var earlier = 0; earlier < rule; earlier++)
                {
                    if (_rules[earlier].Several < 0) continue;
                    *to = cells[_rows.BagPlace(_rules[earlier].Several)];
                    to += columns.Length;
                }
                if (_rules[rule].Several < 0) continue;
                (var word, to[columns.Length]) = _keys.WordIn(rule, (uint)(block[row] >> 32), (int)(uint)block[row]);
                *to = (int)word;
            }
        }
    }

    /// <summary>Looks at eight partners of a row.</summary>
    /// <param name="rule">The rule whose block it is.</param>
    /// <param name="memory">The columns.</param>
    /// <param name="lead">The row's place in the block.</param>
    /// <param name="at">The first partner's.</param>
    /// <param name="same">For each cell what it weighs where the leading row's value is met again.</param>
    /// <param name="owned">The partners, as bits, with whom this rule is surely the first to bring the row together.</param>
    /// <param name="open">Those of whom <see cref="BlockKeys.Owns"/> must be asked, for words are several.</param>
    /// <returns>Those of both that may weigh enough.</returns>
    public uint Look(int rule, int* memory, int length, int lead, int at, float[] same, out uint owned, out uint open)
    {
        var most = Vector256.Create(_bounds.MostAtOnce);
        var agreeing = Vector256<int>.Zero;
        var column = memory;
        for (var cell = 0; cell < _cells; cell++, column += length)
        {
            // What is not known agrees with nothing and weighs nothing.
            if (column[lead] is not (not 0 and var own)) continue;
            var others = Vector256.Load(column + at);
            var equal = Vector256.Equals(others, Vector256.Create(own));
            agreeing |= equal & Vector256.Create(1 << cell);
            var weight = Vector256.ConditionalSelect(equal.AsSingle(), Vector256.Create(same[cell]), Vector256.Create(_bounds.MostWhereOpen[cell]));
            most += Vector256.AndNot(weight, Vector256.Equals(others, Vector256<int>.Zero).AsSingle());
        }
        owned = Owned(rule, agreeing, column + ((_bounds.Dates.Length + _bounds.Users.Length) * length), length, lead, at, out open);
        if ((owned | open) == 0) return 0;
        foreach (ref readonly var date in _bounds.Dates.AsSpan())
        {
            if (column[lead] != 0) most -= FarApart(column[lead], Vector256.Load(column + at), date.Drops);
            column += length;
        }
        foreach (ref readonly var user in _bounds.Users.AsSpan())
        {
            if (column[lead] != 0)
            {
                var others = Vector256.Load(column + at);
                var alike = Vector256.Equals(others, Vector256<int>.Zero) | Vector256.Equals(others, Vector256.Create(column[lead]));
                most -= Vector256.AndNot(Vector256.Create(user.Spared), alike.AsSingle());
            }
            column += length;
        }
        return (owned | open) & Vector256.GreaterThanOrEqual(most, Vector256.Create(_mostMin)).ExtractMostSignificantBits();
    }

    /// <param name="bags">The columns of bags.</param>
    private uint Owned(int rule, Vector256<int> agreeing, int* bags, int length, int lead, int at, out uint open)
    {
        var (others, mayBeOthers) = (Vector256<int>.Zero, Vector256<int>.Zero);
        for (var earlier = 0; earlier < rule; earlier++)
        {
            var (need, fields, rest) = _rules[earlier];
            others |= Holds(agreeing, need);
            if (rest < 0) continue;
            mayBeOthers |= Vector256.AndNot(Holds(agreeing, fields), AreDisjoint(bags, lead, at));
            bags += length;
        }
        Vector256<int> mine, mayBeMine;
        if (_rules[rule] is { Several: >= 0 } own)
        {
            int* word = bags, smaller = bags + length;
            var (fields, words) = (Holds(agreeing, own.Fields), Vector256.Load(word + at));
            mine = Vector256.AndNot(fields & Vector256.Equals(words, Vector256.Create(word[lead])) & AreDisjoint(smaller, lead, at), Vector256.Equals(words, Vector256<int>.Zero));
            // Where both first words are the same and smaller than the block's, the pair is of another block.
            var first = smaller[lead] == 0 ? Vector256<int>.Zero : Vector256.Equals(agreeing & Vector256.Create(own.Need & ~own.Fields), Vector256.Create(own.Need & ~own.Fields));
            mayBeMine = Vector256.AndNot(fields, first | mine);
        }
        else (mine, mayBeMine) = (Holds(agreeing, _rules[rule].Need), Vector256<int>.Zero);
        open = Vector256.AndNot((mine & mayBeOthers) | mayBeMine, others).ExtractMostSignificantBits();
        return Vector256.AndNot(mine, others | mayBeOthers).ExtractMostSignificantBits();
    }

    private static Vector256<int> AreDisjoint(int* bags, int lead, int at) => Vector256.Equals(Vector256.Load(bags + at) & Vector256.Create(bags[lead]), Vector256<int>.Zero);

    private static Vector256<int> Holds(Vector256<int> agreeing, int need) => Vector256.Equals(agreeing & Vector256.Create(need), Vector256.Create(need));

    /// <summary>What a date weighs less than the most that it could, for it is more than one edit, or two, from the other, or in another year.</summary>
    /// <remarks>At most as many edits as <see cref="Digits.EditsBetween"/> finds; swapped neighbours may be counted once too often.</remarks>
    private static Vector256<float> FarApart(int own, Vector256<int> others, float[] drops)
    {
        var mine = Vector256.Create(own);
        var same = Vector256.Equals(others, mine) | Vector256.Equals(others, Vector256<int>.Zero);
        var differ = Changed(others ^ mine);
        Vector256<int> before = Changed(others ^ (mine << Nibble)), after = Changed(others ^ (mine >>> Nibble));
        var swapped = Vector256.AndNot(differ & (differ >>> Nibble), after | (before >>> Nibble));
        var edits = Count(differ) - Count(swapped);
        var shifted = Vector256.Equals(Vector256.Min(Count(differ & before), Count(differ & after)) >> 1, Vector256<int>.Zero);
        // 0 for one edit, 1 for two, 2 for more.
        var distance = -(Vector256.GreaterThan(edits, Vector256.Create(1)) + Vector256.AndNot(Vector256.GreaterThan(edits, Vector256.Create(2)), shifted));
        var year = Vector256.Equals((others ^ mine) & Vector256.Create(YearDigits), Vector256<int>.Zero);
        var drop = Vector256.Shuffle(Vector256.Create(drops), distance | (year & Vector256.Create(DateBound.SameYear)));
        return Vector256.AndNot(drop, same.AsSingle());
    }

    /// <summary>The lowest bit of each digit that is not 0.</summary>
    private static Vector256<int> Changed(Vector256<int> digits)
    {
        digits |= digits >>> 2;
        digits |= digits >>> 1;
        return digits & Vector256.Create(EachNibble);
    }

    private static Vector256<int> Count(Vector256<int> bitOfEach) => (bitOfEach * Vector256.Create(EachNibble)) >>> 28;
}

/// <summary>How much less dates can weigh that are far apart.</summary>
/// <param name="Drops">By distance (0 for one edit at most, 1 for two, 2 for more), and <see cref="SameYear"/> more where the year is the same.</param>
internal readonly record struct DateBound(int Field, float[] Drops)
{
    public const int SameYear = 4;
}

/// <summary>How much less e-mail addresses can weigh whose users differ.</summary>
internal readonly record struct UserBound(int Field, float Spared);
