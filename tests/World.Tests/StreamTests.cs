using System.Text;
using System.Text.Json;
using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.CyberTips.Json;
using Homeward.Exchange.CyberTips.Xml;
using Homeward.Exchange.Missing;
using Homeward.Foundations.Places;
using Homeward.Scenario.World;
using Homeward.Scenario.World.Truth;

namespace Homeward.World.Tests;

/// <summary>The whole default world, as it goes by when nobody does anything.</summary>
public sealed class WholeWorld
{
    internal Played Played { get; } = Played.Through(Given.IndependenceDay(), Houses.Idle);
}

public class StreamTests(WholeWorld whole) : IClassFixture<WholeWorld>
{
    private readonly Played _played = whole.Played;
    private WorldSession World => _played.World;

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_gives_others()
    {
        var small = Given.Carried("operation-river-bend");
        static string Bytes(Played played) => string.Join('\n', played.Sends.Select(sent => $"{sent.At:O} {sent.Path} {sent.Body}"));
        var once = Bytes(Played.Through(Given.World(small, 5, 0.3), Houses.Erring(5)));
        Bytes(Played.Through(Given.World(small, 5, 0.3), Houses.Erring(5))).ShouldBe(once);
        Bytes(Played.Through(Given.World(small, 6, 0.3), Houses.Erring(5))).ShouldNotBe(once);
    }

    [Fact]
    public void What_is_sent_does_not_hang_on_how_often_one_asks()
    {
        var file = Given.Carried("operation-short-light");
        var (hourly, whole) = (Given.World(file, scale: 0.1), Given.World(file, scale: 0.1));
        var sends = new List<Sent>();
        for (var at = hourly.Plan.Begins; at <= hourly.LastSend; at = at.AddHours(1)) sends.AddRange(hourly.Until(at));
        whole.Until(whole.LastSend).ShouldBe(sends);
    }

    [Fact]
    public void One_report_more_changes_no_other()
    {
        var file = Given.Carried("operation-short-light");
        var (few, many) = (Given.World(file, scale: 0.1), Given.World(file, scale: 0.11));
        var reports = many.Until(many.LastSend).Where(sent => sent.Path.StartsWith("reports/", StringComparison.Ordinal)).ToDictionary(sent => sent.Path, sent => sent.Body);
        foreach (var report in few.Until(few.LastSend).Where(sent => sent.Path.StartsWith("reports/", StringComparison.Ordinal)))
            if (!report.Path.EndsWith("json", StringComparison.Ordinal) || !report.Body.Contains("bundle")) reports.ShouldContainKey(report.Path);
    }

    [Fact]
    public void Things_arrive_in_order_and_nothing_twice()
    {
        var sends = _played.Sends.Skip(World.FirstSends.Count).ToList();
        sends.Select(sent => sent.At).ShouldBeInOrder();
        _played.Sends.Where(sent => sent.Path.StartsWith("reports/", StringComparison.Ordinal)).Select(sent => sent.Path).ShouldBeUnique();
    }

    [Fact]
    public void The_world_is_as_large_as_the_contract_says()
    {
        var reports = Reports().ToList();
        reports.Select(report => report.Arrival.Number).Distinct().Count().ShouldBeGreaterThanOrEqualTo(20_000);
        ((double)reports.Count(report => report.Arrival.Form == ReportForm.ProviderXml) / reports.Count).ShouldBe(0.5, 0.02);
        var entries = Entries();
        entries.Select(entry => entry.Nic).Distinct().Count().ShouldBeGreaterThanOrEqualTo(5_000);
        entries.Where(entry => entry.AtRisk == Stated.Yes).Select(entry => entry.Nic).Distinct().Count().ShouldBeGreaterThanOrEqualTo(3 * 103);
    }

    [Fact]
    public void All_but_the_broken_reports_are_read_by_the_readers_of_the_product()
    {
        var rejected = Reports().Where(report => !Read(report).IsTaken).ToList();
        rejected.Count.ShouldBe(World.Truth.Traps["reportsMalformed"]);
        rejected.Count.ShouldBeGreaterThan(5);
        Entries().Count.ShouldBeGreaterThan(5_000);
    }

    [Fact]
    public void A_childs_evidence_carries_the_place_where_the_child_is()
    {
        var byNumber = Readable();
        foreach (var child in World.Truth.Children)
            foreach (var evidence in child.Evidence)
            {
                var address = byNumber[evidence.Number].Persons.Single(person => person.Role == TipRole.Victim).Addresses.Single();
                address.City.ShouldBe(child.Scene.City);
                if (evidence.Place == PlaceTelling.CityAlone) continue;
                Gazetteer.Default.ResolvePlace(new PlaceQuery { City = address.City, State = address.State, Zip = address.Zip },
                    DateOnly.FromDateTime(evidence.ArrivesAt.UtcDateTime)).Office!.Code.ShouldBe(child.Office.Office.Code);
            }
    }

    [Fact]
    public void A_report_and_the_entry_of_a_matchable_child_share_something()
    {
        var entries = Entries().GroupBy(entry => entry.Nic).ToDictionary(group => group.Key, group => group.First());
        var reports = Readable();
        foreach (var child in World.Truth.Matchable)
        {
            var entry = entries[child.Nic!];
            child.Evidence.Exists(evidence => Shares(reports[evidence.Number].Persons.Single(person => person.Role == TipRole.Victim), entry)).ShouldBeTrue($"{child.Key}: {string.Join(", ", child.Evidence.Select(each => $"{each.Telling} {each.Clue} {reports[each.Number].Form}"))}");
        }

        static bool Shares(TipPerson told, MissingChildEntry entry) =>
            (told.Born.Year == entry.Born.Year && entry.Born.IsFull && told.Given is not null && told.Family is not null)
            || told.Phones.Any(phone => entry.Phones.Contains(phone.Number)) || told.Emails.Any(mail => entry.Emails.Contains(mail.Address))
            || entry.ScreenNames.Any(name => name.Name == told.ScreenName);
    }

    [Fact]
    public void Nobody_who_stays_missing_is_in_a_report_or_a_finding()
    {
        var missing = World.Truth.Children.Where(child => child.Fate == Fate.StaysMissing).ToList();
        missing.ShouldAllBe(child => child.Evidence.Count == 0);
        var nics = missing.Select(child => child.Nic).ToHashSet();
        new Recount(_played).Children.ShouldAllBe(line => !nics.Contains(line.Sought));
    }

    [Fact]
    public void Every_child_at_risk_has_five_decoys_of_the_same_class_of_name_and_age()
    {
        World.Truth.Traps["decoyEntries"].ShouldBeGreaterThanOrEqualTo(5 * World.Truth.Sought);
        World.Truth.Traps["sameNameEntries"].ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Every_trap_of_the_contract_is_laid()
    {
        string[] all =
        [
            "claimedByTwoOffices", "reportsUnderAlias", "reportsDayAndMonthSwapped", "turnsEighteenAfterTheAct", "recoveredAfterTheWindow",
            "identifiedThenRecovered", "twinStaysMissing", "arrestsRecordedTwice", "arrestsDismissed", "arrestsOnOtherWarrants", "victimsInCustody",
            "encountersWithoutFinding", "laborTrafficking", "investigationsRecordedTwice", "reportsRepeated", "reportsCorrected", "reportsLate",
            "reportsMalformed", "reportsWrongZone", "reportsCityWithoutState", "operationsAimedAtOnePlace", "secondSeats",
        ];
        foreach (var trap in all) World.Truth.Traps.GetValueOrDefault(trap).ShouldBeGreaterThan(0, trap);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Exact_name_and_birth_date_find_at_most_seven_in_ten(long seed)
    {
        var world = Given.World(Given.Carried("operation-independence-day"), seed, scale: 0.02);
        world.Score(new(null, null, null, null)).ExactBaselineRecall.ShouldBeInRange(0.5, 0.70);
    }

    [Fact]
    public void The_truth_is_in_nothing_that_is_sent()
    {
        string[] words = ["truth", "decoy", "fate", "matchable", "namesake", "noise", "trap", "twin"];
        var keys = World.Truth.Children.Select(child => child.Key).ToHashSet();
        foreach (var sent in _played.Sends.Where(sent => !sent.Path.StartsWith("partners/", StringComparison.Ordinal)))
        {
            foreach (var word in words) Holds(sent, $"\"{word}").ShouldBeFalse($"{word} in {sent.Path}");
            Array.Exists(sent.Body.Split('"'), keys.Contains).ShouldBeFalse(sent.Path);
        }
        World.ManifestJson.ShouldNotContain("matchable");

        static bool Holds(Sent sent, string word) => sent.Body.Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Each_outcome_line_rests_on_itself_alone()
    {
        var counted = new Recount(Played.Through(Given.World(Given.Carried("operation-river-bend"), scale: 0.05), Houses.Perfect));
        var records = counted.All.Select(line => line.Record).ToHashSet();
        // A line that named another's number would fall or stand with it.
        foreach (var sent in _played.Sends.Where(sent => sent.Path.StartsWith("outcomes/", StringComparison.Ordinal)))
        {
            using var line = JsonDocument.Parse(sent.Body);
            foreach (var value in line.RootElement.EnumerateObject().Where(value => value.Name != "record" && value.Value.ValueKind == JsonValueKind.String))
                records.ShouldNotContain(value.Value.GetString());
        }
    }

    private IEnumerable<(ReportArrival Arrival, Sent Sent)> Reports()
    {
        foreach (var sent in _played.Sends)
            if (RawFolder.TryReadReportPath(sent.Path, out var arrival)) yield return (arrival, sent);
    }

    private Dictionary<string, CyberTipReport> Readable() => Reports().DistinctBy(report => report.Arrival.Number)
        .Where(report => World.Truth.ByReport.ContainsKey(report.Arrival.Number))
        .ToDictionary(report => report.Arrival.Number, report => Read(report).Value);

    private static Parsed<CyberTipReport> Read((ReportArrival Arrival, Sent Sent) report)
    {
        var bytes = Encoding.UTF8.GetBytes(report.Sent.Body);
        return report.Arrival.Form == ReportForm.ProviderXml ? CyberTipXml.Read(bytes, report.Arrival.Number) : CyberTipJson.Read(bytes);
    }

    private List<MissingChildEntry> Entries() => [.. _played.Sends.Where(sent => sent.Path == RawFolder.MissingEntries)
        .Select(sent => MissingChildEntries.Json.ReadLine(sent.Body).Value)];
}
