using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Homeward.Outcomes.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Outcomes;

/// <summary>Supersedes a fact by the right one, or withdraws it, with the reason. The earlier stays readable as of its time.</summary>
/// <remarks>
/// See what it moves first: <see cref="PreviewCorrection"/>. Nobody alone takes a child out of the count, by whatever part of
/// its record, changes its kind or turns an adult into a child: such a correction waits for another person (T-22; no child is
/// buried by one person's no). So does one that makes an arrest a victim's custody, or a custody an arrest.
/// </remarks>
public static class CorrectFact
{
    /// <param name="Withdraw">Nothing takes its place. Else exactly one of the records below does.</param>
    public sealed record Request(
        FactId Id, [Required, MinLength(10), MaxLength(4000)] string Reason, bool Withdraw = false, RecordFinding.Request? Finding = null,
        RecordAdult.Request? Adult = null, RecordArrest.Request? Arrest = null, OpenInvestigation.Request? Investigation = null);

    /// <param name="AwaitsApproval">It takes effect when another person approves it.</param>
    public sealed record Receipt(Guid Correction, FactId Fact, FactId? Replacement, bool AwaitsApproval);

    internal sealed class Handler(Corrections corrections, Envelope envelope) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (await Corrections.FindAsync(act, request.Id, cancel) is not { } fact) return Problem.Missing("There is no such record for you.");
            var drafted = await corrections.DraftAsync(act, request, fact, cancel);
            if (!drafted.TryGet(out var draft, out var problem)) return problem;
            var waits = (await corrections.ForeseeAsync(act, fact, draft, cancel)).NeedsAnother;
            if (await act.Db.Set<FactCorrection>().AnyAsync(row => row.Fact == fact.Id && row.State == CorrectionState.AwaitsApproval, cancel))
                return Problem.Conflict("correction-waits", "A correction of this record waits for approval already.", "Have it decided first.");
            var id = act.Ids.Next();
            var correction = new FactCorrection
            {
                Id = id, Fact = fact.Id, By = act.Actor.Id, At = act.Now, Revision = act.Ids.Next(),
                State = waits ? CorrectionState.AwaitsApproval : CorrectionState.Done,
                Reason = envelope.SealText($"correction/{StrongId.Text(id)}", request.Reason),
                Request = waits ? envelope.SealText($"correction/{StrongId.Text(id)}", JsonSerializer.Serialize(request, WorkItem.Json)) : null,
            };
            if (!waits)
            {
                var applied = await corrections.ApplyAsync(act, request, fact, cancel);
                if (!applied.TryGet(out var replaced, out problem)) return problem;
                correction.Replacement = replaced.By;
            }
            act.Db.Add(correction);
            act.Trace("correction", id, waits ? "waits" : "done");
            return new Receipt(id, fact.Id, correction.Replacement, waits);
        }
    }
}

/// <summary>A second person lets a correction take effect that nobody makes alone: <see cref="CorrectFact"/> says which.</summary>
public static class ApproveCorrection
{
    /// <param name="Approve">False refuses it: the fact stands as it was.</param>
    public sealed record Request(Guid Id, bool Approve);

    internal sealed class Handler(Corrections corrections, Envelope envelope) : IHandle<Request, CorrectFact.Receipt>
    {
        public async Task<Result<CorrectFact.Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var correction = await act.Db.Set<FactCorrection>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            var fact = correction is null ? null : await Corrections.FindAsync(act, correction.Fact, cancel);
            if (correction is null || fact is null) return Problem.Missing("There is no such correction for you.");
            if (correction.State != CorrectionState.AwaitsApproval) return Problem.Conflict("correction-decided", "This was decided already.", "");
            if (correction.By == act.Actor.Id) return Problem.Of("needs-another", "You wrote this correction.", "Another person decides on it.");
            if (request.Approve)
            {
                var asked = JsonSerializer.Deserialize<CorrectFact.Request>(
                    envelope.OpenText($"correction/{StrongId.Text(correction.Id)}", correction.Request!), WorkItem.Json);
                Ensure.That(asked is not null);
                var applied = await corrections.ApplyAsync(act, asked, fact, cancel);
                if (!applied.TryGet(out var replaced, out var problem)) return problem;
                correction.Replacement = replaced.By;
            }
            correction.State = request.Approve ? CorrectionState.Done : CorrectionState.Refused;
            (correction.DecidedBy, correction.DecidedAt, correction.Request, correction.Revision) = (act.Actor.Id, act.Now, null, act.Ids.Next());
            act.Trace("correction", correction.Id, request.Approve ? "approved" : "refused");
            return new CorrectFact.Receipt(correction.Id, fact.Id, correction.Replacement, AwaitsApproval: false);
        }
    }
}
