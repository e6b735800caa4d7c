using Homeward.Foundations.Audit;
using Homeward.Foundations.Work;
using Homeward.Review.Casework;

namespace Homeward.Review.Tests;

/// <summary>Notes, tasks, who may change what, and what becomes of it when a shift or a lead ends.</summary>
public sealed class CaseworkTests
{
    private static Task<ShowCasework.Page> CaseAsync(ReviewHouse house, Actor actor, ReportGist report) =>
        house.DoneAsync<ShowCasework.Request, ShowCasework.Page>(actor, new(report.Id));

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_note_is_sealed_and_stays_and_a_correction_is_another_that_names_it(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var (one, two, report) = (await house.AnalystAsync("One"), await house.AnalystAsync("Two"), await house.ReportWithAccountsAsync());
        var first = await house.DoneAsync<WriteNote.Request, WriteNote.Receipt>(one, new("The carrier is Quorvelle.", 0, report.Id));
        await house.DoneAsync<WriteNote.Request, WriteNote.Receipt>(two, new("It is another carrier.", 1, report.Id, Corrects: first.Id));

        var notes = (await CaseAsync(house, one, report)).Notes;
        notes.Select(note => (note.Ordinal, note.Text, note.By, note.IsMine, note.Corrects, note.CorrectedBy)).ShouldBe([
            (1, "The carrier is Quorvelle.", "One", true, null, 2), (2, "It is another carrier.", "Two", false, 1, null)]);
        var rows = await house.House.WithDbAsync(db => db.Set<CaseNote>().ToListAsync());
        rows.ShouldAllBe(row => !System.Text.Encoding.UTF8.GetString(row.Text).Contains("carrier"));
        (await house.House.WithDbAsync(db => db.Set<AuditEntry>().ToListAsync())).ShouldAllBe(entry => !entry.Codes.Contains("Quorvelle"));
        var elsewhere = await house.ReportWithAccountsAsync();
        (await house.House.DoAsync<WriteNote.Request, WriteNote.Receipt>(one, new("Not of this report.", 0, elsewhere.Id, Corrects: first.Id))).ShouldBeRefused("no-such-note");
    }

    [Fact]
    public async Task A_note_of_a_megabyte_is_taken_and_one_letter_more_is_refused_in_plain_words()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (one, report) = (await house.AnalystAsync(), await house.ReportWithAccountsAsync());
        var text = new string('é', WriteNote.LettersMax);
        await house.DoneAsync<WriteNote.Request, WriteNote.Receipt>(one, new(text, 0, report.Id));
        (await CaseAsync(house, one, report)).Notes.ShouldHaveSingleItem().Text.ShouldBe(text);

        var refused = await house.House.DoAsync<WriteNote.Request, WriteNote.Receipt>(one, new(text + "x", 1, report.Id));
        refused.ShouldBeRefused("note-too-long");
        refused.Problem.What.ShouldBe("A note holds 1,048,576 letters, and this has 1,048,577. Nothing was stored; your text is kept below.");
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task My_tasks_are_mine_and_my_units_with_what_is_late_first_and_end_done_or_dropped_with_a_reason(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var (one, two, elsewhere) = (await house.AnalystAsync("One"), await house.AnalystAsync("Two"), await house.AnalystAsync("Elsewhere", "MOFBI0200"));
        var report = await house.ReportWithAccountsAsync();
        var later = await house.TaskAsync(two, one, TimeSpan.FromDays(3), report.Id);
        var soon = await house.TaskAsync(two, one, TimeSpan.FromHours(1), report.Id);
        await house.TaskAsync(two, elsewhere, TimeSpan.FromHours(1), report.Id);
        var units = (await house.DoneAsync<GiveTask.Request, GiveTask.Receipt>(elsewhere, new("Read the list.", house.House.Clock.GetUtcNow().AddHours(2), Unit: "DCFBI0100"))).Id;
        await house.House.PassAsync(TimeSpan.FromHours(5));

        var mine = await house.DoneAsync<ListCasework.Request, ListCasework.Page>(one, new(Mine: true));
        mine.Tasks.Select(task => task.Id).ShouldBe([soon, units, later]);
        (mine.OpenTasks, mine.Late).ShouldBe((4, 3));
        (await house.DoneAsync<ListCasework.Request, ListCasework.Page>(one, new(Late: true))).Tasks.Count.ShouldBe(3);
        (await house.House.WithDbAsync(db => Notices.UnseenBy(db, one).Where(notice => notice.Code == "task-late").CountAsync())).ShouldBe(1);
        (await EndAsync(elsewhere, soon, TaskEnd.Done)).ShouldBeRefused("not-your-unit");
        (await EndAsync(one, soon, TaskEnd.Dropped)).ShouldBeRefused("reason-missing");
        (await EndAsync(one, soon, TaskEnd.Dropped, "The carrier called.")).IsDone.ShouldBeTrue();
        (await EndAsync(one, units, TaskEnd.Done)).IsDone.ShouldBeTrue();
        (await EndAsync(two, later, TaskEnd.Done)).IsDone.ShouldBeTrue();
        (await EndAsync(two, later, TaskEnd.Done)).ShouldBeRefused("task-ended");
        var dropped = (await CaseAsync(house, one, report)).Tasks.Single(task => task.Id == soon);
        (dropped.State, dropped.EndWords).ShouldBe((CaseTaskState.Dropped, "The carrier called."));

        Task<Result<EndTask.Receipt>> EndAsync(Actor actor, CaseTaskId id, TaskEnd end, string? words = null) =>
            house.House.DoAsync<EndTask.Request, EndTask.Receipt>(actor, new(id, end, words));
    }

    [Fact]
    public async Task A_task_is_for_one_who_works_here_and_is_due_in_the_future()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (one, officer) = (await house.AnalystAsync(), await house.House.PersonAsync(Role.Officer, "KC", "KC-01"));
        var soon = house.House.Clock.GetUtcNow().AddHours(1);
        (await GiveAsync(new("Call the carrier.", soon))).ShouldBeRefused("nobody-named");
        (await GiveAsync(new("Call the carrier.", soon, one.Id, "DCFBI0100"))).ShouldBeRefused("nobody-named");
        (await GiveAsync(new("Call the carrier.", soon, officer.Id))).ShouldBeRefused("no-such-person");
        (await GiveAsync(new("Call the carrier.", soon, Unit: "XX0000000"))).ShouldBeRefused("no-such-unit");
        (await GiveAsync(new("Call the carrier.", soon.AddHours(-1), one.Id))).ShouldBeRefused("due-in-past");
        (await GiveAsync(new("Call the carrier.", soon, one.Id))).IsDone.ShouldBeTrue();

        Task<Result<GiveTask.Receipt>> GiveAsync(GiveTask.Request request) => house.House.DoAsync<GiveTask.Request, GiveTask.Receipt>(one, request);
    }

    [Fact]
    public async Task All_who_review_see_a_request_and_its_unit_its_holder_and_those_who_lead_change_it()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (one, colleague, elsewhere) = (await house.AnalystAsync("One"), await house.AnalystAsync("Two"), await house.AnalystAsync("Elsewhere", "MOFBI0200"));
        var report = await house.ReportWithAccountsAsync();
        var (first, second) = (await house.AskAsync(one, CaseworkHouse.Asking(report)), await house.AskAsync(one, CaseworkHouse.Asking(report)));

        (await house.RequestAsync(elsewhere, first.Id)).MayChange.ShouldBeFalse();
        (await WithdrawAsync(elsewhere, first.Id)).ShouldBeRefused("not-your-unit");
        (await WithdrawAsync(colleague, first.Id)).IsDone.ShouldBeTrue();
        (await WithdrawAsync(await house.SupervisorAsync(), second.Id)).IsDone.ShouldBeTrue();
        (await house.DoneAsync<ListCasework.Request, ListCasework.Page>(elsewhere, new(Ended: true))).Requests.Count.ShouldBe(2);

        Task<Result<RequestMoved>> WithdrawAsync(Actor actor, LegalRequestId id) =>
            house.House.DoAsync<WithdrawRequest.Request, RequestMoved>(actor, new(id, "No longer needed."));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Tasks_and_requests_go_with_the_reports_at_the_end_of_a_shift(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var (giver, taker, report) = (await house.AnalystAsync("Giver"), await house.AnalystAsync("Taker"), await house.ReportWithAccountsAsync());
        var request = await house.AskAsync(giver, CaseworkHouse.Asking(report));
        var task = await house.TaskAsync(giver, giver, TimeSpan.FromDays(1), request: request.Id);
        (await house.DoneAsync<ShowHandOver.Request, ShowHandOver.Page>(giver, new())).MyWork.Count.ShouldBe(2);

        (await house.DoneAsync<HandOverReports.Request, HandOverReports.Receipt>(giver, new(taker.Id, "The carrier answers at noon."))).Work.ShouldBe(2);

        var mine = await house.DoneAsync<ListCasework.Request, ListCasework.Page>(taker, new(Mine: true));
        (mine.Tasks.ShouldHaveSingleItem().Id, mine.Requests.ShouldHaveSingleItem().Id).ShouldBe((task, request.Id));
        var page = await house.DoneAsync<ShowHandOver.Request, ShowHandOver.Page>(taker, new());
        page.HandOvers.ShouldHaveSingleItem().Work.Select(work => (work.IsTask, work.Number)).ShouldBe([(true, $"report {report.Number}"), (false, request.Reference)], ignoreOrder: true);
        (await house.RequestAsync(taker, request.Id)).Steps.Select(step => step.Words).ShouldBe(["Drafted", "Handed over"]);
    }

    [Fact]
    public async Task Work_on_a_report_that_the_taker_is_to_read_blind_stays_with_the_giver()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (giver, taker) = (await house.AnalystAsync("Giver"), await house.AnalystAsync("Taker"));
        var (_, strong, _) = await house.FittingAsync();
        // Above the threshold: it is read again, and there is nobody else to draw.
        await house.DoneAsync<ParkReport.Request, ParkReport.Receipt>(giver, new(strong.Id, "Waits for the carrier."));
        var blind = await house.TaskAsync(giver, giver, TimeSpan.FromDays(1), strong.Id);
        var other = await house.TaskAsync(giver, giver, TimeSpan.FromDays(1));

        (await house.DoneAsync<HandOverReports.Request, HandOverReports.Receipt>(giver, new(taker.Id, "For you."))).Work.ShouldBe(1);

        (await house.DoneAsync<ListCasework.Request, ListCasework.Page>(giver, new(Mine: true))).Tasks.ShouldHaveSingleItem().Id.ShouldBe(blind);
        (await house.DoneAsync<ListCasework.Request, ListCasework.Page>(taker, new(Mine: true))).Tasks.ShouldHaveSingleItem().Id.ShouldBe(other);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_lead_that_ends_leaves_its_requests_and_tasks_open_and_those_who_hold_them_are_told(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var (one, supervisor) = (await house.AnalystAsync("One"), await house.SupervisorAsync());
        var (entry, _, match) = await house.FittingAsync();
        var lead = (await house.ConfirmAsync(match)).Lead!.Value;
        var report = house.Intake.Reports.Values.Single();
        house.Intake.Reports[report.Id] = report with { Identifiers = [new("email", "one@example.test", "/report/email[1]")] };
        var onLead = await house.AskAsync(one, CaseworkHouse.Asking(report) with { Report = null, Lead = lead, Accounts = [$"{report.Id}:/report/email[1]"] });
        var onReport = await house.AskAsync(one, CaseworkHouse.Asking(report) with { Accounts = [$"{report.Id}:/report/email[1]"] });
        var closed = await house.AskAsync(one, CaseworkHouse.Asking(report) with { Accounts = [$"{report.Id}:/report/email[1]"] });
        await house.DoneAsync<WithdrawRequest.Request, RequestMoved>(one, new(closed.Id, "No longer needed."));
        await house.TaskAsync(supervisor, one, TimeSpan.FromDays(1), lead: lead);

        await house.DoneAsync<WithdrawLead.Request, Done>(supervisor, new(lead, "It was another child."));

        var open = await house.DoneAsync<ListCasework.Request, ListCasework.Page>(one, new(Mine: true));
        open.Requests.Select(row => (row.Id, row.LeadEnded)).ShouldBe([(onLead.Id, true), (onReport.Id, false)], ignoreOrder: true);
        open.Tasks.ShouldHaveSingleItem();
        var page = await house.RequestAsync(one, onLead.Id);
        (page.LeadEnded, page.Steps[^1].Words).ShouldBe(("withdrawn", "The lead ended; this stays open"));
        var told = await house.House.WithDbAsync(db => Notices.UnseenBy(db, one).Select(notice => notice.Code).ToListAsync());
        told.Where(code => code.EndsWith("lead-ended", StringComparison.Ordinal)).Order().ShouldBe(["request-lead-ended", "request-lead-ended", "task-lead-ended"]);
        (await house.House.DoAsync<RequestRecords.Request, RequestRecords.Receipt>(one, CaseworkHouse.Asking(report) with { Report = null, Lead = lead })).ShouldBeRefused("lead-ended");
        entry.Nic.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Clocks_stand_on_the_home_page_and_in_the_workload_and_a_reference_is_found()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (one, supervisor, report) = (await house.AnalystAsync("One"), await house.SupervisorAsync(), await house.ReportWithAccountsAsync());
        var request = await house.AskAsync(one, CaseworkHouse.Asking(report));
        await house.ServeAsync(one, request.Id);
        await house.TaskAsync(supervisor, one, TimeSpan.FromDays(100), report.Id);
        var due = (await house.RequestAsync(one, request.Id)).DueAt;
        (await RowsAsync(one)).ShouldBe([("A task", house.House.Clock.GetUtcNow().AddDays(100), false), ("Renew a preservation, or obtain process", due, false)]);
        (await RowsAsync(supervisor)).ShouldBeEmpty();

        await house.House.PassAsync(TimeSpan.FromDays(91));

        (await RowsAsync(supervisor)).ShouldBe([("Renew a preservation, or obtain process", due, true)]);
        var load = (await house.DoneAsync<ShowWorkload.Request, ShowWorkload.Page>(supervisor, new())).Analysts.ShouldHaveSingleItem();
        (load.Work, load.Late).ShouldBe((2, 1));
        var found = await house.DoneAsync<Homeward.Foundations.FindByNumber.Request, Homeward.Foundations.FindByNumber.Page>(one, new(request.Reference.ToLowerInvariant()));
        found.Rows.ShouldContain(row => row.Link == $"/review/requests/{request.Id}");

        async Task<List<(string What, DateTimeOffset? DueAt, bool Critical)>> RowsAsync(Actor person) =>
            [.. (await house.DoneAsync<Homeward.Foundations.ShowHome.Request, Homeward.Foundations.ShowHome.Page>(person, new())).Groups
                .Where(group => group.Stage == "review").SelectMany(group => group.Rows)
                .Where(row => row.Link.StartsWith("/review/requests/", StringComparison.Ordinal) || row.Link == GiveTask.MyTasks).Select(row => (row.What, row.DueAt, row.Critical))];
    }
}
