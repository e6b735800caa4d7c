using Homeward.Kernel;

namespace Homeward.Linkage.Tests;

/// <summary>Names as they are written: in other scripts, short, swapped, compound, in part; and those that only look alike.</summary>
public sealed class NameTraps
{
    private static readonly Scorer Scorer = new(PersonSchema.Settings);

    private static double Chance(string given, string family, string otherGiven, string otherFamily,
        string born = "2004-11-19", string? otherBorn = null) =>
        Scorer.Explain(Record("a", given, family, born), Record("b", otherGiven, otherFamily, otherBorn ?? born)).Probability;

    private static LinkRecord Record(string id, string given, string family, string born) => new PersonRecord(id)
    {
        GivenName = given, FamilyName = family, BornOn = PartialDate.TryParse(born, out var date) ? date : default,
    }.ToRecord();

    [Theory]
    [InlineData("Сергей", "Иванов", "Sergei", "Ivanov")]
    [InlineData("Юлия", "Щербакова", "Yuliya", "Shcherbakova")]
    [InlineData("Олександр", "Шевченко", "Oleksandr", "Shevchenko")]
    [InlineData("Γιώργος", "Παπαδόπουλος", "Giorgos", "Papadopoulos")]
    [InlineData("Đorđe", "Nikolić", "Dorde", "Nikolic")]
    [InlineData("Łukasz", "Wójcik", "Lukasz", "Wojcik")]
    [InlineData("Nguyễn", "Thị Hạnh", "Nguyen", "Thi Hanh")]
    [InlineData("Søren", "Ødegård", "Soren", "Odegard")]
    [InlineData("JOSÉ", "IBÁÑEZ", "José", "Ibáñez")]
    public void The_same_name_in_other_letters_is_matched(string given, string family, string otherGiven, string otherFamily) =>
        Chance(given, family, otherGiven, otherFamily).ShouldBeGreaterThan(0.95);

    [Theory]
    [InlineData("Katherine", "Oduya", "Kate", "Oduya")]
    [InlineData("William", "Oduya", "Bill", "Oduya")]
    [InlineData("Margaret", "Oduya", "Peggy", "Oduya")]
    [InlineData("Ron", "Oduya", "Ronald", "Oduya")]
    public void Short_forms_stand_for_the_name(string given, string family, string otherGiven, string otherFamily) =>
        Chance(given, family, otherGiven, otherFamily).ShouldBeGreaterThan(0.95);

    [Theory]
    [InlineData("Ana María", "García", "Ana", "Garcia")]
    [InlineData("Ana", "García López", "Ana", "Lopez")]
    [InlineData("Ana", "Garcia-Lopez", "Ana", "Garcia Lopez")]
    [InlineData("Ana", "GarciaLopez", "Ana", "Garcia-Lopez")]
    [InlineData("Luis", "de la Cruz", "Luis", "Cruz")]
    [InlineData("Omar", "al-Masri", "Omar", "Masri")]
    [InlineData("Sean", "O'Brien", "Sean", "OBrien")]
    [InlineData("García", "Ana", "Ana", "García")]
    public void Compound_hyphenated_and_swapped_names_are_matched(string given, string family, string otherGiven, string otherFamily) =>
        Chance(given, family, otherGiven, otherFamily).ShouldBeGreaterThan(0.9);

    [Theory]
    [InlineData("2004-11", "2004-11-19")]
    [InlineData("2004", "2004-11-19")]
    public void A_date_known_in_part_agrees_with_the_whole_one_and_weighs_less(string part, string whole)
    {
        var inPart = Chance("Renata", "Solberg", "Renata", "Solberg", part, whole);
        inPart.ShouldBeGreaterThan(0.9);
        inPart.ShouldBeLessThan(Chance("Renata", "Solberg", "Renata", "Solberg", whole));
        Chance("Renata", "Solberg", "Renata", "Solberg", part, "1999-02-03").ShouldBeLessThan(inPart);
    }

    [Theory]
    [InlineData("Renata", "Solberg", "Renate", "Solheim", "1999-02-03")]
    [InlineData("Maria", "Garcia", "Maria", "Garcia", "1998-03-30")]
    [InlineData("John", "Smith", "John", "Smith", "1991-07-07")]
    [InlineData("Олена", "Коваль", "Olga", "Kovalenko", "2001-01-01")]
    public void Names_that_only_look_alike_with_another_birth_date_are_not(string given, string family,
        string otherGiven, string otherFamily, string otherBorn) =>
        Chance(given, family, otherGiven, otherFamily, otherBorn: otherBorn).ShouldBeLessThan(0.5);

    [Fact]
    public void Half_sisters_with_one_family_name_and_birth_year_are_two() =>
        Chance("Renata", "Solberg", "Ingrid", "Solberg", "2004-11-19", "2004-02-02").ShouldBeLessThan(0.2);

    [Fact]
    public void Script_without_vowels_is_left_as_it_is() => Transliteration.Fold("محمد").ShouldBe(Names.Fold("محمد"));

    [Theory]
    [InlineData("15", "2019-07-01", "2003-12-24", true)]
    [InlineData("15", "2019-07-01", "2004-07-01", true)]
    [InlineData("15", "2019-07-01", "2004-07-02", false)]
    [InlineData("15", "2019-07-01", "2003-07-01", false)]
    public void An_age_at_a_date_holds_the_birthdays_that_it_can_have(string age, string on, string born, bool holds)
    {
        var years = int.Parse(age, System.Globalization.CultureInfo.InvariantCulture);
        var aged = new PersonRecord("a") { GivenName = "Renata",
            Age = new(years, years, DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture)) };
        var level = Scorer.Explain(aged.ToRecord(), Record("b", "Renata", "", born))
            .Waterfall.Single(bar => bar.Field == PersonSchema.Born).Level;
        (level == "may be the same birth date").ShouldBe(holds);
    }
}
