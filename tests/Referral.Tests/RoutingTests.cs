using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.People;
using Homeward.Foundations.Places;
using Homeward.Kernel;
using Homeward.Referral.Model;
using Homeward.Review;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Referral.Tests;

public sealed class RoutingTests
{
    /// <summary>23:30 in Memphis on the last day of its office; in UTC it is the next day.</summary>
    private static readonly DateTimeOffset _lastEvening = new(2024, 10, 1, 4, 30, 0, TimeSpan.Zero);

    public static TheoryData<DatabaseKind> Databases => Given.Databases;

    [Fact]
    public async Task A_name_that_stands_in_several_states_shows_every_office_and_chooses_none()
    {
        await using var given = await Given.HouseAsync();
        var lead = given.Review.Raise(Given.Child, places: new PlaceQuery { City = "Springfield" });
        var page = (await given.House.DoAsync<ProposeRoute.Request, ProposeRoute.Page>(given.Analyst, new(lead.Id))).Value;
        page.IsAmbiguous.ShouldBeTrue();
        page.Offices.Count.ShouldBeGreaterThan(3);
        page.Places.Single().Candidates.ShouldAllBe(candidate => candidate.Basis.Length > 0);
    }

    [Fact]
    public async Task An_office_that_no_place_leads_to_needs_a_reason()
    {
        await using var given = await Given.HouseAsync();
        var lead = given.Review.Raise(Given.Child, places: Given.Memphis);
        (await given.ReferAsync(lead)).Problem.Code.ShouldBe("reason-missing");
        (await given.ReferAsync(lead, "ME", "KC-01")).Problem.Code.ShouldBe("no-such-task-force");
        (await given.ReferAsync(lead, "ME", "ME-01")).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task A_recipient_where_a_suspected_person_works_is_refused_and_the_question_must_be_answered()
    {
        await using var given = await Given.HouseAsync();
        var lead = given.Review.Raise(Given.Child, places: Given.KansasCity);
        (await given.ReferAsync(lead, check: RecipientCheck.Yes)).Problem.Code.ShouldBe("recipient-suspected");
        (await given.House.DoAsync<ReferLead.Request, ReferLead.Receipt>(given.Analyst, new(lead.Id, "KC", "KC-01", null))).Problem.Code.ShouldBe("request-invalid");
    }

    [Fact]
    public async Task A_lead_without_a_place_waits_in_the_national_queue_and_its_clock_runs()
    {
        await using var given = await Given.HouseAsync();
        var lead = given.Review.Raise(Given.Child);
        var page = (await given.House.DoAsync<ProposeRoute.Request, ProposeRoute.Page>(given.Analyst, new(lead.Id))).Value;
        page.IsForNation.ShouldBeTrue();
        var id = (await given.ReferAsync(lead, office: null, force: null)).Value.Id;
        (await given.GistAsync(id)).State.ShouldBe(ReferralState.WithNation);
        (await given.DutiesAsync("referral-answer")).Single().OwedBy.ShouldBe(Role.National);
    }

    [Fact]
    public async Task A_second_report_on_the_same_child_joins_the_open_referral_with_notice()
    {
        await using var given = await Given.HouseAsync();
        var first = given.Review.Raise(Given.Child, places: Given.KansasCity);
        var id = await given.ReferredAsync(first);
        var second = given.Review.Raise(Given.Child, currentAbuse: true, places: Given.KansasCity);
        var joined = (await given.ReferAsync(second)).Value;
        (joined.Id, joined.Joined).ShouldBe((id, true));
        (await given.NoticesAsync(given.Analyst)).ShouldContain(notice => notice.Code == "referral-joined-current-abuse");
        (await given.NoticesAsync(given.Receiver)).ShouldContain(notice => notice.Code == "referral-joined-current-abuse");
        (await given.GistAsync(id)).Leads.ShouldBe([first.Id, second.Id]);
        (await given.DutiesAsync("respond-current-abuse")).Single().OfficeCode.ShouldBe("KC");
        // Another office is another referral.
        (await given.ReferAsync(given.Review.Raise(Given.Child, places: Given.Memphis), "ME", "ME-01")).Value.Joined.ShouldBeFalse();
    }

    [Fact]
    public async Task Current_abuse_starts_the_receiving_office_s_clock_and_the_first_act_stops_it()
    {
        await using var given = await Given.HouseAsync();
        var id = await given.ReferredAsync(given.Review.Raise(Given.Child, currentAbuse: true, places: Given.KansasCity));
        var duty = (await given.DutiesAsync("respond-current-abuse")).Single();
        (duty.OwedBy, duty.TaskForce, duty.DueAt - duty.StartsAt).ShouldBe((Role.Coordinator, "KC-01", TimeSpan.FromHours(24)));
        await given.House.ActAsync(given.Receiver, (act, referrals) => referrals.NoteActedAsync(act, id, CancellationToken.None));
        (await given.DutiesAsync("respond-current-abuse")).Single().State.ShouldBe(DutyState.Met);
        (await given.House.WithDbAsync(db => given.Referrals.AcceptedAsync(db, "KC-01", CancellationToken.None))).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_referral_of_the_last_evening_follows_the_territory_and_its_clock_does_not_start_again(DatabaseKind kind)
    {
        await using var given = await Given.HouseAsync(kind, _lastEvening);
        var id = await given.ReferredAsync(given.Review.Raise(Given.Child, currentAbuse: true, places: Given.Memphis), "ME", "ME-01");
        (await given.GistAsync(id)).OfficeCode.ShouldBe("ME");
        var answer = (await given.DutiesAsync("referral-answer")).Single();
        var abuse = (await given.DutiesAsync("respond-current-abuse")).Single();

        await given.House.PassAsync(TimeSpan.FromHours(1));

        (await given.GistAsync(id)).OfficeCode.ShouldBe(Given.NashvilleCode);
        var moved = (await given.DutiesAsync("referral-answer")).Single();
        (moved.DueAt, moved.OfficeCode).ShouldBe((answer.DueAt, Given.NashvilleCode));
        (await given.DutiesAsync("respond-current-abuse")).Single().DueAt.ShouldBe(abuse.DueAt);
        var heir = await given.House.PersonAsync(Role.Coordinator, Given.NashvilleCode, "NH-01");
        await given.SpeakAsync(id);
        await given.ConfirmAsync(id, heir);
        (await given.AcceptAsync(id, heir)).IsDone.ShouldBeTrue();
        (await given.GistAsync(id)).OwnerOffice.ShouldBe(Given.NashvilleCode);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Where_two_offices_with_one_child_become_one_a_person_decides_and_all_others_move(DatabaseKind kind)
    {
        // Half an hour before Knoxville's midnight, and an hour more before that of Memphis.
        await using var given = await Given.HouseAsync(kind, _lastEvening.AddHours(-1));
        var knoxville = new PlaceQuery { City = "Knoxville", State = "TN", Zip = "37902" };
        var first = await given.ReferredAsync(given.Review.Raise(Given.Child, places: Given.Memphis), "ME", "ME-01");
        var second = await given.ReferredAsync(given.Review.Raise(Given.Child, places: knoxville), "KX", null);
        var other = await given.ReferredAsync(given.Review.Raise(new PersonRecordId(Guid.Parse("00000000-0000-7000-8000-00000000c002")), places: knoxville), "KX", null);

        await given.House.PassAsync(TimeSpan.FromHours(2));

        (await given.GistAsync(other)).OfficeCode.ShouldBe(Given.NashvilleCode);
        var two = new[] { await given.GistAsync(first), await given.GistAsync(second) };
        var there = two.Single(one => one.OfficeCode == Given.NashvilleCode);
        var asked = two.Single(one => one != there);
        (there.State, asked.State, asked.OwnerOffice).ShouldBe((ReferralState.Sent, ReferralState.WithNation, null));
        (await given.NoticesAsync(given.National)).ShouldContain(notice => notice.Code == "referral-with-nation");
        (await given.DutiesAsync("referral-answer")).Count(duty => duty.OwedBy == Role.National).ShouldBe(1);
        // It stays there, and is told once.
        await given.House.PassAsync(TimeSpan.FromHours(1));
        (await given.NoticesAsync(given.National)).Count(notice => notice.Code == "referral-with-nation").ShouldBe(1);
        var refused = (await given.TransferAsync(asked.Id, Given.NashvilleCode, "NH-01", given.National)).Problem;
        (refused.Code, refused.What.Contains(there.Number, StringComparison.Ordinal)).ShouldBe(("open-there", true));
        (await given.TransferAsync(asked.Id, "KC", "KC-01", given.National)).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task On_the_next_local_day_Memphis_leads_to_Nashville()
    {
        await using var given = await Given.HouseAsync(at: _lastEvening.AddHours(1));
        var lead = given.Review.Raise(Given.Child, places: Given.Memphis);
        (await given.House.DoAsync<ProposeRoute.Request, ProposeRoute.Page>(given.Analyst, new(lead.Id))).Value.Offices.ShouldBe([Given.NashvilleCode]);
        (await given.ReferAsync(lead, "ME", "ME-01")).Problem.Code.ShouldBe("office-not-open");
    }

    [Fact]
    public async Task Of_a_lead_that_grew_its_sender_is_told_while_the_referral_is_open_and_nothing_is_sent_by_itself()
    {
        await using var given = await Given.HouseAsync();
        var lead = given.Review.Raise(Given.Child, places: Given.KansasCity);
        var id = await given.ReferredAsync(lead);
        async Task GrowAsync(int version)
        {
            await given.House.ActAsync(given.Analyst, (act, _) =>
            {
                act.Tell(new LeadGrew(lead.Id, version, Worse: false));
                return Task.CompletedTask;
            });
            await given.House.DeliverAsync();
        }

        // What was sent is what the news are of: nothing is to be told.
        await GrowAsync(lead.Version);
        (await given.NoticesAsync(given.Analyst)).ShouldNotContain(notice => notice.Code == "referral-lead-grew");
        await GrowAsync(lead.Version + 1);
        (await given.NoticesAsync(given.Analyst)).Where(notice => notice.Code == "referral-lead-grew").ShouldHaveSingleItem().Link.ShouldBe($"/referral/{id}");
        (await given.NoticesAsync(given.Receiver)).ShouldNotContain(notice => notice.Code == "referral-lead-grew");
        // One that waits to be seen says it for all that follow.
        await GrowAsync(lead.Version + 2);
        (await given.NoticesAsync(given.Analyst)).Count(notice => notice.Code == "referral-lead-grew").ShouldBe(1);
    }

    [Fact]
    public async Task A_lead_that_no_longer_holds_withdraws_its_referral_and_all_who_hold_it_are_told()
    {
        await using var given = await Given.HouseAsync();
        var lead = given.Review.Raise(Given.Child, places: Given.KansasCity);
        var id = await given.ReferredAsync(lead);
        await given.House.ActAsync(given.Analyst, (act, _) =>
        {
            act.Tell(new LeadWithdrawn(lead.Id, "match-undone"));
            return Task.CompletedTask;
        });
        await given.House.DeliverAsync();
        (await given.GistAsync(id)).State.ShouldBe(ReferralState.Withdrawn);
        foreach (var holder in new[] { given.Analyst, given.Receiver })
            (await given.NoticesAsync(holder)).ShouldContain(notice => notice.Code == "referral-withdrawn");
        (await given.DutiesAsync("hand-over")).Single().State.ShouldBe(DutyState.Met);
    }
}
