using Homeward.Foundations.Audit;
using Homeward.Foundations.Work;
using Homeward.Review.Deciding;

namespace Homeward.Review.Tests;

/// <summary>What analysts keep for their own work: searches under a name, several reports at once, the end of a shift, how the work lies.</summary>
public sealed class DeskTests
{
    private const string Weak = "Unsolicited Obscene Material Sent to a Child";

    private static async Task<TReceipt> DoneAsync<TRequest, TReceipt>(ReviewHouse house, Actor actor, TRequest request) where TRequest : notnull
    {
        var answer = await house.House.DoAsync<TRequest, TReceipt>(actor, request);
        answer.IsDone.ShouldBeTrue(answer.IsDone ? null : answer.Problem.What);
        return answer.Value;
    }

    private static Task<ShowQueue.Page> QueueAsync(ReviewHouse house, Actor actor, ShowQueue.Request? request = null) =>
        DoneAsync<ShowQueue.Request, ShowQueue.Page>(house, actor, request ?? new());

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_saved_search_is_an_address_of_ones_own_and_is_sealed(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var (one, two) = (await house.AnalystAsync("One"), await house.AnalystAsync("Two"));

        var saved = await DoneAsync<SaveSearch.Request, SaveSearch.Receipt>(
            house, one, new(" Kansas & near ", Matched: true, PlaceState: "K&S", RiskMin: 20.5, Imminent: true, Mine: true, Find: "12"));

        saved.Address.ShouldBe("/review?state=Waiting&matched=true&placeState=K%26S&riskMin=20.5&imminent=true&mine=true&find=12");
        (await QueueAsync(house, one)).Saved.ShouldBe([new(saved.Id, "Kansas & near", saved.Address)]);
        (await QueueAsync(house, two)).Saved.ShouldBeEmpty();
        var row = await house.House.WithDbAsync(db => db.Set<SavedSearch>().SingleAsync());
        System.Text.Encoding.UTF8.GetString(row.Name).ShouldNotContain("Kansas");
        System.Text.Encoding.UTF8.GetString(row.Filter).ShouldNotContain("K%26S");

        (await house.House.DoAsync<DeleteSearch.Request, Done>(two, new(saved.Id))).IsDone.ShouldBeFalse();
        await DoneAsync<DeleteSearch.Request, Done>(house, one, new(saved.Id));
        (await QueueAsync(house, one)).Saved.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_sets_a_report_aside_and_goes_on_has_the_next_of_the_list_open_and_can_take_the_last_back()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (first, second, third) = (house.Report(), house.Report(), house.Report());
        await house.DeliverAsync([first, second, third]);
        var analyst = await house.AnalystAsync();
        var order = (await DoneAsync<ShowQueue.Request, ShowQueue.Page>(house, analyst, new())).Rows.Select(row => row.Id).ToList();
        await DoneAsync<OpenReport.Request, OpenReport.Receipt>(house, analyst, new(order[0]));

        var parked = await DoneAsync<ParkReport.Request, ParkReport.Receipt>(house, analyst, new(order[0], "Waits for the carrier.", GoesOn: true, "state=Waiting"));
        (parked.Id, parked.Next, parked.List).ShouldBe((order[0], order[1], "state=Waiting"));
        var dismissed = await DoneAsync<DismissReports.Request, DismissReports.Receipt>(house, analyst, new([order[1]], "Leads nowhere.", GoesOn: true, "state=Waiting"));
        (dismissed.Last, dismissed.Next).ShouldBe((order[1], order[2]));
        (await house.House.WithDbAsync(db => db.Set<QueueItem>().SingleAsync(row => row.Id == order[2]))).LeasedBy.ShouldBe(analyst.Id);
        // The list has come to its end, and says so.
        var last = await DoneAsync<ParkReport.Request, ParkReport.Receipt>(house, analyst, new(order[2], "Waits for the carrier.", GoesOn: true, "state=Waiting"));
        (last.Next, last.List).ShouldBe((null, "state=Waiting"));

        await DoneAsync<ReopenReport.Request, ReopenReport.Receipt>(house, analyst, new(last.Id));
        (await house.House.WithDbAsync(db => db.Set<QueueItem>().SingleAsync(row => row.Id == last.Id))).State.ShouldBe(QueueState.Waiting);
        // Who does not go on opens nothing.
        (await DoneAsync<ParkReport.Request, ParkReport.Receipt>(house, analyst, new(last.Id, "Waits for the carrier."))).ShouldBe(new(last.Id));
    }

    [Fact]
    public async Task Nobody_keeps_more_searches_than_stand_above_the_queue()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var one = await house.AnalystAsync();
        for (var kept = 0; kept < SaveSearch.SearchesMax; kept++) await DoneAsync<SaveSearch.Request, SaveSearch.Receipt>(house, one, new($"Search {kept}"));
        (await house.House.DoAsync<SaveSearch.Request, SaveSearch.Receipt>(one, new("One more"))).ShouldBeRefused("too-many");
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task What_the_preview_says_of_each_report_is_what_the_act_does(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var (one, two) = (await house.AnalystAsync("One"), await house.AnalystAsync("Two"));
        var (_, strong, _) = await house.FittingAsync();
        var (weak, open, gone) = (house.Report(city: null, type: Weak), house.Report(city: null, type: Weak), house.Report(city: null, type: Weak));
        await house.DeliverAsync([weak, open, gone]);
        await DoneAsync<OpenReport.Request, OpenReport.Receipt>(house, two, new(open.Id));
        await DoneAsync<DismissReports.Request, DismissReports.Receipt>(house, two, new([gone.Id], "Leads nowhere."));
        ReportId[] chosen = [strong.Id, weak.Id, open.Id, gone.Id];

        var preview = await DoneAsync<PreviewAside.Request, PreviewAside.Page>(house, one, new(chosen, AsideKind.Dismiss));
        (await house.ItemAsync(weak)).State.ShouldBe(QueueState.Waiting);
        preview.Rows.ToDictionary(row => row.Id, row => row.LeftOut).ShouldBe(new Dictionary<ReportId, AsideBar?>
        {
            [strong.Id] = AsideBar.AboveThreshold, [weak.Id] = null, [open.Id] = AsideBar.BeingRead, [gone.Id] = AsideBar.Already,
        }, ignoreOrder: true);
        var parking = await DoneAsync<PreviewAside.Request, PreviewAside.Page>(house, one, new(chosen, AsideKind.Park));
        parking.Rows.Where(row => row.LeftOut is null).Select(row => row.Id).ShouldBe([weak.Id, gone.Id], ignoreOrder: true);

        var done = await DoneAsync<DismissReports.Request, DismissReports.Receipt>(house, one, new(chosen, "Leads nowhere."));
        (done.Dismissed, done.Refused.Count).ShouldBe((1, 3));
        (await house.ItemAsync(weak)).State.ShouldBe(QueueState.Dismissed);
        (await house.ItemAsync(strong)).State.ShouldBe(QueueState.Waiting);
    }

    [Fact]
    public async Task A_match_that_somebody_has_begun_to_decide_is_not_swept_away_with_its_report()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (one, two) = (await house.AnalystAsync("One"), await house.AnalystAsync("Two"));
        var (_, report, match) = await house.FittingAsync();
        await house.DecideAsync(two, match, Judgement.Same);

        var preview = await DoneAsync<PreviewAside.Request, PreviewAside.Page>(house, one, new([report.Id], AsideKind.Dismiss));
        preview.Rows.ShouldHaveSingleItem().LeftOut.ShouldBe(AsideBar.BeingDecided);
        (await DoneAsync<DismissReports.Request, DismissReports.Receipt>(house, one, new([report.Id], "Leads nowhere."))).Refused.ShouldBe([report.Id]);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_page_that_is_older_than_the_decision_neither_dismisses_nor_parks_nor_reopens_the_report(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var (one, two) = (await house.AnalystAsync("One"), await house.AnalystAsync("Two"));
        var (_, report, match) = await house.FittingAsync();
        await house.DecideAsync(one, match, Judgement.Same);
        await house.DecideAsync(two, match, Judgement.Same);

        (await DoneAsync<PreviewAside.Request, PreviewAside.Page>(house, one, new([report.Id], AsideKind.Dismiss))).Rows.ShouldHaveSingleItem().LeftOut.ShouldBe(AsideBar.Decided);
        (await DoneAsync<DismissReports.Request, DismissReports.Receipt>(house, one, new([report.Id], "Leads nowhere."))).Refused.ShouldBe([report.Id]);
        (await DoneAsync<ParkReports.Request, ParkReports.Receipt>(house, one, new([report.Id], "Waits for the carrier."))).Refused.ShouldBe([report.Id]);
        (await house.House.DoAsync<ParkReport.Request, ParkReport.Receipt>(one, new(report.Id, "Waits for the carrier."))).ShouldBeRefused("decided");
        (await house.House.DoAsync<ReopenReport.Request, ReopenReport.Receipt>(one, new(report.Id))).ShouldBeRefused("decided");

        (await house.ItemAsync(report)).State.ShouldBe(QueueState.Decided);
        (await house.MatchAsync(match)).State.ShouldBe(MatchState.Confirmed);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Several_are_parked_each_with_its_own_trace_and_what_lies_above_the_threshold_is_not(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var one = await house.AnalystAsync("One");
        var (_, strong, _) = await house.FittingAsync();
        var (left, right) = (house.Report(city: null, type: Weak), house.Report(city: null, type: Weak));
        await house.DeliverAsync([left, right]);

        var done = await DoneAsync<ParkReports.Request, ParkReports.Receipt>(house, one, new([strong.Id, left.Id, right.Id], "Waits for the carrier."));

        done.Parked.ShouldBe(2);
        done.Refused.ShouldBe([strong.Id]);
        (await QueueAsync(house, one, new(QueueState.Parked, Mine: true))).Rows.Select(row => row.Id).ShouldBe([left.Id, right.Id], ignoreOrder: true);
        (await QueueAsync(house, await house.AnalystAsync("Two"), new(QueueState.Parked, Mine: true))).Rows.ShouldBeEmpty();
        var traced = await house.House.WithDbAsync(db => db.Set<AuditEntry>().CountAsync(entry => entry.Codes == "state=Parked"));
        traced.ShouldBe(2);
        await DoneAsync<ReopenReport.Request, ReopenReport.Receipt>(house, one, new(left.Id));
        (await house.ItemAsync(left)).AssignedTo.ShouldBeNull();
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task At_the_end_of_a_shift_open_and_parked_reports_go_to_a_colleague_of_the_unit_with_a_note(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var (giver, taker) = (await house.AnalystAsync("Giver"), await house.AnalystAsync("Taker"));
        var elsewhere = await house.AnalystAsync("Elsewhere", "MOFBI0200");
        var (open, parked, others) = (house.Report(city: null, type: Weak), house.Report(city: null, type: Weak), house.Report(city: null, type: Weak));
        await house.DeliverAsync([open, parked, others]);
        (await house.House.DoAsync<HandOverReports.Request, HandOverReports.Receipt>(giver, new(taker.Id, "Nothing yet."))).ShouldBeRefused("nothing-to-hand-over");
        await DoneAsync<OpenReport.Request, OpenReport.Receipt>(house, giver, new(open.Id));
        await DoneAsync<ParkReport.Request, ParkReport.Receipt>(house, giver, new(parked.Id, "Waits for the carrier."));
        await DoneAsync<OpenReport.Request, OpenReport.Receipt>(house, elsewhere, new(others.Id));

        (await house.House.DoAsync<HandOverReports.Request, HandOverReports.Receipt>(giver, new(elsewhere.Id, "For you."))).ShouldBeRefused("not-your-unit");
        (await house.House.DoAsync<HandOverReports.Request, HandOverReports.Receipt>(giver, new(giver.Id, "For me."))).ShouldBeRefused("not-your-unit");
        var done = await DoneAsync<HandOverReports.Request, HandOverReports.Receipt>(house, giver, new(taker.Id, "The carrier answers at noon."));

        (done.Open, done.Parked, done.Kept.Count).ShouldBe((1, 1, 0));
        var (wasOpen, wasParked) = (await house.ItemAsync(open), await house.ItemAsync(parked));
        (wasOpen.LeasedBy, wasParked.AssignedTo, wasParked.DecidedBy).ShouldBe((taker.Id, taker.Id, giver.Id));
        (await house.ItemAsync(others)).LeasedBy.ShouldBe(elsewhere.Id);
        var page = await DoneAsync<ShowHandOver.Request, ShowHandOver.Page>(house, taker, new());
        page.Mine.Select(report => report.Id).ShouldBe([open.Id, parked.Id], ignoreOrder: true);
        var given = page.HandOvers.ShouldHaveSingleItem();
        (given.ToMe, given.Other, given.Note, given.Reports.Count).ShouldBe((true, "Giver", "The carrier answers at noon.", 2));
        (await DoneAsync<ShowHandOver.Request, ShowHandOver.Page>(house, elsewhere, new())).HandOvers.ShouldBeEmpty();
        (await house.House.WithDbAsync(db => Notices.UnseenBy(db, taker).CountAsync(notice => notice.Code == "queue-handed-over"))).ShouldBe(1);
    }

    [Fact]
    public async Task A_report_that_the_taker_is_to_read_blind_stays_with_the_giver()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (giver, taker) = (await house.AnalystAsync("Giver"), await house.AnalystAsync("Taker"));
        var (_, strong, _) = await house.FittingAsync();
        var weak = house.Report(city: null, type: Weak);
        await house.DeliverAsync([weak]);
        // Above the threshold: it is read again, and there is nobody else to draw.
        await DoneAsync<ParkReport.Request, ParkReport.Receipt>(house, giver, new(strong.Id, "Waits for the carrier."));
        await DoneAsync<ParkReport.Request, ParkReport.Receipt>(house, giver, new(weak.Id, "Waits for the carrier."));

        var done = await DoneAsync<HandOverReports.Request, HandOverReports.Receipt>(house, giver, new(taker.Id, "The carrier answers at noon."));

        done.Parked.ShouldBe(1);
        done.Kept.ShouldBe([strong.Id]);
        (await house.ItemAsync(strong)).AssignedTo.ShouldBe(giver.Id);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Workload_tells_how_long_reports_wait_and_who_has_what(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var (one, two) = (await house.AnalystAsync("One"), await house.AnalystAsync("Two"));
        await house.FittingAsync();
        await house.House.PassAsync(TimeSpan.FromDays(2));
        var (open, parked) = (house.Report(city: null, type: Weak), house.Report(city: null, type: Weak));
        await house.DeliverAsync([open, parked, house.Report(city: null, type: Weak)]);
        await DoneAsync<OpenReport.Request, OpenReport.Receipt>(house, two, new(open.Id));
        await DoneAsync<ParkReport.Request, ParkReport.Receipt>(house, two, new(parked.Id, "Waits for the carrier."));

        var page = await DoneAsync<ShowWorkload.Request, ShowWorkload.Page>(house, await house.SupervisorAsync(), new());

        page.Bands.Where(band => band.Waiting > 0).Select(band => (band.Age, band.Waiting, band.Above))
            .ShouldBe([("less than an hour", 2, 0), ("1 to 3 days", 1, 1)]);
        page.Waiting.ShouldBe(3);
        page.Analysts.Select(row => (row.Name, row.Open, row.Parked, row.Lately)).ShouldBe([("Two", 1, 1, 1), ("One", 0, 0, 0)]);
        var own = await DoneAsync<ShowWorkload.Request, ShowWorkload.Page>(house, one, new());
        own.Analysts.ShouldHaveSingleItem().Name.ShouldBe("One");
        own.Bands.ShouldBe(page.Bands);
    }
}
