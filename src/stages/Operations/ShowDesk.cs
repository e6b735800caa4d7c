using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Operations.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Operations;

/// <summary>The deconfliction desk: open conflicts with both contacts, and events that lack a check or a regional answer. No case content.</summary>
public static class ShowDesk
{
    private const int RowsMax = 200;

    public sealed record Request;

    /// <param name="Assigned">The contact works now and is on its operation's team.</param>
    public sealed record Side(string Office, string TaskForce, string Type, string Contact, bool Assigned, bool Agreed);
    public sealed record Conflict(Guid Id, DateTimeOffset FoundAt, bool ByPlace, bool BySubject, double? DistanceKm, double? OverlapMinutes, Side One, Side Other, bool Released);
    public sealed record Waiting(Guid Event, string Office, string TaskForce, string Type, DateTimeOffset From, string Says, bool NeedsRegional);
    public sealed record Page(IReadOnlyList<Conflict> Conflicts, IReadOnlyList<Waiting> Events);

    internal sealed class Handler : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var db = act.Db;
            var open = await db.Set<EventConflict>().Where(row => row.State == ConflictState.Open)
                .OrderBy(row => row.FoundAt).ThenBy(row => row.Id).Take(RowsMax).ToListAsync(cancel);
            var ids = open.SelectMany(row => new[] { row.One, row.Other }).Distinct().ToList();
            var sides = (await (
                from side in db.Set<DeconflictionEvent>()
                join user in db.Set<User>() on side.Contact equals user.Id
                where ids.Contains(side.Id)
                select new { Event = side, User = user,
                    OnTeam = db.Set<OperationMember>().Any(member => member.Operation == side.Operation && member.User == side.Contact) })
                .ToListAsync(cancel)).ToDictionary(row => row.Event.Id);
            var waiting = await db.Set<DeconflictionEvent>()
                .Where(row => !row.Withdrawn && (row.CheckOwed || row.RegionalAt == null || row.RegionalAnswer == RegionalAnswer.Conflict))
                .Where(row => db.Set<Operation>().Any(one => one.Id == row.Operation && (one.State == OperationState.Planned || one.State == OperationState.Approved)))
                .OrderBy(row => row.From).ThenBy(row => row.Id).Take(RowsMax).ToListAsync(cancel);
            foreach (var row in open) act.Trace("conflict", row.Id, "desk");
            return new Page(
                [.. open.Select(row => new Conflict(row.Id, row.FoundAt, row.ByPlace, row.BySubject, row.DistanceKm, row.OverlapMinutes,
                    SideOf(row.One, row.OneAgreedAt), SideOf(row.Other, row.OtherAgreedAt), row.ReleasedAt is not null))],
                [.. waiting.Select(row => new Waiting(row.Id, row.OfficeCode ?? "", row.TaskForce ?? "", row.Type, row.From, EventWords.Of(row), row.RegionalAt is null))]);

            Side SideOf(Guid id, DateTimeOffset? agreedAt)
            {
                var side = sides[id];
                return new Side(side.Event.OfficeCode ?? "", side.Event.TaskForce ?? "", side.Event.Type, side.User.Name,
                    side.OnTeam && side.User.IsActive(act.Now), agreedAt is not null);
            }
        }
    }
}
