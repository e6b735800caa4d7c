using System.Reflection;
using Homeward.Review.Ranking;

namespace Homeward.Review.Tests;

/// <summary>The rules of the queue are published, changed by two people, and kept; what is open is ranked again.</summary>
public sealed class RulesTests
{
    private const string Why = "Two weeks showed that claims of imminence are rarely true (invented).";

    private static ProposeRules.Request Change(string code, double points, string based = "risk-1") =>
        new(based, Why, Rules: new Dictionary<string, ProposeRules.Edit> { [code] = new(points, On: true, "Judgement, by two weeks of reading") });

    private static Task<Result<ProposeRules.Receipt>> ProposeAsync(ReviewHouse house, Actor by, ProposeRules.Request request) =>
        house.House.DoAsync<ProposeRules.Request, ProposeRules.Receipt>(by, request);

    private static Task<Result<DecideRules.Receipt>> DecideAsync(ReviewHouse house, Actor by, RuleVersionId id, DecideRules.Word word, string? reason = null) =>
        house.House.DoAsync<DecideRules.Request, DecideRules.Receipt>(by, new(id, word, reason));

    private static async Task<ShowRules.Page> ShowAsync(ReviewHouse house, string? version = null)
    {
        var answer = await house.House.DoAsync<ShowRules.Request, ShowRules.Page>(await house.AnalystAsync(), new(version));
        answer.IsDone.ShouldBeTrue();
        return answer.Value;
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_change_ranks_nothing_until_a_second_person_puts_it_in_force_and_then_all_that_is_open(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var (open, dismissed) = (house.Report(escalated: true), house.Report(escalated: true));
        await house.DeliverAsync([open, dismissed]);
        var before = await house.ItemAsync(open);
        (await house.House.DoAsync<DismissReports.Request, DismissReports.Receipt>(await house.AnalystAsync(), new([dismissed.Id], "leads nowhere"))).IsDone.ShouldBeTrue();
        var author = await house.SupervisorAsync();

        var proposed = await ProposeAsync(house, author, Change("imminence-claimed", 3));
        proposed.Value.Changes.ShouldBe(["The provider claims imminent danger (not reviewed): +18 becomes +3",
            "The provider claims imminent danger (not reviewed): its source is now \"Judgement, by two weeks of reading\""]);
        await house.House.DeliverAsync();
        (await house.ItemAsync(open)).RulesVersion.ShouldBe("risk-1");
        (await DecideAsync(house, author, proposed.Value.Id, DecideRules.Word.Approve)).ShouldBeRefused("author-approves");

        (await DecideAsync(house, await house.SupervisorAsync("Another"), proposed.Value.Id, DecideRules.Word.Approve)).Value.ToRank.ShouldBe(1);
        await house.House.DeliverAsync();
        var after = await house.ItemAsync(open);
        (after.RulesVersion, after.Risk).ShouldBe(("risk-2", before.Risk - 15));
        after.ReasonList.ShouldContain("The provider claims imminent danger (not reviewed) (+3)");
        var kept = await house.ItemAsync(dismissed);
        (kept.RulesVersion, kept.Risk).ShouldBe(("risk-1", before.Risk));
        var late = house.Report(escalated: true);
        await house.DeliverAsync([late]);
        (await house.ItemAsync(late)).RulesVersion.ShouldBe("risk-2");

        var page = await ShowAsync(house);
        (page.At.Name, page.At.IsInForce, page.At.Author, page.At.DecidedBy, page.Why).ShouldBe(("risk-2", true, "Supervisor", "Another", Why));
        page.Set.Rules.Single(rule => rule.Code == "imminence-claimed").IsJudgement.ShouldBeTrue();
        (page.Reranking!.Done, page.Reranking.Changed, page.Reranking.FinishedAt is not null).ShouldBe((1, 1, true));
        var old = await ShowAsync(house, "risk-1");
        (old.At.IsInForce, old.Set.Rules.Single(rule => rule.Code == "imminence-claimed").Points).ShouldBe((false, 18));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Every_open_report_is_ranked_again_however_many_there_are(DatabaseKind kind)
    {
        const int Many = 4_321;
        await using var house = await ReviewHouse.OpenAsync(kind);
        var report = house.Report(escalated: true);
        await house.DeliverAsync([report]);
        await PlantAsync(house, await house.ItemAsync(report), Many);
        var proposed = await ProposeAsync(house, await house.SupervisorAsync(), Change("imminence-claimed", 3));
        (await DecideAsync(house, await house.SupervisorAsync("Another"), proposed.Value.Id, DecideRules.Word.Approve)).Value.ToRank.ShouldBe(Many + 1);
        await house.House.DeliverAsync();
        (await house.House.WithDbAsync(db => db.Set<QueueItem>().CountAsync(item => item.RulesVersion != "risk-2"))).ShouldBe(0);
        (await ShowAsync(house)).Reranking!.Done.ShouldBe(Many + 1);
    }

    /// <summary>Rows that say the same as one that was ranked.</summary>
    private static Task<int> PlantAsync(ReviewHouse house, QueueItem like, int count) => house.House.WithDbAsync(async db =>
    {
        var ids = house.House.Services.GetRequiredService<IIdSource>();
        db.AddRange(Enumerable.Range(0, count).Select(place => new QueueItem
        {
            Id = ids.Next<ReportId>(), Number = $"9{place:0000000}", Version = 1, Form = like.Form, Provider = like.Provider, IncidentType = like.IncidentType,
            ReceivedAt = like.ReceivedAt, ImminentClaimed = like.ImminentClaimed, Nexus = like.Nexus, Indicators = like.Indicators, Risk = like.Risk,
            Reasons = like.Reasons, RulesVersion = like.RulesVersion, AboveThreshold = like.AboveThreshold, OpenMatches = 0,
            State = place % 5 == 0 ? QueueState.Parked : QueueState.Waiting, Revision = ids.Next(),
        }));
        return await db.SaveChangesAsync();
    });

    [Fact]
    public async Task A_version_that_changes_one_no_longer_in_force_is_not_put_in_force()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (author, second) = (await house.SupervisorAsync(), await house.SupervisorAsync("Another"));
        var one = (await ProposeAsync(house, author, Change("imminence-claimed", 3))).Value;
        var other = (await ProposeAsync(house, author, Change("age-under-13", 20))).Value;
        (await DecideAsync(house, second, one.Id, DecideRules.Word.Approve)).IsDone.ShouldBeTrue();
        (await DecideAsync(house, second, other.Id, DecideRules.Word.Approve)).ShouldBeRefused("rules-moved-on");
        (await DecideAsync(house, second, other.Id, DecideRules.Word.Refuse)).ShouldBeRefused("reason-missing");
        (await DecideAsync(house, second, other.Id, DecideRules.Word.Refuse, "written for risk-1")).IsDone.ShouldBeTrue();
        (await DecideAsync(house, second, other.Id, DecideRules.Word.Refuse, "again")).ShouldBeRefused("rules-decided");
        (await ProposeAsync(house, author, Change("age-under-13", 20))).ShouldBeRefused("rules-moved-on");
        var refused = await ShowAsync(house, "risk-3");
        (refused.At.State, refused.DecisionReason, refused.InForce).ShouldBe((RuleVersionState.Refused, "written for risk-1", "risk-2"));
    }

    [Fact]
    public async Task What_a_change_may_not_be_is_told_all_at_once()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var author = await house.SupervisorAsync();
        var answer = await ProposeAsync(house, author, new("risk-1", Why, ReferralThreshold: 0, MatchThresholdBits: 99, Rules: new Dictionary<string, ProposeRules.Edit>
        {
            ["no-such-rule"] = new(1, On: true), ["age-under-13"] = new(51, On: true), ["sought-from-care"] = new(6, On: true), ["incident-fresh"] = new(5, On: true, "x"),
        }));
        answer.ShouldBeRefused("rules-invalid");
        foreach (var fault in (string[])["referral threshold lies", "threshold of a match lies", "no rule \"no-such-rule\"", "A child under 13: points lie", "foster care: the weight changes", "source has 3 to 300"])
            answer.Problem.What.ShouldContain(fault);
        (await ProposeAsync(house, author, new("risk-1", Why))).ShouldBeRefused("rules-invalid");
        (await house.House.DoAsync<ProposeRules.Request, ProposeRules.Receipt>(await house.AnalystAsync(), Change("age-under-13", 9))).ShouldBeRefused("not-permitted");
    }

    [Fact]
    public async Task The_threshold_of_the_version_in_force_decides_who_gets_a_second_reader()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var report = house.Report(escalated: true);
        await house.DeliverAsync([report]);
        (await house.ItemAsync(report)).AboveThreshold.ShouldBeFalse();
        var proposed = await ProposeAsync(house, await house.SupervisorAsync(), new("risk-1", Why, ReferralThreshold: 10));
        (await DecideAsync(house, await house.SupervisorAsync("Another"), proposed.Value.Id, DecideRules.Word.Approve)).IsDone.ShouldBeTrue();
        await house.House.DeliverAsync();
        (await house.ItemAsync(report)).AboveThreshold.ShouldBeTrue();
    }

    [Fact]
    public void Every_shipped_rule_has_its_indicator_and_every_indicator_its_rule() =>
        ShippedRules.First.Rules.Select(rule => rule.Code).Order().ShouldBe(Indicators.Codes.Order());

    /// <summary>R-16. Whoever adds an input to the ranking changes this list, and says why it is none of what the rule forbids.</summary>
    [Fact]
    public void The_ranking_is_given_no_race_religion_nationality_wealth_name_sex_or_place()
    {
        string[] allowed =
        [
            "ImminenceClaimed", "Priority", "Disposition", "IncidentType", "IsBundled", "TopProbability", "IsSoughtAtRisk", "IsSoughtFromCare",
            "HasSoughtIndicators", "IsSoughtEndangered", "YoungestAge", "NamesVictim", "SinceIncident", "IsInUnitedStates",
        ];
        typeof(RiskFacts).GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).Select(input => input.Name).Except(["EqualityContract"]).ShouldBe(allowed, ignoreOrder: true);
        // Plain values only: a record within would bring what it holds.
        typeof(RiskFacts).GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Select(input => Nullable.GetUnderlyingType(input.FieldType) ?? input.FieldType)
            .ShouldAllBe(type => type == typeof(bool) || type == typeof(int) || type == typeof(double) || type == typeof(string) || type == typeof(TimeSpan));
        // And the rank itself sees one number: which published indicators hold.
        typeof(RiskRuleSet).GetMethod("RiskOf", BindingFlags.NonPublic | BindingFlags.Instance)!.GetParameters().Select(input => input.ParameterType).ShouldBe([typeof(Indicators)]);
        typeof(Indicators).GetFields(BindingFlags.NonPublic | BindingFlags.Instance).Select(field => field.FieldType).ShouldBe([typeof(long)]);
    }
}
