using Homeward.Kernel;

namespace Homeward.Kernel.Tests;

public sealed class CountriesTests
{
    [Theory]
    [InlineData("US"), InlineData("us"), InlineData(" USA "), InlineData("usa"), InlineData("U.S."), InlineData("U.S.A."), InlineData("u. s. a.")]
    [InlineData("United States"), InlineData("united states of america"), InlineData("The United States"), InlineData("Estados Unidos"), InlineData("États-Unis")]
    public void The_United_States_are_known_however_they_are_written(string text)
    {
        Countries.CodeOf(text).ShouldBe("US");
        Countries.IsOurs(text).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Puerto Rico", "PR"), InlineData("pri", "PR"), InlineData("Guam", "GU"), InlineData("U.S. Virgin Islands", "VI")]
    [InlineData("American Samoa", "AS"), InlineData("Northern Mariana Islands", "MP"), InlineData("United States Minor Outlying Islands", "UM")]
    public void The_territories_are_ours(string text, string code)
    {
        Countries.CodeOf(text).ShouldBe(code);
        Countries.IsOurs(text).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Philippines", "PH"), InlineData("ph", "PH"), InlineData("PHL", "PH"), InlineData("UK", "GB"), InlineData("Antigua and Barbuda", "AG")]
    [InlineData("British Virgin Islands", "VG"), InlineData("Côte d'Ivoire", "CI"), InlineData("St. Lucia", "LC"), InlineData("The Gambia", "GM")]
    public void Another_country_is_known_by_code_or_name_and_is_not_ours(string text, string code)
    {
        Countries.CodeOf(text).ShouldBe(code);
        Countries.IsOurs(text).ShouldBeFalse();
    }

    /// <summary>Georgia is a state too; A1 and EU are networks' codes and no countries.</summary>
    [Theory]
    [InlineData(null), InlineData(""), InlineData(" "), InlineData("XX"), InlineData("A1"), InlineData("EU"), InlineData("Georgia"), InlineData("withheld"), InlineData("\uD800")]
    public void What_means_no_country_for_sure_has_no_code(string? text)
    {
        Countries.CodeOf(text).ShouldBeNull();
        Countries.IsOurs(text).ShouldBeFalse();
    }
}
