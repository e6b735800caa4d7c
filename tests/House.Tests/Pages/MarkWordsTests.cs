using Homeward.Foundations.Pages;

namespace Homeward.House.Tests.Pages;

/// <summary>What others wrote is shown as it is: marks are written out, and a word without an end may break.</summary>
public sealed class MarkWordsTests
{
    [Fact]
    public void A_mark_that_turns_letters_is_written_out() => MarkWords.Visible("\u202Egpj.exe").ShouldBe("‹U+202E›gpj.exe");

    [Theory]
    [InlineData("a name of common words stays in one piece however long the whole of it is", 1)]
    [InlineData("abcdefghijklmnopqrstuvwx", 1)]
    [InlineData("abcdefghijklmnopqrstuvwxy", 3)]
    [InlineData("before abcdefghijklmnopqrstuvwxyz after", 3)]
    public void Only_a_long_word_may_break_inside(string text, int pieces) => MarkWords.Parts(text).Count.ShouldBe(pieces);

    [Fact]
    public void No_piece_is_longer_than_a_column_bears_and_nothing_is_lost()
    {
        var text = "x " + new string('y', 239) + "\u202E " + string.Concat(Enumerable.Repeat("\U0001F600", 40));
        var parts = MarkWords.Parts(text);
        string.Concat(parts).ShouldBe(MarkWords.Visible(text));
        parts.ShouldAllBe(part => part.Length <= 24 && !char.IsLowSurrogate(part[0]));
    }
}
