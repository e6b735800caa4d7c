using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Review.BackTesting;
using Homeward.Review.Ranking;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>What the program proposed and ranked and what people decided, by report and NIC number: for auditors and the score.</summary>
public static class ExportDecisions
{
    private const int ProposalsForReport = 3;

    public sealed record Request;
    /// <param name="Nics">The best proposals for the report, best first.</param>
    public sealed record Proposal(string Report, IReadOnlyList<string> Nics);
    public sealed record Pair(string Report, string Nic);
    /// <param name="Arrival">From 1, had all reports stood in the queue at once, in the order in which they came.</param>
    /// <param name="Rank">The same, by the rules in force.</param>
    public sealed record Place(string Report, int Arrival, int Rank);
    public sealed record Page(
        IReadOnlyList<Proposal> Proposals, IReadOnlyList<Pair> Confirmed, IReadOnlyList<Pair> Dismissed, IReadOnlyList<Place> Queue);

    internal sealed class Handler(RiskRuleBook rules) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var rows = await act.Seen(act.Db.Set<MatchProposal>()).OrderBy(match => match.ReportNumber).ThenByDescending(match => match.Weight)
                .ThenBy(match => match.Id).Select(match => new { match.ReportNumber, match.Nic, match.State }).ToListAsync(cancel);
            act.Trace("match", Guid.Empty, $"exported={rows.Count}");
            var confirmed = rows.Where(row => row.State == MatchState.Confirmed).Select(row => new Pair(row.ReportNumber, row.Nic)).Distinct().ToList();
            return new Page(
                [.. rows.GroupBy(row => row.ReportNumber, (report, all) =>
                    new Proposal(report, [.. all.Select(row => row.Nic).Distinct().Take(ProposalsForReport)]))],
                confirmed,
                // Evidence that a person saw and turned down; a pair that was confirmed on newer evidence is not among them.
                [.. rows.Where(row => row.State == MatchState.Dismissed).Select(row => new Pair(row.ReportNumber, row.Nic)).Distinct().Except(confirmed)],
                await QueueAsync(act, cancel));
        }

        private async Task<IReadOnlyList<Place>> QueueAsync(Act act, CancellationToken cancel)
        {
            var arrivals = await act.Seen(act.Db.Set<QueueItem>()).OrderBy(item => item.ReceivedAt).ThenBy(item => item.Id)
                .Select(item => new { item.Number, item.Indicators }).ToListAsync(cancel);
            var inForce = await rules.InForceAsync(act.Db, cancel);
            var ranks = QueueReplay.Ranks([.. arrivals.Select(item => item.Indicators)], inForce);
            return [.. arrivals.Select((item, place) => new Place(item.Number, place + 1, ranks[place]))];
        }
    }
}
