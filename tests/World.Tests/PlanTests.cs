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

    /// <summary>Files whose figures leave the world one way only.</summary>
    [Theory]
    [InlineData("""{"taskForces":4,"agencies":2,"operations":4,"children":{"recovered":2}}""")]
    [InlineData("""{"taskForces":2,"agencies":3,"operations":4,"children":{"recovered":2},"offices":[{"office":"Kansas City","children":1,"partners":["MOKPD0000","KS0460600","KS0870300"]}]}""")]
    [InlineData("""{"taskForces":2,"operations":2,"children":{"recovered":4},"offices":[{"office":"Denver","operations":1},{"office":"Seattle","operations":1}]}""")]
    [InlineData("""{"taskForces":2,"children":{"recovered":4},"offices":[{"office":"Denver","operations":1},{"office":"Seattle","operations":1}]}""")]
    [InlineData("""{"taskForces":2,"operations":5,"children":{"recovered":4},"offices":[{"office":"Denver","operations":1},{"office":"Seattle","children":4,"operations":0}]}""")]
    [InlineData("""{"operations":4,"children":{"recovered":0},"offices":[{"office":"Denver","operations":1},{"office":"Seattle","operations":1},{"office":"Boston","operations":1},{"office":"Miami","operations":1}]}""")]
    [InlineData("""{"taskForces":{"moreThan":1},"operations":6,"children":{"recovered":0},"offices":[{"office":"Denver","operations":1},{"office":"Seattle","operations":1},{"office":"Boston","operations":2},{"office":"Miami","operations":1}]}""")]
    [InlineData("""{"agencies":5,"operations":0,"children":{"recovered":0}}""")]
    [InlineData("""{"taskForces":0,"agencies":0,"operations":0,"children":{"recovered":3}}""")]
    public void A_file_that_leaves_little_open_comes_out(string figures) => AddsUp(Given.World(Given.Dated(figures), scale: 0.02));

    [Theory]
    [InlineData("""{"adultsIdentified":{"moreThan":20},"operations":{"moreThan":20},"children":{"total":{"moreThan":20}}}""")]
    [InlineData("""{"children":{"recovered":{"moreThan":3},"identified":{"moreThan":4}}}""")]
    [InlineData("""{"children":{"recovered":{"moreThan":3},"identified":7}}""")]
    public void With_every_office_listed_the_nation_is_their_sum(string figures)
    {
        var world = Given.World(Given.WithEveryOffice(figures), scale: 0.02);
        var (plan, offices) = (world.Plan, world.Plan.Offices.Count);
        AddsUp(world);
        (plan.Children, plan.Adults, plan.Arrests, plan.Operations).ShouldBe((offices, offices, offices, offices));
    }

    private static void AddsUp(int lot) => AddsUp(Given.World(Given.AnyInitiative(lot), lot, scale: 0.02));

    private static void AddsUp(Scenario.World.WorldSession world)
    {
        var (plan, forces, members) = (world.Plan, Forces(world), Members(world));
        var file = plan.Initiative;
        (file.TaskForces.Allows(plan.TaskForces), file.Agencies.Allows(plan.Agencies), file.Operations.Allows(plan.Operations)).ShouldBe((true, true, true));
        (file.Children.Total.Allows(plan.Children), file.Children.Recovered.Allows(plan.Recovered), file.Children.Identified.Allows(plan.Identified)).ShouldBe((true, true, true));
        forces.Count.ShouldBe(plan.TaskForces);
        forces.Sum(force => force.PledgedOperations).ShouldBe(plan.Operations);
        if (plan.TaskForces > 0) members.DistinctBy(member => member.Ori).Count().ShouldBe(plan.Agencies);
        if (plan.Agencies > 0) members.Select(member => member.TaskForce).Distinct().Count().ShouldBe(plan.TaskForces);
        members.Select(member => (member.TaskForce, member.Ori)).ShouldBeUnique();
        plan.Sought.ShouldBeGreaterThanOrEqualTo(3 * plan.Children);
        foreach (var office in plan.Initiative.Offices)
        {
            var due = plan.Office(office.Code)!;
            if (office.Children.IsGiven) due.Children.ShouldBe(office.Children.Count);
            if (office.Arrests.IsGiven) due.Arrests.ShouldBe(office.Arrests.Count);
            if (office.Adults.IsGiven) due.Adults.ShouldBe(office.Adults.Count);
            if (office.Operations.IsGiven) due.Operations.ShouldBe(office.Operations.Count);
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
