using Homeward.Exchange;
using Homeward.Foundations.Access;
using Homeward.Foundations.Audit;
using Homeward.Foundations.Duties;
using Homeward.Foundations.Rules;
using Homeward.Intake.Model;
using Homeward.Intake.Retention;
using Homeward.Kernel;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Intake.Tests;

/// <summary>R-63: what goes when, what stays whatever the rules say, and a purge that proves what it removed.</summary>
public sealed class RetentionTests
{
    private static readonly DateTimeOffset _over = Given.Noon.AddYears(2).AddDays(1);
    public static TheoryData<DatabaseKind> Databases => Given.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_purged_report_is_gone_with_its_files_and_leaves_a_tombstone_and_a_certificate_that_holds(DatabaseKind kind)
    {
        await using var purge = await PurgeHouse.OpenAsync(kind);
        // All in one block: what goes lies between what stays.
        var (first, second, third) = (Given.Xml("100200300"), Given.Xml("100200301"), Given.Xml("100200302", phone: "(816) 555-0199"));
        var reports = await purge.SetAsideAsync(first, second, Given.Xml("100200301", phone: "(816) 555-0198"), third);
        purge.Uses.Say(reports[0], ReportEnd.Led, Given.Noon);
        purge.Uses.Say(reports[2], null, null);
        (await purge.House.DoAsync<OpenReport.Request, OpenReport.Receipt>(await purge.SupervisorAsync(), new(reports[1]))).IsDone.ShouldBeTrue();
        var (gone, staying) = (await purge.SealedFileAsync(reports[1]), await purge.SealedFileAsync(reports[0]));
        File.Exists(gone + ".recipients").ShouldBeTrue();

        purge.Now(_over);
        var page = await purge.ShowAsync();
        page.Rules.Select(row => (row.Name, row.Due)).ShouldBe([
            ("retain-led", 0), ("retain-set-aside", 1), ("retain-no-nexus", 0), ("retain-tip", 0), ("retain-receipt", 0), ("retain-alert", 0), ("retain-reject", 0)]);
        page.Stays.Select(row => (row.Why, row.Records)).ShouldBe([("term", 1), ("unreviewed", 1)]);
        var certificate = await purge.PurgeAsync();

        certificate.Holds.ShouldBeTrue();
        certificate.PurgedByRule.ShouldBe(new Dictionary<string, int> { ["retain-set-aside"] = 1 });
        certificate.LookedFor.Select(place => place.Place).ShouldBe([
            "arrival_parts", "file_details: content", "original_blocks", "original_words", "refused_calls: content", "report_extractions", "report_identifiers", "report_openings", "reports", "sealed blobs and their recipients' keys",
            "sealed_files", "submission_files: names", "submissions: content", "uses"]);
        await purge.House.WithDbAsync(async db =>
        {
            (await db.Set<ReportIdentifierRow>().AnyAsync(row => row.ReportId == reports[1])).ShouldBeFalse();
            (await db.Set<ReportOpening>().AnyAsync()).ShouldBeFalse();
            (await db.Set<SealedFileRow>().CountAsync()).ShouldBe(1);
            (await db.Set<OriginalBlock>().SumAsync(row => row.Originals)).ShouldBe(2);
            var tombstone = await db.Set<PurgeItem>().SingleAsync();
            (tombstone.Number, tombstone.Sha256.Split('\n').Length, tombstone.PurgedAt).ShouldBe(("100200301", 2, _over));
            return true;
        });
        // Another node, which was told nothing, asks.
        (await PurgedSinceAsync(purge, _over)).ShouldBe([new PurgedPersons(reports[1], 4)], "two versions name two each");
        (await PurgedSinceAsync(purge, _over.AddSeconds(1))).ShouldBeEmpty();
        (File.Exists(gone), File.Exists(gone + ".recipients"), File.Exists(staying), File.Exists(staying + ".recipients")).ShouldBe((false, false, true, true));
        // What lay beside it is there byte for byte.
        (await purge.OriginalAsync(reports[0], 1)).ShouldBe(first.Bytes);
        (await purge.OriginalAsync(reports[2], 1)).ShouldBe(third.Bytes);
        var shown = await purge.House.DoAsync<ShowReport.Request, ShowReport.Page>(await purge.SupervisorAsync(), new(reports[1]));
        shown.TryGet(out _, out var problem).ShouldBeFalse();
        problem.What.ShouldBe("Purged under rule retain-set-aside on 2021-07-02.");

        using var trace = new StringWriter();
        await purge.House.Services.GetRequiredService<ExportTrace>().WriteAsync(trace, CancellationToken.None);
        trace.ToString().ShouldContain($"certificate={(await purge.ShowAsync()).Purges.Single().CertificateSha256}");
        (await VerifyTrace.CheckAsync(new StringReader(trace.ToString()), null, CancellationToken.None)).Faults.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_purged_report_that_comes_again_is_a_new_one_and_its_page_names_the_purge(DatabaseKind kind)
    {
        await using var purge = await PurgeHouse.OpenAsync(kind);
        var (goes, stays) = (Given.Xml("100200300"), Given.Xml("100200301"));
        var reports = await purge.SetAsideAsync(goes, stays);
        purge.Uses.Say(reports[1], null, null);
        purge.Now(_over);
        await purge.PurgeAsync();
        var list = (await purge.ShowAsync()).Purges.Single().Id;

        var again = (await purge.House.ReceiveAsync(goes)).Reports.ShouldHaveSingleItem();
        again.ShouldNotBe(reports[0]);
        var page = await PageAsync(again);
        page.PurgedBefore.ShouldBe([new PurgedBefore(list, _over, "retain-set-aside")]);
        page.PurgedBefore[0].Says.ShouldBe("A report with this number was purged on 2021-07-02 under rule retain-set-aside.");
        (await PageAsync(reports[1])).PurgedBefore.ShouldBeEmpty();

        async Task<ShowReport.Page> PageAsync(ReportId id)
        {
            var reader = await purge.SupervisorAsync();
            await purge.House.DoAsync<OpenReport.Request, OpenReport.Receipt>(reader, new(id));
            return (await purge.House.DoAsync<ShowReport.Request, ShowReport.Page>(reader, new(id))).Value;
        }
    }

    private static Task<List<PurgedPersons>> PurgedSinceAsync(PurgeHouse purge, DateTimeOffset since) => purge.House.WithDbAsync(async db =>
        await purge.House.Services.GetRequiredService<IIntake>().PurgedSinceAsync(db, since).ToListAsync());

    [Theory]
    [InlineData("hold"), InlineData("open-duty"), InlineData("open-lead"), InlineData("preservation"), InlineData("unreviewed"), InlineData("term")]
    public void Each_thing_that_speaks_for_a_report_keeps_it_alone(string why)
    {
        var today = new DateOnly(2021, 7, 2);
        var report = new Retained(RetainedKind.Report, Guid.Empty, "100200300", Given.Noon, why == "preservation" ? today : today.AddDays(-1));
        // Two years from the first of July end with that day; the second is the first on which it goes.
        RunningTerm[] terms = why == "unreviewed" ? [] : [new(RetentionRule.SetAside, why == "term" ? Given.Noon.AddDays(1) : Given.Noon)];
        RetentionRule.Judge(RuleBook.Shipped, today, report, why == "hold", why == "open-duty", [null, why == "open-lead" ? why : null], terms).Stays.ShouldBe(why);
        var free = RetentionRule.Judge(
            RuleBook.Shipped, today, report with { PreserveUntil = today.AddDays(-1) }, isHeld: false, owesDuty: false, [null], [new(RetentionRule.SetAside, Given.Noon)]);
        (free.Stays, free.EndsOn, free.Rule!.Name).ShouldBe((null, new DateOnly(2021, 7, 1), "retain-set-aside"));
    }

    [Fact]
    public void The_longest_term_of_all_stages_counts()
    {
        var report = new Retained(RetainedKind.Report, Guid.Empty, "100200300", Given.Noon, new DateOnly(2019, 9, 29));
        RunningTerm[] terms = [new(RetentionRule.NoNexus, Given.Noon), new(RetentionRule.Led, Given.Noon)];
        var verdict = RetentionRule.Judge(RuleBook.Shipped, new DateOnly(2024, 7, 1), report, isHeld: false, owesDuty: false, [], terms);
        (verdict.Rule!.Name, verdict.EndsOn, verdict.Stays).ShouldBe(("retain-led", new DateOnly(2024, 7, 1), "term"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_hold_that_came_after_the_approval_wins_and_lifting_it_lets_the_report_go_with_the_next_purge(DatabaseKind kind)
    {
        await using var purge = await PurgeHouse.OpenAsync(kind);
        await purge.House.ReceiveAsync(Given.Line(Given.Entry("M000000001")));
        var child = await purge.House.WithDbAsync(db => db.Set<Entry>().Select(row => row.Record).SingleAsync());
        var reports = await purge.SetAsideAsync(Given.Xml("100200300"), Given.Xml("100200301"), Given.Xml("100200302"));
        purge.Uses.Say(reports[1], ReportEnd.SetAside, Given.Noon, null, child);
        purge.Now(_over);
        var list = (await purge.ProposeAsync()).Value;
        list.Records.ShouldBe(3);
        (await purge.ApproveAsync(list)).IsDone.ShouldBeTrue();
        var onReport = (await purge.HoldAsync(HoldOn.Report, "100200300")).Value.Id;
        (await purge.HoldAsync(HoldOn.Child, "M000000001", until: DateOnly.FromDateTime(_over.UtcDateTime))).IsDone.ShouldBeTrue();
        await purge.House.DeliverAsync();
        (await purge.StoredAsync()).ShouldBe([reports[0], reports[1]], ignoreOrder: true);
        (await purge.ShowAsync()).Purges.Single().Certificate!.KeptByReason.ShouldBe(new Dictionary<string, int> { ["hold"] = 2 });

        // The child's hold ends by itself; the report's must be lifted.
        purge.Now(_over.AddDays(1));
        await purge.PurgeAsync();
        (await purge.StoredAsync()).ShouldBe([reports[0]]);
        await purge.LiftAsync(onReport);
        await purge.PurgeAsync();
        (await purge.StoredAsync()).ShouldBeEmpty();
        (await purge.ShowAsync()).Holds.Count(hold => hold is { LiftedBy: "Counsel", LiftReason: "Reason withheld." }).ShouldBe(1);
    }

    [Fact]
    public async Task A_purge_that_is_stopped_half_way_goes_on_where_it_stood()
    {
        await using var purge = await PurgeHouse.OpenAsync(DatabaseKind.Sqlite);
        var reports = await purge.SetAsideAsync([.. Enumerable.Range(0, CarryOutPurge.RecordsAStep + 20).Select(index => Given.Xml(Given.Number(index)))]);
        var files = new List<string>();
        foreach (var report in reports) if (report == reports[0] || report == reports[^1]) files.Add(await purge.SealedFileAsync(report));
        purge.Now(_over);
        (await purge.ApproveAsync((await purge.ProposeAsync()).Value)).IsDone.ShouldBeTrue();
        purge.Uses.BeforeStep = step => { if (step == 2) throw new OperationCanceledException("stopped"); };
        await Should.ThrowAsync<OperationCanceledException>(() => purge.House.DeliverAsync());
        (await purge.StoredAsync()).Count.ShouldBe(20);
        (await purge.ShowAsync()).Purges.Single().State.ShouldBe(PurgeState.Running);

        await purge.House.DeliverAsync();
        (await purge.StoredAsync()).ShouldBeEmpty();
        files.ShouldAllBe(file => !File.Exists(file) && !File.Exists(file + ".recipients"));
        purge.Uses.Forgotten.ShouldBe(reports, ignoreOrder: true);
        var row = (await purge.ShowAsync()).Purges.Single();
        (row.State, row.Purged, row.Kept, row.Certificate!.Holds).ShouldBe((PurgeState.Done, reports.Count, 0, true));
    }

    [Fact]
    public async Task What_is_still_found_after_a_purge_is_told_and_the_certificate_does_not_hold()
    {
        await using var purge = await PurgeHouse.OpenAsync(DatabaseKind.Sqlite);
        await purge.SetAsideAsync(Given.Xml("100200300"));
        purge.Uses.Left = 1;
        purge.Now(_over);
        var certificate = await purge.PurgeAsync();
        certificate.Holds.ShouldBeFalse();
        certificate.LookedFor.Single(place => place.Found > 0).ShouldBe(new PurgeFinding("uses", 1));
    }

    [Fact]
    public async Task One_person_proposes_a_purge_and_another_puts_it_in_force_as_it_was_proposed()
    {
        await using var purge = await PurgeHouse.OpenAsync(DatabaseKind.Sqlite);
        await purge.SetAsideAsync(Given.Xml("100200300"));
        Code(await purge.ProposeAsync()).ShouldBe("nothing-due");
        purge.Now(_over);
        var list = (await purge.ProposeAsync()).Value;
        Code(await purge.ProposeAsync()).ShouldBe("purge-waits");
        Code(await purge.ApproveAsync(list, await purge.SupervisorAsync())).ShouldBe("author-approves");
        Code(await purge.ApproveAsync(list with { Sha256 = new string('0', 64) })).ShouldBe("list-changed");
        // Somebody who writes in the database by hand.
        await purge.House.WithDbAsync(db => db.Set<PurgeItem>().ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedOn, new DateOnly(2020, 1, 1))));
        Code(await purge.ApproveAsync(list)).ShouldBe("list-changed");
        (await purge.StoredAsync()).Count.ShouldBe(1);
        Code(await purge.HoldAsync(HoldOn.Report, "999999999")).ShouldBe("nothing-to-hold");
        Code(await purge.HoldAsync(HoldOn.Report, "100200300", new DateOnly(2021, 7, 1))).ShouldBe("hold-is-over");
    }

    /// <summary>The provider's year is longer than the short term: it must not keep the house from looking.</summary>
    [Theory, MemberData(nameof(Databases))]
    public async Task A_report_of_no_nexus_goes_by_its_own_clock_while_its_provider_still_preserves_it(DatabaseKind kind)
    {
        await using var purge = await PurgeHouse.OpenAsync(kind);
        var came = new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
        purge.Now(came);
        var reports = (await purge.House.ReceiveAsync([.. Enumerable.Range(0, 4).Select(index => Given.Xml(Given.Number(index), at: came))])).Reports;
        foreach (var report in reports.Take(3)) purge.Uses.Say(report, ReportEnd.NoNexus, came.AddDays(report == reports[2] ? 5 : 0));
        purge.Uses.Say(reports[3], ReportEnd.SetAside, came);
        (await purge.HoldAsync(HoldOn.Report, Given.Number(1))).IsDone.ShouldBeTrue();

        // Ninety days end with that day.
        purge.Now(came.AddDays(90));
        (await purge.ShowAsync()).Rules.Single(row => row.Name == RetentionRule.NoNexus).Due.ShouldBe(0);
        purge.Now(came.AddDays(91));
        var page = await purge.ShowAsync();
        page.Rules.Single(row => row.Name == RetentionRule.NoNexus).Due.ShouldBe(1);
        page.Stays.Select(row => (row.Why, row.Records)).ShouldBe([("hold", 1)]);
        (await purge.PurgeAsync()).ShouldSatisfyAllConditions(
            one => one.Holds.ShouldBeTrue(), one => one.PurgedByRule.ShouldBe(new Dictionary<string, int> { ["retain-no-nexus"] = 1 }));
        (await purge.StoredAsync()).ShouldBe(reports.Skip(1), ignoreOrder: true);

        // Once a lead rested on it too, the longer term counts, and the provider's.
        purge.Uses.Say(reports[2], ReportEnd.Led, came);
        purge.Now(came.AddDays(100));
        Code(await purge.ProposeAsync()).ShouldBe("nothing-due");
    }

    /// <summary>Random pasts, judged by hand: what must stay is never removed, and what must go is.</summary>
    [Theory, MemberData(nameof(Databases))]
    public async Task Over_random_histories_exactly_what_must_go_goes(DatabaseKind kind)
    {
        await using var purge = await PurgeHouse.OpenAsync(kind);
        var random = new Random(20190701);
        await purge.House.ReceiveAsync(Given.Line(Given.Entry("M000000001")));
        var child = await purge.House.WithDbAsync(db => db.Set<Entry>().Select(row => row.Record).SingleAsync());
        var came = Enumerable.Range(0, 40).Select(_ => Given.Noon.AddDays(-random.Next(0, 1_500))).ToList();
        var reports = (await purge.House.ReceiveAsync([.. came.Select((at, index) => Given.Xml(Given.Number(index), at: at))])).Reports;
        var now = Given.Noon;
        var gone = new HashSet<ReportId>();
        var (ends, owing, held) = (new Dictionary<ReportId, DateTimeOffset>(), new HashSet<ReportId>(), new Dictionary<ReportId, Guid>());
        var childHeld = (Guid?)null;
        for (var turn = 0; turn < 6; turn++)
        {
            now = now.AddDays(random.Next(100, 500));
            purge.Now(now);
            foreach (var (report, index) in reports.Select((report, index) => (report, index)).Where(one => !gone.Contains(one.report) && came[one.index] < now))
            {
                var (end, since) = (random.Next(4), now.AddDays(-random.Next(0, 900)));
                var stays = random.Next(5) == 0 ? "open-lead" : null;
                purge.Uses.Say(report, end == 3 ? null : (ReportEnd)end, end == 3 ? null : since, stays, random.Next(4) == 0 ? [child] : []);
                ends[report] = end switch { 0 => since.AddYears(5), 1 => since.AddYears(2), 2 => since.AddDays(90), _ => DateTimeOffset.MaxValue };
                if (random.Next(9) == 0 && held.Remove(report, out var hold)) await purge.LiftAsync(hold);
                else if (random.Next(9) == 0 && !held.ContainsKey(report)) held[report] = (await purge.HoldAsync(HoldOn.Report, Given.Number(index))).Value.Id;
                if (random.Next(12) == 0 && owing.Add(report)) await OweAsync(purge, report);
            }
            if (childHeld is { } standing) await purge.LiftAsync(standing);
            childHeld = random.Next(2) == 0 ? (await purge.HoldAsync(HoldOn.Child, "M000000001")).Value.Id : null;
            var day = now.UtcDateTime.Date;
            var mustGo = reports.Where((report, index) => !gone.Contains(report) && ends.TryGetValue(report, out var end) && end.UtcDateTime.Date < day
                && (purge.Uses.Standings[report].End == ReportEnd.NoNexus || PreservedUntil(came[index]) < day) && purge.Uses.Standings[report].Stays is null && !held.ContainsKey(report) && !owing.Contains(report)
                && (childHeld is null || purge.Uses.Standings[report].Children.Count == 0)).ToList();
            if (mustGo.Count > 0) (await purge.PurgeAsync()).Holds.ShouldBeTrue();
            else Code(await purge.ProposeAsync()).ShouldBe("nothing-due");
            gone.UnionWith(mustGo);
            (await purge.StoredAsync()).ShouldBe(reports.Where(report => !gone.Contains(report)), ignoreOrder: true, $"turn {turn}");
        }
        (gone.Count, reports.Count - gone.Count).ShouldSatisfyAllConditions(both => both.Item1.ShouldBeGreaterThan(9), both => both.Item2.ShouldBeGreaterThan(9));

        static DateTime PreservedUntil(DateTimeOffset at) => at.UtcDateTime.Date.AddDays(90);
    }

    private static async Task OweAsync(PurgeHouse purge, ReportId report) => (await purge.House.DoAsync<LaterStage.Request, Done>(
        await purge.SupervisorAsync(), new(act => purge.House.Services.GetRequiredService<DutyBook>().StartAsync(
            act, "alert-imminent", $"report/{report}", "report", report.Value, new DutyOwner(Role.Supervisor), act.Now, CancellationToken.None)))).IsDone.ShouldBeTrue();

    private static string? Code<T>(Result<T> answer) => answer.TryGet(out _, out var problem) ? null : problem.Code;
}
