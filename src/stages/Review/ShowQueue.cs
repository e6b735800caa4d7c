using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Intake;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>The queue of reports, the most pressing first, each with its reasons. Filters stand in the address.</summary>
/// <remarks>R-15: ranked by published rules, and nothing is ever filtered out by rank: the last page holds the last report.</remarks>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1711", Justification = "The queue is what people call it.")]
public static class ShowQueue
{
    private const int RowsMax = 500;

    /// <param name="State">Waiting when left out.</param>
    /// <param name="Matched">Only reports with undecided matches, or only those without.</param>
    /// <param name="Mine">Only reports that I have open.</param>
    /// <param name="Find">A CyberTipline number, or its beginning.</param>
    /// <param name="Page">From 1.</param>
    public sealed record Request(
        QueueState? State = null, bool? Matched = null, Nexus? Nexus = null, [MaxLength(200)] string? IncidentType = null,
        [MaxLength(60)] string? PlaceState = null, [Range(0, 100)] double? RiskMin = null, bool? Imminent = null, bool? Mine = null,
        [MaxLength(40)] string? Find = null, [Range(1, 100_000)] int Page = 1, [Range(1, RowsMax)] int Rows = 50);

    /// <param name="OpenAtSomebody">Another person has it open just now.</param>
    public sealed record Row(
        ReportId Id, string Number, double Risk, IReadOnlyList<string> Reasons, string IncidentType, string? Place, DateTimeOffset ReceivedAt,
        bool ImminentClaimed, bool AboveThreshold, Nexus Nexus, int OpenMatches, double? TopWeight, QueueState State, bool OpenAtSomebody);

    /// <param name="Counts">Reports in each state, the filters apart.</param>
    /// <param name="Total">Reports that the filters leave.</param>
    public sealed record Page(IReadOnlyList<Row> Rows, int Total, int Number, int Pages, IReadOnlyDictionary<QueueState, int> Counts);

    internal sealed class Handler : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var seen = act.Seen(act.Db.Set<QueueItem>());
            var counts = await seen.GroupBy(item => item.State).Select(group => new { group.Key, Count = group.Count() })
                .ToDictionaryAsync(group => group.Key, group => group.Count, cancel);
            var state = request.State ?? QueueState.Waiting;
            var wanted = Filtered(seen.Where(item => item.State == state), request, act);
            var total = HasFilter(request) ? await wanted.CountAsync(cancel) : counts.GetValueOrDefault(state);
            var items = await wanted.OrderByDescending(item => item.Risk).ThenBy(item => item.ReceivedAt).ThenBy(item => item.Id)
                .Skip((request.Page - 1) * request.Rows).Take(request.Rows).ToListAsync(cancel);
            // A row of the queue holds no person: one entry says what was searched and how much came.
            act.Trace("queue", items.Count > 0 ? items[0].Id.Value : Guid.Empty, $"state={state};page={request.Page};rows={items.Count}");
            return new Page(
                [.. items.Select(item => new Row(
                    item.Id, item.Number, item.Risk, item.ReasonList, item.IncidentType, item.Place, item.ReceivedAt, item.ImminentClaimed,
                    item.AboveThreshold, item.Nexus, item.OpenMatches, item.TopWeight, item.State, item.IsLeasedToAnother(act.Actor.Id, act.Now)))],
                total, request.Page, Math.Max(1, (total + request.Rows - 1) / request.Rows), counts);
        }

        private static bool HasFilter(Request request) => request is not
            { Matched: null, Nexus: null, IncidentType: null, PlaceState: null, RiskMin: null, Imminent: null, Mine: null, Find: null };

        private static IQueryable<QueueItem> Filtered(IQueryable<QueueItem> items, Request request, Act act)
        {
            if (request.Matched is { } matched) items = items.Where(item => item.OpenMatches > 0 == matched);
            if (request.Nexus is { } nexus) items = items.Where(item => item.Nexus == nexus);
            if (request.IncidentType is { } type) items = items.Where(item => item.IncidentType == type);
            if (request.PlaceState is { } place) items = items.Where(item => item.PlaceState == place);
            if (request.RiskMin is { } risk) items = items.Where(item => item.Risk >= risk);
            if (request.Imminent is { } imminent) items = items.Where(item => item.ImminentClaimed == imminent);
            if (request.Find is { } number) items = items.Where(item => item.Number.StartsWith(number));
            if (request.Mine == true)
            {
                var (me, now) = (act.Actor.Id, act.Now);
                items = items.Where(item => item.LeasedBy == me && item.LeasedUntil > now);
            }
            return items;
        }
    }
}
