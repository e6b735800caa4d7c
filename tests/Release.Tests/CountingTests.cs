using Homeward.Outcomes;
using Homeward.Operations;
using Homeward.Release.Counting;
using Homeward.Foundations.People;

namespace Homeward.Release.Tests;

/// <summary>The traps of counting, by their numbers in the domain's list.</summary>
public sealed class CountingTests
{
    [Fact]
    public void T13_child_recovered_by_two_offices_counts_once_at_the_first_and_is_shared_by_the_other()
    {
        var given = new Given().Lists("DN", "LV");
        var first = given.Child("DN", "2019-07-03T15:00Z");
        var again = given.Child("LV", "2019-07-25T15:00Z");
        given.Same(first.Person, again.Person);
        var tally = given.Count();
        tally.Value(Measures.Total).ShouldBe(1);
        tally.Value(Measures.Episodes).ShouldBe(2);
        tally.Office("DN")!.Children.Value.ShouldBe(1);
        tally.Office("LV")!.Children.Value.ShouldBe(0);
        tally.Office("LV")!.Shared.Value.ShouldBe(1);
        tally.Office("DN")!.Shared.Value.ShouldBe(0);
        tally.Offices.Sum(line => line.Children.Value).ShouldBe(1);
    }

    [Fact]
    public void T14_and_T15_a_merge_takes_one_from_the_nation_and_its_undoing_gives_it_back()
    {
        var given = new Given();
        var (one, other) = (given.Child("KC"), given.Child("DL", "2019-07-11T15:00Z"));
        given.Count().Value(Measures.Total).ShouldBe(2);
        given.Same(one.Person, other.Person);
        given.Count().Value(Measures.Total).ShouldBe(1);
        given.Decide(one.Person, other.Person, Judgement.NotSame);
        given.Count().Value(Measures.Total).ShouldBe(2);
    }

    [Fact]
    public void T16_identified_then_recovered_is_one_child_recovered()
    {
        var given = new Given();
        var first = given.Child("DL", "2019-07-03T15:00Z", OutcomeKind.Identified);
        given.Child("KC", "2019-07-20T15:00Z", OutcomeKind.Recovered, person: first.Person);
        var tally = given.Count();
        (tally.Value(Measures.Total), tally.Value(Measures.Recovered), tally.Value(Measures.Identified)).ShouldBe((1, 1, 0));
        tally.Office("KC")!.Children.Value.ShouldBe(1);
        tally.Office("DL")!.Shared.Value.ShouldBe(1);
    }

    [Fact]
    public void T21_only_a_finding_of_minority_makes_an_unknown_age_count()
    {
        var given = new Given();
        given.Child(age: AgeAtAct.MinorAgeUnknown);
        given.Child(age: AgeAtAct.Undetermined);
        var tally = given.Count();
        (tally.Value(Measures.Total), tally.Value(Measures.Undetermined)).ShouldBe((1, 1));
    }

    [Fact]
    public void T22_an_adult_who_is_decided_to_be_a_child_of_the_count_leaves_the_adults()
    {
        var given = new Given();
        var (adult, child) = (given.Adult(), given.Child());
        given.Count().Value(Measures.Adults).ShouldBe(1);
        given.Same(adult.Person, child.Person);
        var tally = given.Count();
        (tally.Value(Measures.Adults), tally.Value(Measures.Total)).ShouldBe((0, 1));
    }

    [Fact]
    public void T28_and_T29_a_victim_in_custody_is_no_arrest_and_a_trafficker_stays_apart()
    {
        var given = new Given();
        var child = given.Child();
        given.Arrest(ArrestKind.VictimCustody, person: child.Person);
        var tally = given.Count();
        tally.Value(Measures.Total).ShouldBe(1);
        tally.Value(Measures.Traffickers).ShouldBeNull("a custody is no report on arrests");
        given.Arrest();
        given.Count().Value(Measures.Traffickers).ShouldBe(1);
        given.Count().Value(Measures.VictimsInCustody).ShouldBe(1);
    }

    [Fact]
    public void T30_contact_with_services_declined_is_an_encounter_and_no_victim()
    {
        var given = new Given();
        given.Adult(victim: false);
        var tally = given.Count();
        (tally.Value(Measures.Adults), tally.Value(Measures.Encounters)).ShouldBe((0, 1));
    }

    [Fact]
    public void T31_a_trafficker_arrested_twice_is_one_person()
    {
        var given = new Given();
        var (one, other) = (given.Arrest(office: "KC"), given.Arrest(office: "DL", at: "2019-07-12T15:00Z"));
        given.Count().Value(Measures.Traffickers).ShouldBe(2);
        given.Same(one.Person, other.Person);
        given.Count().Value(Measures.Traffickers).ShouldBe(1);
    }

    [Fact]
    public void T32_an_arrest_on_an_unrelated_warrant_is_no_trafficker()
    {
        var given = new Given();
        given.Arrest(ArrestKind.Other);
        given.Arrest(ArrestKind.Buyer);
        var tally = given.Count();
        (tally.Value(Measures.Traffickers), tally.Value(Measures.Buyers), tally.Value(Measures.OtherArrests)).ShouldBe((0, 1, 1));
    }

    [Theory]
    [InlineData("2019-08-01T09:30Z", "2019-08-01T10:40Z", 1)] // 31 July 23:30 in Honolulu; found 1 August 00:40
    [InlineData("2019-08-01T10:30Z", "2019-08-01T10:40Z", 0)] // began 1 August there
    [InlineData("2019-08-01T09:30Z", "2019-08-01T21:59Z", 1)] // one minute before the cut-off, 12 h after midnight
    [InlineData("2019-08-01T09:30Z", "2019-08-01T22:00Z", 0)]
    public void T33_the_operation_decides_the_window_and_the_cut_off_ends_it(string startedAt, string at, int children)
    {
        var given = new Given();
        var operation = given.Operation("HN", startedAt);
        given.Child("HN", at, operation: operation);
        var tally = given.Count();
        tally.Value(Measures.Total).ShouldBe(children);
        tally.CutOff.Says.ShouldContain("12 hours");
    }

    [Theory]
    [InlineData("2019-07-01T05:00Z", 1)] // Kansas City's first midnight
    [InlineData("2019-07-01T04:59Z", 0)] // 30 June there, 1 July in UTC
    [InlineData("2019-06-03T15:00Z", 0)]
    public void An_outcome_older_than_the_window_does_not_count_by_its_operation_alone(string at, int counted)
    {
        var given = new Given();
        var operation = given.Operation();
        given.Child(at: at, operation: operation);
        given.Adult(at: at, operation: operation);
        given.Arrest(at: at, operation: operation);
        given.Investigation("31E-KC-1", at: at, operation: operation);
        var tally = given.Count();
        (tally.Value(Measures.Total), tally.Value(Measures.Adults), tally.Value(Measures.Traffickers), tally.Value(Measures.Investigations))
            .ShouldBe((counted, counted, counted, counted));
    }

    [Fact]
    public void T34_a_door_finding_counts_by_the_day_of_its_place()
    {
        var given = new Given();
        given.Child("HN", "2019-06-30T15:00Z", localOn: "2019-07-01"); // 1 July 01:00 in Guam, 30 June in Hawaii
        given.Child("HN", "2019-06-30T15:00Z");
        given.Count().Value(Measures.Total).ShouldBe(1);
    }

    [Fact]
    public void T35_a_late_entry_counts_later_and_is_marked()
    {
        var given = new Given();
        given.Child(at: "2019-07-12T15:00Z", enteredAt: "2019-08-20T15:00Z");
        given.Count("2019-08-06T12:00Z").Value(Measures.Total).ShouldBeNull();
        var later = given.Count("2019-08-21T12:00Z");
        later.Value(Measures.Total).ShouldBe(1);
        later[Measures.Total].Behind.Single().Note.ShouldBe("typed late");
    }

    [Fact]
    public void T36_and_T37_nothing_said_is_not_reported_and_nothing_found_is_zero()
    {
        var given = new Given().Lists("KC", "BS", "MM");
        given.Child("KC");
        given.Certify("BS", Measures.Total);
        var tally = given.Count();
        tally.Office("BS")!.Children.Value.ShouldBe(0);
        tally.Office("MM")!.Children.Value.ShouldBeNull();
        tally.Office("KC")!.Adults.Value.ShouldBeNull();
        tally.Value(Measures.Adults).ShouldBeNull();
        var row = Model_Reconciliation(tally);
        (row.Nation, row.Offices, row.IsEqual).ShouldBe((1, 1, true));
        row.NotReported.ShouldBe(["Miami"]);
    }

    private static ReconcileOffices.Row Model_Reconciliation(Tally tally) => Reconciliation.Of(tally).Single(row => row.Measure == Measures.Total);

    [Fact]
    public void T39_children_exploited_for_labor_stand_on_their_own_line()
    {
        var given = new Given();
        for (var i = 0; i < 13; i++) given.Child();
        given.Child(exploitation: Exploitation.Labor);
        given.Child(exploitation: Exploitation.Labor);
        var tally = given.Count();
        (tally.Value(Measures.Total), tally.Value(Measures.Labor)).ShouldBe((13, 2));
    }

    [Fact]
    public void T40_trafficked_and_located_children_are_two_groups_with_their_overlap_said()
    {
        var given = new Given();
        var trafficked = Enumerable.Range(0, 80).Select(_ => given.Child()).ToList();
        var located = Enumerable.Range(0, 40).Select(_ => given.Child(kind: OutcomeKind.Located)).ToList();
        for (var i = 0; i < 5; i++) given.Same(trafficked[i].Person, located[i].Person);
        var tally = given.Count();
        (tally.Value(Measures.Total), tally.Value(Measures.Located), tally.Value(Measures.ReportedMissing)).ShouldBe((80, 35, 5));
    }

    [Fact]
    public void T43_an_agency_in_two_task_forces_is_one_agency()
    {
        var given = new Given();
        given.Seat("KC-01", "MOKPD0000");
        given.Seat("KC-02", "MOKPD0000");
        given.Seat("DL-01", "TXDPD0000", "2019-08-01");
        var tally = given.Count();
        (tally.Value(Measures.Agencies), tally.Value(Measures.TaskForces)).ShouldBe((1, 2));
    }

    [Fact]
    public void Operations_count_when_they_began_and_never_when_called_off()
    {
        var given = new Given();
        given.Operation(agencies: ["MOKPD0000", "KSOPD0000"]);
        given.Operation(agencies: ["MOKPD0000"]);
        given.Operation(state: OperationState.CalledOff, agencies: ["TXDPD0000"]);
        given.Operation(startedAt: null, state: OperationState.Planned, agencies: ["TXDPD0000"]);
        var tally = given.Count();
        (tally.Value(Measures.Operations), tally.Value(Measures.AgenciesActed)).ShouldBe((2, 2));
        given.Count("2019-07-10T11:00Z").Value(Measures.Operations).ShouldBe(0);
    }

    [Fact]
    public void A_joint_investigation_counts_once()
    {
        var given = new Given();
        given.Investigation("31E-KC-1", "KC");
        given.Investigation("31E-KC-1", "DL", "2019-07-12T15:00Z");
        given.Investigation("31E-DL-2", "DL", "2019-08-02T15:00Z");
        given.Count().Value(Measures.Investigations).ShouldBe(1);
    }

    [Fact]
    public void A_child_came_by_review_when_the_match_of_that_child_led_to_the_operation()
    {
        var given = new Given();
        var (entry, other) = (Given.Person(), Given.Person());
        var operation = given.Operation(leads: [given.Lead(entry), given.Lead(other)]);
        var child = given.Child(operation: operation);
        given.Child(operation: operation, at: "2019-07-10T16:00Z");
        given.Count().Value(Measures.ViaReview).ShouldBe(0);
        given.Same(child.Person, entry);
        given.Count().Value(Measures.ViaReview).ShouldBe(1);
    }

    [Fact]
    public void Who_is_sought_and_not_found_is_still_missing()
    {
        var given = new Given();
        var entries = Enumerable.Range(0, 3).Select(_ => Given.Person()).ToList();
        entries.ForEach(given.Seeks);
        var child = given.Child();
        given.Same(child.Person, entries[0]);
        given.Child("KC", "2019-08-04T15:00Z", person: entries[1]); // after the window: counts nowhere, and nobody seeks on
        given.Child(); // whom nobody had entered
        var tally = given.Count();
        (tally.Value(Measures.Total), tally.Value(Measures.Sought), tally.Value(Measures.StillMissing)).ShouldBe((2, 3, 1));
    }

    [Fact]
    public void Offices_stand_in_the_files_order_and_others_with_a_count_follow_by_name()
    {
        var given = new Given().Lists("SE", "AT");
        given.Child("SL");
        given.Child("KC");
        given.Count().Offices.Select(line => line.Code).ShouldBe(["SE", "AT", "KC", "SL"]);
    }

    [Fact]
    public void The_line_has_the_contracts_keys_in_order()
    {
        var given = new Given().Lists("KC");
        given.Child("KC");
        TallyLine.Of(given.Count()).ShouldBe("""
            {"initiative":"Operation Exercise","from":"2019-07-01","to":"2019-07-31","children":{"total":1,"recovered":1,"identified":0,"located":0,"viaReview":0},"traffickersArrested":null,"operations":0,"taskForces":null,"agencies":null,"agenciesActed":0,"investigationsOpened":null,"adultsIdentified":null,"offices":[{"office":"Kansas City","children":1,"adults":null,"arrests":null,"operations":0,"shared":0}],"sought":1,"stillMissing":0,"invented":true}
            """.Trim());
    }
}
