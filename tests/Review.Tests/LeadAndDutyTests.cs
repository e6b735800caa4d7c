using Homeward.Foundations.Duties;
using Homeward.Foundations.Places;

namespace Homeward.Review.Tests;

public sealed class LeadAndDutyTests
{
    [Fact]
    public async Task A_second_report_about_the_same_child_joins_the_open_lead()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (_, first, match) = await house.FittingAsync();
        var lead = (await house.ConfirmAsync(match)).Lead!.Value;
        var again = house.Report("Renata", "Solberg", "2003-04-15", city: "Springfield", state: "MO", escalated: true);
        await house.DeliverAsync([again]);

        var joined = (await house.ConfirmAsync((await house.MatchesAsync(again)).ShouldHaveSingleItem().Id)).Lead;

        joined.ShouldBe(lead);
        var gist = (await house.House.WithDbAsync(db => house.Review.LeadAsync(db, lead, default)))!;
        gist.ReportNumbers.ShouldBe([first.Number, again.Number]);
        (gist.Version, gist.Imminent, gist.CurrentAbuse).ShouldBe((2, true, true));
        gist.Places.Select(place => place.City).ShouldBe(["Wichita", "Springfield"]);
    }

    [Fact]
    public async Task A_tip_becomes_a_lead_once_and_joins_the_lead_of_its_child()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (entry, _, match) = await house.FittingAsync();
        var lead = (await house.ConfirmAsync(match)).Lead!.Value;
        var ids = house.House.Services.GetRequiredService<IIdSource>();
        var door = new DoorGist(ids.Next<DoorId>(), DoorKind.Hotline, "H-00001", "tip", false, null, "Renata", "", default, 16, "F",
            new PlaceQuery { City = "Joplin", State = "MO" }, house.House.Clock.GetUtcNow());
        house.Intake.Doors[door.Id] = door;
        var analyst = await house.AnalystAsync();

        var raised = await house.House.DoAsync<RaiseDirectLead.Request, RaiseDirectLead.Receipt>(analyst, new(door.Id, entry.Nic));
        (raised.Value.Id, raised.Value.Joined).ShouldBe((lead, true));
        (await house.House.DoAsync<RaiseDirectLead.Request, RaiseDirectLead.Receipt>(analyst, new(door.Id))).ShouldBeRefused("already-a-lead");

        // Whoever holds the lead is told of every tip that it rests on: none of them goes while it is open there.
        var second = door with { Id = ids.Next<DoorId>(), Number = "H-00002" };
        house.Intake.Doors[second.Id] = second;
        (await house.DoneAsync<RaiseDirectLead.Request, RaiseDirectLead.Receipt>(analyst, new(second.Id, entry.Nic))).Id.ShouldBe(lead);
        var gist = (await house.House.WithDbAsync(db => house.Review.LeadAsync(db, lead, default)))!;
        gist.DoorNumbers.ShouldBe(["H-00001", "H-00002"]);
        gist.ReportNumbers.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_tip_that_says_something_else_now_grows_its_lead_and_is_no_reason_for_a_second_one()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var door = new DoorGist(house.House.Services.GetRequiredService<IIdSource>().Next<DoorId>(), DoorKind.Hotline, "H-00001", "tip", false, null, "Renata", "", default,
            16, "F", new PlaceQuery { City = "Joplin", State = "MO" }, house.House.Clock.GetUtcNow());
        house.Intake.Doors[door.Id] = door;
        var analyst = await house.AnalystAsync();
        await ChangeAsync(door with { Version = 2 });
        var lead = (await house.DoneAsync<RaiseDirectLead.Request, RaiseDirectLead.Receipt>(analyst, new(door.Id))).Id;
        (await LeadAsync()).Version.ShouldBe(1);

        var worse = door with { Version = 3, ImminentClaimed = true, Place = new PlaceQuery { City = "Wichita", State = "KS" } };
        await ChangeAsync(worse);
        await ChangeAsync(worse);
        var grown = await LeadAsync();
        (grown.Version, grown.Imminent, grown.CurrentAbuse).ShouldBe((2, true, true));
        grown.Places.Select(place => place.City).ShouldBe(["Joplin", "Wichita"]);
        grown.DoorNumbers.ShouldBe(["H-00001"]);
        (await RaiseAsync()).ShouldBeRefused("already-a-lead");

        // An ended lead has heard what was said until then; what is new may be a reason for another.
        await house.DoneAsync<WithdrawLead.Request, Done>(await house.SupervisorAsync(), new(lead, "Found elsewhere."));
        (await RaiseAsync()).ShouldBeRefused("already-a-lead");
        await ChangeAsync(door with { Version = 4 });
        (await LeadAsync()).Version.ShouldBe(2);
        (await RaiseAsync()).Value.Id.ShouldNotBe(lead);

        Task<Result<RaiseDirectLead.Receipt>> RaiseAsync() => house.House.DoAsync<RaiseDirectLead.Request, RaiseDirectLead.Receipt>(analyst, new(door.Id));

        async Task<LeadGist> LeadAsync() => (await house.House.WithDbAsync(db => house.Review.LeadAsync(db, lead, default)))!;

        async Task ChangeAsync(DoorGist now)
        {
            house.Intake.Doors[door.Id] = now;
            await house.DeliverAsync(changed: new DoorChanged(door.Id, now.Version));
        }
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_tip_is_kept_by_its_lead_and_by_what_is_open_on_it_and_its_term_runs_from_the_lead_s_end(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var (analyst, entry) = (await house.AnalystAsync(), house.Entry("Renata", "Solberg", "2003-04-15"));
        var door = new DoorGist(house.House.Services.GetRequiredService<IIdSource>().Next<DoorId>(), DoorKind.Hotline, "H-00001", "tip", false, null, "Renata", "", default,
            16, "F", null, house.House.Clock.GetUtcNow());
        house.Intake.Doors[door.Id] = door;
        await house.DeliverAsync([], [entry]);
        (await StandingsAsync()).ShouldBeEmpty();
        var lead = (await house.DoneAsync<RaiseDirectLead.Request, RaiseDirectLead.Receipt>(analyst, new(door.Id, entry.Nic))).Id;
        var open = (await StandingsAsync()).ShouldHaveSingleItem();
        (open.Stays, open.LedUntil).ShouldBe(("open-lead", null));
        open.Children.ShouldBe([entry.Record]);
        var task = await house.TaskAsync(analyst, analyst, TimeSpan.FromDays(3), lead: lead);
        await house.House.PassAsync(TimeSpan.FromDays(1));
        await house.DoneAsync<WithdrawLead.Request, Done>(await house.SupervisorAsync(), new(lead, "Found elsewhere."));
        (await StandingsAsync()).ShouldHaveSingleItem().Stays.ShouldBe("open-task");
        await house.DoneAsync<EndTask.Request, EndTask.Receipt>(analyst, new(task, TaskEnd.Done));
        var ended = (await StandingsAsync()).ShouldHaveSingleItem();
        (ended.Stays, ended.LedUntil).ShouldBe((null, house.House.Clock.GetUtcNow()));

        Task<IReadOnlyList<DoorStanding>> StandingsAsync() => house.House.WithDbAsync(db =>
            house.House.Services.GetServices<IDoorUse>().Single().StandingsAsync(db, new Dictionary<DoorId, string> { [door.Id] = door.Number }, default));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Whoever_weighs_a_tip_is_proposed_the_entries_of_children_like_the_one_told_of_and_sees_what_rests_on_it(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var (analyst, entry) = (await house.AnalystAsync(), house.Entry("Renata", "Solberg", "2003-04-15"));
        var door = new DoorGist(house.House.Services.GetRequiredService<IIdSource>().Next<DoorId>(), DoorKind.Hotline, "H-00001", "tip", true, null, "Renata", "Solberg", default,
            16, "F", new PlaceQuery { City = "Wichita", State = "KS" }, house.House.Clock.GetUtcNow());
        house.Intake.Doors[door.Id] = door;
        await house.DeliverAsync([], [entry, house.Entry("Odette", "Marchetti", "2005-01-02")]);

        var page = await PageAsync(analyst);
        (page.Number, page.Child, page.Place, page.ImminentClaimed, page.IsHeard).ShouldBe(("H-00001", "Renata Solberg", "Wichita, KS", true, false));
        page.Leads.ShouldBeEmpty();
        var alike = page.Entries.ShouldHaveSingleItem();
        (alike.Nic, alike.Name).ShouldBe((entry.Nic, "Renata Solberg"));
        alike.For.ShouldNotBeEmpty();
        (await NumbersAsync()).ShouldBeEmpty();

        var raised = await house.DoneAsync<RaiseDirectLead.Request, RaiseDirectLead.Receipt>(analyst, new(door.Id, entry.Nic));
        page = await PageAsync(await house.SupervisorAsync());
        (page.IsHeard, page.Leads.ShouldHaveSingleItem().Number).ShouldBe((true, raised.Number));
        (await NumbersAsync()).ShouldBe(["H-00001"]);
        (await house.DoneAsync<ShowLead.Request, ShowLead.Page>(analyst, new(raised.Id))).Evidence.ShouldHaveSingleItem().Link.ShouldBe($"/review/tips/{door.Id}");

        // What its sender says anew, after that lead has ended, may be a reason for another.
        await house.DoneAsync<WithdrawLead.Request, Done>(await house.SupervisorAsync(), new(raised.Id, "Found elsewhere."));
        (await PageAsync(analyst)).IsHeard.ShouldBeTrue();
        house.Intake.Doors[door.Id] = door with { Version = 2 };
        (await PageAsync(analyst)).IsHeard.ShouldBeFalse();
        (await house.DoneAsync<Search.Request, Search.Page>(analyst, new("Renata Solberg"))).Tips.ShouldHaveSingleItem().Id.ShouldBe(door.Id);
        (await house.House.DoAsync<ShowTip.Request, ShowTip.Page>(await house.House.PersonAsync(Role.Coordinator, "KC", "KC-01"), new(door.Id))).Problem.Kind.ShouldBe(ProblemKind.Forbidden);

        async Task<ShowTip.Page> PageAsync(Actor by) => await house.DoneAsync<ShowTip.Request, ShowTip.Page>(by, new(door.Id));

        Task<List<string>> NumbersAsync() => house.House.WithDbAsync(db =>
            house.House.Services.GetServices<IActOnDoors>().Single().NumbersActedOn(db).ToListAsync());
    }

    [Fact]
    public async Task Two_who_write_a_note_at_once_see_each_others_words()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (_, _, match) = await house.FittingAsync();
        var lead = (await house.ConfirmAsync(match)).Lead!.Value;
        var (one, two) = (await house.AnalystAsync("One"), await house.AnalystAsync("Two"));
        (await house.House.DoAsync<WriteNote.Request, WriteNote.Receipt>(one, new("First words", 0, Lead: lead))).Value.Notes.ShouldBe(1);

        var late = await house.House.DoAsync<WriteNote.Request, WriteNote.Receipt>(two, new("Other words", 0, Lead: lead));

        late.ShouldBeRefused("note-changed");
        late.Problem.Details!["yours"].ShouldBe("Other words");
        late.Problem.Details!["theirs"].ShouldBe("First words");
    }

    [Fact]
    public async Task Opening_is_a_lease_that_nobody_else_gets_until_it_ends()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (_, report, match) = await house.FittingAsync();
        var (one, two) = (await house.AnalystAsync("One"), await house.AnalystAsync("Two"));

        var opened = await house.House.DoAsync<OpenReport.Request, OpenReport.Receipt>(one, new(report.Id));
        opened.Value.Matches.ShouldBe([match]);
        (await house.House.DoAsync<OpenReport.Request, OpenReport.Receipt>(two, new(report.Id))).ShouldBeRefused("being-read");
        await house.House.PassAsync(TimeSpan.FromMinutes(21));
        (await house.House.DoAsync<OpenReport.Request, OpenReport.Receipt>(two, new(report.Id))).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task One_duty_to_report_abuse_for_one_child_incident_and_place_from_the_first_opening()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (report, twice) = (house.Report("Renata", "Solberg", "2003-04-15"), house.Report("Renata", "Solberg", "2003-04-15"));
        await house.DeliverAsync([report, twice]);
        var one = await house.AnalystAsync("One");
        await house.House.PassAsync(TimeSpan.FromHours(2));

        var first = (await house.House.DoAsync<OpenReport.Request, OpenReport.Receipt>(one, new(report.Id))).Value.ReportAbuse;
        await house.House.PassAsync(TimeSpan.FromHours(1));
        var second = (await house.House.DoAsync<OpenReport.Request, OpenReport.Receipt>(one, new(twice.Id))).Value.ReportAbuse;

        first.ShouldNotBeNull();
        second.ShouldBe(first);
        var duty = await house.House.WithDbAsync(db => db.Set<Duty>().SingleAsync(row => row.Rule == "report-abuse"));
        (duty.StartsAt - report.ReceivedAt).ShouldBe(TimeSpan.FromHours(2));
        (duty.DueAt - duty.StartsAt).ShouldBe(TimeSpan.FromHours(24));
    }

    [Fact]
    public async Task An_unopened_report_of_the_first_priority_starts_its_duty_after_four_hours()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var report = house.Report("Renata", "Solberg", "2003-04-15", priority: 1);
        var patient = house.Report("Tilda", "Brandt", "2003-04-15", priority: 2);
        await house.DeliverAsync([report, patient]);

        await house.House.PassAsync(TimeSpan.FromHours(3));
        (await DutiesAsync()).ShouldBeEmpty();
        await house.House.PassAsync(TimeSpan.FromHours(2));

        var duty = (await DutiesAsync()).ShouldHaveSingleItem();
        (duty.SubjectId, duty.StartsAt).ShouldBe((report.Id.Value, report.ReceivedAt + TimeSpan.FromHours(4)));

        Task<List<Duty>> DutiesAsync() => house.House.WithDbAsync(db => db.Set<Duty>().Where(row => row.Rule == "report-abuse").ToListAsync());
    }

    [Fact]
    public async Task The_queue_gives_its_reasons_and_hides_nothing()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var weak = house.Report(city: null, type: "Unsolicited Obscene Material Sent to a Child");
        await house.DeliverAsync([weak]);
        var (_, strong, _) = await house.FittingAsync();

        var queue = (await house.House.DoAsync<ShowQueue.Request, ShowQueue.Page>(await house.AnalystAsync(), new())).Value;

        queue.Rows.Select(row => row.Id).ShouldBe([strong.Id, weak.Id]);
        queue.Rows[0].Reasons.ShouldContain(reason => reason.StartsWith("Very probably a child that is sought", StringComparison.Ordinal));
        queue.Total.ShouldBe(new QueueCount(2, IsMore: false));
    }

    [Fact]
    public async Task The_export_holds_what_was_proposed_confirmed_and_dismissed()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (entry, report, match) = await house.FittingAsync();
        await house.ConfirmAsync(match);

        var page = (await house.House.DoAsync<ExportDecisions.Request, ExportDecisions.Page>(
            await house.House.PersonAsync(Role.Auditor), new())).Value;

        page.Proposals.ShouldHaveSingleItem().Nics.ShouldBe([entry.Nic]);
        page.Confirmed.ShouldBe([new(report.Number, entry.Nic)]);
        page.Dismissed.ShouldBeEmpty();
        (page.After, page.Next).ShouldBe((null, null));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task The_pages_of_the_export_hold_each_report_once_in_the_place_that_it_has_among_all(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var (entry, fitting, _) = await house.FittingAsync();
        for (var batch = 0; batch < 3; batch++)
        {
            house.House.Clock.DriveTo(house.House.Clock.GetUtcNow().AddMinutes(1));
            await house.DeliverAsync([house.Report(city: null, type: "Unsolicited Obscene Material Sent to a Child"), house.Report("Katherine", "Solberg", "2003-04-15")]);
        }
        var auditor = await house.House.PersonAsync(Role.Auditor);
        Task<Result<ExportDecisions.Page>> PageAsync(string? after, int take) =>
            house.House.DoAsync<ExportDecisions.Request, ExportDecisions.Page>(auditor, new(after, take));

        var whole = (await PageAsync(null, ExportDecisions.TakeMax)).Value;
        whole.Queue.Select(place => place.Arrival).ShouldBe(Enumerable.Range(1, 7));
        whole.Queue.Select(place => place.Rank).Order().ShouldBe(Enumerable.Range(1, 7));
        whole.Proposals.ShouldContain(one => one.Report == fitting.Number && one.Nics.Contains(entry.Nic));
        var pages = new List<ExportDecisions.Page> { (await PageAsync(null, 3)).Value };
        while (pages[^1].After is { } after)
        {
            pages[^1].Next.ShouldBe($"/api/review/decisions?after={after}&take=3");
            pages.Add((await PageAsync(after, 3)).Value);
        }
        pages.Select(page => page.Queue.Count).ShouldBe([3, 3, 1]);
        pages.SelectMany(page => page.Queue).ShouldBe(whole.Queue);
        pages.SelectMany(page => page.Proposals).Select(one => (one.Report, string.Join(' ', one.Nics)))
            .ShouldBe(whole.Proposals.Select(one => (one.Report, string.Join(' ', one.Nics))), ignoreOrder: true);
        (await PageAsync("x.1", 3)).ShouldBeRefused("after-no-place");
    }
}
