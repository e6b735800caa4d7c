using Homeward.Foundations.Storage;
using Homeward.Operations;
using Homeward.Review;

namespace Homeward.Outcomes;

/// <summary>Tells Review which leads led to a child: what its rules are back-tested against.</summary>
internal sealed class TellOutcomes(IOperations operations, IOutcomes outcomes) : ITellOutcomes
{
    public async Task<IReadOnlyList<PastInitiative>> InitiativesAsync(HomewardDb db, CancellationToken cancel) =>
        [.. (await operations.InitiativesAsync(db, cancel)).OrderByDescending(one => one.From).ThenBy(one => one.Id.Value)
            .Select(one => new PastInitiative(one.Id.Value, one.Name, one.From, one.To))];

    public async Task<IReadOnlyList<LeadOutcome>> FoundAsync(HomewardDb db, Guid initiative, DateTimeOffset asOf, CancellationToken cancel)
    {
        var facts = await outcomes.FactsAsync(db, InitiativeId.From(initiative), asOf, cancel);
        return [.. facts.Children.Where(fact => fact.Age != AgeAtAct.Adult && fact.Base.Lead is not null)
            .GroupBy(fact => fact.Base.Lead!.Value)
            .Select(found => new LeadOutcome(found.Key, found.Max(fact => fact.Kind).ToString().ToLowerInvariant()))
            .OrderBy(one => one.Lead.Value)];
    }
}
