using System.Globalization;
using CsCheck;

namespace Homeward.Kernel.Tests;

public sealed class NamesTests
{
    [Theory]   // T-26
    [InlineData("José", "JOSE")]
    [InlineData("Anne-Marie", "anne marie")]
    [InlineData("O'Neil", "ONEIL")]
    [InlineData("O’Neil", "oneil")]
    [InlineData("  Mary \t Ann ", "mary ann")]
    [InlineData("Nguyễn", "nguyen")]
    [InlineData("Łukasz", "lukasz")]
    [InlineData("Weiß", "WEISS")]
    [InlineData("Søren", "Soren")]
    [InlineData("İpek", "ipek")]
    [InlineData("Işık", "isik")]
    [InlineData("ΝΊΚΟΣ", "νίκος")]
    [InlineData("Ｍａｒｙ", "mary")]
    public void Names_that_people_write_alike_fold_alike(string one, string other) =>
        Names.Fold(one).ShouldBe(Names.Fold(other));

    [Fact]
    public void Ascii_is_folded_by_its_short_way_as_all_else_is() =>
        // A mark at the end is dropped, and with it the text goes the long way.
        Gen.String[Gen.Char['\0', '\x7f'], 1, 40].Sample(text =>
        {
            if (string.IsNullOrWhiteSpace(text)) return;
            Names.Fold(text).ShouldBe(Names.Fold($"{text}\u0301"));
            // What is folded already costs nothing.
            var folded = Names.Fold(text);
            Names.Fold(folded).ShouldBeSameAs(folded);
        });

    [Theory]
    [InlineData("Mary Ann", "maryann")]
    [InlineData("Li", "Lee")]
    [InlineData("Маша", "Masha")]
    public void Names_that_differ_stay_apart(string one, string other) =>
        Names.Fold(one).ShouldNotBe(Names.Fold(other));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t ")]
    [InlineData("--")]
    [InlineData("'")]
    public void Nothing_folds_to_nothing(string? name) => Names.Fold(name).ShouldBe("");

    [Fact]
    public void Folding_again_changes_nothing() => Gen.String.Sample(name => Names.Fold(Names.Fold(name)) == Names.Fold(name));

    [Fact]
    public void Any_text_folds_and_none_is_thrown_at() =>
        Gen.Char.Array[0, 12].Select(letters => new string(letters)).Sample(name =>
        {
            var folded = Names.Fold(name);
            return !folded.Contains("  ", StringComparison.Ordinal) && folded == folded.Trim();
        }, iter: 5000);

    [Fact]
    public void Half_a_surrogate_pair_is_left_out() => Names.Fold("Ma\ud83dry").ShouldBe("mary");

    [Fact]
    public void Case_makes_no_difference() =>
        Gen.Char["abcdefghijklmnopqrstuvwxyzàéîõüçñšžøæœđłαβγδεσςωабвгдеё -'"].Array[0, 12].Select(letters => new string(letters))
            .Sample(name => Names.Fold(name) == Names.Fold(name.ToUpperInvariant()));

    [Fact]
    public void The_machine_s_language_makes_no_difference()
    {
        var before = CultureInfo.CurrentCulture;
        var names = new[] { "ISTANBUL", "Iris", "ırmak", "İnci", "FIFI", "title" };
        var folded = names.Select(Names.Fold).ToList();
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
            names.Select(Names.Fold).ShouldBe(folded);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("Unknown")]
    [InlineData("UNKNOWN FEMALE")]
    [InlineData("Baby")]
    [InlineData("baby-girl")]
    [InlineData("Jane  Doe")]
    [InlineData("N/A")]
    [InlineData("")]
    [InlineData(null)]
    public void A_placeholder_is_known_as_one(string? name) => Names.IsPlaceholder(name).ShouldBeTrue();

    [Theory]
    [InlineData("Babyak")]
    [InlineData("Jane")]
    [InlineData("Una")]
    public void A_name_is_no_placeholder(string name) => Names.IsPlaceholder(name).ShouldBeFalse();
}
