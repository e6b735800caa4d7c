using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Referral.Model;

namespace Homeward.Referral;

/// <summary>Who owns a referral sends it on: after a return, out of the national queue, or because the child is elsewhere now.</summary>
/// <remarks>The owner stays accountable until the new recipient accepts .</remarks>
public static class TransferReferral
{
    public sealed record Request(
        ReferralId Id, [Required, MaxLength(10)] string OfficeCode, [MaxLength(40)] string? TaskForce, [Required] RecipientCheck? Recipient,
        [MaxLength(1000)] string? Basis = null, [MaxLength(4000)] string? Reason = null, [MaxLength(500)] string? Purpose = null,
        DisclosureBasis LegalBasis = DisclosureBasis.LawEnforcementNeed);
    public sealed record Receipt(ReferralId Id);

    internal sealed class Handler(ReferralBook book) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var referral = await book.FindAsync(act, request.Id, cancel);
            if (referral is null || !Sight.IsOwner(act, referral)) return Problem.Missing("There is no such referral of yours.");
            if (referral.State is not (ReferralState.Accepted or ReferralState.Returned or ReferralState.WithNation))
                return Problem.Conflict("not-to-transfer", $"It is {referral.State} and cannot be sent on.", "Look at it as it is now.");
            if (referral.TakenUpAt is not null)
                return Problem.Of("taken-up", "An operation has taken it up.", "Call the operation off first.");
            if (request.OfficeCode == referral.OfficeCode && request.TaskForce == referral.TaskForce && referral.State == ReferralState.Accepted)
                return Problem.Invalid("same-recipient", "It is there already.", "Choose another recipient.");
            var lead = await book.LeadAsync(act, referral, cancel);
            if (lead is null) return Problem.Missing("Its lead is no longer there.");
            Ensure.That(request.Recipient is not null);
            var choice = new Choice(request.OfficeCode, request.TaskForce, request.Recipient.Value, request.Basis, request.Reason, request.Purpose, request.LegalBasis);
            var checkedChoice = await ChooseRecipient.CheckAsync(act, lead, choice, cancel);
            if (!checkedChoice.TryGet(out var sending, out var problem)) return problem;
            if (sending.Office is not null && await ReferralBook.OpenAtAsync(act, referral.Lead, referral.Child, sending.Office, cancel, referral.Id) is { } there)
                return Problem.Conflict("open-there", $"{there.Number}, of the same child, is open at that office.", "Send it there when that one has ended, or choose another recipient.");
            // Whatever the national queue owed is answered by sending it on.
            await book.ProveAnswerAsync(act, referral, Foundations.Duties.EvidenceGrade.Document, $"Sent on by {act.Actor.Id}.", cancel);
            await book.SendAsync(act, referral, lead, sending, cancel);
            return new Receipt(referral.Id);
        }
    }
}
