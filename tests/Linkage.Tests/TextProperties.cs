using CsCheck;

namespace Homeward.Linkage.Tests;

/// <summary>What holds for every pair of strings.</summary>
public sealed class TextProperties
{
    private static readonly Gen<string> Word = Gen.String[Gen.Char["abcdefghijs t0123"], 0, 14];
    private static readonly Gen<(string, string)> Pair = Gen.Select(Word, Word);

    [Theory]
    [InlineData("martha", "marhta", 0.9611)]
    [InlineData("dwayne", "duane", 0.84)]
    [InlineData("dixon", "dicksonx", 0.8133)]
    [InlineData("abc", "xyz", 0)]
    [InlineData("a", "a", 1)]
    [InlineData("", "", 0)]
    public void Jaro_winkler_gives_the_published_values(string left, string right, double likeness) =>
        JaroWinkler.Likeness(left, right).ShouldBe(likeness, 0.0001);

    [Fact]
    public void Jaro_winkler_is_symmetric_and_never_above_its_bound() => Pair.Sample(pair =>
    {
        var (left, right) = pair;
        var likeness = JaroWinkler.Likeness(left, right);
        likeness.ShouldBe(JaroWinkler.Likeness(right, left));
        likeness.ShouldBeInRange(0, 1);
        if (left.Length == 0 || right.Length == 0) return;
        var agreeing = LetterBag.AgreeingMax(LetterBag.Of(left), left.Length, LetterBag.Of(right), right.Length);
        JaroWinkler.Bound(agreeing, left.Length, right.Length, JaroWinkler.CommonPrefix<char>(left, right)).ShouldBeGreaterThanOrEqualTo(likeness);
    });

    /// <summary>Up to 70 letters, few of them different, so that windows, marks and orders of every kind occur.</summary>
    private static readonly Gen<string> AnyLength = Gen.String[Gen.Char["abcde"], 0, 70];

    [Fact]
    public void Vectors_and_letter_by_letter_agree_to_the_last_bit() => Gen.Select(AnyLength, AnyLength).Sample((left, right) =>
    {
        var plain = BitConverter.DoubleToInt64Bits(JaroWinkler.LikenessOf<char>(left, right));
        BitConverter.DoubleToInt64Bits(JaroWinkler.Likeness(left, right)).ShouldBe(plain);
        byte[] one = [.. left.Select(letter => (byte)letter)], other = [.. right.Select(letter => (byte)letter)];
        BitConverter.DoubleToInt64Bits(JaroWinkler.Likeness(one, other)).ShouldBe(plain);
        BitConverter.DoubleToInt64Bits(JaroWinkler.LikenessOf<byte>(one, other)).ShouldBe(plain);
    }, iter: 20_000);

    [Fact]
    public void Letters_beyond_a_byte_are_compared_too() =>
        JaroWinkler.Likeness("иванов", "иванова").ShouldBe(JaroWinkler.Likeness("ivanov", "ivanova"));

    [Fact]
    public void Names_of_ten_thousand_letters_are_compared_by_their_first() =>
        JaroWinkler.Likeness(new string('a', 10_000), new string('a', 10_000) + "b").ShouldBe(1);

    [Fact]
    public void Edits_agree_with_the_plain_table() => Gen.Select(Word, Word, Gen.Int[0, 3]).Sample((left, right, max) =>
    {
        Edits.Within(left, right, max).ShouldBe(PlainEdits(left, right) <= max, $"\"{left}\" \"{right}\" {max}");
        Edits.Within(right, left, max).ShouldBe(Edits.Within(left, right, max));
    });

    [Fact]
    public void Digits_in_a_word_are_compared_as_in_a_string() => Gen.Select(Gen.String[Gen.Char["0129"], 8, 8], Gen.Int[0, 5], Gen.Int[0, 7], Gen.Char["0129"], Gen.Int[0, 7]).Sample((left, kind, at, digit, to) =>
    {
        var right = kind switch
        {
            0 => left.Remove(at, 1).Insert(to, digit.ToString()),
            1 => left.Remove(at, 1).Insert(at, digit.ToString()).Remove(to, 1).Insert(to, "1"),
            2 when at < 7 => $"{left[..at]}{left[at + 1]}{left[at]}{left[(at + 2)..]}".Remove(to, 1).Insert(to, digit.ToString()),
            3 => $"{left[1]}{left[0]}{left[2..6]}{left[7]}{left[6]}",
            4 => left[..4] + left[6..] + left[4..6],
            _ => left[4..] + left[..4],
        };
        for (var max = 1; max <= 2; max++) Digits.Within(Word(left), Word(right), max).ShouldBe(PlainEdits(left, right) <= max, $"{left} {right} {max}");
        var (one, other) = (DateReader.Read(left, null), DateReader.Read(right, null));
        if (one is not { Folded.Length: 8 } || other is not { Folded.Length: 8 }) return;
        foreach (var likeness in (Likeness[])[Likeness.DayMonthSwapped, Likeness.SameMonth, Likeness.SameAnniversary, Likeness.SameYear])
            Digits.Hold(likeness, Word(one.Folded), Word(other.Folded)).ShouldBe(Likenesses.Hold(new Level("", likeness), one, other), $"{likeness} {left} {right}");

        static ulong Word(string digits) => digits.Select((letter, i) => (ulong)letter << (8 * i)).Aggregate((word, part) => word | part);
    }, iter: 50_000);

    [Theory]
    [InlineData("robert", "r163")]
    [InlineData("rupert", "r163")]
    [InlineData("ashcraft", "a261")]
    [InlineData("tymczak", "t522")]
    [InlineData("pfister", "p236")]
    [InlineData("honeyman", "h555")]
    [InlineData("lee", "l000")]
    public void Soundex_follows_the_national_archives(string name, string code)
    {
        var packed = Soundex.Code(name);
        new string([(char)(packed >> 24), (char)(packed >> 16 & 255), (char)(packed >> 8 & 255), (char)(packed & 255)]).ShouldBe(code);
    }

    [Theory]
    [InlineData("elizabeth", "liz", true)]
    [InlineData("liz", "betty", true)]
    [InlineData("liz", "robert", false)]
    [InlineData("zzz", "zzz", false)]
    public void Nicknames_stand_for_one_formal_name(string left, string right, bool same)
    {
        NameTables.AreNicknames(left, right).ShouldBe(same);
        NameTables.AreNicknames(right, left).ShouldBe(same);
    }

    private static int PlainEdits(string left, string right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++) table[i, 0] = i;
        for (var j = 0; j <= right.Length; j++) table[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                table[i, j] = Math.Min(Math.Min(table[i - 1, j] + 1, table[i, j - 1] + 1), table[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }
        return table[left.Length, right.Length];
    }
}
