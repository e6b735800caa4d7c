using System.Globalization;
using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Kernel;
using Homeward.Scenario.World.People;
using Homeward.Scenario.World.Plan;
using Homeward.Scenario.World.Towns;
using Homeward.Scenario.World.Truth;

namespace Homeward.Scenario.World.Sending;

/// <summary>What stands in one report: the record that is then written as the provider's XML or the agency's JSON.</summary>
/// <remarks>Free text is always "narrative withheld": an exercise shows people no story.</remarks>
internal sealed class DescribeReport(WorldPlan plan, InventPeople people, Scenes scenes)
{
    private const string Withheld = "narrative withheld";

    private static readonly (string City, string Region, string Country)[] Abroad =
        [("Manila", "Metro Manila", "PH"), ("Mumbai", "Maharashtra", "IN"), ("Dhaka", "Dhaka", "BD"), ("Lagos", "Lagos", "NG"),
         ("Toronto", "Ontario", "CA"), ("London", "England", "GB"), ("Lima", "Lima", "PE"), ("Cairo", "Cairo", "EG"),
         ("Karachi", "Sindh", "PK"), ("Jakarta", "Jakarta", "ID"), ("Bogota", "Cundinamarca", "CO"), ("Hanoi", "Hanoi", "VN")];

    public CyberTipReport Of(ReportPlan report)
    {
        var dice = report.Dice;
        var provider = dice.Pick(InventPeople.Services, "provider");
        var json = report.Form == ReportForm.AgencyJson;
        List<TipPerson> persons = [Account(report, provider)];
        persons.AddRange(Victim(report));
        return new CyberTipReport
        {
            Form = report.Form,
            Number = report.Number,
            ProviderName = json ? provider : null,
            Platform = json ? null : provider,
            IncidentType = TypeOf(report),
            IncidentAt = HappenedAt(report),
            ReceivedAt = json ? report.ArrivesAt : null,
            EscalationClaimed = !json && report.Kind == ReportKind.Evidence && dice.Chance(0.1, "escalated"),
            IsBatched = !json && report.Kind == ReportKind.Viral && dice.Chance(0.3, "batched"),
            Ncmec = json ? Marks(report) : null,
            Reporter = new(Given: "Test", Family: "Reporter", Emails: ["reports@example.com"]),
            Persons = persons,
            Incidents = Incidents(report),
            Files = Files(report),
            Texts = report.Manner == Manner.Corrected
                ? [new(TextKind.ReportInfo, $"{Withheld}; corrected")] : [new(TextKind.ReportInfo, Withheld)],
        };
    }

    private static string TypeOf(ReportPlan report) => report.Kind switch
    {
        ReportKind.Evidence => report.Dice.Chance(0.7, "type") ? IncidentTypes.Trafficking : IncidentTypes.Enticement,
        ReportKind.Viral => IncidentTypes.Material,
        _ => report.Dice.Unit("type") switch
        {
            < 0.62 => IncidentTypes.Material, < 0.80 => IncidentTypes.Enticement, < 0.95 => IncidentTypes.Trafficking,
            < 0.98 => IncidentTypes.Unsolicited, _ => IncidentTypes.Molestation,
        },
    };

    private static NcmecMarks Marks(ReportPlan report)
    {
        var dice = report.Dice;
        var acts = report.Kind switch { ReportKind.Evidence => 0.92, ReportKind.NotMissing or ReportKind.Namesake => 0.35, _ => 0.04 };
        var refers = dice.Chance(acts, "disposition");
        var first = report.Kind == ReportKind.Evidence ? 0.3 : 0.02;
        return new(refers ? NcmecDisposition.Referral : NcmecDisposition.Informational,
            Priority: dice.Chance(first, "priority one") ? 1 : refers ? 2 : 3,
            Bundle: report.Kind == ReportKind.Viral ? string.Create(CultureInfo.InvariantCulture, $"BN-{report.Bundle:00000}") : null,
            Urgent: dice.Chance(first, "priority one") ? Stated.Yes : Stated.NotStated);
    }

    private static StatedInstant HappenedAt(ReportPlan report)
    {
        if (!report.HasWrongZone) return StatedInstant.Of(report.HappenedAt);
        // The local time of some zone, written as if it were UTC's: up to ten hours ahead of what was.
        return StatedInstant.Of(report.HappenedAt.AddHours(report.Dice.Between(4, 10, "zone hours")));
    }

    /// <summary>The account that was reported: nobody's name, or an invented adult's.</summary>
    private TipPerson Account(ReportPlan report, string provider)
    {
        var dice = report.Dice.For("account");
        var adult = people.Adult(dice, plan.From, shareFemale: 0.2);
        var named = report.Kind is ReportKind.NotMissing && dice.Chance(0.5, "named");
        var at = StatedInstant.Of(report.HappenedAt);
        return new TipPerson
        {
            Role = TipRole.Reported,
            Given = named ? adult.Given : null,
            Family = named ? adult.Family : null,
            ScreenName = adult.ScreenName.Name,
            Service = report.Form == ReportForm.AgencyJson ? provider : null,
            AccountId = $"acct-{dice.Digits(8, "account")}",
            Emails = dice.Chance(0.5, "mail") ? [new(adult.Email, Stated.Yes)] : [],
            Phones = dice.Chance(0.2, "phone") ? [new(adult.Phone)] : [],
            Addresses = report.Kind == ReportKind.NotMissing && dice.Chance(0.6, "address") ? [scenes.Anywhere(dice).Address(null)] : [],
            EstimatedLocation = report.Kind == ReportKind.Foreign ? Foreign(dice) : null,
            Ips = [new(Ip(dice), "Login", at, dice.Chance(0.5, "port") ? dice.Between(1024, 65535, "port number") : null)],
        };
    }

    private IEnumerable<TipPerson> Victim(ReportPlan report)
    {
        var dice = report.Dice.For("victim");
        switch (report.Kind)
        {
            case ReportKind.Evidence:
                yield return TellChild.Of(report.Child!, report.Evidence!, plan.From);
                break;
            case ReportKind.Namesake:
                var like = report.Namesake!.Person;
                var other = people.Person(dice, like.Born.AddYears(dice.Between(-9, 3, "years")).AddDays(dice.Between(20, 300, "days")), like.Sex, like.Family, like.Given, mayBeMissing: false);
                yield return Plain(other, dice, scenes.Anywhere(dice).Address(null));
                break;
            case ReportKind.NotMissing when dice.Chance(0.55, "victim named"):
                yield return Plain(people.Child(dice, plan.From, plan.To, 9, 17, mayBeMissing: false), dice, scenes.Anywhere(dice).Address(null));
                break;
            case ReportKind.Foreign when dice.Chance(0.3, "victim named"):
                var (city, region, country) = dice.Pick(Abroad, "abroad");
                yield return Plain(people.Child(dice, plan.From, plan.To, 9, 17, mayBeMissing: false), dice, new TipAddress(City: city, State: region, Country: country));
                break;
        }
    }

    private TipPerson Plain(Identity person, Dice dice, TipAddress address)
    {
        var dated = dice.Chance(0.5, "dated");
        return new TipPerson
        {
            Role = TipRole.Victim,
            Given = person.Given,
            Family = dice.Chance(0.8, "family told") ? person.Family : null,
            Born = dated ? PartialDate.Of(person.Born) : default,
            Age = dated ? null : person.AgeOn(plan.From),
            ScreenName = dice.Chance(0.4, "account told") ? person.ScreenName.Name : null,
            Service = dice.Chance(0.4, "account told") ? person.ScreenName.Service : null,
            Phones = dice.Chance(0.15, "phone told") ? [new(person.Phone)] : [],
            Addresses = [address],
        };
    }

    private static List<TipIncident> Incidents(ReportPlan report) =>
        report.Dice.Chance(0.7, "web page")
            ? [new() { Kind = IncidentKind.WebPage, Urls = [$"https://example.com/item/{report.Dice.Digits(8, "url")}"] }]
            : [new() { Kind = IncidentKind.Chat, Name = "Example Chat", Room = $"room-{report.Dice.Digits(4, "room")}" }];

    private static List<TipFile> Files(ReportPlan report)
    {
        var dice = report.Dice;
        if (report.Kind != ReportKind.Viral && !dice.Chance(0.3, "has files")) return [];
        var count = report.Kind == ReportKind.Viral ? 1 : 1 + (int)(3 * Math.Pow(dice.Unit("files"), 3));
        return [.. Enumerable.Range(0, count).Select(n =>
        {
            // A viral event is known by its one file: the same hash in every copy.
            var of = report.Kind == ReportKind.Viral ? Dice.Of(report.Bundle).For("viral file") : dice.For("file", n);
            return new TipFile($"file-{of.Digits(8, "name")}.bin")
            {
                Hashes = [new("MD5", $"{of.Bits("hash one"):x16}{of.Bits("hash two"):x16}")],
                ViewedByEsp = dice.For("viewed", n).Unit("viewed") switch { < 0.3 => Stated.Yes, < 0.6 => Stated.No, _ => Stated.NotStated },
            };
        })];
    }

    private static TipLocation Foreign(Dice dice)
    {
        var (city, region, country) = dice.Pick(Abroad, "abroad");
        return new(city, region, country);
    }

    /// <summary>Addresses of the three blocks that RFC 5737 keeps for examples.</summary>
    private static string Ip(Dice dice) =>
        $"{dice.Pick(["192.0.2", "198.51.100", "203.0.113"], "block")}.{dice.Between(1, 254, "host").ToString(CultureInfo.InvariantCulture)}";
}
