using System.Globalization;
using Homeward.Exchange;
using Homeward.Exchange.Missing;
using Homeward.Foundations.Places;
using Homeward.Kernel;

namespace Homeward.Scenario.World.People;

/// <summary>Invents people: names as frequent as they are in the nation, numbers and addresses that nobody has.</summary>
/// <remarks>
/// Phones are of 555-0100 to 555-0199, kept for fiction by the North American Numbering Plan; mail domains are
/// those of RFC 2606; services are no company's.
/// </remarks>
internal sealed class InventPeople(InventedNames names)
{
    public static IReadOnlyList<string> Services { get; } =
        ["Example Chat", "Example Pictures", "Example Market", "Example Games", "Example Video"];

    private static readonly string[] Domains = ["example.com", "example.org", "example.net", "mail.example"];
    private static readonly string[] Words =
        ["lake", "moss", "comet", "pixel", "maple", "river", "onyx", "north", "violet", "paper", "echo", "amber", "copper", "quiet"];
    // Area codes of many states, so that phones differ in more than their last digits.
    private static readonly string[] AreaCodes =
        ["201", "205", "212", "213", "214", "215", "216", "302", "303", "305", "312", "313", "314", "316", "317", "402", "404",
         "405", "412", "414", "415", "417", "501", "502", "503", "504", "505", "512", "515", "601", "602", "605", "612", "614",
         "615", "617", "619", "701", "702", "704", "713", "716", "718", "720", "801", "803", "804", "808", "813", "816", "901",
         "904", "907", "913", "916", "918"];

    /// <summary>A child whose age stays within the limits from one day to another.</summary>
    public Identity Child(Dice dice, DateOnly from, DateOnly to, int ageMin = 12, int ageMax = 17)
    {
        // The weights of the field: most are 14 to 17.
        var youngest = to.AddYears(-ageMax - 1).AddDays(1);
        var oldest = from.AddYears(-ageMin);
        var span = oldest.DayNumber - youngest.DayNumber;
        var back = dice.Unit("age");
        return Person(dice, youngest.AddDays((int)(span * back * Math.Sqrt(back))), dice.Chance(0.84, "sex") ? "F" : "M");
    }

    public Identity Adult(Dice dice, DateOnly on, double shareFemale)
    {
        var born = on.AddYears(-19).AddDays(-dice.Below(9000, "age"));
        return Person(dice, born, dice.Chance(shareFemale, "sex") ? "F" : "M");
    }

    public Identity Person(Dice dice, DateOnly born, string sex, string? family = null, string? given = null)
    {
        var girls = sex == "F";
        given ??= names.Given(girls, born.Year).Pick(dice.Unit("given"));
        family ??= Family(dice);
        var nicknames = names.NicknamesOf(given).Where(nick => nick.Length > 1 && !nick.Equals(given, StringComparison.OrdinalIgnoreCase)).ToList();
        var handle = Handle(dice);
        return new Identity(given, dice.Chance(0.4, "has middle") ? names.Given(girls, born.Year).Pick(dice.Unit("middle")) : null, family, born, sex)
        {
            Nickname = nicknames.Count > 0 ? dice.Pick(nicknames, "nickname") : given,
            Alias = new(names.Given(girls, born.Year).Pick(dice.Unit("alias given")), names.Surnames.Pick(dice.Unit("alias family"))),
            Phone = Phone(dice),
            Email = $"{Letters(handle)}@{dice.Pick(Domains, "domain")}",
            ScreenName = new(dice.Pick(Services, "service"), handle),
        };
    }

    /// <summary>A given name of the same sex and time that is another's, and no short form of it.</summary>
    public string OtherGiven(Dice dice, Identity than)
    {
        for (var attempt = 0; ; attempt++)
        {
            var given = names.Given(than.Sex == "F", than.Born.Year).Pick(dice.For("other", attempt).Unit("given"));
            if (given[0] != than.Given[0] && !names.NicknamesOf(than.Given).Contains(given, StringComparer.OrdinalIgnoreCase)) return given;
            Ensure.That(attempt < 1000);
        }
    }

    private string Family(Dice dice)
    {
        var first = names.Surnames.Pick(dice.Unit("family"));
        return dice.Chance(0.05, "double name") ? $"{first}-{names.Surnames.Pick(dice.Unit("second family"))}" : first;
    }

    private static string Phone(Dice dice) =>
        string.Create(CultureInfo.InvariantCulture, $"+1{dice.Pick(AreaCodes, "area")}55501{dice.Below(100, "line"):00}");

    private static string Handle(Dice dice) =>
        $"{dice.Pick(Words, "first word")}{(dice.Chance(0.5, "joint") ? "_" : "")}{dice.Pick(Words, "second word")}{dice.Digits(4, "handle")}";

    private static string Letters(string handle) => handle.Replace("_", ".", StringComparison.Ordinal);
}
