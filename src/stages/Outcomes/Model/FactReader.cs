using Homeward.Foundations.Storage;
using Homeward.Operations;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Outcomes.Model;

/// <summary>Reads what stood at an instant: one query for all kinds of fact.</summary>
internal sealed class FactReader : IOutcomes
{
    public async Task<Facts> FactsAsync(HomewardDb db, InitiativeId initiative, DateTimeOffset asOf, CancellationToken cancel) =>
        Told(await StandingAsync(db, initiative, asOf, cancel));

    public async Task<ChildFact?> ChildAsync(HomewardDb db, FactId id, CancellationToken cancel) =>
        (await db.Set<ChildFinding>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel))?.Told();

    public async Task<AdultFact?> AdultAsync(HomewardDb db, FactId id, CancellationToken cancel) =>
        (await db.Set<AdultFinding>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel))?.Told();

    public static Task<List<Fact>> StandingAsync(HomewardDb db, InitiativeId initiative, DateTimeOffset asOf, CancellationToken cancel) =>
        db.Set<Fact>().AsNoTracking()
            .Where(row => row.Initiative == initiative && row.EnteredAt <= asOf && (row.SupersededAt == null || row.SupersededAt > asOf))
            .OrderBy(row => row.At).ThenBy(row => row.Id).ToListAsync(cancel);

    public static Facts Told(IReadOnlyList<Fact> facts) => new(
        [.. facts.OfType<ChildFinding>().Select(fact => fact.Told())],
        [.. facts.OfType<AdultFinding>().Select(fact => fact.Told())],
        [.. facts.OfType<Arrest>().Select(fact => fact.Told())],
        [.. facts.OfType<Investigation>().Select(fact => fact.Told())],
        [.. facts.OfType<CourtStep>().Select(fact => fact.Told())]);
}
