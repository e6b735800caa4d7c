using CsCheck;
using Homeward.Exchange;
using Homeward.Exchange.Outcomes;
using Homeward.Exchange.Referrals;
using Homeward.Exchange.Tips;

namespace Homeward.World.Tests;

public class TotalsTests
{
    private const double Small = 0.02;

    [Fact]
    public void Whatever_the_house_does_what_is_due_is_told_exactly_once() => Gen.Int[1, 100_000].Sample(lot =>
    {
        var file = Given.AnyInitiative(lot);
        House[] houses = [Houses.Idle, Houses.Perfect, Houses.Erring(lot)];
        var played = Played.Through(Given.World(file, lot, Small), houses[lot % 3]);
        ShouldTellWhatIsDue(played);
    }, iter: 36, threads: 1, print: lot => $"{lot}: {System.Text.Encoding.UTF8.GetString(Given.AnyInitiative(lot))}");

    [Theory]
    [InlineData("operation-independence-day")]
    [InlineData("operation-river-bend")]
    [InlineData("operation-short-light")]
    public void The_carried_initiatives_come_out_under_every_house(string name)
    {
        foreach (var house in new[] { Houses.Idle, Houses.Perfect, Houses.Erring(7) })
            ShouldTellWhatIsDue(Played.Through(Given.World(Given.Carried(name), seed: 3, Small), house));
    }

    [Fact]
    public void Independence_day_comes_out_as_it_was_published()
    {
        var counted = new Recount(Played.Through(Given.World(Given.Carried("operation-independence-day"), seed: 2, Small), Houses.Perfect));
        counted.CountedChildren.Count(child => child.Kind == ChildOutcomeKind.Recovered).ShouldBe(82);
        counted.CountedChildren.Count(child => child.Kind == ChildOutcomeKind.Identified).ShouldBe(21);
        counted.CountedChildren.Select(child => child.Office).Distinct().Count().ShouldBe(33);
        counted.CountedChildren.Count(child => child.Office == "LV").ShouldBe(14);
        counted.AdultsOf("KC").ShouldBe(35);
        counted.Arrests.Where(arrest => arrest.Kind == ArrestKind.Trafficking).DistinctBy(arrest => arrest.FbiNumber).Count().ShouldBe(67);
        counted.Investigations.DistinctBy(opened => opened.CaseNumber).Count().ShouldBe(60);
    }

    [Fact]
    public void A_perfect_house_finds_most_children_by_its_own_operations()
    {
        var counted = new Recount(Played.Through(Given.World(Given.Carried("operation-independence-day"), seed: 1, Small), Houses.Perfect));
        var own = counted.CountedChildren.Count(child => child.Operation is not null);
        own.ShouldBeGreaterThan(counted.CountedChildren.Count() * 8 / 10);
    }

    private static void ShouldTellWhatIsDue(Played played)
    {
        var counted = new Recount(played);
        var plan = played.World.Plan;
        foreach (var office in plan.Offices)
        {
            var code = office.Office.Code;
            counted.Counted(code, ChildOutcomeKind.Recovered).ShouldBe(office.Recovered, code);
            counted.Counted(code, ChildOutcomeKind.Identified).ShouldBe(office.Identified, code);
            counted.Counted(code, ChildOutcomeKind.Located).ShouldBe(office.Located, code);
            counted.AdultsOf(code).ShouldBe(office.Adults, code);
            counted.ArrestsOf(code).ShouldBe(office.Arrests, code);
            counted.InvestigationsOf(code).ShouldBe(office.Investigations, code);
        }

        var told = played.Sends.Where(sent => sent.Path == RawFolder.AgencyReferrals)
            .Select(sent => AgencyReferrals.Json.ReadLine(sent.Body).Value).Select(referral => (referral.Number, referral.Received))
            .Concat(played.Sends.Where(sent => sent.Path == RawFolder.HotlineTips)
                .Select(sent => HotlineTips.Json.ReadLine(sent.Body).Value).Select(tip => (tip.Number, tip.Received)))
            .ToDictionary(each => each.Number, each => each.Received);
        counted.All.Select(line => line.Record).ShouldBeUnique();
        foreach (var line in counted.All)
        {
            line.TypedAt.ShouldBeGreaterThan(line.At);
            line.TypedAt.ShouldBeLessThanOrEqualTo(plan.Ends.AddDays(4));
            if (line.Operation is { } operation) played.Ran.ShouldContainKey(operation);
        }
        foreach (var child in counted.Children)
        {
            (child.Operation is null).ShouldBe(child.Door != ChildDoor.Operation);
            (child.Operation is null).ShouldBe(child.Referral is not null);
            if (child.Referral is { } referral) told[referral].ShouldBeLessThan(child.At);
        }
        foreach (var line in counted.Arrests.Where(line => line.Operation is null)) told.ShouldContainKey(line.Referral!);
        foreach (var line in counted.Investigations.Where(line => line.Operation is null)) told.ShouldContainKey(line.Referral!);
        foreach (var line in counted.Adults.Where(line => line.Operation is null)) told.ShouldContainKey(line.Referral!);
        played.Sends.Where(sent => !sent.Path.StartsWith("outcomes/", StringComparison.Ordinal))
            .ShouldAllBe(sent => sent.At <= plan.Ends.AddDays(5));
    }
}
