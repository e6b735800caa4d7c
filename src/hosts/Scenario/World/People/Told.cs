using Homeward.Exchange;
using Homeward.Kernel;

namespace Homeward.Scenario.World.People;

/// <summary>What officers and callers say of a person whom they have met.</summary>
internal static class Told
{
    /// <summary>As officers write it down: the name, the birth date or, where it is not known in full, the age too.</summary>
    public static StatedPerson ByOfficers(Identity person, DateOnly on, Dice dice, bool dateCertain) => new()
    {
        Given = person.Given,
        Middle = dice.Chance(0.5, "middle told") ? person.Middle : null,
        Family = person.Family,
        Aliases = dice.Chance(0.25, "alias told") ? [person.Alias] : [],
        Born = dateCertain || dice.Chance(0.88, "date told") ? PartialDate.Of(person.Born) : PartialDate.OfYear(person.Born.Year),
        Age = person.AgeOn(on),
        Sex = person.Sex,
        Phones = dice.Chance(0.2, "phone told") ? [person.Phone] : [],
    };

    /// <summary>The same person under the other name, of whom only the age is known.</summary>
    public static StatedPerson UnderAlias(Identity person, DateOnly on) => new()
    {
        Given = person.Alias.Given,
        Family = person.Alias.Family,
        Age = person.AgeOn(on),
        Sex = person.Sex,
    };

    /// <summary>As somebody says it who has seen the child: a first name, an age.</summary>
    public static StatedPerson BySight(Identity person, DateOnly on, Dice dice) => new()
    {
        Given = dice.Chance(0.7, "name heard") ? person.Nickname : null,
        Family = dice.Chance(0.3, "family heard") ? person.Family : null,
        Age = person.AgeOn(on),
        Sex = person.Sex,
    };
}
