using System.Text.Json;
using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.People;
using Homeward.Foundations.Places;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Homeward.Review;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Referral.Model;

/// <summary>What a sending says beyond the lead: to whom, why there, why at all.</summary>
/// <param name="Candidate">The candidate that was chosen; null for an office that was not proposed.</param>
internal sealed record Sending(
    string? Office, string? TaskForce, RouteCandidate? Candidate, IReadOnlyList<PlaceRoute> Shown, string Basis, string? Reason,
    RecipientCheck Recipient, string Purpose, DisclosureBasis LegalBasis);

/// <summary>The acts that several verbs share: send, find, end, and move duties along.</summary>
internal sealed class ReferralBook(DutyBook duties, Envelope envelope, IReview review)
{
    public const string HandOver = "hand-over";
    public const string Answer = "referral-answer";
    public const string CurrentAbuse = "respond-current-abuse";

    /// <summary>The fields of a package, for the log of disseminations.</summary>
    private const string Fields = "leadNumber\nleadVersion\norigin\nchildRecord\nnic\nreportNumbers\nplaces\nriskReasons\nimminent\ncurrentAbuse";

    /// <summary>A referral as it stands now, with its territory followed; null for what the actor may not see.</summary>
    public async Task<LeadReferral?> FindAsync(Act act, ReferralId id, CancellationToken cancel)
    {
        var referral = await act.Db.Set<LeadReferral>().AsTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (referral is null) return null;
        await FollowTerritoryAsync(act, referral, cancel);
        return Sight.Covers(act, referral) ? referral : null;
    }

    /// <summary>The open referral of the same child, or of the same lead, at an office; as it stands in this act. A child has one at a time there.</summary>
    /// <param name="except">One that is not meant itself.</param>
    public static async Task<LeadReferral?> OpenAtAsync(Act act, LeadId lead, PersonRecordId? child, string? office, CancellationToken cancel, ReferralId? except = null)
    {
        var records = child is { } one ? await IdentityLedger.SameAsync(act.Db, one, cancel) : [];
        await act.Db.Set<LeadReferral>().AsTracking()
            .Where(row => row.OfficeCode == office && row.State != ReferralState.Closed && row.State != ReferralState.Withdrawn && (row.Lead == lead || (row.Child != null && records.Contains(row.Child.Value)))).LoadAsync(cancel);
        // Tracked, for what moved there in this act is not stored yet.
        return act.Db.Set<LeadReferral>().Local
            .Where(row => row.OfficeCode == office && row.IsOpen && row.Id != except && (row.Lead == lead || (row.Child is { } known && records.Contains(known))))
            .OrderBy(row => row.SentAt).ThenBy(row => row.Id.Value).FirstOrDefault();
    }

    public static Task<ReferralStep> StepOfAsync(Act act, LeadReferral referral, CancellationToken cancel) =>
        act.Db.Set<ReferralStep>().AsTracking().SingleAsync(row => row.Referral == referral.Id && row.Ordinal == referral.Steps, cancel);

    /// <summary>Sends it on: a new step, a logged package, and the clocks of both sides.</summary>
    public async Task SendAsync(Act act, LeadReferral referral, LeadGist lead, Sending sending, CancellationToken cancel)
    {
        var id = act.Ids.Next();
        referral.Steps++;
        (referral.OfficeCode, referral.TaskForce) = (sending.Office, sending.TaskForce);
        (referral.CountyFips, referral.SentBy, referral.SentAt) = (sending.Candidate?.CountyFips, act.Actor.Id, act.Now);
        (referral.State, referral.AnswerDueAt, referral.Revision) = (ReferralState.Sent, null, act.Ids.Next());
        act.Db.Add(new ReferralStep
        {
            Id = id, Referral = referral.Id, Ordinal = referral.Steps, FromOffice = referral.OwnerOffice, ToOffice = sending.Office,
            ToTaskForce = sending.TaskForce, SentBy = act.Actor.Id, SentAt = act.Now, Basis = sending.Basis, Recipient = sending.Recipient,
            Shown = JsonSerializer.Serialize(sending.Shown, WorkItem.Json), Revision = act.Ids.Next(),
            Reason = sending.Reason is null ? null : envelope.SealText($"referral/step/{StrongId.Text(id)}/reason", sending.Reason),
        });
        act.Trace("referral", referral.Id.Value, $"sent;step={referral.Steps};office={sending.Office ?? "nation"}");
        if (sending.Office is null)
        {
            (referral.State, referral.OwnerOffice) = (ReferralState.WithNation, null);
            // The clock runs in the national queue, too (T-48).
            await duties.StartAsync(act, Answer, referral.AnswerKey, "referral", referral.Id.Value, new DutyOwner(Role.National), act.Now, cancel);
            Notices.Leave(act, new NoticeTo(Role.National), "referral-with-nation", referral.Link);
            if (lead.CurrentAbuse) await StartAbuseAsync(act, referral, lead.Id, cancel);
            return;
        }
        Disseminate(act, referral, lead, sending.Purpose, sending.LegalBasis);
        await duties.StartAsync(act, HandOver, referral.HandOverKey, "referral", referral.Id.Value,
            new DutyOwner(act.Actor.Role, act.Actor.Office, act.Actor.TaskForce, User: act.Actor.Id), act.Now, cancel);
        var answer = await duties.StartAsync(act, Answer, referral.AnswerKey, "referral", referral.Id.Value, Receiver(referral), act.Now, cancel);
        referral.AnswerDueAt = answer.DueAt;
        if (lead.CurrentAbuse) await StartAbuseAsync(act, referral, lead.Id, cancel);
        await MoveDutiesAsync(act, referral, CurrentAbuse, Receiver(referral), cancel);
        Notices.Leave(act, new NoticeTo(Role.Coordinator, referral.OfficeCode, referral.TaskForce), "referral-sent", referral.Link);
    }

    /// <summary>The office's 24 hours (R-69) run from the sending, which is when the office has it: not to confirm must not stop the clock.</summary>
    public async Task StartAbuseAsync(Act act, LeadReferral referral, LeadId lead, CancellationToken cancel)
    {
        referral.CurrentAbuse = true;
        await duties.StartAsync(act, CurrentAbuse, LeadReferral.AbuseKey(referral.Id, lead), "referral", referral.Id.Value, Receiver(referral), act.Now, cancel);
    }

    /// <summary>Logs what is given to whom (R-24), with the package as it was.</summary>
    public void Disseminate(Act act, LeadReferral referral, LeadGist lead, string purpose, DisclosureBasis basis)
    {
        var id = act.Ids.Next();
        var package = new ReferralPackage(lead.Number, lead.Version, lead.Origin, lead.Child, lead.Nic, lead.ReportNumbers, lead.Places,
            lead.RiskReasons, lead.Imminent, lead.CurrentAbuse);
        act.Db.Add(new Dissemination
        {
            Id = id, Referral = referral.Id, Lead = lead.Id, LeadVersion = lead.Version, ToOffice = referral.OfficeCode, ToTaskForce = referral.TaskForce,
            Fields = Fields, Purpose = purpose, LegalBasis = basis, By = act.Actor.Id, At = act.Now,
            Package = envelope.SealText($"referral/package/{StrongId.Text(id)}", JsonSerializer.Serialize(package, WorkItem.Json)),
        });
        act.Trace("dissemination", id, $"to={referral.OfficeCode};basis={basis}");
    }

    /// <summary>Both on record: the sender's duty is done (R-70). Ownership moves only with acceptance (R-20).</summary>
    public async Task ProveHandOverAsync(Act act, LeadReferral referral, ReferralStep step, CancellationToken cancel)
    {
        if (step is not { VoiceAt: { } voice, ReceiptAt: { } receipt }) return;
        await duties.ProveAsync(act, HandOver, referral.HandOverKey, voice > receipt ? voice : receipt, EvidenceGrade.ConfirmedByReceiver,
            $"Voice contact {Instants.Iso(voice)}; receipt confirmed {Instants.Iso(receipt)} by {step.ReceiptBy}.", cancel);
    }

    public Task ProveAnswerAsync(Act act, LeadReferral referral, EvidenceGrade grade, string proof, CancellationToken cancel) =>
        duties.ProveAsync(act, Answer, referral.AnswerKey, act.Now, grade, proof, cancel);

    /// <summary>Its sending comes to nothing more, unless it was answered, and the national unit has it.</summary>
    public async Task LapseAsync(Act act, LeadReferral referral, CancellationToken cancel)
    {
        var step = await StepOfAsync(act, referral, cancel);
        if (step.EndedAt is null) (step.EndedAt, step.End, step.Revision) = (act.Now, StepEnd.Lapsed, act.Ids.Next());
        await GiveToNationAsync(act, referral, cancel);
    }

    /// <summary>Nobody answered or two refused: the national unit owns it (R-21). What is owed moves along; no clock starts again.</summary>
    public async Task GiveToNationAsync(Act act, LeadReferral referral, CancellationToken cancel)
    {
        (referral.State, referral.OwnerOffice, referral.AnswerDueAt, referral.Revision) = (ReferralState.WithNation, null, null, act.Ids.Next());
        await MoveDutiesAsync(act, referral, HandOver, new DutyOwner(Role.National), cancel);
        await MoveDutiesAsync(act, referral, CurrentAbuse, new DutyOwner(Role.National), cancel);
        act.Trace("referral", referral.Id.Value, "with-nation");
        Notices.Leave(act, new NoticeTo(Role.National), "referral-with-nation", referral.Link);
        Notices.Leave(act, new NoticeTo(User: referral.SentBy), "referral-with-nation", referral.Link);
        if (referral.OfficeCode is { } office)
            Notices.Leave(act, new NoticeTo(Role.Coordinator, office, referral.TaskForce), "referral-with-nation", referral.Link);
    }

    /// <summary>Its course is run. What is still owed is proved by that: there is nothing left to hand over or to answer.</summary>
    public async Task EndAsync(Act act, LeadReferral referral, ReferralState state, string outcome, CancellationToken cancel)
    {
        (referral.State, referral.Outcome, referral.ClosedAt) = (state, outcome, act.Now);
        (referral.AnswerDueAt, referral.Revision) = (null, act.Ids.Next());
        var step = await StepOfAsync(act, referral, cancel);
        if (step.EndedAt is null)
            (step.EndedAt, step.End, step.Revision) =
                (act.Now, state == ReferralState.Closed ? StepEnd.Closed : StepEnd.Withdrawn, act.Ids.Next());
        await foreach (var duty in OpenDuties(act, referral).AsAsyncEnumerable().WithCancellation(cancel))
            Ensure.That(duties.Prove(act, duty, act.Now, EvidenceGrade.Document, $"The referral ended: {outcome}.").IsDone);
        act.Trace("referral", referral.Id.Value, $"state={state};outcome={outcome}");
    }

    public async Task ProveActedAsync(Act act, LeadReferral referral, CancellationToken cancel)
    {
        if (!referral.CurrentAbuse) return;
        await foreach (var duty in OpenDuties(act, referral).Where(row => row.Rule == CurrentAbuse).AsAsyncEnumerable().WithCancellation(cancel))
            Ensure.That(duties.Prove(act, duty, act.Now, EvidenceGrade.Document, $"First act by {act.Actor.Id}.").IsDone);
    }

    /// <summary>An office that ceased: its successor has the referral from the next local day on; clocks run on (T-08).</summary>
    /// <remarks>Where the successor has an open one of the same child, a person must say what becomes of the two: the national unit gets it.</remarks>
    /// <returns>True when it moved.</returns>
    public async Task<bool> FollowTerritoryAsync(Act act, LeadReferral referral, CancellationToken cancel)
    {
        if (!referral.IsOpen) return false;
        var heir = Heir(referral.OfficeCode, referral.CountyFips, act.Now);
        var ownerHeir = Heir(referral.OwnerOffice, referral.CountyFips, act.Now);
        if (heir is not null && await OpenAtAsync(act, referral.Lead, referral.Child, heir, cancel, referral.Id) is { } there)
        {
            heir = null;
            // Once; and an operation that took it up goes on with it.
            if (referral.State != ReferralState.WithNation && referral.TakenUpAt is null)
            {
                act.Trace("referral", referral.Id.Value, $"territory;open-there={there.Number}");
                await MoveDutiesAsync(act, referral, Answer, new DutyOwner(Role.National), cancel);
                await LapseAsync(act, referral, cancel);
                return true;
            }
        }
        if (heir is null && ownerHeir is null) return false;
        referral.OwnerOffice = ownerHeir ?? referral.OwnerOffice;
        if (heir is not null)
        {
            referral.OfficeCode = heir;
            if (referral.TaskForce is { } force
                && !await act.Db.Set<Foundations.Partners.TaskForce>().AnyAsync(row => row.Code == force && row.OfficeCode == heir, cancel))
                referral.TaskForce = null;
            foreach (var rule in new[] { Answer, CurrentAbuse }) await MoveDutiesAsync(act, referral, rule, Receiver(referral), cancel);
            Notices.Leave(act, new NoticeTo(Role.Coordinator, heir, referral.TaskForce), "referral-moved", referral.Link);
        }
        referral.Revision = act.Ids.Next();
        act.Trace("referral", referral.Id.Value, $"territory;office={referral.OfficeCode}");
        return true;
    }

    public async Task<LeadGist?> LeadAsync(Act act, LeadReferral referral, CancellationToken cancel) =>
        await review.LeadAsync(act.Db, referral.Lead, cancel);

    private static string? Heir(string? code, string? county, DateTimeOffset now)
    {
        if (code is null || Gazetteer.Default.Offices.WithCode(code) is not { ValidTo: not null } office) return null;
        var today = Zones.LocalDay(now, Zones.ZoneOf(office));
        if (office.IsOpenOn(today)) return null;
        return county is null ? office.Successor : Gazetteer.Default.Territory.OfficeOf(county, today)?.Code ?? office.Successor;
    }

    private static DutyOwner Receiver(LeadReferral referral) => new(Role.Coordinator, referral.OfficeCode, referral.TaskForce);

    private static IQueryable<Duty> OpenDuties(Act act, LeadReferral referral) => act.Db.Set<Duty>().AsTracking()
        .Where(row => row.SubjectId == referral.Id.Value && row.State == DutyState.Open).OrderBy(row => row.DueAt).ThenBy(row => row.Id);

    private static async Task MoveDutiesAsync(Act act, LeadReferral referral, string rule, DutyOwner owner, CancellationToken cancel)
    {
        await foreach (var duty in OpenDuties(act, referral).Where(row => row.Rule == rule).AsAsyncEnumerable().WithCancellation(cancel))
        {
            (duty.OwedBy, duty.OfficeCode, duty.TaskForce, duty.AssignedTo) = (owner.Role, owner.Office, owner.TaskForce, owner.User);
            duty.Revision = act.Ids.Next();
            act.Trace("duty", duty.Id.Value, $"rule={rule};moved");
        }
    }
}

/// <summary>What is sent: ids, numbers, places and reasons. Narratives stay where they are.</summary>
internal sealed record ReferralPackage(
    string LeadNumber, int LeadVersion, LeadOrigin Origin, Foundations.People.PersonRecordId? Child, string? Nic,
    IReadOnlyList<string> ReportNumbers, IReadOnlyList<PlaceQuery> Places, IReadOnlyList<string> RiskReasons, bool Imminent, bool CurrentAbuse);
