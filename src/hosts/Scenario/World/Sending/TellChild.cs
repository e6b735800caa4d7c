using Homeward.Exchange.CyberTips;
using Homeward.Kernel;
using Homeward.Scenario.World.People;
using Homeward.Scenario.World.Truth;

namespace Homeward.Scenario.World.Sending;

/// <summary>How one report puts a child at risk: rarely as the entry does.</summary>
internal static class TellChild
{
    public static TipPerson Of(TruthChild child, Evidence evidence, DateOnly day)
    {
        var (person, dice) = (child.Person, evidence.Dice);
        var (given, family) = evidence.Telling switch
        {
            Telling.Nickname => (Other(person.Nickname, person.Given, dice), person.Family),
            Telling.Misspelt => dice.Chance(0.5, "which name")
                ? (Miswrite.Name(person.Given, dice), person.Family) : (person.Given, Miswrite.Name(person.Family, dice)),
            Telling.NamesSwapped => (person.Family, person.Given),
            Telling.Alias => (person.Alias.Given, person.Alias.Family),
            Telling.IdentifierOnly => (null, null),
            _ => (person.Given, person.Family),
        };
        var born = evidence.Telling switch
        {
            Telling.Alias or Telling.IdentifierOnly or Telling.AgeOnly => default,
            Telling.DateSwapped => Miswrite.Born(person.Born),
            _ => PartialDate.Of(person.Born),
        };
        var tellsAccount = evidence.Clue.HasFlag(Clue.ScreenName);
        return new TipPerson
        {
            Role = TipRole.Victim,
            Given = given,
            Family = family,
            Born = born,
            Age = born.IsUnknown && evidence.Telling != Telling.IdentifierOnly ? person.AgeOn(day) : null,
            Phones = evidence.Clue.HasFlag(Clue.Phone) ? [new(person.Phone)] : [],
            Emails = evidence.Clue.HasFlag(Clue.Email) ? [new(person.Email)] : [],
            ScreenName = tellsAccount ? person.ScreenName.Name : null,
            Service = tellsAccount ? person.ScreenName.Service : null,
            Addresses = [AddressOf(child, evidence)],
        };
    }

    private static TipAddress AddressOf(TruthChild child, Evidence evidence) => evidence.Place switch
    {
        PlaceTelling.ZipAndCity => child.Scene.Address(evidence.Dice.Chance(0.6, "street") ? child.Street : null),
        PlaceTelling.CityAndState => new(City: child.Scene.City, State: child.Scene.State, Country: "US"),
        PlaceTelling.CityAlone => new(City: child.Scene.City, Country: "US"),
        _ => throw new ArgumentOutOfRangeException(nameof(evidence)),
    };

    // Who has no short form is called by a misspelt one.
    private static string Other(string nickname, string given, Dice dice) =>
        nickname == given ? Miswrite.Name(given, dice) : nickname;
}
