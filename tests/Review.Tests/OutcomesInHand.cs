using Homeward.Foundations.Storage;

namespace Homeward.Review.Tests;

/// <summary>What a later stage would tell of leads, as a test says it.</summary>
public sealed class OutcomesInHand : ITellOutcomes
{
    public PastInitiative Initiative { get; } = new(new Guid("0190f3c2a5d07e3f8a4b0000000000aa"), "Operation In Hand", new(2019, 7, 1), new(2019, 7, 31));
    public List<LeadOutcome> Found { get; } = [];

    public Task<IReadOnlyList<PastInitiative>> InitiativesAsync(HomewardDb db, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<PastInitiative>>([Initiative]);

    public Task<IReadOnlyList<LeadOutcome>> FoundAsync(HomewardDb db, Guid initiative, DateTimeOffset asOf, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<LeadOutcome>>(initiative == Initiative.Id ? Found : []);
}
