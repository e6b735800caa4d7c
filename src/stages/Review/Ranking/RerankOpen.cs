using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Intake;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Ranking;

/// <summary>Work that Review leaves for itself: the next open reports are ranked again.</summary>
/// <param name="After">The last report that was looked at.</param>
internal sealed record RerankMore(Guid Run, ReportId? After);

internal sealed class HearRerank(RerankOpen rerank) : IListen<RerankMore>
{
    public Task HearAsync(RerankMore happened, Act act, CancellationToken cancel) => rerank.GoOnAsync(act, happened, cancel);
}

/// <summary>Ranks open reports again by the version that came in force, some at a time and each time in an act of its own.</summary>
/// <remarks>
/// From the stored indicators: no report is read again. New reports are ranked by the new version from the first second;
/// what is decided keeps the version that ranked it. A node that dies leaves the rest as work that another takes up.
/// </remarks>
internal sealed class RerankOpen(RiskRuleBook rules)
{
    /// <summary>So many that each act is worth its trace, so few that nobody waits for the writer long enough to notice.</summary>
    private const int ReportsAtOnce = 2_000;

    /// <returns>How many reports are open.</returns>
    public async Task<int> BeginAsync(Act act, string version, CancellationToken cancel)
    {
        var run = new Reranking
        {
            Id = act.Ids.Next(), Version = version, StartedAt = act.Now, Total = await Open(act).CountAsync(cancel),
        };
        act.Db.Add(run);
        act.Tell(new RerankMore(run.Id, null));
        return run.Total;
    }

    public async Task GoOnAsync(Act act, RerankMore more, CancellationToken cancel)
    {
        var run = await act.Db.Set<Reranking>().SingleAsync(row => row.Id == more.Run, cancel);
        var inForce = await rules.InForceAsync(act.Db, cancel);
        if (inForce.Version != run.Version)
        {
            (run.Overtaken, run.FinishedAt) = (true, act.Now);
            return;
        }
        var next = await NextAsync(act, more.After, cancel);
        foreach (var group in next.GroupBy(item => (item.Indicators, IsAbove: inForce.IsAbove(inForce.RiskOf(new(item.Indicators)), item.TopWeight))))
            await RankAsync(act, inForce, new(group.Key.Indicators), group.Key.IsAbove, [.. group.Select(item => item.Id)], cancel);
        run.Done += next.Count;
        run.Changed += next.Count(item => inForce.RiskOf(new(item.Indicators)) != item.Risk);
        if (next.Count == ReportsAtOnce) act.Tell(new RerankMore(run.Id, next[^1].Id));
        else run.FinishedAt = act.Now;
        act.Trace("rules", run.Id, $"ranked-again={next.Count};rules={run.Version}");
    }

    private sealed record Ranked(ReportId Id, long Indicators, double Risk, double? TopWeight);

    /// <summary>In the order of the ids, which is that of arrival: what arrives meanwhile is ranked by the new version already, and comes last.</summary>
    private static async Task<List<Ranked>> NextAsync(Act act, ReportId? after, CancellationToken cancel)
    {
        var from = after?.Value ?? Guid.Empty;
        // Compared by the database: C# has no order of ids (Triage/QueueOrder).
        var ids = act.Db.Database.SqlQuery<Guid>(
            $"SELECT id AS \"Value\" FROM queue_items WHERE id > {act.Db.Stored(from)} AND state IN ('Waiting', 'Parked') ORDER BY id LIMIT {ReportsAtOnce}");
        var some = (await ids.ToListAsync(cancel)).ConvertAll(ReportId.From);
        var rows = await act.Db.Set<QueueItem>().Where(item => some.Contains(item.Id))
            .Select(item => new Ranked(item.Id, item.Indicators, item.Risk, item.TopWeight)).ToDictionaryAsync(item => item.Id, cancel);
        return [.. some.Where(rows.ContainsKey).Select(id => rows[id])];
    }

    /// <summary>Only where the indicators still are what was read: who ranks a report on news at this moment is right, and we are late.</summary>
    private static Task<int> RankAsync(Act act, RiskRuleSet inForce, Indicators held, bool isAbove, List<ReportId> ids, CancellationToken cancel)
    {
        var (risk, reasons, version, bits) = (inForce.RiskOf(held), string.Join('\n', inForce.ReasonsOf(held)), inForce.Version, held.Bits);
        return act.Db.Set<QueueItem>()
            .Where(item => ids.Contains(item.Id) && item.Indicators == bits && (item.State == QueueState.Waiting || item.State == QueueState.Parked))
            .ExecuteUpdateAsync(set => set.SetProperty(item => item.Risk, risk).SetProperty(item => item.Reasons, reasons)
                .SetProperty(item => item.RulesVersion, version).SetProperty(item => item.AboveThreshold, isAbove), cancel);
    }

    private static IQueryable<QueueItem> Open(Act act) =>
        act.Db.Set<QueueItem>().Where(item => item.State == QueueState.Waiting || item.State == QueueState.Parked);
}
