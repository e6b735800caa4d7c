using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Intake.Retention;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>A second person puts a purge in force: from here it is carried out until it is done.</summary>
/// <remarks>What the house proposed by itself nobody stands for yet: it takes two who approve, one after the other.</remarks>
public static class ApprovePurge
{
    /// <param name="Sha256">Of the list that the person looked at.</param>
    public sealed record Request(Guid Id, string Sha256);
    /// <param name="InForce">False: another person must approve it too.</param>
    public sealed record Receipt(Guid Id, bool InForce);

    internal sealed class Handler : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (await act.Db.Set<PurgeList>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel) is not { } list) return Problem.Missing("There is no such purge.");
            if (list.State != PurgeState.Proposed) return Problem.Conflict("not-proposed", "This purge does not wait for an approval.", "");
            if (list.ProposedBy == act.Actor.Id) return Problem.Of("author-approves", "You proposed this purge.", "Another person approves it.");
            if (list.SecondedBy == act.Actor.Id) return Problem.Of("approves-twice", "You approved this purge already.", "Another person approves it too.");
            var items = await act.Db.Set<PurgeItem>().AsNoTracking().Where(row => row.ListId == list.Id).ToListAsync(cancel);
            // Both: what the person saw is what was proposed, and what was proposed is what is stored.
            if (request.Sha256 != list.Sha256 || PurgeLists.HashOf(items) != list.Sha256)
                return Problem.Conflict("list-changed", "This is not the list that was proposed.", "Look at it again.");
            list.Revision = act.Ids.Next();
            if (list.ProposedBy == Actor.House.Id && list.SecondedBy is null)
            {
                (list.SecondedBy, list.SecondedAt) = (act.Actor.Id, act.Now);
                act.Trace("purge", list.Id, $"seconded;list={list.Sha256}");
                return new Receipt(list.Id, InForce: false);
            }
            (list.State, list.ApprovedBy, list.ApprovedAt) = (PurgeState.Running, act.Actor.Id, act.Now);
            act.Tell(new PurgeGoesOn(list.Id, []));
            act.Trace("purge", list.Id, $"approved;list={list.Sha256}");
            return new Receipt(list.Id, InForce: true);
        }
    }
}

/// <summary>A person says no to a proposed purge: nothing of it is removed. What is due by then is on the next proposal; what must stay is held.</summary>
public static class DropPurge
{
    public sealed record Request(Guid Id, [Required, MaxLength(4000)] string Reason);
    public sealed record Receipt(Guid Id);

    internal sealed class Handler(Envelope envelope) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (await act.Db.Set<PurgeList>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel) is not { } list) return Problem.Missing("There is no such purge.");
            if (list.State != PurgeState.Proposed) return Problem.Conflict("not-proposed", "This purge does not wait for an approval.", "");
            (list.State, list.DroppedBy, list.DroppedAt, list.Revision) = (PurgeState.Dropped, act.Actor.Id, act.Now, act.Ids.Next());
            list.DropReason = envelope.SealText(ReasonContext(list.Id), request.Reason);
            act.Trace("purge", list.Id, "dropped");
            return new Receipt(list.Id);
        }
    }

    internal static string ReasonContext(Guid list) => $"purge-dropped/{StrongId.Text(list)}";
}
