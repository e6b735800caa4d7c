using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Work;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review.Casework;
using Homeward.Review.Deciding;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>The end of a shift: what lies open at an analyst, what they parked, and their open tasks and requests, go into the hands of another of the same unit, with a note.</summary>
/// <remarks>
/// Who decided what stays as it was: only whose work it is changes. A report that the house drew the taker to read blind stays
/// with the giver, for the note would tell what a blind reader may not know; so do the tasks and requests on it.
/// </remarks>
public static class HandOverReports
{
    public sealed record Request(UserId Taker, [Required, MinLength(3), MaxLength(4000)] string Note);

    /// <param name="Kept">Reports that stay with the giver, because the taker is to read them blind.</param>
    /// <param name="Work">Tasks and requests.</param>
    public sealed record Receipt(HandOverId Id, int Open, int Parked, IReadOnlyList<ReportId> Kept, int Work);

    internal sealed class Handler(Envelope envelope, HandOverOfWork work) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var giver = act.Actor;
            var taker = await act.Db.Set<User>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.Taker, cancel);
            if (taker is null || !MayTakeOver(taker, giver, act.Now))
                return Problem.Of("not-your-unit", "This is no colleague of your unit who may take it over.", "Choose one of those that the page offers.");
            var items = await InHandsOf(act.Db.Set<QueueItem>(), giver.Id, act.Now).OrderBy(item => item.Id).ToListAsync(cancel);
            var ids = items.Select(item => item.Id.Value).ToList();
            var blind = (await act.Db.Set<SecondReading>().Where(row => row.AssignedTo == taker.Id && row.State == ReadingState.Waiting && ids.Contains(row.SubjectId))
                .Select(row => row.SubjectId).ToListAsync(cancel)).ToHashSet();
            var given = items.Where(item => !blind.Contains(item.Id.Value)).ToList();
            var carried = await work.OfAsync(act, giver.Id, taker.Id, cancel);
            if (given.Count == 0 && carried.Count == 0)
                return Problem.Of("nothing-to-hand-over", "Nothing lies in your hands that this colleague may take over.", "There is nothing to do.");

            var handOver = act.Ids.Next<HandOverId>();
            act.Db.Add(new HandOver
            {
                Id = handOver, Giver = giver.Id, Taker = taker.Id, At = act.Now, Note = envelope.SealText($"hand-over/{handOver}", request.Note),
            });
            foreach (var item in given)
            {
                var wasParked = item.State == QueueState.Parked;
                if (wasParked) item.AssignedTo = taker.Id;
                else (item.LeasedBy, item.LeasedUntil) = (taker.Id, act.Now + OpenReport.Lease);
                item.Revision = act.Ids.Next();
                act.Db.Add(new HandOverReport { HandOver = handOver, Report = item.Id, Number = item.Number, WasParked = wasParked });
                act.Trace("report", item.Id.Value, $"handed-over;to={taker.Id}");
            }
            await work.GiveAsync(act, handOver, taker, carried, cancel);
            act.Trace("hand-over", handOver.Value, $"to={taker.Id};reports={given.Count};work={carried.Count}");
            Notices.Leave(act, new NoticeTo(User: taker.Id), "queue-handed-over", "/review/hand-over");
            return new Receipt(handOver, given.Count(item => item.State != QueueState.Parked), given.Count(item => item.State == QueueState.Parked),
                [.. items.Except(given).Select(item => item.Id)], carried.Count);
        }
    }

    /// <summary>One rule, for those whom the page offers and for the act.</summary>
    internal static bool MayTakeOver(User taker, Actor giver, DateTimeOffset now) =>
        taker.Id != giver.Id && taker.Role == giver.Role && taker.IsActive(now) && Readers.UnitOf(taker.AsActor()) == Readers.UnitOf(giver);

    /// <summary>What lies open at a person, or is parked in their hands.</summary>
    internal static IQueryable<QueueItem> InHandsOf(IQueryable<QueueItem> items, UserId user, DateTimeOffset now) => items.Where(item =>
        (item.State == QueueState.Parked && item.AssignedTo == user)
        || (item.State == QueueState.Waiting && item.LeasedBy == user && item.LeasedUntil > now));
}

/// <summary>What lies in my hands, to whom I may give it, and what was handed over to me and by me.</summary>
public static class ShowHandOver
{
    private const int ReportsMax = 500;
    private const int HandOversMax = 20;

    public sealed record Request;

    /// <param name="Parked">Else it lies open at me, until the lease ends.</param>
    public sealed record Report(ReportId Id, string Number, double Risk, bool Parked, DateTimeOffset Since);
    public sealed record Colleague(UserId Id, string Name);

    /// <param name="ToMe">Else it was I who gave.</param>
    public sealed record Given(HandOverId Id, bool ToMe, string Other, DateTimeOffset At, string Note, IReadOnlyList<Piece> Reports, IReadOnlyList<Work> Work);
    public sealed record Piece(ReportId Id, string Number, bool WasParked);
    /// <param name="Number">A request's reference, or that on which a task hangs.</param>
    public sealed record Work(bool IsTask, string Number, string Link, DateTimeOffset? DueAt = null);

    /// <param name="MyWork">My open tasks and requests.</param>
    public sealed record Page(IReadOnlyList<Report> Mine, IReadOnlyList<Work> MyWork, IReadOnlyList<Colleague> Colleagues, IReadOnlyList<Given> HandOvers);

    internal sealed class Handler(Envelope envelope, HandOverOfWork work) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var me = act.Actor;
            var mine = await HandOverReports.InHandsOf(act.Db.Set<QueueItem>(), me.Id, act.Now).OrderByDescending(item => item.Risk)
                .ThenBy(item => item.ReceivedAt).ThenBy(item => item.Id).Take(ReportsMax).ToListAsync(cancel);
            var colleagues = (await act.Db.Set<User>().Where(user => user.Role == me.Role && user.EndedAt == null).ToListAsync(cancel))
                .Where(user => HandOverReports.MayTakeOver(user, me, act.Now))
                .OrderBy(user => user.Name, StringComparer.Ordinal).ThenBy(user => user.Id.Value).Select(user => new Colleague(user.Id, user.Name)).ToList();
            var handOvers = await act.Db.Set<HandOver>().Where(row => row.Taker == me.Id || row.Giver == me.Id)
                .OrderByDescending(row => row.At).ThenBy(row => row.Id).Take(HandOversMax).ToListAsync(cancel);
            var ids = handOvers.Select(row => row.Id).ToList();
            var pieces = (await act.Db.Set<HandOverReport>().Where(row => ids.Contains(row.HandOver)).OrderBy(row => row.Number).ToListAsync(cancel))
                .ToLookup(row => row.HandOver);
            var carried = (await act.Db.Set<HandOverWork>().Where(row => ids.Contains(row.HandOver)).OrderBy(row => row.Number).ThenBy(row => row.Work).ToListAsync(cancel))
                .ToLookup(row => row.HandOver, row => new Work(row.IsTask, row.Number, row.Link));
            var myWork = await work.OfAsync(act, me.Id, null, cancel);
            var people = handOvers.SelectMany(row => new[] { row.Giver, row.Taker }).Distinct().ToList();
            var names = await act.Db.Set<User>().Where(user => people.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.Name, cancel);
            foreach (var item in mine) act.Trace("report", item.Id.Value, "in-hand");
            foreach (var row in handOvers) act.Trace("hand-over", row.Id.Value, "read");
            return new Page(
                [.. mine.Select(item => new Report(item.Id, item.Number, item.Risk, item.State == QueueState.Parked,
                    item.State == QueueState.Parked ? item.DecidedAt ?? act.Now : item.LeasedUntil!.Value - OpenReport.Lease))],
                [.. myWork.Select(one => new Work(one.IsTask, one.Number, one.Link, one.DueAt))],
                colleagues,
                [.. handOvers.Select(row => new Given(row.Id, row.Taker == me.Id, names[row.Taker == me.Id ? row.Giver : row.Taker], row.At,
                    envelope.OpenText($"hand-over/{row.Id}", row.Note), [.. pieces[row.Id].Select(piece => new Piece(piece.Report, piece.Number, piece.WasParked))], [.. carried[row.Id]]))]);
        }
    }
}
