namespace Homeward.Exchange.Tests;

public sealed class PlatesTests
{
    [Theory]
    [InlineData("123 ABC", "123ABC")]
    [InlineData("KS 123-abc", "123ABC")]
    [InlineData("123ABC (Kansas)", "123ABC")]
    [InlineData("123 ABC KS", "123ABC")]
    [InlineData("New Mexico 1234", "1234")]
    [InlineData("EX 0000", "EX0000")]
    [InlineData("TX 123", "TX123")]   // what is left would be no plate
    [InlineData("KS", null)]
    [InlineData("withheld", null)]
    [InlineData("Marisol Quenneville", null)]
    [InlineData("(816) 555-0100", null)]
    [InlineData("123456789", null)]
    [InlineData("12345678é", null)]
    public void A_plate_is_its_letters_and_digits_whatever_its_state(string text, string? expected) => Plates.Normal(text).ShouldBe(expected);

    [Theory]
    [InlineData("Blue sedan, plate KS 123 ABC", "123ABC")]
    [InlineData("blue sedan, license no. 123-abc, dented", "123ABC")]
    [InlineData("License plate number: Missouri AB1 C2D and a trailer", "AB1C2D")]
    [InlineData("tag # abc 1234 red pickup", "ABC1234")]
    [InlineData("tag 1234 red pickup", "1234")]   // what follows the digits in small letters is a word again
    [InlineData("plate 1234 sedan 5678", "1234")]
    [InlineData("plates AB1 2CD; plate XY9 8ZW", "AB12CD,XY98ZW")]
    [InlineData("plate withheld, 2015 model", "")]
    [InlineData("2015 sedan, four doors", "")]
    [InlineData("replated 1234", "")]
    public void A_text_names_a_plate_where_it_says_that_it_is_one(string text, string expected) => string.Join(',', Plates.In(text)).ShouldBe(expected);
}
