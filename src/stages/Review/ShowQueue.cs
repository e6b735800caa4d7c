using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review.Triage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>The queue of reports, the most pressing first, each with its reasons. Filters stand in the address.</summary>
/// <remarks>
/// R-15: ranked by published rules, and nothing is ever filtered out by rank: the last page holds the last report. A page
/// goes on from a place and not from a number of rows, so that the last costs what the first does (docs/decisions/0009).
/// </remarks>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1711", Justification = "The queue is what people call it.")]
public static class ShowQueue
{
    private const int RowsMax = 500;

    /// <param name="State">Waiting when left out.</param>
    /// <param name="Matched">Only reports with undecided matches, or only those without.</param>
    /// <param name="Mine">Only reports that I have open; of the parked, those that lie in my hands.</param>
    /// <param name="Find">A CyberTipline number, or its beginning: of the numbers that begin so the first thousand are looked at.</param>
    /// <param name="After">A place, as <see cref="Page.After"/> names it: the rows next after it.</param>
    /// <param name="Before">A place, as <see cref="Page.Before"/> names it: the rows next before it.</param>
    /// <param name="FromEnd">The last rows.</param>
    public sealed record Request(
        QueueState? State = null, bool? Matched = null, Nexus? Nexus = null, [MaxLength(200)] string? IncidentType = null,
        [MaxLength(60)] string? PlaceState = null, [Range(0, 100)] double? RiskMin = null, bool? Imminent = null, bool? Mine = null,
        [MaxLength(40)] string? Find = null, [MaxLength(100)] string? After = null, [MaxLength(100)] string? Before = null,
        bool FromEnd = false, [Range(1, RowsMax)] int Rows = 50);

    /// <param name="OpenAtSomebody">Another person has it open just now.</param>
    /// <param name="SameIncident">How many other reports tell of its incident.</param>
    /// <param name="IsCut">There may be more of them.</param>
    /// <param name="IsViral">It stands for many copies of one file.</param>
    public sealed record Row(
        ReportId Id, string Number, double Risk, IReadOnlyList<string> Reasons, string IncidentType, string? Place, DateTimeOffset ReceivedAt,
        bool ImminentClaimed, bool AboveThreshold, Nexus Nexus, int OpenMatches, double? TopWeight, QueueState State, bool OpenAtSomebody,
        int SameIncident = 0, bool IsViral = false, bool IsCut = false);

    /// <summary>A filter to which the one who looks gave a name.</summary>
    /// <param name="Address">Where it is.</param>
    public sealed record Saved(SavedSearchId Id, string Name, string Address);

    /// <param name="Counts">Reports in each state, the filters apart.</param>
    /// <param name="Total">Reports that the filters leave.</param>
    /// <param name="Before">Where the page before this one ends; null on the first.</param>
    /// <param name="After">Where the next page begins; null on the last.</param>
    /// <param name="Filter">The filters as they stand in addresses.</param>
    public sealed record Page(
        IReadOnlyList<Row> Rows, QueueCount Total, string? Before, string? After, IReadOnlyDictionary<QueueState, QueueCount> Counts,
        string Filter, IReadOnlyList<Saved> Saved);

    internal sealed class Handler(IIntake intake, Envelope envelope) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var seen = act.Seen(act.Db.Set<QueueItem>());
            var filter = QueueFilter.Of(request);
            var wanted = filter.Apply(seen, act.Actor.Id, act.Now);
            if (await ReadAsync(wanted, request, cancel) is not { } read)
                return Problem.Invalid("no-such-place", "This is no place in the queue.", "Begin at the first page.");
            var counts = new Dictionary<QueueState, QueueCount>();
            foreach (var one in Enum.GetValues<QueueState>()) counts[one] = await QueueCount.OfAsync(seen.Where(item => item.State == one), cancel);
            var total = filter.IsEmpty ? counts[filter.State] : await QueueCount.OfAsync(wanted, cancel);
            var items = read.Items;
            var groups = await intake.SameIncidentsAsync(act.Db, items.ConvertAll(item => item.Id), cancel);
            // A row of the queue holds no person: one entry says what was searched and how much came.
            act.Trace("queue", items.Count > 0 ? items[0].Id.Value : Guid.Empty, $"state={filter.State};from={(read.HasBefore ? "further" : "top")};rows={items.Count}");
            return new Page(
                [.. items.Select(item => new Row(
                    item.Id, item.Number, item.Risk, item.ReasonList, item.IncidentType, item.Place, item.ReceivedAt, item.ImminentClaimed,
                    item.AboveThreshold, item.Nexus, item.OpenMatches, item.TopWeight, item.State, item.IsLeasedToAnother(act.Actor.Id, act.Now),
                    groups.GetValueOrDefault(item.Id)?.Others.Count ?? 0, groups.GetValueOrDefault(item.Id)?.IsViral == true,
                    groups.GetValueOrDefault(item.Id)?.IsCut == true))],
                total, read.HasBefore ? QueuePlace.Of(items[0]).ToString() : null, read.HasAfter ? QueuePlace.Of(items[^1]).ToString() : null, counts,
                filter.Address(), await SaveSearch.OfAsync(act.Db, envelope, act.Actor.Id, cancel));
        }

        private sealed record Read(List<QueueItem> Items, bool HasBefore, bool HasAfter);

        /// <summary>One row more than asked says whether the list goes on.</summary>
        /// <returns>Null when a place was named that is none.</returns>
        private static async Task<Read?> ReadAsync(IQueryable<QueueItem> wanted, Request request, CancellationToken cancel)
        {
            var more = request.Rows + 1;
            if (request.After is { Length: > 0 } after)
            {
                if (!QueuePlace.TryParse(after, out var place)) return null;
                var rows = await QueueOrder.AfterAsync(wanted, place, more, cancel);
                // The rows behind the place were dealt with meanwhile: the end of what is left, rather than an empty page.
                return rows.Count > 0 ? Cut(rows, hasBefore: true) : Tail(await QueueOrder.LastAsync(wanted, more, cancel), hasAfter: false);
            }
            if (request.Before is { Length: > 0 } before)
            {
                if (!QueuePlace.TryParse(before, out var place)) return null;
                var rows = await QueueOrder.BeforeAsync(wanted, place, more, cancel);
                if (rows.Count == more) return Tail(rows, hasAfter: true);
            }
            else if (request.FromEnd) return Tail(await QueueOrder.LastAsync(wanted, more, cancel), hasAfter: false);
            return Cut(await QueueOrder.FirstAsync(wanted, more, cancel), hasBefore: false);

            Read Cut(List<QueueItem> rows, bool hasBefore)
            {
                var hasAfter = rows.Count == more;
                if (hasAfter) rows.RemoveAt(rows.Count - 1);
                return new(rows, hasBefore, hasAfter);
            }

            Read Tail(List<QueueItem> rows, bool hasAfter)
            {
                var hasBefore = rows.Count == more;
                if (hasBefore) rows.RemoveAt(0);
                return new(rows, hasBefore, hasAfter && rows.Count > 0);
            }
        }
    }
}
