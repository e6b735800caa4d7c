using CsCheck;

namespace Homeward.Kernel.Tests;

public sealed class TypedTextTests
{
    [Theory]
    [InlineData(" quill ", "quill")]
    [InlineData("\"Wilder Brackenbury\"", "Wilder Brackenbury")]
    [InlineData("“quill”;", "quill")]
    [InlineData("<mailto:quill@example.net?subject=x>", "quill@example.net")]
    [InlineData("TEL:+18165550100;ext=4", "+18165550100")]
    [InlineData("O'Neil", "O'Neil")]
    [InlineData("\"", "\"")]
    [InlineData("\"\"", "")]
    [InlineData("", "")]
    public void What_stands_around_it_goes(string typed, string bare) => TypedText.Bare(typed).ShouldBe(bare);

    [Fact]
    public void Any_text_has_a_form_that_stays() => Gen.String[Gen.Char["ab \"<>'“”,;:tel"], 0, 30].Sample(text => TypedText.Bare(TypedText.Bare(text)).ShouldBe(TypedText.Bare(text)));
}
