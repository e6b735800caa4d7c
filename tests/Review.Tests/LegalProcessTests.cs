using Homeward.Foundations.Work;
using Homeward.Review.Casework;
using Homeward.Review.Files;

namespace Homeward.Review.Tests;

/// <summary>Requests for records: what each process reaches, its steps, its clocks, what came back, and the letter.</summary>
public sealed class LegalProcessTests
{
    private static readonly DateOnly _day = new(2019, 7, 1);

    [Fact]
    public void Every_process_has_one_rule_a_day_with_its_source_and_a_letter_unless_it_goes_to_a_court_alone()
    {
        foreach (var kind in Enum.GetValues<LegalRequestKind>())
        {
            var rule = ProcessRules.On(kind, _day).ShouldNotBeNull();
            (rule.Authority.Length > 0, rule.Says.Length > 0, rule.Source.Length > 0).ShouldBe((true, true, true));
            rule.WarnDays.ShouldBe(rule.WarnDays.OrderDescending());
            rule.Steps.ShouldAllBe(step => step.Split('>', StringSplitOptions.None).All(state => Enum.IsDefined(Enum.Parse<LegalRequestState>(state))));
            // Whatever is served can be answered, and every road leads from the draft to service.
            rule.Allows(LegalRequestState.Served, LegalRequestState.Answered).ShouldBeTrue();
            (rule.Allows(LegalRequestState.Draft, LegalRequestState.Served) != rule.Allows(LegalRequestState.Draft, LegalRequestState.Applied)).ShouldBeTrue();
        }
        ProcessRules.On(LegalRequestKind.Preservation, new DateOnly(1996, 4, 23)).ShouldBeNull();
    }

    [Theory]
    [InlineData(LegalRequestKind.GrandJurySubpoena, RecordKind.Contents)]
    [InlineData(LegalRequestKind.AdministrativeSubpoena, RecordKind.OtherRecords)]
    [InlineData(LegalRequestKind.CourtOrder, RecordKind.Contents)]
    public async Task What_a_process_does_not_reach_is_refused(LegalRequestKind kind, RecordKind beyond)
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (analyst, report) = (await house.AnalystAsync(), await house.ReportWithAccountsAsync());
        (await house.House.DoAsync<RequestRecords.Request, RequestRecords.Receipt>(analyst, CaseworkHouse.Asking(report, kind, RecordKind.Subscriber, beyond)))
            .ShouldBeRefused("beyond-the-process");
        await house.AskAsync(analyst, CaseworkHouse.Asking(report, LegalRequestKind.SearchWarrant, beyond));
    }

    [Fact]
    public async Task Accounts_are_those_of_the_report_and_somebody_signs()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (analyst, report, other) = (await house.AnalystAsync(), await house.ReportWithAccountsAsync(), await house.ReportWithAccountsAsync());
        var asked = CaseworkHouse.Asking(report);
        (await TryAsync(asked with { Accounts = [$"{other.Id}:/report/email[1]"] })).ShouldBeRefused("account-gone");
        (await TryAsync(asked with { Accounts = [] })).ShouldBeRefused("no-account");
        (await TryAsync(asked with { Asks = null })).ShouldBeRefused("nothing-asked");
        (await TryAsync(asked with { Signatory = "" })).ShouldBeRefused("request-invalid");
        (await TryAsync(asked with { Report = null })).ShouldBeRefused("subject-unclear");
        (await TryAsync(asked with { Kind = LegalRequestKind.FileWarrant, File = "the second one" })).ShouldBeRefused("file-unclear");

        var page = await house.RequestAsync(analyst, (await house.AskAsync(analyst, asked)).Id);
        page.Reference.ShouldBe($"{report.Number}-R1");
        page.Accounts.ShouldBe([
            new("email", "one@example.test", report.Number, "/report/email[1]"), new("ip", "192.0.2.1", report.Number, "/report/ip[3]")]);

        Task<Result<RequestRecords.Receipt>> TryAsync(RequestRecords.Request request) =>
            house.House.DoAsync<RequestRecords.Request, RequestRecords.Receipt>(analyst, request);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_preservation_runs_ninety_days_is_renewed_once_before_its_end_and_never_after(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var (analyst, report) = (await house.AnalystAsync(), await house.ReportWithAccountsAsync());
        var (renewed, forgotten) = (await house.AskAsync(analyst, CaseworkHouse.Asking(report)), await house.AskAsync(analyst, CaseworkHouse.Asking(report)));
        (await RenewAsync(renewed.Id)).ShouldBeRefused("not-renewable");
        // Noon UTC on 1 July, at no office: its days run in UTC.
        (await house.ServeAsync(analyst, renewed.Id)).DueAt.ShouldBe(new DateTimeOffset(2019, 9, 30, 0, 0, 0, TimeSpan.Zero));
        await house.ServeAsync(analyst, forgotten.Id);
        await house.DoneAsync<RecordReturn.Request, RequestMoved>(
            analyst, new(renewed.Id, house.House.Clock.GetUtcNow(), ReturnOutcome.Complete, [RecordKind.Subscriber], "confirmation 4"));
        (await house.RequestAsync(analyst, renewed.Id)).State.ShouldBe(LegalRequestState.Served);

        house.House.Clock.DriveTo(new DateTimeOffset(2019, 9, 29, 23, 59, 0, TimeSpan.Zero));
        (await RenewAsync(renewed.Id)).Value.DueAt.ShouldBe(new DateTimeOffset(2019, 12, 29, 0, 0, 0, TimeSpan.Zero));
        (await RenewAsync(renewed.Id)).ShouldBeRefused("renewed-already");
        house.House.Clock.DriveTo(new DateTimeOffset(2019, 9, 30, 0, 0, 0, TimeSpan.Zero));
        (await RenewAsync(forgotten.Id)).ShouldBeRefused("ran-out");
        var page = await house.RequestAsync(analyst, renewed.Id);
        (page.Renewals, page.MayRenew).ShouldBe((1, false));
        page.Steps.Select(step => step.Words).ShouldBe(["Drafted", "Served", "Came back", "Renewed"]);

        Task<Result<RequestMoved>> RenewAsync(LegalRequestId id) =>
            house.House.DoAsync<RenewRequest.Request, RequestMoved>(analyst, new(id, house.House.Clock.GetUtcNow(), ServedBy.Email));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_warrant_goes_from_the_judge_to_the_provider_and_what_came_in_part_leaves_its_clock_running(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var (analyst, report) = (await house.AnalystAsync(), await house.ReportWithAccountsAsync());
        var id = (await house.AskAsync(analyst, CaseworkHouse.Asking(report, LegalRequestKind.SearchWarrant, RecordKind.Contents))).Id;
        var now = house.House.Clock.GetUtcNow();
        (await house.House.DoAsync<ServeRequest.Request, RequestMoved>(analyst, new(id, now, ServedBy.Portal, now.AddDays(20)))).ShouldBeRefused("no-such-step");
        await house.DoneAsync<ApplyForProcess.Request, RequestMoved>(analyst, new(id, now, "docket 5"));
        (await house.House.DoAsync<RecordRuling.Request, RequestMoved>(analyst, new(id, RulingKind.Granted, now.AddMinutes(1)))).ShouldBeRefused("in-future");
        (await house.House.DoAsync<RecordRuling.Request, RequestMoved>(analyst, new(id, RulingKind.Granted, now.AddMinutes(-1)))).ShouldBeRefused("out-of-order");
        var granted = await house.DoneAsync<RecordRuling.Request, RequestMoved>(analyst, new(id, RulingKind.Granted, now, "warrant 19-mj-7"));
        granted.DueAt.ShouldBe(new DateTimeOffset(2019, 7, 16, 0, 0, 0, TimeSpan.Zero));
        (await house.House.DoAsync<ServeRequest.Request, RequestMoved>(analyst, new(id, now, ServedBy.Portal))).ShouldBeRefused("due-missing");
        (await house.House.DoAsync<ServeRequest.Request, RequestMoved>(analyst, new(id, now, ServedBy.Portal, now))).ShouldBeRefused("due-before-service");
        // An offset as forms send it: PostgreSQL takes instants in UTC only.
        var due = new DateTimeOffset(2019, 7, 20, 17, 0, 0, TimeSpan.FromHours(-5));
        (await house.ServeAsync(analyst, id, due)).DueAt.ShouldBe(due);

        (await ReturnAsync(ReturnOutcome.Complete, null)).ShouldBeRefused("reference-missing");
        (await ReturnAsync(ReturnOutcome.Partial, "sha-256 of the first disk")).Value.ShouldBe(new(id, LegalRequestState.Served, due.ToUniversalTime()));
        (await ReturnAsync(ReturnOutcome.Complete, "sha-256 of the second disk")).Value.State.ShouldBe(LegalRequestState.Answered);
        (await ReturnAsync(ReturnOutcome.Complete, "a third")).ShouldBeRefused("not-served");
        (await house.House.DoAsync<WithdrawRequest.Request, RequestMoved>(analyst, new(id, "No longer needed."))).ShouldBeRefused("request-ended");
        var page = await house.RequestAsync(analyst, id);
        page.Steps.Where(step => step.Outcome is not null).Select(step => step.Reference).ShouldBe(["sha-256 of the first disk", "sha-256 of the second disk"]);

        Task<Result<RequestMoved>> ReturnAsync(ReturnOutcome outcome, string? reference) =>
            house.House.DoAsync<RecordReturn.Request, RequestMoved>(analyst, new(id, house.House.Clock.GetUtcNow(), outcome, [RecordKind.Contents], reference));
    }

    [Fact]
    public async Task A_warrant_for_a_file_keeps_the_advice_of_its_day_and_stands_beside_it_until_its_return()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (analyst, report) = (await house.AnalystAsync(), await house.ReportWithAccountsAsync());
        var hash = new string('a', 64);
        var id = (await house.AskAsync(analyst, new(LegalRequestKind.FileWarrant, "D. Kan.", "A. Signatory", "Special Agent", Report: report.Id, File: hash))).Id;
        var advice = (await house.RequestAsync(analyst, id)).Advice.ShouldNotBeNull();
        (advice.Kind, advice.Circuit, advice.AsOf).ShouldBe((FileAccessKind.WarrantFirst, "10", _day));

        var now = house.House.Clock.GetUtcNow();
        (await StateAsync()).ShouldBe("Draft");
        await house.DoneAsync<ApplyForProcess.Request, RequestMoved>(analyst, new(id, now));
        await house.DoneAsync<RecordRuling.Request, RequestMoved>(analyst, new(id, RulingKind.Granted, now));
        (await StateAsync()).ShouldBe("Granted");
        (await house.ServeAsync(analyst, id)).DueAt.ShouldBe(new DateTimeOffset(2019, 7, 9, 0, 0, 0, TimeSpan.Zero));
        (await StateAsync()).ShouldBe("Executed");
        await house.DoneAsync<RecordReturn.Request, RequestMoved>(analyst, new(id, now, ReturnOutcome.Complete, Reference: "inventory 1"));
        (await StateAsync()).ShouldBe("Returned");
        (await house.House.DoAsync<ShowLetter.Request, ShowLetter.Page>(analyst, new(id))).ShouldBeRefused("not-found");

        async Task<string> StateAsync()
        {
            var page = await house.DoneAsync<ShowReport.Request, ShowReport.Page>(analyst, new(report.Id));
            page.Requests.ShouldBeEmpty();
            var row = page.FileWarrants.ShouldHaveSingleItem();
            row.File.ShouldBe(hash);
            return row.StateWords;
        }
    }

    [Fact]
    public async Task The_letter_names_accounts_authority_and_signatory_and_no_child_and_stays_as_it_was_served()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (analyst, report) = (await house.AnalystAsync(), house.Report("Renata", "Solberg", "2003-04-15", identifiers: ("email", "one@example.test")));
        await house.DeliverAsync([report]);
        var id = (await house.AskAsync(analyst, CaseworkHouse.Asking(report) with { Accounts = [$"{report.Id}:/report/email[1]"], HolderAddress = "Custodian of records\nExample Street 1" })).Id;
        (await LetterAsync()).IsDraft.ShouldBeTrue();

        await house.ServeAsync(analyst, id);
        var served = await LetterAsync();
        await house.House.PassAsync(TimeSpan.FromDays(2));

        var letter = served.Letter;
        letter.To.ShouldBe(["Example Service", "Custodian of records", "Example Street 1"]);
        (letter.Reference, letter.Date, letter.Signatory, letter.SignatoryTitle).ShouldBe(($"{report.Number}-R1", "July 1, 2019", "A. Signatory", "Special Agent"));
        letter.Accounts.ShouldBe([new("email", "one@example.test", report.Number)]);
        var text = System.Text.Json.JsonSerializer.Serialize(letter);
        string.Concat(letter.Paragraphs).ShouldNotContain("{");
        text.ShouldContain("18 USC 2703(f)");
        text.ShouldContain("for 90 days from receipt");
        text.ShouldNotContain("Solberg");
        (served.IsDraft, served.Hash!.Length).ShouldBe((false, 64));
        System.Text.Json.JsonSerializer.Serialize((await LetterAsync()).Letter).ShouldBe(text);

        Task<ShowLetter.Page> LetterAsync() => house.DoneAsync<ShowLetter.Request, ShowLetter.Page>(analyst, new(id));
    }

    [Fact]
    public async Task However_many_were_warned_of_the_next_is_too()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (analyst, report) = (await house.AnalystAsync(), await house.ReportWithAccountsAsync());
        var id = (await house.AskAsync(analyst, CaseworkHouse.Asking(report))).Id;
        await house.ServeAsync(analyst, id);
        await house.House.WithDbAsync(async db =>
        {
            var behind = await db.Set<LegalRequest>().AsNoTracking().SingleAsync(row => row.Id == id);
            for (var more = 1; more <= Casework.WarnOfDeadlines.BatchMax; more++)
            {
                // One that runs out earlier, and of which all was told.
                var row = db.Entry(Activator.CreateInstance<LegalRequest>());
                row.CurrentValues.SetValues(behind);
                row.CurrentValues["Id"] = LegalRequestId.From(Guid.CreateVersion7());
                row.CurrentValues["Reference"] = $"{behind.Reference}-{more}";
                row.CurrentValues["Ordinal"] = behind.Ordinal + more;
                row.CurrentValues["DueAt"] = behind.DueAt!.Value.AddSeconds(-1);
                row.CurrentValues["Warned"] = 99;
                row.State = EntityState.Added;
            }
            return await db.SaveChangesAsync();
        });
        await house.House.PassAsync(TimeSpan.FromDays(77));
        (await house.House.WithDbAsync(db => Notices.UnseenBy(db, analyst).SingleAsync(notice => notice.Code == "request-due"))).Link.ShouldBe($"/review/requests/{id}");
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task People_are_warned_before_a_clock_runs_out_once_each_and_those_who_lead_when_it_has(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var (analyst, supervisor, report) = (await house.AnalystAsync(), await house.SupervisorAsync(), await house.ReportWithAccountsAsync());
        var id = (await house.AskAsync(analyst, CaseworkHouse.Asking(report))).Id;
        await house.ServeAsync(analyst, id);

        await house.House.PassAsync(TimeSpan.FromDays(75));
        (await NoticesAsync(analyst, "request-due")).ShouldBe(0);
        await house.House.PassAsync(TimeSpan.FromDays(1));
        await house.House.PassAsync(TimeSpan.FromDays(1));
        (await NoticesAsync(analyst, "request-due")).ShouldBe(1);
        await house.House.PassAsync(TimeSpan.FromDays(10));
        (await NoticesAsync(analyst, "request-due"), await NoticesAsync(supervisor, "request-late")).ShouldBe((2, 0));
        await house.House.PassAsync(TimeSpan.FromDays(5));
        (await NoticesAsync(analyst, "request-late"), await NoticesAsync(supervisor, "request-late")).ShouldBe((1, 1));
        await house.House.PassAsync(TimeSpan.FromDays(5));
        (await NoticesAsync(analyst, "request-due"), await NoticesAsync(supervisor, "request-late")).ShouldBe((2, 1));

        Task<int> NoticesAsync(Actor person, string code) => house.House.WithDbAsync(db => Notices.UnseenBy(db, person).CountAsync(notice => notice.Code == code));
    }
}
