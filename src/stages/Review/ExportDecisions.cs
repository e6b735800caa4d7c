using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review.BackTesting;
using Homeward.Review.Ranking;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>What the program proposed and ranked and what people decided, by report and NIC number: for auditors and the score.</summary>
/// <remarks>Page by page in the order in which reports came: all of a nation's at once would be more than a house should hold for one who asks.</remarks>
public static class ExportDecisions
{
    /// <summary>The most that one page holds, and what one holds unless asked otherwise.</summary>
    public const int TakeMax = 20_000;

    private const int ProposalsForReport = 3;
    private const int ReportsAtOnce = 5_000;

    /// <param name="After">As the <see cref="Page.After"/> of an earlier page has it: only reports that came later.</param>
    /// <param name="Take">So many reports at most.</param>
    public sealed record Request([MaxLength(60)] string? After = null, [Range(1, TakeMax)] int Take = TakeMax);
    /// <param name="Nics">The best proposals for the report, best first.</param>
    public sealed record Proposal(string Report, IReadOnlyList<string> Nics);
    public sealed record Pair(string Report, string Nic);
    /// <param name="Arrival">From 1, had all reports stood in the queue at once, in the order in which they came.</param>
    /// <param name="Rank">The same, by the rules in force.</param>
    public sealed record Place(string Report, int Arrival, int Rank);
    /// <param name="After">Behind which place the next page begins; null where this is the last. Reports that came between two pages stand in the places that they then have.</param>
    /// <param name="Next">The address of the next page.</param>
    public sealed record Page(
        IReadOnlyList<Proposal> Proposals, IReadOnlyList<Pair> Confirmed, IReadOnlyList<Pair> Dismissed, IReadOnlyList<Place> Queue,
        string? After = null, string? Next = null);

    internal sealed class Handler(RiskRuleBook rules) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            Behind? from = null;
            if (!string.IsNullOrEmpty(request.After))
            {
                if (!Behind.TryParse(request.After, out var read))
                    return Problem.Invalid("after-no-place", $"\"{request.After}\" is no place in this list.", "Take the address that stands under \"next\" in the page before, or leave \"after\" out to begin anew.");
                from = read;
            }
            var items = await (from is { } place ? act.Seen(place.Later(act.Db)) : act.Seen(act.Db.Set<QueueItem>())).OrderBy(item => item.ReceivedAt).ThenBy(item => item.Id)
                .Select(item => new Arrived(item.Id, item.Number, item.ReceivedAt, item.Indicators)).Take(request.Take + 1).ToListAsync(cancel);
            var shown = items.Count > request.Take ? items[..request.Take] : items;
            var rows = await ProposedAsync(act, shown, cancel);
            act.Trace("match", Guid.Empty, $"exported={rows.Count}");
            var confirmed = rows.Where(row => row.State == MatchState.Confirmed).Select(row => new Pair(row.Report, row.Nic)).Distinct().ToList();
            var after = items.Count > shown.Count ? new Behind(shown[^1].ReceivedAt, shown[^1].Id).ToString() : null;
            return new Page(
                [.. rows.GroupBy(row => row.Report, (report, all) => new Proposal(report, [.. all.Select(row => row.Nic).Distinct().Take(ProposalsForReport)]))],
                confirmed,
                // Evidence that a person saw and turned down; a pair that was confirmed on newer evidence is not among them.
                [.. rows.Where(row => row.State == MatchState.Dismissed).Select(row => new Pair(row.Report, row.Nic)).Distinct().Except(confirmed)],
                await PlacesAsync(act, from, shown, cancel),
                after, after is null ? null : $"/api/review/decisions?after={after}&take={request.Take}");
        }

        private static async Task<IReadOnlyList<Proposed>> ProposedAsync(Act act, IReadOnlyList<Arrived> reports, CancellationToken cancel)
        {
            var rows = new List<Proposed>();
            foreach (var some in reports.Select(report => report.Id).Chunk(ReportsAtOnce))
                rows.AddRange(await act.Seen(act.Db.Set<MatchProposal>()).Where(match => some.Contains(match.ReportId))
                    .Select(match => new Proposed(match.Id, match.ReportNumber, match.Nic, match.Weight, match.State)).ToListAsync(cancel));
            return [.. rows.OrderBy(row => row.Report, StringComparer.Ordinal).ThenByDescending(row => row.Weight).ThenBy(row => row.Id.Value)];
        }

        /// <summary>A place is among all reports; of those that are not on the page it is only counted how many show the same indicators.</summary>
        private async Task<IReadOnlyList<Place>> PlacesAsync(Act act, Behind? from, IReadOnlyList<Arrived> shown, CancellationToken cancel)
        {
            // After the page was read: what came meanwhile is only counted.
            var all = await CountAsync(act.Seen(act.Db.Set<QueueItem>()), cancel);
            foreach (var report in shown) all.TryAdd(report.Indicators, 0);
            var later = from is { } place ? await CountAsync(act.Seen(place.Later(act.Db)), cancel) : all;
            var before = all.ToDictionary(one => one.Key, one => one.Value - later.GetValueOrDefault(one.Key));
            var inForce = await rules.InForceAsync(act.Db, cancel);
            var ranks = QueueReplay.Ranks(all, before, [.. shown.Select(report => report.Indicators)], inForce);
            var passed = before.Values.Sum();
            return [.. shown.Select((report, at) => new Place(report.Number, passed + at + 1, ranks[at]))];
        }

        private static Task<Dictionary<long, int>> CountAsync(IQueryable<QueueItem> items, CancellationToken cancel) =>
            items.GroupBy(item => item.Indicators).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(one => one.Key, one => one.Count, cancel);
    }

    private sealed record Arrived(ReportId Id, string Number, DateTimeOffset ReceivedAt, long Indicators);

    private sealed record Proposed(MatchId Id, string Report, string Nic, double Weight, MatchState State);

    /// <summary>A place in the order in which reports came: behind one of them.</summary>
    private readonly record struct Behind(DateTimeOffset ReceivedAt, ReportId Report)
    {
        /// <summary>Those that came later. Plain SQL: EF knows no order of ids by which to go on.</summary>
        public IQueryable<QueueItem> Later(HomewardDb db) =>
            db.Set<QueueItem>().FromSql($"SELECT * FROM queue_items WHERE (received_at, id) > ({db.Stored(ReceivedAt)}, {db.Stored(Report.Value)})");

        public static bool TryParse(string text, out Behind place)
        {
            place = default;
            if (text.Split('.') is not [var at, var id] || !long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
                || ticks > DateTime.MaxValue.Ticks || !StrongId.TryParse<ReportId>(id, out var report)) return false;
            place = new(new(ticks, TimeSpan.Zero), report);
            return true;
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ReceivedAt.UtcTicks}.{Report}");
    }
}
