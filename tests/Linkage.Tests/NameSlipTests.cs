namespace Homeward.Linkage.Tests;

public sealed class NameSlipTests
{
    [Theory]
    [InlineData("williasm", "williams")]
    [InlineData("wiliams", "williams")]
    [InlineData("williamms", "williams")]
    [InlineData("rodrigues", null)]
    [InlineData("hernandex", "hernandez")]
    public void A_frequent_name_with_one_slip_in_it_is_told(string written, string? meant) => NameSlips.MeantBy(written).ShouldBe(meant);

    [Theory]
    [InlineData("williams")]
    [InlineData("wlliasm")]
    [InlineData("smyt")]
    [InlineData("quenneville")]
    [InlineData("zzzzzzz")]
    [InlineData("")]
    public void A_name_of_its_own_two_slips_and_a_short_word_are_left_alone(string written) => NameSlips.MeantBy(written).ShouldBeNull();
}
