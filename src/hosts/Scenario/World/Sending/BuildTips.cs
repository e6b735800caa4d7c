using Homeward.Exchange.Referrals;
using Homeward.Exchange.Tips;
using Homeward.Scenario.World.Partners;
using Homeward.Scenario.World.People;
using Homeward.Scenario.World.Plan;
using Homeward.Scenario.World.Towns;
using Homeward.Scenario.World.Truth;

namespace Homeward.Scenario.World.Sending;

/// <summary>Calls and referrals that lead to nobody, and requests by which two task forces aim at one place.</summary>
internal sealed class BuildTips(WorldPlan plan, WorldTruth truth, PartnerRolls partners, InventPeople people, Scenes scenes)
{
    private const string Withheld = "narrative withheld";
    private const int TipsMin = 20, ReferralsMin = 10, RequestIndex = 50_000;

    private readonly Dice _dice = Dice.Of(plan.Seed).For("tips");
    // The same numbering as the field's own, from other indexes.
    private readonly Dice _numbers = Dice.Of(plan.Seed).For("field");

    public IEnumerable<Sent> Build()
    {
        var tips = (int)(Math.Max(TipsMin, 2 * plan.Children) * plan.Scale);
        for (var n = 0; n < tips; n++) yield return Tip(n);
        var referrals = (int)(Math.Max(ReferralsMin, 0.6 * plan.Children) * plan.Scale);
        for (var n = 0; n < referrals; n++) yield return AtRisk(n);

        var pairs = plan.Operations < 2 ? 0 : 1 + (plan.Operations / 20);
        truth.Traps["operationsAimedAtOnePlace"] = 0;
        for (var n = 0; n < pairs; n++)
            foreach (var request in Collision(n)) yield return request;
    }

    private Sent Tip(int n)
    {
        var dice = _dice.For("tip", n);
        return Lines.Of(new HotlineTip(At(dice), Numbers.Short(_numbers, "HT", n), Imminent: dice.Chance(0.08, "imminent"),
            CallerNamed: dice.Chance(0.25, "named"),
            dice.Chance(0.7, "child told") ? Told.BySight(people.Child(dice, plan.From, plan.To), plan.From, dice) : null,
            scenes.Anywhere(dice).Stated(dice.Chance(0.5, "street told") ? Scene.Street(dice) : null), Withheld));
    }

    private Sent AtRisk(int n)
    {
        var dice = _dice.For("referral", n);
        var scene = scenes.Anywhere(dice);
        return Lines.Of(new AgencyReferral(At(dice), Numbers.Short(_numbers, "AR", n), partners.AgencyOf(scene.Office, dice),
            ReferralKind.ChildAtRisk, Told.BySight(people.Child(dice, plan.From, plan.To), plan.From, dice),
            scene.Stated(dice.Chance(0.5, "street told") ? Scene.Street(dice) : null), Withheld));
    }

    /// <summary>Two agencies ask within the hour for an operation at one motel; where they can, for two task forces.</summary>
    private IEnumerable<Sent> Collision(int n)
    {
        var dice = _dice.For("collision", n);
        var hosts = plan.Offices.Where(office => office.TaskForces > 0 && office.Operations > 1).ToList();
        if (hosts.Count == 0) yield break;
        var many = hosts.Where(office => office.TaskForces > 1).ToList();
        var office = dice.Pick(many.Count > 0 ? many : hosts, "office");
        var scene = scenes.At(office.Office.Code, dice);
        var place = scene.Stated($"{dice.Between(100, 9900, "house")} Exercise Motel Road");
        var forces = partners.TaskForces.Where(force => force.Office == office.Office.Code).Take(2).ToList();
        var at = office.Window.At(dice.Within(0.05, 0.6, "asked at"));
        for (var side = 0; side < 2; side++)
        {
            var seats = partners.Members.Where(member => member.TaskForce == forces[side % forces.Count].Code).Select(member => member.Ori)
                .Where(ori => ori.StartsWith("XX", StringComparison.Ordinal)).ToList();
            var ori = seats.Count > 0 ? dice.Pick(seats, $"seat {side}") : partners.AgencyOf(office.Office.Code, dice);
            yield return Lines.Of(new AgencyReferral(at.AddMinutes(side * dice.Between(3, 50, "apart")), Numbers.Short(_numbers, "AR", RequestIndex + (n * 2) + side),
                ori, ReferralKind.OperationRequest, Child: null, place, Withheld));
        }
        truth.Traps["operationsAimedAtOnePlace"]++;
    }

    private DateTimeOffset At(Dice dice)
    {
        var at = plan.Begins + ((plan.Ends - plan.Begins) * dice.Unit("received"));
        return new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
    }
}
