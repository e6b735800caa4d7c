using System.Text;
using CsCheck;
using Homeward.Exchange;
using Homeward.Exchange.Partners;

namespace Homeward.World.Tests;

public class PlanTests
{
    [Fact]
    public void A_floor_becomes_a_number_above_it_and_the_lists_hold_as_many()
    {
        var world = Given.World(Given.Carried("operation-independence-day"), scale: 0.02);
        world.Plan.Agencies.ShouldBeInRange(401, 430);
        Members(world).DistinctBy(member => member.Ori).Count().ShouldBe(world.Plan.Agencies);
        Members(world).Count.ShouldBeGreaterThan(world.Plan.Agencies);
        Forces(world).Count.ShouldBe(86);
        Forces(world).Sum(force => force.PledgedOperations).ShouldBe(161);
    }

    [Fact]
    public void Task_forces_pledges_and_seats_add_up_in_any_initiative() => Gen.Int[1, 100_000].Sample(AddsUp, iter: 100, threads: 1);

    /// <summary>Initiatives that once did not: 35600 has one force, and two offices that pledge.</summary>
    [Theory]
    [InlineData(35600)]
    public void What_once_did_not_add_up_does(int lot) => AddsUp(lot);

    private static void AddsUp(int lot)
    {
        var world = Given.World(Given.AnyInitiative(lot), lot, scale: 0.02);
        var (plan, forces) = (world.Plan, Forces(world));
        forces.Count.ShouldBe(plan.TaskForces);
        if (plan.TaskForces > 0) forces.Sum(force => force.PledgedOperations).ShouldBe(plan.Operations);
        if (plan.TaskForces > 0) Members(world).DistinctBy(member => member.Ori).Count().ShouldBe(plan.Agencies);
        plan.Sought.ShouldBeGreaterThanOrEqualTo(3 * plan.Children);
        foreach (var office in plan.Initiative.Offices)
        {
            var due = plan.Office(office.Code)!;
            if (office.Children.IsGiven) due.Children.ShouldBe(office.Children.Count);
            if (office.Arrests.IsGiven) due.Arrests.ShouldBe(office.Arrests.Count);
            if (office.Adults.IsGiven) due.Adults.ShouldBe(office.Adults.Count);
        }
        if (plan.TaskForces >= plan.Offices.Count && plan.Operations - plan.Initiative.Offices.Sum(o => o.Operations.AtLeast) >= plan.Offices.Count)
            plan.Offices.Where(office => office.Children + office.Arrests > 0 && plan.Initiative.Offices.All(o => o.Code != office.Office.Code || !o.Operations.IsGiven))
                .ShouldAllBe(office => office.Operations > 0);
    }

    [Fact]
    public void Memphis_finds_until_it_closes_and_Nashville_from_when_it_opens()
    {
        var world = Given.World(Given.Carried("operation-river-bend"), scale: 0.02);
        world.Plan.Office("ME")!.Window.To.ShouldBe(new DateOnly(2024, 9, 30));
        world.Plan.Office("NV")!.Window.From.ShouldBe(new DateOnly(2024, 10, 1));
        world.Truth.Children.Where(child => child.Office.Office.Code == "NV").SelectMany(child => child.Evidence)
            .ShouldAllBe(each => each.ArrivesAt >= world.Plan.Office("NV")!.Window.Start);
    }

    [Fact]
    public void Only_the_files_partners_are_real()
    {
        var world = Given.World(Given.Carried("operation-independence-day"), scale: 0.02);
        var agencies = PartnerLists.Agencies.Read(Stream(world, RawFolder.Agencies)).Select(row => row.Outcome.Value).ToList();
        agencies.Where(agency => !agency.IsInvented).Select(agency => agency.Ori)
            .ShouldBe(["MOKPD0000", "KS0460600", "KS0870300", "KS0870000", "MO1070100", "MO0390300"], ignoreOrder: true);
        agencies.Where(agency => agency.IsInvented).ShouldAllBe(agency => agency.Ori.StartsWith("XX", StringComparison.Ordinal) && agency.Name.EndsWith("(invented)", StringComparison.Ordinal));
    }

    private static List<TaskForceRecord> Forces(Scenario.World.WorldSession world) =>
        [.. PartnerLists.TaskForces.Read(Stream(world, RawFolder.TaskForces)).Select(row => row.Outcome.Value)];

    private static List<MemberRecord> Members(Scenario.World.WorldSession world) =>
        [.. PartnerLists.Members.Read(Stream(world, RawFolder.Members)).Select(row => row.Outcome.Value)];

    private static MemoryStream Stream(Scenario.World.WorldSession world, string path) =>
        new(Encoding.UTF8.GetBytes(world.FirstSends.Single(sent => sent.Path == path).Body));
}
