using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Operations;
using Homeward.Release.Counting;
using Homeward.Release.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Release;

/// <summary>Freezes the record set behind a release. What is typed later is in no frozen figure (T-35).</summary>
public static class FreezeSnapshot
{
    public sealed record Request(string? Initiative = null);
    public sealed record Receipt(SnapshotId Id, string Hash, DateTimeOffset AsOf);

    internal sealed class Handler(IOperations operations, ITally tallies) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var found = await Chosen.InitiativeAsync(operations, act, request.Initiative, cancel);
            if (!found.TryGet(out var initiative, out var problem)) return problem;
            var document = Snapshots.DocumentOf(await tallies.CountAsync(act.Db, initiative, act.Now, cancel));
            var snapshot = new CountSnapshot
            {
                Id = act.Ids.Next<SnapshotId>(), Initiative = initiative.Id, AsOf = act.Now, FrozenAt = act.Now, By = act.Actor.Id,
                Document = document, Hash = Snapshots.HashOf(document),
            };
            act.Db.Add(snapshot);
            act.Trace("snapshot", snapshot.Id.Value, $"hash={snapshot.Hash[..16]}");
            return new Receipt(snapshot.Id, snapshot.Hash, snapshot.AsOf);
        }
    }
}

/// <summary>Counts a snapshot's figures anew from the facts as of its instant: they must be the same, byte for byte .</summary>
public static class CheckSnapshot
{
    public sealed record Request(SnapshotId Id);
    public sealed record Page(SnapshotId Id, DateTimeOffset AsOf, string Hash, string Recounted, bool IsSame);

    internal sealed class Handler(IOperations operations, ITally tallies) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var snapshot = await act.Db.Set<CountSnapshot>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (snapshot is null || await operations.InitiativeAsync(act.Db, snapshot.Initiative, cancel) is not { } initiative)
                return Problem.Missing("There is no such snapshot.");
            var recounted = Snapshots.DocumentOf(await tallies.CountAsync(act.Db, initiative, snapshot.AsOf, cancel));
            var hash = Snapshots.HashOf(recounted);
            act.Trace("snapshot", snapshot.Id.Value, "checked");
            return new Page(snapshot.Id, snapshot.AsOf, snapshot.Hash, hash, recounted.AsSpan().SequenceEqual(snapshot.Document));
        }
    }
}
