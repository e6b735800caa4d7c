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
        JaroWinkler.Bound(agreeing, left.Length, right.Length, JaroWinkler.CommonPrefix(left, right)).ShouldBeGreaterThanOrEqualTo(likeness);
    });

    [Fact]
    public void Names_of_ten_thousand_letters_are_compared_by_their_first() =>
        JaroWinkler.Likeness(new string('a', 10_000), new string('a', 10_000) + "b").ShouldBe(1);

    [Fact]
    public void Edits_agree_with_the_plain_table() => Gen.Select(Word, Word, Gen.Int[0, 3]).Sample((left, right, max) =>
    {
        Edits.Within(left, right, max).ShouldBe(PlainEdits(left, right) <= max, $"\"{left}\" \"{right}\" {max}");
        Edits.Within(right, left, max).ShouldBe(Edits.Within(left, right, max));
    });

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
