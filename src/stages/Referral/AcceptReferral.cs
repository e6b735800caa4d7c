using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.Places;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Homeward.Referral.Model;

namespace Homeward.Referral;

/// <summary>The receiving office takes a referral on: from here it is accountable. Only with voice contact and receipt on record .</summary>
public static class AcceptReferral
{
    public sealed record Request(ReferralId Id);
    public sealed record Receipt(ReferralId Id);

    internal sealed class Handler(ReferralBook book) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var referral = await book.FindAsync(act, request.Id, cancel);
            if (referral is null || !Sight.IsReceiver(act, referral)) return Problem.Missing("There is no such referral for you.");
            if (referral.State != ReferralState.Sent)
                return Problem.Conflict("nothing-handed-over", "This referral is not on its way to you.", "Look at it as it is now.");
            var step = await ReferralBook.StepOfAsync(act, referral, cancel);
            if (Missing(step) is { } missing)
                return Problem.Of("hand-over-incomplete", $"Not yet on record: {missing}.", "Both are needed before you accept (R-70).");
            (step.EndedAt, step.End, step.Revision) = (act.Now, StepEnd.Accepted, act.Ids.Next());
            await book.ProveHandOverAsync(act, referral, step, cancel);
            await book.ProveAnswerAsync(act, referral, EvidenceGrade.ConfirmedByReceiver, $"Accepted by {act.Actor.Id}.", cancel);
            (referral.State, referral.OwnerOffice, referral.AcceptedAt) = (ReferralState.Accepted, referral.OfficeCode, act.Now);
            (referral.AnswerDueAt, referral.Revision) = (null, act.Ids.Next());
            referral.TaskForce ??= act.Actor.TaskForce;
            referral.HandOvers++;
            act.Trace("referral", referral.Id.Value, $"accepted;office={referral.OfficeCode}");
            act.Tell(new ReferralAccepted(referral.Id));
            return new Receipt(referral.Id);
        }

        private static string? Missing(ReferralStep step) => (step.VoiceAt, step.ReceiptAt) switch
        {
            (null, null) => "voice contact and confirmed receipt",
            (null, _) => "voice contact",
            (_, null) => "confirmed receipt",
            _ => null,
        };
    }
}

/// <summary>The receiving office gives it back, with a reason and a proposed owner. The second refusal goes to the national unit .</summary>
public static class ReturnReferral
{
    /// <summary>How many refusals one referral may have before the nation takes it .</summary>
    private const int RefusalsMax = 2;

    /// <param name="ProposedOwner">Code of the office that should have it, or <c>national</c>.</param>
    public sealed record Request(
        ReferralId Id, [Required, MinLength(3), MaxLength(4000)] string Reason, [Required, MaxLength(10)] string ProposedOwner);
    public sealed record Receipt(ReferralId Id);

    internal sealed class Handler(ReferralBook book, Envelope envelope) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var referral = await book.FindAsync(act, request.Id, cancel);
            if (referral is null || !Sight.IsReceiver(act, referral)) return Problem.Missing("There is no such referral for you.");
            if (referral.State != ReferralState.Sent)
                return Problem.Conflict("nothing-handed-over", "This referral is not on its way to you.", "Transfer it, if it is yours.");
            if (request.ProposedOwner != "national" && Gazetteer.Default.Offices.WithCode(request.ProposedOwner) is null)
                return Problem.Invalid("no-such-office", $"\"{request.ProposedOwner}\": no such office.", "Enter the code of the office that should have it, or national.");
            if (request.ProposedOwner == referral.OfficeCode)
                return Problem.Invalid("proposes-itself", "You propose your own office.", "Accept it, or propose another owner.");
            var step = await ReferralBook.StepOfAsync(act, referral, cancel);
            // Who returns it has received it.
            if (step.ReceiptAt is null) (step.ReceiptAt, step.ReceiptBy) = (act.Now, act.Actor.Id);
            (step.EndedAt, step.End, step.ProposedOwner, step.Revision) = (act.Now, StepEnd.Returned, request.ProposedOwner, act.Ids.Next());
            step.Return = envelope.SealText($"referral/step/{StrongId.Text(step.Id)}/return", request.Reason);
            await book.ProveAnswerAsync(act, referral, EvidenceGrade.ConfirmedByReceiver, $"Returned by {act.Actor.Id}.", cancel);
            referral.Refusals++;
            act.Trace("referral", referral.Id.Value, $"returned;refusals={referral.Refusals};proposed={request.ProposedOwner}");
            if (referral.Refusals >= RefusalsMax) await book.GiveToNationAsync(act, referral, cancel);
            else
            {
                (referral.State, referral.AnswerDueAt, referral.Revision) = (ReferralState.Returned, null, act.Ids.Next());
                Notices.Leave(act, new NoticeTo(User: referral.SentBy), "referral-returned", referral.Link);
            }
            return new Receipt(referral.Id);
        }
    }
}
