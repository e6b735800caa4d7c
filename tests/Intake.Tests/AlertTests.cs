using Homeward.Exchange.Alerts;
using Homeward.Exchange.Missing;
using Homeward.Exchange.Tests.Alerts;
using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Intake.Alerts;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Intake.Tests;

/// <summary>AMBER alerts: kept as they came, in any order, beside the entry; what they mean for a child a person decides.</summary>
public sealed class AlertTests
{
    private const string Nic = "M100000001";
    public static TheoryData<DatabaseKind> Databases => Given.Databases;

    private static string Sent(int hour) => $"2019-07-01T{hour - 2:00}:00:00-05:00";
    private static string Key(int number, int hour) => $"amber@example.org,EX-{number},{Sent(hour)}";

    private static string First(string? info = null) => CapGiven.Xml(sent: Sent(5), info: info);
    private static string Update(int number = 2, int hour = 6, string? references = null) =>
        CapGiven.Xml($"EX-{number}", Sent(hour), kind: "Update", references: references ?? Key(1, 5), info: CapGiven.Info(parameters: CapGiven.Parameter("VehiclePlate", "EX 0000")));
    private static string Cancel(string status = "Exercise", int hour = 7) =>
        CapGiven.Xml("EX-9", Sent(hour), status, "Cancel", Key(1, 5), note: "The child was located", info: "");

    [Theory, MemberData(nameof(Databases))]
    public async Task An_alert_is_kept_byte_for_byte_and_the_same_again_changes_nothing(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        (await TakeAsync(house, First(), First())).ShouldSatisfyAllConditions(receipt => receipt.New.ShouldBe(1), receipt => receipt.Repeats.ShouldBe(1));
        var before = await house.WithDbAsync(db => db.Set<Alert>().AsNoTracking().SingleAsync());
        // Set anew by an aggregator: the same said with other blanks.
        (await TakeAsync(house, First().Replace("  <status>", "\t<status>", StringComparison.Ordinal))).Repeats.ShouldBe(1);
        (await house.WithDbAsync(db => db.Set<Alert>().AsNoTracking().SingleAsync())).Revision.ShouldBe(before.Revision);
        var message = await house.WithDbAsync(db => db.Set<AlertMessage>().SingleAsync());
        house.Services.GetRequiredService<Foundations.Sealing.Envelope>().Open("originals", AlertReading.Context(message.Id), message.Sealed).ShouldBe(CapGiven.Bytes(First()));
        // The same name with other content is no repeat and replaces nothing.
        var other = (await TakeAsync(house, First(CapGiven.Info()))).Told.Single();
        (other.Became, other.Field, other.Line).ShouldBe((ReceivePackage.Became.Rejected, "/alert/identifier[1]", 3));
        (await house.WithDbAsync(db => db.Set<Reject>().SingleAsync())).Kind.ShouldBe("alert");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Whatever_order_messages_come_in_the_alert_stands_the_same(DatabaseKind kind)
    {
        // The third names the second alone: only with it is it known that all are one.
        string[] messages = [First(), Update(), Update(3, 8, Key(2, 6)), Cancel()];
        int[][] orders = [[3, 2, 1, 0], [2, 0, 3, 1]];
        foreach (var order in orders)
        {
            await using var house = await Given.HouseAsync(kind);
            foreach (var at in order) await TakeAsync(house, messages[at]);
            var alert = await house.WithDbAsync(db => db.Set<Alert>().SingleAsync(row => row.PartOf == null));
            var said = string.Join(",", order);
            (alert.Version, alert.IsCancelled, Instants.Iso(alert.FirstSentAt), Instants.Iso(alert.SentAt)).ShouldBe((4, false, "2019-07-01T08:00:00Z", "2019-07-01T11:00:00Z"), said);
            (await house.WithDbAsync(db => db.Set<Duty>().CountAsync(row => row.State == DutyState.Open))).ShouldBe(1, said);
        }
    }

    [Fact]
    public async Task An_overtaken_update_is_kept_and_changes_nothing_newer()
    {
        await using var house = await Given.HouseAsync();
        await TakeAsync(house, First(), Cancel());
        await TakeAsync(house, Update());
        var alert = await house.WithDbAsync(db => db.Set<Alert>().SingleAsync());
        (alert.IsCancelled, alert.Version).ShouldBe((true, 3));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_child_known_from_an_alert_alone_is_owed_an_entry_once_and_the_entry_ends_the_clock_late_for_ever(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var id = (await TakeAsync(house, First(), Update())).Told[0].Id!.Value;
        var duty = await house.WithDbAsync(db => db.Set<Duty>().SingleAsync());
        (duty.Rule, duty.OfficeCode, duty.OwedBy, Instants.Iso(duty.StartsAt), Instants.Iso(duty.DueAt)).ShouldBe(
            ("enter-missing", "KC", Role.VictimSpecialist, "2019-07-01T08:00:00Z", "2019-07-01T10:00:00Z"));
        var analyst = await house.PersonAsync(Role.Analyst);
        (await DecideAsync(house, analyst, id, null)).IsDone.ShouldBeTrue();
        (await house.WithDbAsync(db => db.Set<Duty>().CountAsync())).ShouldBe(1);
        (await ShowAsync(house, analyst, id)).ShouldSatisfyAllConditions(page => page.IsWaiting.ShouldBeFalse(), page => page.Verdict.ShouldBe(AlertVerdict.NoEntryYet));

        await house.PassAsync(TimeSpan.FromHours(2));
        await house.ReceiveAsync(Given.Line(Given.Entry(Nic, Given.Noon.AddHours(1))));
        (await DecideAsync(house, analyst, id, Nic.ToLowerInvariant())).IsDone.ShouldBeTrue();
        var owed = (await ShowAsync(house, analyst, id)).EntryOwed!;
        (owed.MetAt, owed.IsLate).ShouldBe((Given.Noon.AddHours(1), true));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_named_child_is_proposed_and_only_a_person_attaches_and_the_layer_outlives_the_entry_s_messages(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var entry = (await house.ReceiveAsync(Given.Line(Given.Entry(Nic)), Given.Line(Given.Entry("M100000002") with { Names = [new EntryName("Ada", "Other")] }, 2))).Entries[0];
        var info = CapGiven.Info(parameters: CapGiven.Parameter("Child Name", "MARISOL Quenneville") + CapGiven.Parameter("Age", "15") + CapGiven.Parameter("Sex", "Male")
            + CapGiven.Parameter("VehiclePlate", "EX 0000") + CapGiven.Parameter("Mood", "withheld"));
        var id = (await TakeAsync(house, First(info))).Told[0].Id!.Value;
        (await house.WithDbAsync(db => db.Set<Duty>().AnyAsync(row => row.Rule == "enter-missing"))).ShouldBeFalse();
        var officer = await house.PersonAsync(Role.Officer, "KC", "KC-01");
        var page = await ShowAsync(house, officer, id);
        var candidate = page.Candidates.ShouldHaveSingleItem();
        candidate.Nic.ShouldBe(Nic);
        candidate.Why.ShouldBe(["the name is the alert's name of the child", "age agrees", "sex does not agree"]);
        (page.Entry, page.IsWaiting).ShouldBe((null, true));
        (await house.DoAsync<DecideAlert.Request, DecideAlert.Receipt>(officer, new(id, Nic, "same name", Guid.Empty))).Problem.Code.ShouldBe("changed-meanwhile");
        (await DecideAsync(house, officer, id, "M999999999")).Problem.Kind.ShouldBe(ProblemKind.NotFound);
        (await DecideAsync(house, officer, id, Nic)).IsDone.ShouldBeTrue();

        await house.ReceiveAsync(Given.Line(Given.Entry(Nic, Given.Noon.AddHours(1)) with { Status = EntryStatus.Modified, Sex = "M" }, 3));
        var shown = (await house.DoAsync<ShowMissing.Request, ShowMissing.Page>(officer, new(entry))).Value;
        (shown.Sex, shown.Messages.Count).ShouldBe(("M", 2));
        shown.Alerts.ShouldHaveSingleItem().Lines.ShouldBe(
        [
            new("Child", "MARISOL Quenneville", "Marisol Quenneville; Mari Quen", AlertAnswer.Agrees), new("Age", "15", "14 to 15", AlertAnswer.Agrees),
            new("Sex", "Male", "M", AlertAnswer.Agrees), new("Vehicle plate", "EX 0000", null, AlertAnswer.Adds), new("Mood", "withheld", null, AlertAnswer.Adds),
        ]);
        (await ShowAsync(house, officer, id)).Decisions.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            decision => decision.Nic.ShouldBe(Nic), decision => decision.Reason.ShouldBe("narrative withheld"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_cancel_clears_nothing_by_itself_and_a_person_who_knows_better_sets_the_entry_going(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var entry = (await house.ReceiveAsync(Given.Line(Given.Entry(Nic)))).Entries.Single();
        var id = (await TakeAsync(house, First())).Told[0].Id!.Value;
        var specialist = await house.PersonAsync(Role.VictimSpecialist, "KC", "KC-01");
        (await CancelAsync(house, specialist, id, located: true)).Problem.Code.ShouldBe("nothing-to-decide");
        await DecideAsync(house, specialist, id, Nic);
        await TakeAsync(house, Cancel());
        var page = await ShowAsync(house, specialist, id);
        (page.CancelWaits, page.Entry!.Nic, page.Entry.State, page.Messages[^1].Note).ShouldBe((true, Nic, EntryState.Entered, "The child was located"));
        (await CancelAsync(house, specialist, id, located: false)).IsDone.ShouldBeTrue();
        (await StateAsync(house, entry)).ShouldBe(EntryState.Entered);
        (await CancelAsync(house, specialist, id, located: true)).Problem.Code.ShouldBe("nothing-to-decide");
        // A newer cancel asks anew.
        await TakeAsync(house, Cancel(hour: 6).Replace("EX-9", "EX-8", StringComparison.Ordinal), CapGiven.Xml("EX-10", "2019-07-01T05:30:00-05:00", kind: "Cancel", references: Key(1, 5), info: ""));
        (await CancelAsync(house, specialist, id, located: true)).IsDone.ShouldBeTrue();
        (await StateAsync(house, entry)).ShouldBe(EntryState.Located);
        (await house.WithDbAsync(db => db.Set<Entry>().Where(row => row.Id == entry).Select(row => row.FoundAt).SingleAsync())).ShouldBeNull("others found the child");
        (await house.WithDbAsync(db => db.Set<Duty>().SingleAsync(row => row.Rule == "clear-entry"))).State.ShouldBe(DutyState.Open);
        (await ShowAsync(house, specialist, id)).IsWaiting.ShouldBeFalse();
    }

    [Theory]
    [InlineData("Actual")]
    [InlineData("Test")]
    [InlineData("System")]
    [InlineData("Draft")]
    public async Task What_is_not_meant_for_this_house_is_kept_and_touches_nothing(string status)
    {
        await using var house = await Given.HouseAsync();
        await house.ReceiveAsync(Given.Line(Given.Entry(Nic)));
        var live = (await TakeAsync(house, First())).Told[0].Id!.Value;
        var analyst = await house.PersonAsync(Role.Supervisor);
        await DecideAsync(house, analyst, live, Nic);
        var told = (await TakeAsync(house, Cancel(status))).Told.Single();
        (told.Became, told.Counts, told.Id == live).ShouldBe((ReceivePackage.Became.New, false, false));
        (await house.WithDbAsync(db => db.Set<Alert>().SingleAsync(row => row.Id == live))).IsCancelled.ShouldBeFalse();
        (await DecideAsync(house, analyst, told.Id!.Value, Nic)).Problem.Code.ShouldBe("alert-does-not-count");
        var alone = (await TakeAsync(house, CapGiven.Xml("EX-5", Sent(5), status))).Told.Single();
        (await house.WithDbAsync(db => db.Set<Duty>().CountAsync())).ShouldBe(0);
        var page = await ShowAsync(house, analyst, alone.Id!.Value);
        (page.IsWaiting, page.Candidates.Count).ShouldBe((false, 0));
    }

    [Fact]
    public void An_exercise_acts_on_exercises_alone_and_any_other_house_on_actual_alerts_alone()
    {
        Enum.GetValues<CapStatus>().Where(status => AlertShelf.Counts(status, isExercise: true)).ShouldBe([CapStatus.Exercise]);
        Enum.GetValues<CapStatus>().Where(status => AlertShelf.Counts(status, isExercise: false)).ShouldBe([CapStatus.Actual]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_waits_for_a_decision_is_listed_first_and_an_office_sees_its_own(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var first = (await TakeAsync(house, First())).Told[0].Id!.Value;
        var later = (await TakeAsync(house, CapGiven.Xml("EX-7", Sent(9)))).Told[0].Id!.Value;
        var analyst = await house.PersonAsync(Role.Analyst);
        await DecideAsync(house, analyst, later, null);
        var list = (await house.DoAsync<ListAlerts.Request, ListAlerts.Page>(analyst, new())).Value;
        (list.Rows.Select(row => row.Id), list.Waiting).ShouldSatisfyAllConditions(
            page => page.Item1.ShouldBe([first, later]), page => page.Waiting.ShouldBe(1));
        (list.Rows[0].Issuer, list.Rows[0].Areas, list.Rows[0].IsExpired).ShouldBe(("Exercise State Police", "Jackson County, Missouri", false));
        await house.PassAsync(TimeSpan.FromDays(1));
        (await house.DoAsync<ListAlerts.Request, ListAlerts.Page>(analyst, new())).Value.Rows.ShouldAllBe(row => row.IsExpired);
        var elsewhere = await house.PersonAsync(Role.Officer, "DN", "DN-01");
        (await house.DoAsync<ListAlerts.Request, ListAlerts.Page>(elsewhere, new())).Value.Total.ShouldBe(0);
        (await house.DoAsync<ShowAlert.Request, ShowAlert.Page>(elsewhere, new(first))).Problem.Kind.ShouldBe(ProblemKind.NotFound);
        (await DecideAsync(house, elsewhere, first, null)).Problem.Kind.ShouldBe(ProblemKind.NotFound);
    }

    /// <summary>Each info of an alert expires by itself: it is in force while one is.</summary>
    [Fact]
    public async Task An_alert_is_in_force_until_the_last_of_its_infos_expires()
    {
        await using var house = await Given.HouseAsync(DatabaseKind.Sqlite);
        const string Expires = "<expires>2019-07-01T19:00:00-05:00</expires>";
        string Until(string expires) => CapGiven.Info("es-US").Replace(Expires, expires, StringComparison.Ordinal);
        await TakeAsync(house, First(CapGiven.Info() + Until("<expires>2019-07-02T19:00:00-05:00</expires>")), CapGiven.Xml("EX-7", Sent(6), info: CapGiven.Info() + Until("")));
        var analyst = await house.PersonAsync(Role.Analyst);
        async Task<IEnumerable<(DateTimeOffset?, bool)>> ListAsync() =>
            (await house.DoAsync<ListAlerts.Request, ListAlerts.Page>(analyst, new())).Value.Rows.OrderBy(row => row.SentAt).Select(row => (row.ExpiresAt, row.IsExpired));
        var last = new DateTimeOffset(2019, 7, 3, 0, 0, 0, TimeSpan.Zero);
        await house.PassAsync(TimeSpan.FromDays(1));
        (await ListAsync()).ShouldBe([(last, false), (null, false)]);
        await house.PassAsync(TimeSpan.FromDays(1));
        (await ListAsync()).ShouldBe([(last, true), (null, false)]);
    }

    [Fact]
    public async Task An_answer_to_nothing_is_rejected_and_one_to_an_alert_changes_nothing()
    {
        await using var house = await Given.HouseAsync();
        var answer = CapGiven.Xml("EX-4", Sent(8), kind: "Ack", references: Key(1, 5), info: "");
        (await TakeAsync(house, answer)).Told.Single().Reason!.ShouldContain("does not have");
        await TakeAsync(house, First());
        (await TakeAsync(house, answer.Replace("EX-4", "EX-6", StringComparison.Ordinal))).Versions.ShouldBe(1);
        Instants.Iso((await house.WithDbAsync(db => db.Set<Alert>().SingleAsync())).SentAt).ShouldBe("2019-07-01T08:00:00Z");
    }

    [Theory]
    [InlineData("2019-07-01T08:01:00-05:00")]
    [InlineData("9999-12-31T12:00:00-00:00")]
    [InlineData("0001-01-02T12:00:00-00:00")]
    public async Task A_message_of_a_clock_that_is_wrong_is_rejected(string sent)
    {
        await using var house = await Given.HouseAsync();
        (await TakeAsync(house, CapGiven.Xml(sent: sent))).Told.Single().Field.ShouldBe("/alert/sent[1]");
    }

    [Fact]
    public async Task Dropped_on_the_page_it_goes_the_same_way_and_the_receipt_says_so()
    {
        await using var house = await Given.HouseAsync();
        var analyst = await house.PersonAsync(Role.Analyst);
        var unknown = First().Replace("<scope>", "<mood>x</mood><scope>", StringComparison.Ordinal);
        var page = await house.ReceiptAsync(analyst, ("alert.xml", CapGiven.Bytes(unknown)), ("bad.xml", CapGiven.Bytes(First().Replace("<value>CAE", "<value>TOR", StringComparison.Ordinal))),
            ("many.zip", Packages.Zip(("b.xml", CapGiven.Bytes(Update())))));
        page.Alerts.Select(one => (one.Path, one.Became)).ShouldBe(
            [("alert.xml", ReceivePackage.Became.New), ("bad.xml", ReceivePackage.Became.Rejected), ("many.zip/b.xml", ReceivePackage.Became.Version)]);
        page.Alerts[0].Unknown.ShouldBe(["/alert/mood[1]"]);
        page.Alerts[1].ShouldSatisfyAllConditions(bad => bad.Line.ShouldBe(9), bad => bad.Reason!.ShouldContain("no AMBER alert"), bad => bad.Mend.ShouldNotBeEmpty());
        page.Files.ShouldBeEmpty();
        (await ShowAsync(house, analyst, page.Alerts[0].Id!.Value)).Messages[0].Unknown.Single().ShouldContain("/alert/mood[1]");
    }

    private static async Task<ReceiveAlerts.Receipt> TakeAsync(TestHouse house, params string[] messages) =>
        (await house.DoAsync<ReceiveAlerts.Request, ReceiveAlerts.Receipt>(Actor.House, new([.. messages.Select(xml => RawOriginal.Of("alert.xml", xml))]))).Value;

    private static async Task<ShowAlert.Page> ShowAsync(TestHouse house, Actor actor, AlertId id) =>
        (await house.DoAsync<ShowAlert.Request, ShowAlert.Page>(actor, new(id))).Value;

    private static async Task<Result<DecideAlert.Receipt>> DecideAsync(TestHouse house, Actor actor, AlertId id, string? nic) =>
        await house.DoAsync<DecideAlert.Request, DecideAlert.Receipt>(actor, new(id, nic, "narrative withheld", await RevisionAsync(house, id)));

    private static async Task<Result<DecideAlertCancel.Receipt>> CancelAsync(TestHouse house, Actor actor, AlertId id, bool located) =>
        await house.DoAsync<DecideAlertCancel.Request, DecideAlertCancel.Receipt>(actor, new(id, located, "narrative withheld", await RevisionAsync(house, id)));

    private static Task<Guid> RevisionAsync(TestHouse house, AlertId id) => house.WithDbAsync(db => db.Set<Alert>().Where(row => row.Id == id).Select(row => row.Revision).SingleAsync());

    private static Task<EntryState> StateAsync(TestHouse house, EntryId id) => house.WithDbAsync(db => db.Set<Entry>().Where(row => row.Id == id).Select(row => row.State).SingleAsync());
}
