using System.Globalization;
using Homeward.Exchange;
using Homeward.Exchange.Missing;
using Homeward.Kernel;
using Homeward.Scenario.World.Truth;

namespace Homeward.Scenario.World.Sending;

/// <summary>What an agency writes when it enters a missing child, changes the entry, or takes it out.</summary>
internal static class DescribeEntry
{
    private static readonly string[] RiskIndicators =
        ["repeated-runs", "missing-from-care", "online-contact-with-adults", "prior-exploitation", "older-companion"];

    public static MissingChildEntry Of(EntryPlan entry, EntryStatus status, DateTimeOffset received)
    {
        var (person, dice) = (entry.Person, entry.Dice);
        var height = 58 + dice.Below(14, "height");
        var weight = 90 + dice.Below(80, "weight");
        var care = dice.Unit("custody");
        var heldAt = DateOnly.FromDateTime(entry.ReceivedAt.UtcDateTime);
        return new MissingChildEntry
        {
            Received = received,
            Status = status,
            Nic = entry.Nic,
            NcmecCase = dice.Chance(0.7, "case") ? Numbers.NcmecCase(entry.Nic) : null,
            // No real agency may be seen to enter an invented child (R-80).
            Ori = string.Create(CultureInfo.InvariantCulture, $"XX{9_000_000 + dice.Below(900, "entered by"):0000000}"),
            Category = entry.Child is not null && dice.Chance(0.5, "endangered") ? "EME" : "EMJ",
            CaseType = dice.Chance(0.85, "runaway") ? "ERU" : dice.Pick(["FA", "NFA", "LIM"], "case type"),
            Names = entry.Child is not null && dice.Chance(0.15, "alias known")
                ? [new(person.Given, person.Family), new(person.Nickname, person.Family, IsAlias: true)]
                : [new(person.Given, person.Family)],
            Born = Born(entry),
            AgeText = entry.Birth == BirthKnown.AgeOnly ? string.Create(CultureInfo.InvariantCulture, $"about {person.AgeOn(heldAt)}") : null,
            Sex = person.Sex,
            HeightInMin = height,
            HeightInMax = height + dice.Below(3, "taller"),
            WeightLbMin = weight,
            WeightLbMax = weight + dice.Below(15, "heavier"),
            Race = dice.Chance(0.9, "race stated") ? dice.Pick(["W", "B", "A", "I", "U"], "race") : null,
            Eyes = dice.Chance(0.9, "eyes stated") ? dice.Pick(["BRO", "BLU", "GRN", "HAZ"], "eyes") : null,
            Hair = dice.Chance(0.9, "hair stated") ? dice.Pick(["BRO", "BLK", "BLN", "RED"], "hair") : null,
            PhotoTaken = dice.Chance(0.7, "photographed") ? PartialDate.Of(heldAt.AddDays(-dice.Below(400, "photograph"))) : default,
            Dental = dice.Chance(0.3, "dental") ? Stated.Yes : Stated.NotStated,
            Medical = dice.Chance(0.3, "medical") ? Stated.Yes : Stated.NotStated,
            Marks = dice.Chance(0.2, "marked") ? [dice.Pick(["TAT L ARM", "SC R HND", "PRCD NOSE", "TAT NECK"], "mark")] : [],
            LastSeenAt = entry.ReceivedAt.AddMinutes(-dice.Between(60, 4000, "last seen")),
            LastSeen = entry.LastSeen,
            Custody = care < 0.45 ? Custody.Family : care < 0.75 ? Custody.Foster : care < 0.85 ? Custody.Kin : Custody.Unknown,
            Phones = entry.Clues.HasFlag(Clue.Phone) ? [person.Phone] : [],
            Emails = entry.Clues.HasFlag(Clue.Email) ? [person.Email] : [],
            ScreenNames = entry.Clues.HasFlag(Clue.ScreenName) ? [person.ScreenName] : [],
            Vehicles = dice.Chance(0.08, "vehicle known") ? [Vehicle(dice)] : [],
            AtRisk = entry.Child is not null ? Stated.Yes : dice.Chance(0.5, "says no") ? Stated.No : Stated.NotStated,
            Indicators = entry.Child is not null
                ? [.. RiskIndicators.Where(word => dice.Chance(0.4, word))]
                : dice.Chance(0.2, "ran before") ? ["repeated-runs"] : [],
        };
    }

    /// <summary>No state gives out plates of XX, so that nobody's car is meant (R-80); for the same reason there is no VIN.</summary>
    private static EntryVehicle Vehicle(Dice dice) => new(
        Plate: string.Create(CultureInfo.InvariantCulture, $"XX{dice.Below(10_000, "plate"):0000}"), State: "XX", Year: 1998 + dice.Below(20, "vehicle year"),
        Make: dice.Pick(["FORD", "CHEV", "TOYT", "HOND"], "make"), Color: dice.Pick(["BLU", "RED", "SIL", "BLK", "WHI"], "vehicle color"));

    private static PartialDate Born(EntryPlan entry)
    {
        var born = PartialDate.Of(entry.Person.Born);
        return entry.Birth switch
        {
            BirthKnown.Full => born,
            BirthKnown.Month => PartialDate.TryParse(born.ToString()[..7], out var month) ? month : default,
            BirthKnown.Year => PartialDate.OfYear(born.Year),
            _ => default,
        };
    }
}
