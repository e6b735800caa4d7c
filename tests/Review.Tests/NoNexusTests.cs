using Homeward.Review.Deciding;

namespace Homeward.Review.Tests;

/// <summary>Reports of no nexus: the rule proposes, a person returns or refers, in bulk after a look, and the short term runs.</summary>
public sealed class NoNexusTests
{
    private const string Weak = "Unsolicited Obscene Material Sent to a Child";

    private static ReportGist Abroad(ReviewHouse house, bool escalated = false) =>
        house.Report(
            age: escalated ? 9 : null, city: null, type: escalated ? "Child Sex Trafficking" : Weak, foreign: "exampleville/XX/11111/PH",
            escalated: escalated, priority: escalated ? 1 : null, disposition: escalated ? "referral" : null);

    private static async Task<TReceipt> DoneAsync<TRequest, TReceipt>(ReviewHouse house, Actor actor, TRequest request) where TRequest : notnull
    {
        var answer = await house.House.DoAsync<TRequest, TReceipt>(actor, request);
        answer.IsDone.ShouldBeTrue(answer.IsDone ? null : answer.Problem.What);
        return answer.Value;
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Only_what_the_rule_proposes_is_returned_and_the_look_before_it_says_so(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var (first, second, ours) = (Abroad(house), Abroad(house), house.Report(type: Weak));
        await house.DeliverAsync([first, second, ours]);
        var analyst = await house.AnalystAsync();
        (await DoneAsync<ShowQueue.Request, ShowQueue.Page>(house, analyst, new(Nexus: Nexus.NoneProposed))).Rows.Select(row => row.Id).ShouldBe([first.Id, second.Id], ignoreOrder: true);

        ReportId[] chosen = [first.Id, second.Id, ours.Id];
        var preview = await DoneAsync<PreviewAside.Request, PreviewAside.Page>(house, analyst, new(chosen, AsideKind.Return));
        preview.Rows.ToDictionary(row => row.Id, row => row.LeftOut).ShouldBe(
            new Dictionary<ReportId, AsideBar?> { [first.Id] = null, [second.Id] = null, [ours.Id] = AsideBar.HasNexus }, ignoreOrder: true);
        // Who decides sees the place abroad that the rule went by: on the list, in the look before the act, and on the report.
        const string There = "Exampleville, XX, PH";
        (await DoneAsync<ShowQueue.Request, ShowQueue.Page>(house, analyst, new(Nexus: Nexus.NoneProposed))).Rows.ShouldAllBe(row => row.Place == There);
        preview.Rows.Single(row => row.Id == first.Id).Place.ShouldBe(There);
        (await DoneAsync<ShowReport.Request, ShowReport.Page>(house, analyst, new(first.Id))).Persons[0].Place.ShouldBe(There);
        var receipt = await DoneAsync<ReturnReports.Request, ReturnReports.Receipt>(house, analyst, new(chosen, NexusWay.Returned, "narrative withheld"));
        (receipt.Sent, receipt.Refused.Single()).ShouldBe((2, ours.Id));
        var shown = await DoneAsync<ShowReport.Request, ShowReport.Page>(house, analyst, new(first.Id));
        (shown.State, shown.NexusWay, shown.NexusTo, shown.WhySetAside).ShouldBe((QueueState.Dismissed, NexusWay.Returned, ReturnReports.ClearingHouse, "narrative withheld"));
        (await DoneAsync<ShowReport.Request, ShowReport.Page>(house, analyst, new(ours.Id))).State.ShouldBe(QueueState.Waiting);
        (await DoneAsync<PreviewAside.Request, PreviewAside.Page>(house, analyst, new([first.Id], AsideKind.Refer))).Rows.Single().LeftOut.ShouldBe(AsideBar.Already);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_referral_names_its_country_and_from_it_the_short_term_runs_until_it_is_taken_back(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var report = Abroad(house);
        await house.DeliverAsync([report]);
        var analyst = await house.AnalystAsync();
        (await house.House.DoAsync<ReturnReports.Request, ReturnReports.Receipt>(analyst, new([report.Id], NexusWay.Referred, "narrative withheld", " ")))
            .Problem.Code.ShouldBe("no-receiver");
        await DoneAsync<ReturnReports.Request, ReturnReports.Receipt>(house, analyst, new([report.Id], NexusWay.Referred, "narrative withheld", "Portugal"));
        (await DoneAsync<ShowReport.Request, ShowReport.Page>(house, analyst, new(report.Id))).NexusTo.ShouldBe("Portugal");
        (await StandingAsync(house, report)).ShouldSatisfyAllConditions(
            standing => standing.End.ShouldBe(ReportEnd.NoNexus), standing => standing.Since.ShouldBe(house.House.Clock.GetUtcNow()));

        await DoneAsync<ReopenReport.Request, ReopenReport.Receipt>(house, analyst, new(report.Id));
        var again = await DoneAsync<ShowReport.Request, ShowReport.Page>(house, analyst, new(report.Id));
        (again.State, again.NexusWay, again.NexusTo).ShouldBe((QueueState.Waiting, null, null));
        (await StandingAsync(house, report)).End.ShouldBeNull();
    }

    [Fact]
    public async Task Above_the_threshold_it_goes_alone_and_is_read_again_by_another()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (pressing, other) = (Abroad(house, escalated: true), Abroad(house));
        await house.DeliverAsync([pressing, other]);
        var analyst = await house.AnalystAsync();
        (await DoneAsync<ShowReport.Request, ShowReport.Page>(house, analyst, new(pressing.Id))).AboveThreshold.ShouldBeTrue();
        (await DoneAsync<ReturnReports.Request, ReturnReports.Receipt>(house, analyst, new([pressing.Id, other.Id], NexusWay.Returned, "narrative withheld")))
            .Refused.ShouldBe([pressing.Id]);
        (await DoneAsync<ReturnReports.Request, ReturnReports.Receipt>(house, analyst, new([pressing.Id], NexusWay.Returned, "narrative withheld")))
            .ShouldSatisfyAllConditions(receipt => receipt.Sent.ShouldBe(1), receipt => receipt.SecondReadings.ShouldBe(1));
    }

    /// <summary>Millions of reports are not looked through for it.</summary>
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Those_set_aside_before_a_day_are_told_in_their_order_by_an_index_of_their_own(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var (first, second, late, ours) = (Abroad(house), Abroad(house), Abroad(house), house.Report(type: Weak));
        await house.DeliverAsync([first, second, late, ours]);
        var analyst = await house.AnalystAsync();
        await DoneAsync<ReturnReports.Request, ReturnReports.Receipt>(house, analyst, new([first.Id], NexusWay.Returned, "narrative withheld"));
        await DoneAsync<DismissReports.Request, DismissReports.Receipt>(house, analyst, new([second.Id, ours.Id], "narrative withheld"));
        var before = house.House.Clock.GetUtcNow().AddSeconds(1);
        await house.House.PassAsync(TimeSpan.FromDays(1));
        await DoneAsync<ReturnReports.Request, ReturnReports.Receipt>(house, analyst, new([late.Id], NexusWay.Returned, "narrative withheld"));

        (await NoNexusAsync(Guid.Empty, 9)).ShouldBe([first.Id, second.Id]);
        (await NoNexusAsync(Guid.Empty, 1)).ShouldBe([first.Id]);
        (await NoNexusAsync(first.Id.Value, 9)).ShouldBe([second.Id]);
        var plan = await house.House.WithDbAsync(db => QueueTests.PlanAsync(db, ReviewedReports.NoNexus(db, before, first.Id.Value, 9)));
        plan.ShouldContain("IX_queue_items_no_nexus");
        plan.ShouldNotContain("TEMP B-TREE");
        plan.ShouldNotContain("Sort", Case.Sensitive);

        Task<IReadOnlyList<ReportId>> NoNexusAsync(Guid after, int max) => house.House.WithDbAsync(db =>
            house.House.Services.GetRequiredService<IReportUse>().NoNexusAsync(db, before, after, max, CancellationToken.None));
    }

    private static async Task<ReportStanding> StandingAsync(ReviewHouse house, ReportGist report) =>
        await house.House.WithDbAsync(async db => (await house.House.Services.GetRequiredService<IReportUse>().StandingsAsync(
            db, new Dictionary<ReportId, string> { [report.Id] = report.Number }, house.House.Clock.GetUtcNow(), CancellationToken.None)).Single());
}
