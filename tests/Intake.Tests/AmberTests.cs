using Homeward.Exchange.Alerts;
using Homeward.Exchange.Tests.Alerts;
using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Rules;
using Homeward.Intake.Alerts;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Tests;

/// <summary>What waits for a person of an alert, and the criteria of the Department of Justice beside it.</summary>
public sealed class AmberTests
{
    private const string Nic = "M100000001";
    public static TheoryData<DatabaseKind> Databases => Given.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task What_waits_of_an_alert_stands_at_home_for_those_who_may_decide_it(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await house.ReceiveAsync(Given.Line(Given.Entry(Nic)));
        var first = await TakeAsync(house, CapGiven.Xml());
        var (analyst, officer) = (await house.PersonAsync(Role.Analyst), await house.PersonAsync(Role.Officer, "KC", "KC-01"));
        var child = new WaitingRow("Decide of which missing child an AMBER alert speaks", $"/intake/alerts/{first}", Critical: true);
        (await WaitingAsync(house, analyst)).ShouldBe([child]);
        (await WaitingAsync(house, officer)).ShouldBe([child]);
        (await WaitingAsync(house, await house.PersonAsync(Role.Officer, "DN", "DN-01"))).ShouldBeEmpty();
        (await WaitingAsync(house, await house.PersonAsync(Role.PublicAffairs))).ShouldBeEmpty();

        await TakeAsync(house, CapGiven.Xml("EX-7"));
        (await WaitingAsync(house, analyst)).ShouldBe([child with { Link = "/intake/alerts", Count = 2 }]);
        await TakeAsync(house, CapGiven.Xml("EX-6", status: "Test"));
        (await WaitingAsync(house, analyst)).Single().Count.ShouldBe(2);

        // Decided, and then cancelled: whether the child was located waits, for others than analysts.
        foreach (var id in await house.WithDbAsync(db => db.Set<Alert>().Where(row => row.IsWaiting).Select(row => row.Id).ToListAsync()))
            (await house.DoAsync<DecideAlert.Request, DecideAlert.Receipt>(analyst, new(id, id == first ? Nic : null, "narrative withheld", await RevisionAsync(house, id)))).IsDone.ShouldBeTrue();
        (await WaitingAsync(house, officer)).ShouldBeEmpty();
        await TakeAsync(house, CapGiven.Xml("EX-9", "2019-07-01T07:30:00-05:00", kind: "Cancel", references: CapGiven.Key, info: ""));
        (await WaitingAsync(house, analyst)).ShouldBeEmpty();
        (await WaitingAsync(house, officer)).ShouldBe([new WaitingRow("Decide whether a cancelled AMBER alert means that the child was located", $"/intake/alerts/{first}")]);
    }

    [Fact]
    public async Task What_nobody_says_of_a_criterion_is_not_known()
    {
        await using var house = await Given.HouseAsync();
        var id = await TakeAsync(house, CapGiven.Xml());
        var criteria = await CriteriaAsync(house, id);
        criteria.Select(one => (one.Name, one.Answer)).ShouldBe(
        [
            ("amber-abduction", AmberAnswer.Met), ("amber-danger", AmberAnswer.Met), ("amber-description", AmberAnswer.Unknown),
            ("amber-age", AmberAnswer.Unknown), ("amber-flag", AmberAnswer.Unknown),
        ]);
        criteria.ShouldAllBe(one => one.Source.StartsWith("DOJ, ", StringComparison.Ordinal) && !one.Confirmed);
        (await CriteriaAsync(house, await TakeAsync(house, CapGiven.Xml("EX-2", info: CapGiven.Info().Replace("Likely", "Possible", StringComparison.Ordinal)))))[1].Answer.ShouldBe(AmberAnswer.Unknown);
        // Nothing held when there was no guidance.
        (await CriteriaAsync(house, await TakeAsync(house, CapGiven.Xml("EX-3", "2003-07-01T07:00:00-05:00")))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("17", null, null, AmberAnswer.Met, "The alert says 17 years.")]
    [InlineData("18", null, null, AmberAnswer.NotMet, "The alert says 18 years.")]
    [InlineData("15", null, 2004, AmberAnswer.Met, "The alert says 15 years; the entry says 14 to 15 years.")]
    [InlineData("15", null, 2000, AmberAnswer.Unknown, "The alert says 15 years; the entry says 18 to 19 years.")]
    [InlineData(null, "2001-07-02", null, AmberAnswer.Met, "The alert says 17 years.")]
    [InlineData(null, "07/01/2001", null, AmberAnswer.NotMet, "The alert says 18 years.")]
    [InlineData(null, "2001", null, AmberAnswer.Unknown, "The alert says 17 to 18 years.")]
    public void The_child_is_17_or_younger_by_what_alert_and_entry_say_and_not_known_where_they_differ(string? age, string? born, int? entered, AmberAnswer answer, string why)
    {
        var parameters = (age is null ? "" : CapGiven.Parameter("Age", age)) + (born is null ? "" : CapGiven.Parameter("Date of birth", born));
        var criterion = Criteria(CapGiven.Info(parameters: parameters), entered is { } year ? Entered(PartialDate.OfYear(year)) : null).Single(one => one.Name == "amber-age");
        (criterion.Answer, criterion.Why).ShouldBe((answer, why));
    }

    [Theory]
    [InlineData("NFA", "EMI", "CA", AmberAnswer.Met, AmberAnswer.Met, AmberAnswer.Met)]
    [InlineData("ERU", "EMJ", "school", AmberAnswer.Unknown, AmberAnswer.Unknown, AmberAnswer.Unknown)]
    public void The_entry_that_it_lies_beside_is_asked_too(string caseType, string category, string indicator, AmberAnswer abduction, AmberAnswer danger, AmberAnswer flag)
    {
        var info = CapGiven.Info(parameters: CapGiven.Parameter("Hair", "brown") + CapGiven.Parameter("Vehicle", "grey van")).Replace("Severe", "Minor", StringComparison.Ordinal);
        Criteria(info, Entered(PartialDate.OfYear(2004), caseType, category, indicator)).Select(one => one.Answer).ShouldBe([abduction, danger, AmberAnswer.Met, AmberAnswer.Met, flag]);
    }

    private static IReadOnlyList<AmberCriterion> Criteria(string info, Entry? entry)
    {
        CapXml.Read(CapGiven.Bytes(CapGiven.Xml(info: info))).TryGet(out var alert, out _).ShouldBeTrue();
        return AmberCriteria.Of(RuleBook.Shipped, alert, AlertClaims.Of(alert), entry);
    }

    private static Entry Entered(PartialDate born, string caseType = "NFA", string category = "EMJ", string indicator = "") => new()
    {
        Id = default, Nic = Nic, Record = default, FirstReceivedAt = Given.Noon, ReceivedAt = Given.Noon, Version = 1, Revision = default,
        State = EntryState.Entered, Born = born, CaseType = caseType, Category = category, Indicators = indicator,
    };

    private static async Task<AlertId> TakeAsync(TestHouse house, string xml) =>
        (await house.DoAsync<ReceiveAlerts.Request, ReceiveAlerts.Receipt>(Actor.House, new([RawOriginal.Of("alert.xml", xml)]))).Value.Told.Single().Id!.Value;

    private static Task<Guid> RevisionAsync(TestHouse house, AlertId id) => house.WithDbAsync(db => db.Set<Alert>().Where(row => row.Id == id).Select(row => row.Revision).SingleAsync());

    private static async Task<IReadOnlyList<AmberCriterion>> CriteriaAsync(TestHouse house, AlertId id) =>
        (await house.DoAsync<ShowAlert.Request, ShowAlert.Page>(await house.PersonAsync(Role.Analyst), new(id))).Value.Criteria;

    private static async Task<IReadOnlyList<WaitingRow>> WaitingAsync(TestHouse house, Actor actor) =>
        [.. (await house.DoAsync<ShowHome.Request, ShowHome.Page>(actor, new())).Value.Groups.Where(group => group.Stage == "intake").SelectMany(group => group.Rows)];
}
