using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.People;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Homeward.Outcomes.Tests.Given;

namespace Homeward.Outcomes.Tests;

public sealed class RecordingTests
{
    [Fact]
    public async Task The_same_record_twice_is_one_fact_and_other_content_is_refused()
    {
        var (house, earlier, coordinator) = await OpenAsync();
        await using var _ = house;
        var first = (await RecordAsync(house, coordinator, Finding())).Value;
        var again = (await RecordAsync(house, coordinator, Finding())).Value;
        (again.Id, again.AlreadyThere).ShouldBe((first.Id, true));
        (await FactsAsync(house, earlier)).Children.Count.ShouldBe(1);
        (await RecordAsync(house, coordinator, Finding(given: "Bea"))).Problem.Code.ShouldBe("record-differs");
    }

    [Theory]
    [InlineData(null, null, "not-linked")]
    [InlineData("KC-09/2019-07-01/1", null, "no-such-operation")]
    [InlineData(null, "AR-000009", "no-such-door")]
    public async Task What_nothing_of_the_initiative_led_to_is_refused(string? operation, string? door, string code)
    {
        var (house, _, coordinator) = await OpenAsync();
        await using var closing = house;
        (await RecordAsync(house, coordinator, Finding(Filed(operation: operation, door: door)))).Problem.Code.ShouldBe(code);
    }

    [Fact]
    public async Task An_office_records_only_what_it_did_itself()
    {
        var (house, earlier, coordinator) = await OpenAsync();
        await using var _ = house;
        earlier.Operation("DL-01/2019-07-01/1", "DL");
        (await RecordAsync(house, coordinator, Finding(Filed(operation: "DL-01/2019-07-01/1", office: "DL")))).Problem.Kind.ShouldBe(ProblemKind.Forbidden);
    }

    [Fact]
    public async Task A_recognised_child_ends_the_search_and_the_recorder_decided_who_it_is()
    {
        var (house, earlier, coordinator) = await OpenAsync();
        await using var closing = house;
        var record = await house.WithDbAsync(async db =>
        {
            var row = new PersonRecord { Id = new PersonRecordId(Guid.CreateVersion7()), Kind = PersonKind.Child, Source = "missing-child/M1", CreatedAt = house.Clock.GetUtcNow() };
            db.Add(row);
            await db.SaveChangesAsync();
            return row.Id;
        });
        var entry = earlier.Entry("M1", record);
        var lead = earlier.Lead(entry);
        earlier.Operation("KC-01/2019-07-01/2", leads: lead);
        var receipt = (await RecordAsync(house, coordinator, Finding(Filed(operation: "KC-01/2019-07-01/2"), sought: "M1"))).Value;
        await house.DeliverAsync();
        earlier.GivenBack.ShouldBe(["entry located", "referral child-found", "lead child-found"]);
        var fact = (await FactsAsync(house, earlier)).Children.Single();
        (fact.Base.ViaReview, fact.Base.Lead).ShouldBe((true, lead));
        var decision = await house.WithDbAsync(db => db.Set<IdentityDecision>().SingleAsync());
        (decision.Judgement, decision.By).ShouldBe((Judgement.Same, coordinator.Id));
        var duty = await house.WithDbAsync(db => db.Set<Duty>().SingleAsync());
        (duty.Rule, duty.OwedBy, duty.Key).ShouldBe(("offer-services", Role.VictimSpecialist, VictimDuties.KeyOf(receipt.Person)));
    }

    [Fact]
    public async Task An_identity_decided_later_ends_the_search_then()
    {
        var (house, earlier, coordinator) = await OpenAsync();
        await using var _ = house;
        var receipt = (await RecordAsync(house, coordinator, Finding())).Value;
        var other = (await RecordAsync(house, coordinator, Finding(Filed("C-2"), given: "Other", born: "2004-05-06"))).Value;
        earlier.Entry("M2", other.Person);
        var supervisor = await house.PersonAsync(Role.Supervisor);
        (await house.DoAsync<DecideSame.Request, DecideSame.Receipt>(supervisor, new(receipt.Person, other.Person, Judgement.Same, "Seen both."))).IsDone.ShouldBeTrue();
        await house.DeliverAsync();
        earlier.GivenBack.ShouldContain("entry located");
    }

    [Theory]
    [InlineData("2001-07-02", "2019-07-01T12:00Z", "KC", AgeAtAct.Minor)]
    [InlineData("2001-07-02", "2019-07-02T04:50Z", "KC", AgeAtAct.Minor)] // T-19: 23:50 in Kansas City, the next day in UTC
    [InlineData("2004-02-29", "2019-07-01T12:00Z", "KC", AgeAtAct.Minor)]
    public async Task A_child_at_the_act_is_a_child(string born, string at, string office, AgeAtAct age)
    {
        var (house, _, coordinator) = await OpenAsync();
        await using var closing = house;
        (await RecordAsync(house, coordinator, Finding(Filed(at: at, office: office), born))).Value.Age.ShouldBe(age);
    }

    [Fact]
    public async Task T18_exploited_at_17_and_found_at_18_is_a_child_of_the_count_and_an_adult_in_services()
    {
        var (house, earlier, coordinator) = await OpenAsync();
        await using var _ = house;
        var found = Filed(at: "2019-07-20T15:00Z");
        (await RecordAsync(house, coordinator, Finding(found, "2001-07-15"))).Problem.Code.ShouldBe("adult-at-act");
        var receipt = (await RecordAsync(house, coordinator, Finding(found, "2001-07-15", actAt: new DateTimeOffset(2019, 7, 10, 15, 0, 0, TimeSpan.Zero)))).Value;
        receipt.Age.ShouldBe(AgeAtAct.Minor);
        var national = await house.PersonAsync(Role.National);
        (await house.DoAsync<ShowFact.Request, ShowFact.Page>(national, new(receipt.Id))).Value.AgeWhenFound.ShouldBe(AgeAtAct.Adult);
    }

    [Theory]
    [InlineData("2000-02-29", "2018-02-28", 17)] // T-20: 18 on 1 March
    [InlineData("2000-02-29", "2018-03-01", 18)]
    public void T20_born_on_29_February_one_is_18_on_1_March(string born, string day, int age)
    {
        PartialDate.TryParse(born, out var date).ShouldBeTrue();
        date.AgeOn(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture))!.Value.Min.ShouldBe(age);
    }

    [Theory]
    [InlineData("", 17, false, AgeAtAct.Undetermined)]
    [InlineData("", 17, true, AgeAtAct.MinorAgeUnknown)]
    [InlineData("2001", null, false, AgeAtAct.Undetermined)]
    [InlineData("2002", null, false, AgeAtAct.Minor)]
    public async Task T21_an_age_that_is_only_said_settles_nothing(string born, int? said, bool findingSaysMinor, AgeAtAct age)
    {
        var (house, _, coordinator) = await OpenAsync();
        await using var closing = house;
        (await RecordAsync(house, coordinator, Finding(born: born, age: said, minor: findingSaysMinor))).Value.Age.ShouldBe(age);
    }

    [Fact]
    public async Task T22_an_adult_who_was_16_becomes_a_child_only_with_a_second_person()
    {
        var (house, earlier, coordinator) = await OpenAsync();
        await using var _ = house;
        var adult = (await house.DoAsync<RecordAdult.Request, RecordAdult.Receipt>(coordinator,
            new(Filed("A-1"), Victim: true, AdultMeans.Force, new DescribedPerson("Ana", "Example", Born: Born("2000-01-01"))))).Value;
        var before = house.Clock.GetUtcNow();
        await house.PassAsync(TimeSpan.FromHours(1));
        var correction = new CorrectFact.Request(adult.Id, "The birth record says 2003.", Finding: Finding(Filed("A-1")));
        (await house.DoAsync<PreviewCorrection.Request, PreviewCorrection.Page>(coordinator, new(correction))).Value.NeedsApproval.ShouldBeTrue();
        var receipt = (await house.DoAsync<CorrectFact.Request, CorrectFact.Receipt>(coordinator, correction)).Value;
        receipt.AwaitsApproval.ShouldBeTrue();
        (await FactsAsync(house, earlier)).Adults.Count.ShouldBe(1);
        var national = await house.PersonAsync(Role.National);
        (await house.DoAsync<ApproveCorrection.Request, CorrectFact.Receipt>(national, new(receipt.Correction, Approve: true))).IsDone.ShouldBeTrue();
        var now = await FactsAsync(house, earlier);
        (now.Adults.Count, now.Children.Count).ShouldBe((0, 1));
        (await FactsAsync(house, earlier, before)).Adults.Count.ShouldBe(1, "as of then it stands as it stood");
        (await house.DoAsync<CorrectFact.Request, CorrectFact.Receipt>(coordinator, correction)).Problem.Code.ShouldBe("superseded");
    }

    [Fact]
    public async Task The_writer_of_a_correction_does_not_approve_it()
    {
        var (house, _, coordinator) = await OpenAsync();
        await using var closing = house;
        var receipt = (await RecordAsync(house, coordinator, Finding())).Value;
        var national = await house.PersonAsync(Role.National);
        var correction = (await house.DoAsync<CorrectFact.Request, CorrectFact.Receipt>(national, new(receipt.Id, "It was no child at all.", Withdraw: true))).Value;
        (await house.DoAsync<ApproveCorrection.Request, CorrectFact.Receipt>(national, new(correction.Correction, true))).Problem.Code.ShouldBe("needs-another");
    }

    [Fact]
    public async Task T28_a_victim_in_custody_is_hidden_from_the_office_and_raises_the_safe_harbour_question()
    {
        var (house, earlier, coordinator) = await OpenAsync();
        await using var _ = house;
        var receipt = (await house.DoAsync<RecordArrest.Request, RecordArrest.Receipt>(coordinator,
            new(Filed("R-1"), ArrestKind.VictimCustody, "old warrant", new DescribedPerson("Ana", "Example")))).Value;
        (await house.DoAsync<ShowFact.Request, ShowFact.Page>(coordinator, new(receipt.Id))).Problem.Kind.ShouldBe(ProblemKind.NotFound);
        var counsel = await house.PersonAsync(Role.Counsel);
        (await house.DoAsync<ShowFact.Request, ShowFact.Page>(counsel, new(receipt.Id))).IsDone.ShouldBeTrue();
        (await house.WithDbAsync(db => db.Set<Duty>().SingleAsync())).Rule.ShouldBe(VictimDuties.CheckSafeHarbour);
    }

    [Fact]
    public async Task T24_and_T25_likely_same_persons_are_proposed_and_twins_and_borrowed_names_are_not_joined()
    {
        var (house, _, coordinator) = await OpenAsync();
        await using var closing = house;
        await RecordAsync(house, coordinator, Finding(given: "Marisol", family: "Quintanilla", born: "2003-04-03"));
        await RecordAsync(house, coordinator, Finding(Filed("C-2"), given: "Lucia", family: "Quintanilla", born: "2003-04-03")); // a twin
        await RecordAsync(house, coordinator, Finding(Filed("C-3"), given: "Perla", family: "Zubiate", born: "2002-05-06"));
        await RecordAsync(house, coordinator, Finding(Filed("C-4"), given: "Perla", family: "Zubiate", born: "2002-06-05")); // day and month swapped
        await RecordAsync(house, coordinator, Finding(Filed("C-5"), given: "Nobody", family: "Alike", born: "2004-01-01", prints: "B-1"));
        await RecordAsync(house, coordinator, Finding(Filed("C-6"), given: "Quite", family: "Different", born: "2005-09-09", prints: "B-1"));
        await house.DeliverAsync();
        var proposals = await house.WithDbAsync(async db =>
        {
            var sources = await db.Set<PersonRecord>().ToDictionaryAsync(row => row.Id, row => row.Source);
            return (await db.Set<IdentityProposal>().ToListAsync()).Select(row => string.Join('=', new[] { sources[row.Left], sources[row.Right] }.Order(StringComparer.Ordinal))).ToList();
        });
        proposals.Order(StringComparer.Ordinal).ShouldBe(["finding/KC/C-3=finding/KC/C-4", "finding/KC/C-5=finding/KC/C-6"]);
        (await house.WithDbAsync(db => db.Set<IdentityDecision>().CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task A_court_takes_steps_against_the_arrested_and_an_encounter_has_no_means()
    {
        var (house, earlier, coordinator) = await OpenAsync();
        await using var _ = house;
        var step = new RecordCourtEvent.Request(Filed("X-1", operation: null), "F-1", CourtEvent.Charge);
        (await house.DoAsync<RecordCourtEvent.Request, RecordCourtEvent.Receipt>(coordinator, step)).Problem.Code.ShouldBe("no-such-arrest");
        await house.DoAsync<RecordArrest.Request, RecordArrest.Receipt>(coordinator,
            new(Filed("R-1"), ArrestKind.Trafficking, "18 USC 1591", new DescribedPerson("Bruno", "Sample", FbiNumber: "F-1")));
        (await house.DoAsync<RecordCourtEvent.Request, RecordCourtEvent.Receipt>(coordinator, step)).IsDone.ShouldBeTrue();
        var facts = await FactsAsync(house, earlier);
        facts.Courts.Single().Person.ShouldBe(facts.Arrests.Single().Person);
        (await house.DoAsync<RecordAdult.Request, RecordAdult.Receipt>(coordinator,
            new(Filed("A-1"), Victim: false, AdultMeans.Fraud, new DescribedPerson()))).Problem.Code.ShouldBe("means-of-encounter");
        (await house.DoAsync<OpenInvestigation.Request, OpenInvestigation.Receipt>(coordinator, new(Filed("I-1"), "31E-KC-0000001"))).IsDone.ShouldBeTrue();
    }
}
