using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Operations.Model;
using Homeward.Referral;
using Homeward.Review;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Operations;

/// <summary>The operation is over. What it sought and did not find is closed as not there, unless an outcome closed it (or still will).</summary>
public static class CloseOperation
{
    private const string NotThere = "not-there";

    /// <param name="StillOpen">Referrals that are left open: the child was found and the outcome is being written, or it is to be tried again.</param>
    /// <param name="At">When it ended; now, when left out.</param>
    public sealed record Request(
        OperationId Id, [Required, MaxLength(8000)] string AfterAction, IReadOnlyList<ReferralId>? StillOpen = null, DateTimeOffset? At = null);
    public sealed record Receipt(OperationId Id);

    internal sealed class Handler(OperationBook book, IReferral referrals, IReview review) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var operation = await OperationBook.FindAsync(act, request.Id, cancel);
            if (operation is null) return OperationBook.Missing;
            if (operation.State != OperationState.Running || operation.StartedAt is not { } startedAt)
                return Problem.Conflict("not-running", $"This operation is {operation.State}.", "Call it off, if it did not begin.");
            var at = request.At is { } said ? Instants.Truncate(said) : act.Now;
            if (at > act.Now || at < startedAt)
                return Problem.Invalid("end-out-of-order", "The end lies before the beginning, or in the future.", "Enter when it ended.");
            await CloseSoughtAsync(act, operation, request.StillOpen ?? [], cancel);
            (operation.State, operation.ClosedAt, operation.Revision) = (OperationState.Closed, at, act.Ids.Next());
            operation.AfterAction = book.Seal(operation.Id, "after", request.AfterAction);
            await book.EndDutiesAsync(act, operation, "The operation is over.", cancel);
            act.Trace("operation", operation.Id.Value, "closed");
            act.Tell(new OperationClosed(operation.Id));
            return new Receipt(operation.Id);
        }

        private async Task CloseSoughtAsync(Act act, Operation operation, IReadOnlyList<ReferralId> stillOpen, CancellationToken cancel)
        {
            var sought = await act.Db.Set<OperationLead>().AsNoTracking().Where(row => row.Operation == operation.Id)
                .OrderBy(row => row.Referral).ThenBy(row => row.Lead).ToListAsync(cancel);
            var vain = sought.Where(row => !stillOpen.Contains(row.Referral)).ToList();
            if (vain.Count == 0) return;
            foreach (var referral in vain.Select(row => row.Referral).Distinct()) await referrals.CloseReferralAsync(act, referral, NotThere, cancel);
            foreach (var lead in (await review.LeadsAsync(act.Db, [.. vain.Select(row => row.Lead)], cancel)).Where(one => one.State == LeadState.Open))
            {
                // Another office may still have the same lead: then it is not over.
                var others = await referrals.ReferralsOfLeadsAsync(act.Db, [lead.Id], cancel);
                if (others.Any(one => vain.TrueForAll(row => row.Referral != one.Id) && one.State is not (ReferralState.Closed or ReferralState.Withdrawn))) continue;
                await review.CloseLeadAsync(act, lead.Id, NotThere, cancel);
            }
        }
    }
}
