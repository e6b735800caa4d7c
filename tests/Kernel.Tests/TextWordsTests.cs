using CsCheck;

namespace Homeward.Kernel.Tests;

public sealed class TextWordsTests
{
    [Theory]
    [InlineData("Narrative withheld.", "narrative withheld")]
    [InlineData("Motel, room 214; a blue Quorvelle-Sedan!", "motel room 214 blue quorvelle sedan")]
    [InlineData("O'Neil and O’Neil’s", "oneil and oneils")]
    [InlineData("José JOSÉ Jose\u0301 jose", "jose")]
    [InlineData("Straße  Маша\nΝΊΚΟΣ", "strasse маша νικοσ")]
    [InlineData("x y 7 I", "")]
    [InlineData("kestrel@example.org", "kestrel example org")]
    [InlineData("snake_case/path\\file", "snake case path file")]
    [InlineData("李小龍 𝒳𝒴𝒵", "李小龍 xyz")]
    [InlineData("", "")]
    public void Words_are_parted_and_folded(string text, string words) => string.Join(' ', TextWords.Of(text)).ShouldBe(words);

    [Fact]
    public void A_run_without_end_is_found_by_its_beginning() => TextWords.Of(new string('a', 10_000)).ShouldBe([new string('a', 64)]);

    [Fact]
    public void Any_text_has_words_that_are_their_own_words_and_are_hashed() => Gen.OneOf(Gen.String[0, 60], Gen.String[Gen.Char["abAZ09'’é -"], 0, 200]).Sample(text =>
    {
        var words = TextWords.Of(text);
        words.ShouldAllBe(word => TextWords.Of(word).Count <= 1);
        TextWords.HashesOf([text]).ShouldBe(words.Select(word => StableHash.Of(word)));
    });

    [Fact]
    public void Texts_together_have_the_words_of_each_once() =>
        TextWords.HashesOf(["one two", "Two three"]).Length.ShouldBe(3);
}
