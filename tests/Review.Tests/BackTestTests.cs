using Homeward.Review.BackTesting;
using Homeward.Review.Ranking;

namespace Homeward.Review.Tests;

/// <summary>What rules would have found first is measured of what people confirmed and the field found; small groups are kept from view.</summary>
public sealed class BackTestTests
{
    private static async Task<ShowBackTest.Page> RunAsync(ReviewHouse house, string? version = null)
    {
        var asked = await house.House.DoAsync<RunBackTest.Request, RunBackTest.Receipt>(
            await house.SupervisorAsync(), new(house.Intake.Outcomes.Initiative.Id, version));
        asked.IsDone.ShouldBeTrue();
        await house.House.DeliverAsync();
        var running = (await ShowAsync(house, asked.Value.Id)).Test.State;
        running.ShouldBe(BackTestState.Running);
        await house.House.Services.GetRequiredService<BackTestRunner>().Find(asked.Value.Id)!.Measuring;
        await house.House.PassAsync(TimeSpan.FromSeconds(1));
        return await ShowAsync(house, asked.Value.Id);
    }

    private static async Task<ShowBackTest.Page> ShowAsync(ReviewHouse house, BackTestId id)
    {
        var answer = await house.House.DoAsync<ShowBackTest.Request, ShowBackTest.Page>(await house.House.PersonAsync(Role.Auditor), new(id));
        answer.IsDone.ShouldBeTrue();
        return answer.Value;
    }

    /// <summary>Nine reports that lead nowhere, then one that two people confirm and whose lead finds the child.</summary>
    private static async Task<(ReviewHouse House, Lead Lead, ReportGist Report)> WithAFoundChildAsync(DatabaseKind kind)
    {
        var house = await ReviewHouse.OpenAsync(kind);
        for (var count = 0; count < 9; count++)
        {
            await house.DeliverAsync([house.Report(city: null, escalated: true, type: "Unsolicited Obscene Material Sent to a Child")]);
            await house.House.PassAsync(TimeSpan.FromMinutes(1));
        }
        var (_, report, match) = await house.FittingAsync();
        var lead = (await house.ConfirmAsync(match)).Lead!.Value;
        house.Intake.Outcomes.Found.Add(new(lead, "recovered"));
        return (house, await house.House.WithDbAsync(db => db.Set<Lead>().AsNoTracking().SingleAsync(row => row.Id == lead)), report);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task The_rules_put_the_report_that_led_to_the_child_on_top_and_a_version_without_matches_would_not(DatabaseKind kind)
    {
        var (house, lead, report) = await WithAFoundChildAsync(kind);
        await using var _ = house;
        var found = (await RunAsync(house)).Found!;
        (found.Reports, found.Children, found.ReportsOfChildren, found.ChildrenElsewhere).ShouldBe((10, 1, 1, 0));
        found.Curves.Select(curve => (curve.Order, curve.Found[10], curve.MedianRank)).ShouldBe([("arrival", 0, 10), ("risk-1", 1, 1)]);
        found.MovedDown.ShouldBeEmpty();

        var proposed = await house.House.DoAsync<ProposeRules.Request, ProposeRules.Receipt>(await house.SupervisorAsync(), new(
            "risk-1", "What would a queue without matches be (invented)?", Rules: Indicators.Codes
                .Where(code => code.StartsWith("match-", StringComparison.Ordinal) || code.StartsWith("type-", StringComparison.Ordinal) || code.StartsWith("sought", StringComparison.Ordinal)
                    || code is "names-a-victim" or "age-13-to-17" or "in-united-states")
                .ToDictionary(code => code, _ => new ProposeRules.Edit())));
        var draft = await RunAsync(house, proposed.Value.Version);
        (draft.Test.Version, draft.Test.InForce, draft.Found!.Compared).ShouldBe(("risk-2", "risk-1", "risk-1"));
        draft.Found.Curves[^1].MedianRank.ShouldBe(10);
        draft.Found.MovedDown.ShouldHaveSingleItem().ShouldBe(new MovedChild(lead.Number, lead.Id, report.Number, report.Id, "recovered", 1, 10));
        draft.Found.Fairness.Select(table => table.By).ShouldBe(SignalReader.Dimensions);
        // Nine reports name nobody and belong to no group; the one that does is hidden: of one nothing is told.
        draft.Found.NamingAChild.ShouldBe(1);
        draft.Found.Fairness.Single(table => table.By == "state").Groups.ShouldAllBe(line => line.Reports == null || line.Reports == 0);
    }

    [Fact]
    public async Task What_was_decided_is_tested_on_the_signs_that_it_was_decided_on_though_the_child_is_sought_no_more()
    {
        var (house, _, report) = await WithAFoundChildAsync(DatabaseKind.Sqlite);
        await using var _ = house;
        var entry = house.Intake.Entries.Values.Single();
        house.Intake.Entries[entry.Id] = entry with { State = EntryState.Located };
        await house.DeliverAsync([report], [house.Intake.Entries[entry.Id]]);
        (await RunAsync(house)).Found!.Curves[1].MedianRank.ShouldBe(1);
    }

    [Fact]
    public async Task A_child_that_no_report_of_the_days_led_to_is_said_to_be_found_elsewhere()
    {
        var (house, lead, report) = await WithAFoundChildAsync(DatabaseKind.Sqlite);
        await using var _ = house;
        await house.House.WithDbAsync(db => db.Set<QueueItem>().Where(item => item.Id == report.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(item => item.ReceivedAt, new DateTimeOffset(2019, 6, 30, 23, 59, 59, TimeSpan.Zero))));
        var found = (await RunAsync(house)).Found!;
        (found.Reports, found.Children, found.ChildrenElsewhere, found.Curves[0].MedianRank).ShouldBe((9, 0, 1, null));
    }

    [Fact]
    public async Task A_back_test_whose_node_died_is_begun_anew_and_one_that_fails_says_so()
    {
        var (house, _, _) = await WithAFoundChildAsync(DatabaseKind.Sqlite);
        await using var _ = house;
        var runner = house.House.Services.GetRequiredService<BackTestRunner>();
        var asked = await house.House.DoAsync<RunBackTest.Request, RunBackTest.Receipt>(await house.SupervisorAsync(), new(house.Intake.Outcomes.Initiative.Id));
        (await house.House.DoAsync<RunBackTest.Request, RunBackTest.Receipt>(await house.SupervisorAsync("Another"), new(house.Intake.Outcomes.Initiative.Id)))
            .Value.Id.ShouldBe(asked.Value.Id, "the same is not measured twice at once");
        await house.House.DeliverAsync();
        await runner.Find(asked.Value.Id)!.Measuring;
        runner.Forget(asked.Value.Id);
        await house.House.PassAsync(TimeSpan.FromSeconds(1));
        await runner.Find(asked.Value.Id)!.Measuring;
        await house.House.PassAsync(TimeSpan.FromSeconds(1));
        (await ShowAsync(house, asked.Value.Id)).Test.State.ShouldBe(BackTestState.Done);
    }

    [Fact]
    public async Task Who_may_not_see_it_is_refused()
    {
        await using var house = await ReviewHouse.OpenAsync();
        foreach (var role in (Role[])[Role.Analyst, Role.Coordinator, Role.Administrator, Role.PublicAffairs])
            (await house.House.DoAsync<ShowBackTests.Request, ShowBackTests.Page>(await house.House.PersonAsync(role), new())).ShouldBeRefused("not-permitted");
        foreach (var role in (Role[])[Role.Supervisor, Role.National, Role.Auditor, Role.Counsel])
            (await house.House.DoAsync<ShowBackTests.Request, ShowBackTests.Page>(await house.House.PersonAsync(role), new())).IsDone.ShouldBeTrue();
    }

    [Fact]
    public void Ranks_are_those_of_a_queue_that_is_sorted()
    {
        var chance = new Random(7);
        for (var round = 0; round < 50; round++)
        {
            var held = Enumerable.Range(0, chance.Next(0, 200)).Select(_ => chance.NextInt64(1L << Indicators.Codes.Count) & chance.NextInt64(1L << Indicators.Codes.Count)).ToArray();
            var sorted = held.Select((bits, arrival) => (Risk: ShippedRules.First.RiskOf(new(bits)), arrival))
                .OrderByDescending(one => one.Risk).ThenBy(one => one.arrival).Select((one, place) => (one.arrival, place)).ToDictionary(one => one.arrival, one => one.place + 1);
            QueueReplay.Ranks(held, ShippedRules.First).ShouldBe(held.Select((_, arrival) => sorted[arrival]));
        }
    }

    [Fact]
    public void A_curve_counts_whole_reports()
    {
        var curve = QueueReplay.Curve("x", [1, 3, 50, 60], 60);
        (curve.Found[0], curve.Found[1], curve.Found[2], curve.Found[5], curve.Found[83], curve.Found[84], curve.Found[100]).ShouldBe((0, 0, 0.25, 0.5, 0.5, 0.75, 1));
        curve.MedianRank.ShouldBe(26.5);
        QueueReplay.Curve("x", [], 60).MedianRank.ShouldBeNull();
    }

    [Theory]
    [InlineData(8, 10, 0.4902, 0.9433), InlineData(0, 20, 0, 0.1611), InlineData(20, 20, 0.8389, 1), InlineData(50, 100, 0.4038, 0.5962)]
    public void Intervals_are_those_of_Wilson(int part, int whole, double low, double high)
    {
        var interval = Wilson.Interval(part, whole);
        interval.Low.ShouldBe(low, 0.0001);
        interval.High.ShouldBe(high, 0.0001);
    }

    [Theory]
    [InlineData("Garcia", "family name mostly of Hispanic bearers"), InlineData("Nguyen", "family name mostly of Asian or Pacific Islander bearers")]
    [InlineData("Olson", "family name mostly of White bearers"), InlineData("Xqzvlk", NameOrigins.NotInTable), InlineData("unknown", NameOrigins.NoName), InlineData("", NameOrigins.NoName)]
    public void A_family_name_belongs_to_the_group_that_bears_it_most(string family, string group) => NameOrigins.Of(family).ShouldBe(group);

    [Fact]
    public void A_group_that_stands_behind_is_told_and_one_that_is_small_is_not_shown()
    {
        // 100 girls' reports, 40 of them on top; 100 boys' at the end; two of a child whose sex is not told.
        var (groups, signals) = Queue([.. Enumerable.Repeat("F", 100), .. Enumerable.Repeat("M", 100), "", ""], place => place < 40);
        var lines = BySex(groups, signals, [0, 1, 2, 3]);

        var girls = lines.Single(line => line.Group == "girls");
        (girls.DiffersFromOthers, girls.FirstFifth.Share, girls.Matched.Share, girls.Children).ShouldBe((true, 0.4, 0.4, 4));
        var nobody = lines.Single(line => line.Group == SignalReader.NotStated);
        (nobody.Reports, nobody.FirstFifth.Share, nobody.MedianPlace).ShouldBe((null, null, null));
        // The total is known: with two hidden the smallest that is left is hidden, too.
        lines.Count(line => line.Reports is null).ShouldBe(2);
    }

    [Fact]
    public void Groups_are_compared_with_one_another_and_not_with_reports_that_name_nobody()
    {
        // Girls and boys by turns at the head of the queue, and behind them 800 reports of nobody: no group is preferred to the other.
        var (groups, signals) = Queue([.. Enumerable.Range(0, 200).Select(place => place % 2 == 0 ? "F" : "M"), .. Enumerable.Repeat("nobody", 800)], _ => false);
        var lines = BySex(groups, signals, []);

        lines.Where(line => line.Reports is not null).Select(line => (line.Group, line.Reports, line.DiffersFromOthers))
            .ShouldBe([("boys", 100, false), ("girls", 100, false)], ignoreOrder: true);
        lines.Sum(line => line.Reports ?? 0).ShouldBe(200, "reports of nobody belong to no group");
    }

    [Fact]
    public void Who_is_not_told_is_no_group_to_compare_with()
    {
        // Reports that do not tell the sex stand behind; girls and boys stand alike.
        var (groups, signals) = Queue([.. Enumerable.Range(0, 200).Select(place => place % 2 == 0 ? "F" : "M"), .. Enumerable.Repeat("", 300)], _ => false);

        BySex(groups, signals, []).ShouldAllBe(line => !line.DiffersFromOthers);
    }

    /// <summary>A queue in the order of arrival, by the sex of whom each report names.</summary>
    private static (SignalReader.Groups Groups, Signal[] Signals) Queue(string[] sexes, Func<int, bool> isStrong)
    {
        var groups = new SignalReader.Groups();
        NamedPersons Named(string sex) => new(default, default, sex == "nobody" ? [] : [new(0, "victim", "", "", [], default, null, sex, [], [], [], null, "")]);
        return (groups, [.. sexes.Select((sex, place) => new Signal(
            0, Indicators.Of([.. isStrong(place) ? ["match-strong"] : Array.Empty<string>(), .. sex == "nobody" ? [] : new[] { "names-a-victim" }]).Bits,
            float.NaN, ReportFate.None, groups.NumbersOf(Named(sex))))]);
    }

    private static IReadOnlyList<GroupLine> BySex(SignalReader.Groups groups, Signal[] signals, IReadOnlyList<int> firsts) =>
        FairnessMeasure.Of(signals, [.. Enumerable.Range(1, signals.Length)], firsts, groups, smallBelow: 3).Single(table => table.By == "sex").Groups;
}
