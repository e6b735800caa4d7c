using Homeward.Review.Casework;

namespace Homeward.Review.Tests;

/// <summary>R-63: what is open in casework keeps a report, and what is left of closed casework when its report was purged.</summary>
public sealed class CaseworkRetentionTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task What_is_open_on_a_report_or_on_its_lead_keeps_it_and_its_term_runs_from_the_last_of_it(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var analyst = await house.AnalystAsync("One");
        var report = await house.ReportWithAccountsAsync();
        (await house.House.DoAsync<DismissReports.Request, DismissReports.Receipt>(analyst, new([report.Id], "Leads nowhere."))).Value.Dismissed.ShouldBe(1);
        (await house.StandingAsync(report)).Stays.ShouldBeNull();

        var task = await house.TaskAsync(analyst, analyst, TimeSpan.FromDays(3), report.Id);
        (await house.StandingAsync(report)).Stays.ShouldBe("open-task");
        var asked = await house.AskAsync(analyst, CaseworkHouse.Asking(report, LegalRequestKind.AdministrativeSubpoena));
        (await house.StandingAsync(report)).Stays.ShouldBe("open-request");
        var preserved = await house.AskAsync(analyst, CaseworkHouse.Asking(report));
        (await house.StandingAsync(report)).Stays.ShouldBe("open-request");
        await house.ServeAsync(analyst, preserved.Id);
        (await house.StandingAsync(report)).Stays.ShouldBe("preservation-request");
        // Its last day is over, and nobody has closed it.
        await house.House.PassAsync(TimeSpan.FromDays(400));
        (await house.StandingAsync(report)).Stays.ShouldBe("preservation-request");
        var warrant = await house.AskAsync(analyst, CaseworkHouse.Asking(report, LegalRequestKind.FileWarrant) with { File = new string('a', 64), Accounts = [], Asks = [] });
        (await house.StandingAsync(report)).Stays.ShouldBe("open-file-warrant");

        foreach (var (closed, next) in new (LegalRequestId, string?)[] { (warrant.Id, "preservation-request"), (preserved.Id, "open-request"), (asked.Id, "open-task") })
        {
            await house.DoneAsync<WithdrawRequest.Request, RequestMoved>(analyst, new(closed, "Not needed."));
            (await house.StandingAsync(report)).Stays.ShouldBe(next);
        }
        await house.House.PassAsync(TimeSpan.FromDays(5));
        await house.DoneAsync<EndTask.Request, EndTask.Receipt>(analyst, new(task, TaskEnd.Done));
        var standing = await house.StandingAsync(report);
        (standing.Stays, standing.End, standing.Since).ShouldBe((null, ReportEnd.SetAside, house.House.Clock.GetUtcNow()));
    }

    [Theory]
    [InlineData("open-task"), InlineData("open-request"), InlineData("preservation-request"), InlineData("open-file-warrant")]
    public async Task Each_piece_that_is_open_keeps_a_report_alone(string why)
    {
        await using var house = await ReviewHouse.OpenAsync();
        var analyst = await house.AnalystAsync("One");
        var report = await house.ReportWithAccountsAsync();
        await house.House.DoAsync<DismissReports.Request, DismissReports.Receipt>(analyst, new([report.Id], "Leads nowhere."));
        if (why == "open-task") await house.TaskAsync(analyst, analyst, TimeSpan.FromDays(3), report.Id);
        else
        {
            var asked = await house.AskAsync(analyst, why == "open-file-warrant"
                ? CaseworkHouse.Asking(report, LegalRequestKind.FileWarrant) with { File = new string('a', 64), Accounts = [], Asks = [] }
                : CaseworkHouse.Asking(report));
            if (why == "preservation-request") await house.ServeAsync(analyst, asked.Id);
        }
        (await house.StandingAsync(report)).Stays.ShouldBe(why);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_task_on_a_lead_that_ended_keeps_its_reports(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var (analyst, supervisor) = (await house.AnalystAsync("One"), await house.SupervisorAsync());
        var (_, report, match) = await house.FittingAsync();
        var lead = (await house.ConfirmAsync(match)).Lead!.Value;
        var task = await house.TaskAsync(analyst, analyst, TimeSpan.FromDays(3), lead: lead);
        await house.DoneAsync<WithdrawLead.Request, Done>(supervisor, new(lead, "Found elsewhere."));
        (await house.StandingAsync(report)).Stays.ShouldBe("open-task");
        await house.DoneAsync<EndTask.Request, EndTask.Receipt>(analyst, new(task, TaskEnd.Done));
        (await house.StandingAsync(report)).Stays.ShouldBeNull();
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Notes_and_tasks_go_with_their_report_and_a_request_stays_without_what_it_named(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var (analyst, other) = (await house.AnalystAsync("One"), await house.AnalystAsync("Two"));
        var (report, beside) = (await house.ReportWithAccountsAsync(), await house.ReportWithAccountsAsync());
        foreach (var on in new[] { report, beside })
        {
            await house.DoneAsync<WriteNote.Request, WriteNote.Receipt>(analyst, new("Note withheld.", 0, on.Id));
            await house.TaskAsync(analyst, analyst, TimeSpan.FromDays(3), on.Id);
        }
        var asked = await house.AskAsync(analyst, CaseworkHouse.Asking(report) with { Note = "Note withheld." });
        await house.ServeAsync(analyst, asked.Id);
        await house.DoneAsync<WithdrawRequest.Request, RequestMoved>(analyst, new(asked.Id, "Not needed."));
        var before = await house.RequestAsync(analyst, asked.Id);
        (await LeftAsync(house, report)).Where(place => place.Found > 0).Select(place => place.Place)
            .ShouldBe(["queue_items", "case_notes", "case_tasks", "legal_requests: accounts and letters"]);

        await house.PurgeAsync(report);

        (await LeftAsync(house, report)).ShouldAllBe(place => place.Found == 0);
        var after = await house.RequestAsync(analyst, asked.Id);
        after.Accounts.Select(one => (one.Kind, one.Value, one.Path)).ShouldBe(before.Accounts.Select(one => (one.Kind, CaseworkOfReports.Purged, "")));
        (after.Reference, after.State, after.Holder, after.LetterHash).ShouldBe((before.Reference, before.State, before.Holder, before.LetterHash));
        after.Steps.Select(step => (step.Words, step.At, step.Reference, step.Note)).ShouldBe(before.Steps.Select(step => (step.Words, step.At, step.Reference, (string?)null)));
        before.Steps.ShouldContain(step => step.Note != null);
        (before.HasLetter, after.HasLetter).ShouldBe((true, false));
        (await house.House.DoAsync<ShowLetter.Request, ShowLetter.Page>(analyst, new(asked.Id))).Problem.What.ShouldStartWith("This letter was purged");
        // What hangs on another report is as it was, and the lists open.
        var casework = await house.DoneAsync<ShowCasework.Request, ShowCasework.Page>(other, new(beside.Id));
        (casework.Notes.Count, casework.Tasks.Count).ShouldBe((1, 1));
        (await house.DoneAsync<ListCasework.Request, ListCasework.Page>(other, new(Ended: true))).Requests.ShouldHaveSingleItem().Reference.ShouldBe(asked.Reference);
    }

    [Fact]
    public async Task A_request_on_a_lead_loses_the_accounts_of_the_purged_report_and_no_others()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var analyst = await house.AnalystAsync("One");
        var entry = house.Entry("Renata", "Solberg", "2003-04-15");
        var reports = new[] { "one", "two" }.Select(name =>
            house.Report("Renata", "Solberg", "2003-04-15", identifiers: [("email", $"{name}@example.test")])).ToList();
        await house.DeliverAsync(reports, [entry]);
        LeadId lead = default;
        foreach (var report in reports) lead = (await house.ConfirmAsync((await house.MatchesAsync(report)).ShouldHaveSingleItem().Id)).Lead!.Value;
        var asked = await house.AskAsync(analyst, CaseworkHouse.Asking(reports[0]) with
        {
            Report = null, Lead = lead, Accounts = [.. reports.Select(report => $"{report.Id}:{report.Identifiers[0].Path}")],
        });
        await house.PurgeAsync(reports[0]);
        (await house.RequestAsync(analyst, asked.Id)).Accounts.Select(one => one.Value).ShouldBe([CaseworkOfReports.Purged, "two@example.test"]);
        (await LeftAsync(house, reports[0])).ShouldAllBe(place => place.Found == 0);
    }

    private static Task<IReadOnlyList<PurgeFinding>> LeftAsync(ReviewHouse house, ReportGist report) =>
        house.House.WithDbAsync(db => house.House.Services.GetServices<IReportUse>().Single().FindLeftAsync(db, [report.Id], default));
}

/// <summary>How tests of retention ask Review, and purge.</summary>
internal static class RetentionHouse
{
    public static async Task<ReportStanding> StandingAsync(this ReviewHouse house, ReportGist report) => (await house.House.WithDbAsync(db =>
        house.House.Services.GetServices<IReportUse>().Single().StandingsAsync(
            db, new Dictionary<ReportId, string> { [report.Id] = report.Number }, house.House.Clock.GetUtcNow(), default))).ShouldHaveSingleItem();

    public static async Task PurgeAsync(this ReviewHouse house, ReportGist report)
    {
        (await house.House.DoAsync<IntakeInHand.Purge, Done>(await house.SupervisorAsync(), new([report.Id]))).IsDone.ShouldBeTrue();
        house.Intake.Purged[report.Id] = new PurgedReport(report.Id, report.Number, "retain-led", house.House.Clock.GetUtcNow());
        await house.House.DeliverAsync();
    }
}
