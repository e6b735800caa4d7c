using System.Collections.Concurrent;
using Homeward.Foundations.Storage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Ranking;

/// <summary>Finds the version of the rules that ranks now, and any other by its name.</summary>
/// <remarks>Asked of the database each time, because another node may have put one in force; what a version says never changes and is kept.</remarks>
internal sealed class RiskRuleBook
{
    private readonly ConcurrentDictionary<int, RiskRuleSet> _known = new();

    public async Task<RiskRuleSet> InForceAsync(HomewardDb db, CancellationToken cancel)
    {
        var ordinal = await db.Set<RuleVersion>().Where(row => row.State == RuleVersionState.Approved).MaxAsync(row => (int?)row.Ordinal, cancel);
        return ordinal is { } later ? await LaterAsync(db, later, cancel) : ShippedRules.First;
    }

    /// <returns>Null when there is no such version, in whatever state.</returns>
    public async Task<RiskRuleSet?> VersionAsync(HomewardDb db, string name, CancellationToken cancel)
    {
        if (name == ShippedRules.First.Version) return ShippedRules.First;
        var ordinals = await db.Set<RuleVersion>().Select(row => row.Ordinal).ToListAsync(cancel);
        return ordinals.FirstOrDefault(ordinal => RuleVersion.NameOf(ordinal) == name) is > 0 and var found ? await LaterAsync(db, found, cancel) : null;
    }

    private async Task<RiskRuleSet> LaterAsync(HomewardDb db, int ordinal, CancellationToken cancel)
    {
        if (_known.TryGetValue(ordinal, out var known)) return known;
        return _known[ordinal] = (await db.Set<RuleVersion>().AsNoTracking().SingleAsync(row => row.Ordinal == ordinal, cancel)).Set;
    }
}
