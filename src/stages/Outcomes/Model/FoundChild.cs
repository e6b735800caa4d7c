using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.People;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Referral;
using Homeward.Review;

namespace Homeward.Outcomes.Model;

/// <summary>What follows from a found child: the search ends everywhere, and the duties toward the child begin.</summary>
internal sealed class FoundChild(IIntake intake, IReview review, IReferral referral, IdentityLedger ledger, DutyBook duties)
{
    private const string Outcome = "child-found";

    /// <param name="isNews">False when the finding only corrects one: its duties run already.</param>
    public async Task FollowAsync(Act act, ChildFinding finding, FactLink link, EntryGist? entry, bool isNews, CancellationToken cancel)
    {
        var person = finding.Person!.Value;
        if (entry is not null)
        {
            await ledger.DecideAsync(act, person, entry.Record, Judgement.Same, "Recognised by the officers at the finding.", cancel);
            act.Tell(new IdentityDecided(person, entry.Record, Judgement.Same));
            await EndSearchAsync(act, [entry], finding.At, cancel);
        }
        // A lead of the entry was closed with the search; one of a child that nobody entered is left.
        if (link.Lead is { State: LeadState.Open } lead && (entry is null || lead.Child != entry.Record)) await CloseAsync(act, [lead], cancel);
        if (finding.Kind is OutcomeKind.Recovered or OutcomeKind.Identified)
        {
            var specialist = new DutyOwner(Role.VictimSpecialist, finding.OfficeCode, finding.TaskForce, finding.AgencyOri, link.VictimSpecialist);
            if (isNews) await duties.StartAsync(act, VictimDuties.OfferServices, VictimDuties.KeyOf(person), "outcome", finding.Id.Value, specialist, finding.At, cancel);
            if (finding.ForeignBorn)
                await duties.StartAsync(act, VictimDuties.NotifyHhs, VictimDuties.KeyOf(person), "outcome", finding.Id.Value, specialist, finding.At, cancel);
        }
    }

    /// <summary>Entries are noted located, once; every open lead about the child is closed, whoever holds it .</summary>
    public async Task EndSearchAsync(Act act, IReadOnlyList<EntryGist> entries, DateTimeOffset foundAt, CancellationToken cancel)
    {
        foreach (var entry in entries.Where(one => one.State is EntryState.Entered or EntryState.Modified))
            await intake.NoteLocatedAsync(act, entry.Id, foundAt, cancel);
        var records = entries.Select(entry => entry.Record).ToList();
        if (records.Count > 0) await CloseAsync(act, await review.OpenLeadsOfAsync(act.Db, records, cancel), cancel);
    }

    private async Task CloseAsync(Act act, IReadOnlyList<LeadGist> leads, CancellationToken cancel)
    {
        if (leads.Count == 0) return;
        var referrals = await referral.ReferralsOfLeadsAsync(act.Db, [.. leads.Select(lead => lead.Id)], cancel);
        foreach (var open in referrals.Where(one => one.State is not (ReferralState.Closed or ReferralState.Withdrawn)))
            await referral.CloseReferralAsync(act, open.Id, Outcome, cancel);
        foreach (var lead in leads) await review.CloseLeadAsync(act, lead.Id, Outcome, cancel);
    }
}
