namespace Homeward.Review.Tests;

public sealed class SecondReadingTests
{
    [Fact]
    public async Task A_no_above_the_threshold_waits_for_a_reader_of_another_unit_whom_the_house_draws()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var one = await house.AnalystAsync("One", "DCFBI0100");
        var colleague = await house.AnalystAsync("Colleague", "DCFBI0100");
        var elsewhere = await house.AnalystAsync("Elsewhere", "MOFBI0200");
        var (_, _, match) = await house.FittingAsync();

        (await house.DecideAsync(one, match, Judgement.NotSame)).Value.State.ShouldBe(MatchState.AwaitsReader);

        var reading = await house.House.WithDbAsync(db => db.Set<SecondReading>().SingleAsync());
        reading.AssignedTo.ShouldBe(elsewhere.Id);
        (await house.DecideAsync(colleague, match, Judgement.NotSame)).ShouldBeRefused("reader-drawn");
        (await house.ShowAsync(elsewhere, match)).IsBlind.ShouldBeTrue();
        (await house.DecideAsync(elsewhere, match, Judgement.NotSame)).Value.State.ShouldBe(MatchState.Dismissed);
        (await house.House.WithDbAsync(db => db.Set<SecondReading>().SingleAsync())).State.ShouldBe(ReadingState.Upheld);
    }

    [Fact]
    public async Task A_reader_who_sees_the_child_sends_the_match_to_a_supervisor()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (one, two) = (await house.AnalystAsync("One"), await house.AnalystAsync("Two", "MOFBI0200"));
        var (_, _, match) = await house.FittingAsync();
        await house.DecideAsync(one, match, Judgement.NotSame);
        var waiting = await house.House.DoAsync<ListSecond.Request, ListSecond.Page>(two, new());

        var reading = waiting.Value.Readings.ShouldHaveSingleItem();
        reading.Match.ShouldBe(match);
        var read = await house.House.DoAsync<ReadDismissal.Request, ReadDismissal.Receipt>(two, new(reading.Id, Uphold: false, "The dates agree."));

        read.Value.State.ShouldBe(ReadingState.Overturned);
        (await house.MatchAsync(match)).State.ShouldBe(MatchState.Disputed);
    }

    [Fact]
    public async Task Bulk_dismissal_refuses_what_lies_above_the_threshold_and_one_alone_is_read_again()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var one = await house.AnalystAsync("One");
        var two = await house.AnalystAsync("Two", "MOFBI0200");
        var (_, strong, _) = await house.FittingAsync();
        var weak = house.Report(city: null, type: "Unsolicited Obscene Material Sent to a Child");
        await house.DeliverAsync([weak]);

        var bulk = await DismissAsync(house, one, strong.Id, weak.Id);
        bulk.Dismissed.ShouldBe(1);
        bulk.Refused.ShouldBe([strong.Id]);
        var alone = await DismissAsync(house, one, strong.Id);
        (alone.Dismissed, alone.SecondReadings).ShouldBe((1, 1));
        var reading = (await house.House.DoAsync<ListSecond.Request, ListSecond.Page>(two, new())).Value.Readings.Single(row => row.Report == strong.Id);
        await house.House.DoAsync<ReadDismissal.Request, ReadDismissal.Receipt>(two, new(reading.Id, Uphold: false, "A child may be named here."));

        (await house.ItemAsync(strong)).State.ShouldBe(QueueState.Waiting);
        (await house.MatchesAsync(strong)).ShouldHaveSingleItem().State.ShouldBe(MatchState.Open);
    }

    [Fact]
    public async Task Of_dismissals_below_the_threshold_two_in_a_hundred_are_drawn_by_lot()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var one = await house.AnalystAsync("One");
        await house.AnalystAsync("Two", "MOFBI0200");
        var reports = Enumerable.Range(0, 1000).Select(_ => house.Report(city: null, type: "Unsolicited Obscene Material Sent to a Child")).ToList();
        await house.DeliverAsync(reports);

        var dismissed = await DismissAsync(house, one, [.. reports.Select(report => report.Id)]);

        dismissed.Dismissed.ShouldBe(1000);
        dismissed.SecondReadings.ShouldBeInRange(8, 36);
        var causes = await house.House.WithDbAsync(db => db.Set<SecondReading>().Select(row => row.Cause).Distinct().ToListAsync());
        causes.ShouldBe([ReadingCause.Lot]);
    }

    [Fact]
    public async Task Nobody_reads_their_own_no_again()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var supervisor = await house.SupervisorAsync();
        var (_, _, match) = await house.FittingAsync();
        await house.DecideAsync(supervisor, match, Judgement.NotSame);
        var reading = await house.House.WithDbAsync(db => db.Set<SecondReading>().SingleAsync());

        (await house.House.DoAsync<ReadDismissal.Request, ReadDismissal.Receipt>(supervisor, new(reading.Id, Uphold: true, "As I said.")))
            .ShouldBeRefused("needs-another-person");
    }

    private static async Task<DismissReports.Receipt> DismissAsync(ReviewHouse house, Actor actor, params ReportId[] reports)
    {
        var answer = await house.House.DoAsync<DismissReports.Request, DismissReports.Receipt>(actor, new(reports, "Leads nowhere."));
        answer.IsDone.ShouldBeTrue();
        return answer.Value;
    }
}
