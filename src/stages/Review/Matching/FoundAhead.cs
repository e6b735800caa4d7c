using System.Collections.Concurrent;
using Homeward.Foundations.Storage;
using Homeward.Intake;
using Homeward.Review.Ranking;

namespace Homeward.Review.Matching;

/// <summary>What was found for reports of a bulk import, and their rank, before the act that writes it, while the one before was stored.</summary>
/// <remarks>
/// Given out once, and only where it is what the act would find itself: no entry has come, changed or gone since, the same rules are in force, and
/// the reports stand as they were read, with their first version alone. Bounded; what was pushed out is found anew.
/// Safe for many threads.
/// </remarks>
internal sealed class FoundAhead(MatchIndex index, IIntake intake)
{
    /// <summary>An import works one or two batches ahead, each of two or three portions.</summary>
    private const int PortionsMax = 16;

    private readonly ConcurrentDictionary<ReportId, (ReportId[] Portion, RankedReport[] Found, RiskRuleSet Rules, long Changes)> _kept = new();

    /// <param name="changes"><see cref="MatchIndex.Changes"/> before it was asked.</param>
    public void Keep(ReportId[] portion, RankedReport[] found, RiskRuleSet rules, long changes)
    {
        if (!Array.TrueForAll(found, report => report.Gist.Version == 1)) return;
        if (_kept.Count >= PortionsMax) _kept.Clear();
        _kept[portion[0]] = (portion, found, rules, changes);
    }

    /// <param name="rules">Those in force.</param>
    public async Task<RankedReport[]?> TakeAsync(HomewardDb db, ReportId[] portion, RiskRuleSet rules, CancellationToken cancel) =>
        _kept.TryRemove(portion[0], out var kept) && kept.Changes == index.Changes && ReferenceEquals(kept.Rules, rules) && kept.Portion.AsSpan().SequenceEqual(portion)
        && await intake.AreFirstAsync(db, portion, cancel)
            ? kept.Found
            : null;
}
