using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Kernel;
using Homeward.Referral.Model;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Referral.Tests;

public sealed class HandOverTests
{
    public static TheoryData<DatabaseKind> Databases => Given.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task The_sender_owns_a_referral_until_the_receiver_accepts(DatabaseKind kind)
    {
        await using var given = await Given.HouseAsync(kind);
        var id = await given.ReferredAsync(given.Review.Raise(Given.Child, places: Given.KansasCity));
        await given.SpeakAsync(id);
        await given.ConfirmAsync(id);
        (await given.GistAsync(id)).OwnerOffice.ShouldBeNull();
        (await given.AcceptAsync(id)).IsDone.ShouldBeTrue();
        var gist = await given.GistAsync(id);
        (gist.State, gist.OwnerOffice, gist.TaskForce).ShouldBe((ReferralState.Accepted, "KC", "KC-01"));
        gist.Number.ShouldBe("R-2019-00001");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_report_or_tip_behind_an_open_referral_may_not_be_purged(DatabaseKind kind)
    {
        await using var given = await Given.HouseAsync(kind);
        // The second joined the lead that was raised on the first.
        given.Review.Doors = ["H-00001", "H-00002"];
        var doors = new[] { "H-00001", "H-00002", "H-00003" }.ToDictionary(_ => new Intake.DoorId(Guid.CreateVersion7()));
        Task<IReadOnlyList<Intake.DoorStanding>> DoorsAsync() =>
            given.House.WithDbAsync(db => given.House.Services.GetServices<Intake.IDoorUse>().Single().StandingsAsync(db, doors, CancellationToken.None));
        var lead = given.Review.Raise(Given.Child, places: Given.KansasCity);
        var reports = new Dictionary<Intake.ReportId, string> { [new(Guid.CreateVersion7())] = lead.ReportNumbers[0], [new(Guid.CreateVersion7())] = "100000099" };
        var use = given.House.Services.GetServices<Intake.IReportUse>().Single();
        (await given.House.WithDbAsync(db => use.StandingsAsync(db, reports, given.House.Clock.GetUtcNow(), CancellationToken.None))).ShouldBeEmpty();
        var id = await given.ReferredAsync(lead);
        var standing = (await given.House.WithDbAsync(db => use.StandingsAsync(db, reports, given.House.Clock.GetUtcNow(), CancellationToken.None))).ShouldHaveSingleItem();
        (reports[standing.Report], standing.Stays).ShouldBe((lead.ReportNumbers[0], "open-referral"));
        (await DoorsAsync()).Select(one => (doors[one.Door], one.Stays)).Order().ShouldBe([("H-00001", "open-referral"), ("H-00002", "open-referral")]);
        await given.House.ActAsync(given.Receiver, (act, referrals) => referrals.CloseReferralAsync(act, id, "not-there", CancellationToken.None));
        (await given.House.WithDbAsync(db => use.StandingsAsync(db, reports, given.House.Clock.GetUtcNow(), CancellationToken.None))).ShouldBeEmpty();
        (await DoorsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task It_is_not_accepted_before_voice_contact_and_receipt_are_both_on_record(bool voice, bool receipt)
    {
        await using var given = await Given.HouseAsync();
        var id = await given.ReferredAsync(given.Review.Raise(Given.Child, places: Given.KansasCity));
        if (voice) await given.SpeakAsync(id);
        if (receipt) await given.ConfirmAsync(id);
        var answer = await given.AcceptAsync(id);
        answer.Problem.Code.ShouldBe("hand-over-incomplete");
        if (!voice) answer.Problem.What.ShouldContain("voice contact");
        if (!receipt) answer.Problem.What.ShouldContain("receipt");
        (await given.DutiesAsync("hand-over")).Single().State.ShouldBe(DutyState.Open);
    }

    [Fact]
    public async Task The_sender_s_duty_is_proved_when_both_are_on_record_and_the_answer_by_the_acceptance()
    {
        await using var given = await Given.HouseAsync();
        var id = await given.ReferredAsync(given.Review.Raise(Given.Child, places: Given.KansasCity));
        var duty = (await given.DutiesAsync("hand-over")).Single();
        (duty.OwedBy, duty.AssignedTo, duty.DueAt - duty.StartsAt).ShouldBe((Role.Analyst, given.Analyst.Id, TimeSpan.FromHours(24)));
        await given.SpeakAsync(id);
        await given.ConfirmAsync(id);
        (await given.DutiesAsync("hand-over")).Single().Grade.ShouldBe(EvidenceGrade.ConfirmedByReceiver);
        (await given.DutiesAsync("referral-answer")).Single().State.ShouldBe(DutyState.Open);
        await given.AcceptAsync(id);
        (await given.DutiesAsync("referral-answer")).Single().State.ShouldBe(DutyState.Met);
    }

    [Fact]
    public async Task Only_the_task_force_that_is_named_confirms_and_accepts()
    {
        await using var given = await Given.HouseAsync();
        var id = await given.ReferredAsync(given.Review.Raise(Given.Child, places: Given.KansasCity));
        var other = await given.House.PersonAsync(Role.Coordinator, "KC", "KC-02");
        var away = await given.House.PersonAsync(Role.Coordinator, "ME", "ME-01");
        (await given.ConfirmAsync(id, other)).Problem.Kind.ShouldBe(ProblemKind.NotFound);
        (await given.ConfirmAsync(id, away)).Problem.ShouldBe((await given.ConfirmAsync(new ReferralId(Guid.Parse("00000000-0000-7000-8000-0000000fffff")), away)).Problem);
        (await given.ConfirmAsync(id, given.National)).Problem.Kind.ShouldBe(ProblemKind.Forbidden);
    }

    [Fact]
    public async Task The_first_refusal_goes_back_to_the_sender_and_the_second_to_the_nation()
    {
        await using var given = await Given.HouseAsync();
        var id = await given.ReferredAsync(given.Review.Raise(Given.Child, places: Given.KansasCity));
        (await given.ReturnAsync(id, "ME")).IsDone.ShouldBeTrue();
        (await given.GistAsync(id)).State.ShouldBe(ReferralState.Returned);
        (await given.NoticesAsync(given.Analyst)).ShouldContain(notice => notice.Code == "referral-returned");
        (await given.TransferAsync(id, "ME", "ME-01")).IsDone.ShouldBeTrue();
        (await given.ReturnAsync(id, "KC", await given.House.PersonAsync(Role.Coordinator, "ME", "ME-01"))).IsDone.ShouldBeTrue();
        var gist = await given.GistAsync(id);
        (gist.State, gist.OwnerOffice).ShouldBe((ReferralState.WithNation, null));
        (await given.DutiesAsync("hand-over")).Single().OwedBy.ShouldBe(Role.National);
        (await given.NoticesAsync(given.National)).ShouldContain(notice => notice.Code == "referral-with-nation");
    }

    [Theory]
    [MemberData(nameof(Given.Databases), MemberType = typeof(Given))]
    public async Task What_waits_for_me_stands_first_in_the_whole_list_and_the_list_goes_on_to_its_end(DatabaseKind kind)
    {
        await using var given = await Given.HouseAsync(kind);
        const int Others = ListReferrals.RowsMax + 3;
        for (var one = 0; one < Others; one++) await given.ReferredAsync(given.Review.Raise(new(new Guid(one + 1, 7, 7, [1, 2, 3, 4, 5, 6, 7, 8])), places: Given.KansasCity), "KC", "KC-02");
        // Sent last, so that its clock runs out last.
        given.House.Clock.DriveTo(given.House.Clock.GetUtcNow().AddHours(1));
        var mine = await given.ReferredAsync(given.Review.Raise(Given.Child, places: Given.KansasCity));

        var first = await ListAsync(given.Receiver, 0);
        first.Total.ShouldBe(Others + 1);
        (first.Rows[0].Id, first.Rows[0].WaitsForMe).ShouldBe((mine, true));
        first.Rows.Skip(1).ShouldAllBe(row => !row.WaitsForMe);
        var rest = await ListAsync(given.Receiver, ListReferrals.RowsMax);
        first.Rows.Concat(rest.Rows).Select(row => row.Id).Distinct().Count().ShouldBe(Others + 1);
        (await ListAsync(given.Analyst, 0)).Rows.ShouldAllBe(row => row.WaitsForMe);
        first.Counts[ReferralState.Sent].ShouldBe(Others + 1);

        async Task<ListReferrals.Page> ListAsync(Actor actor, int from) => (await given.House.DoAsync<ListReferrals.Request, ListReferrals.Page>(actor, new(From: from))).Value;
    }

    [Fact]
    public async Task A_return_needs_a_reason_and_another_owner()
    {
        await using var given = await Given.HouseAsync();
        var id = await given.ReferredAsync(given.Review.Raise(Given.Child, places: Given.KansasCity));
        (await given.House.DoAsync<ReturnReferral.Request, ReturnReferral.Receipt>(given.Receiver, new(id, "", "ME"))).Problem.Code.ShouldBe("request-invalid");
        (await given.ReturnAsync(id, "KC")).Problem.Code.ShouldBe("proposes-itself");
        (await given.ReturnAsync(id, "nowhere")).Problem.Code.ShouldBe("no-such-office");
    }

    [Fact]
    public async Task A_referral_that_nobody_answers_goes_to_the_nation_after_48_hours()
    {
        await using var given = await Given.HouseAsync();
        var id = await given.ReferredAsync(given.Review.Raise(Given.Child, places: Given.KansasCity));
        await given.House.PassAsync(TimeSpan.FromHours(47));
        (await given.GistAsync(id)).State.ShouldBe(ReferralState.Sent);
        await given.House.PassAsync(TimeSpan.FromHours(1.5));
        (await given.GistAsync(id)).State.ShouldBe(ReferralState.WithNation);
        (await given.TransferAsync(id, "KC", "KC-02", given.National)).IsDone.ShouldBeTrue();
        (await given.DutiesAsync("hand-over")).Single().State.ShouldBe(DutyState.Open);
    }

    [Fact]
    public async Task An_owner_that_sends_it_on_stays_accountable_until_the_next_accepts()
    {
        await using var given = await Given.HouseAsync();
        var id = await given.ReferredAsync(given.Review.Raise(Given.Child, places: Given.KansasCity));
        await given.SpeakAsync(id);
        await given.ConfirmAsync(id);
        await given.AcceptAsync(id);
        (await given.TransferAsync(id, "ME", "ME-01", given.Receiver)).IsDone.ShouldBeTrue();
        (await given.GistAsync(id)).OwnerOffice.ShouldBe("KC");
        var shown = await given.House.DoAsync<ShowReferral.Request, ShowReferral.Page>(given.Receiver, new(id));
        shown.Value.Steps.Count.ShouldBe(2);
        (await given.DutiesAsync("hand-over")).Count.ShouldBe(2);
        var next = await given.House.PersonAsync(Role.Coordinator, "ME", "ME-01");
        await given.SpeakAsync(id, given.Receiver);
        await given.ConfirmAsync(id, next);
        (await given.AcceptAsync(id, next)).IsDone.ShouldBeTrue();
        (await given.GistAsync(id)).OwnerOffice.ShouldBe("ME");
    }

    [Fact]
    public async Task What_was_sent_to_whom_and_why_is_logged()
    {
        await using var given = await Given.HouseAsync();
        var id = await given.ReferredAsync(given.Review.Raise(Given.Child, places: Given.KansasCity));
        var page = (await given.House.DoAsync<ShowReferral.Request, ShowReferral.Page>(given.Receiver, new(id))).Value;
        var sent = page.Disseminations.Single();
        (sent.To, sent.LegalBasis).ShouldBe(("KC-01", DisclosureBasis.LawEnforcementNeed));
        sent.Fields.ShouldContain("reportNumbers");
        sent.ReportNumbers.ShouldBe(["100000001"]);
        page.Steps.Single().Shown.SelectMany(route => route.Candidates).ShouldContain(candidate => candidate.Office == "KC");
        (await given.House.WithDbAsync(db => db.Set<Dissemination>().AsNoTracking().SingleAsync())).By.ShouldBe(given.Analyst.Id);
    }
}
