using Homeward.Review.Deciding;

namespace Homeward.Review.Tests;

/// <summary>R-63: how a report stands with Review, and what is left of it there after a purge.</summary>
public sealed class ReviewedReportsTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_report_stays_while_somebody_works_on_it_and_its_term_runs_from_the_last_word(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var (one, two) = (await house.AnalystAsync("One"), await house.AnalystAsync("Two"));
        var (entry, led, match) = await house.FittingAsync();
        var (aside, parked, open, waiting) = (Weak(house), Weak(house), Weak(house), Weak(house));
        var abroad = house.Report(city: null, type: "Unsolicited Obscene Material Sent to a Child", foreign: "exampleville/XX/11111/PH");
        await house.DeliverAsync([aside, parked, open, waiting, abroad]);
        (await house.House.DoAsync<DismissReports.Request, DismissReports.Receipt>(one, new([aside.Id, abroad.Id], "Leads nowhere."))).Value.Dismissed.ShouldBe(2);
        (await house.House.DoAsync<ParkReport.Request, ParkReport.Receipt>(one, new(parked.Id, "Waits for the carrier."))).IsDone.ShouldBeTrue();
        (await house.House.DoAsync<OpenReport.Request, OpenReport.Receipt>(two, new(open.Id))).IsDone.ShouldBeTrue();
        var decidedAt = house.House.Clock.GetUtcNow();
        await house.DecideAsync(one, match, Judgement.Same);
        (await house.StandingAsync(led)).Stays.ShouldBe("under-review");
        var lead = (await house.DecideAsync(two, match, Judgement.Same)).Value.Lead!.Value;

        (await house.StandingAsync(led)).Stays.ShouldBe("open-lead");
        (await house.StandingAsync(led)).Children.ShouldBe([entry.Record]);
        (await house.StandingAsync(waiting)).ShouldSatisfyAllConditions(one => one.Stays.ShouldBe("unreviewed"), one => one.End.ShouldBeNull());
        (await house.StandingAsync(parked)).Stays.ShouldBe("parked");
        (await house.StandingAsync(open)).Stays.ShouldBe("under-review");
        var asideStanding = await house.StandingAsync(aside);
        (asideStanding.Stays, asideStanding.End, asideStanding.Since).ShouldBe((null, ReportEnd.SetAside, decidedAt));
        (await house.StandingAsync(abroad)).End.ShouldBe(ReportEnd.NoNexus);

        await house.House.PassAsync(TimeSpan.FromDays(3));
        (await house.House.DoAsync<WithdrawLead.Request, Done>(await house.SupervisorAsync(), new(lead, "Found elsewhere.", await RevisionAsync(house, lead)))).IsDone.ShouldBeTrue();
        var ended = await house.StandingAsync(led);
        (ended.End, ended.Since).ShouldBe((ReportEnd.Led, house.House.Clock.GetUtcNow()));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_purged_report_is_not_found_any_more_and_its_lead_opens_and_says_so(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var analyst = await house.AnalystAsync("Three");
        var (entry, report, match) = await house.FittingAsync();
        var lead = (await house.ConfirmAsync(match)).Lead!.Value;
        (await SearchAsync(house, analyst)).ShouldBe([report.Id]);
        var use = house.House.Services.GetServices<IReportUse>().Single();
        Task<IReadOnlyList<PurgeFinding>> LeftAsync() => house.House.WithDbAsync(db => use.FindLeftAsync(db, [report.Id], default));
        (await LeftAsync()).Where(place => place.Found > 0).Select(place => place.Place)
            .ShouldBe(["queue_items", "match_proposals", "lead_evidence: match or place in a report"]);

        var index = house.House.Services.GetRequiredService<Matching.MatchIndex>();
        index.FindReports(entry).ShouldBe([report.Id]);
        await house.PurgeAsync(report);

        (await LeftAsync()).ShouldAllBe(place => place.Found == 0);
        index.FindReports(entry).ShouldBeEmpty();
        (await SearchAsync(house, analyst)).ShouldBeEmpty();
        var page = (await house.House.DoAsync<ShowLead.Request, ShowLead.Page>(analyst, new(lead))).Value;
        page.Evidence.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            one => one.Purged.ShouldBe("Purged under rule retain-led on 2019-07-01."), one => one.Source.ShouldBe(report.Number), one => one.Link.ShouldBeNull());
        (await house.House.DoAsync<ShowReport.Request, ShowReport.Page>(analyst, new(report.Id))).Problem.What.ShouldStartWith("Purged under rule");
        (await house.House.WithDbAsync(db => house.Review.LeadAsync(db, lead, default)))!.ReportNumbers.ShouldBe([report.Number]);
    }

    private static ReportGist Weak(ReviewHouse house) => house.Report(city: null, type: "Unsolicited Obscene Material Sent to a Child");

    private static async Task<IEnumerable<ReportId>> SearchAsync(ReviewHouse house, Actor analyst) =>
        (await house.House.DoAsync<Search.Request, Search.Page>(analyst, new("Renata Solberg"))).Value.Reports.Select(row => row.Id);

    private static async Task<Guid> RevisionAsync(ReviewHouse house, LeadId lead) =>
        (await house.House.DoAsync<ShowLead.Request, ShowLead.Page>(await house.SupervisorAsync(), new(lead))).Value.Revision;
}
