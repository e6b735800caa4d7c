using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Foundations.Places;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Homeward.Review;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Tests.Support;

/// <summary>Stands where Review stands: gives the leads that a test names, and notes which were closed.</summary>
internal sealed class FakeReview : IReview, IStage
{
    private readonly Dictionary<LeadId, LeadGist> _leads = [];
    private int _count;

    public Dictionary<LeadId, string> Closed { get; } = [];
    /// <summary>The tips on which the next lead rests.</summary>
    public IReadOnlyList<string> Doors { get; set; } = [];
    public string Name => "review";
    public IReadOnlyList<UseCase> UseCases => [];

    public LeadGist Raise(PersonRecordId? child = null, bool currentAbuse = false, params PlaceQuery[] places)
    {
        _count++;
        var lead = new LeadGist(
            new LeadId(Guid.Parse($"00000000-0000-7000-8000-{_count:000000000000}")), $"L-2019-{_count:00000}", LeadOrigin.ConfirmedMatch, LeadState.Open,
            child, null, null, null, ["100000001"], places, 0.5, ["seen lately"], ViaReview: true, Imminent: false, currentAbuse,
            new DateTimeOffset(2019, 7, 1, 12, 0, 0, TimeSpan.Zero), 1) { DoorNumbers = Doors };
        _leads[lead.Id] = lead;
        return lead;
    }

    public Task<LeadGist?> LeadAsync(HomewardDb db, LeadId id, CancellationToken cancel) => Task.FromResult(_leads.GetValueOrDefault(id));

    public Task<IReadOnlyList<LeadGist>> LeadsAsync(HomewardDb db, IReadOnlyCollection<LeadId> ids, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<LeadGist>>([.. ids.Where(_leads.ContainsKey).Select(id => _leads[id])]);

    public Task<IReadOnlyList<LeadGist>> OpenLeadsOfAsync(HomewardDb db, IReadOnlyCollection<PersonRecordId> records, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<LeadGist>>([.. _leads.Values.Where(lead => lead.Child is { } child && records.Contains(child))]);

    public Task CloseLeadAsync(Act act, LeadId lead, string outcome, CancellationToken cancel)
    {
        Closed[lead] = outcome;
        return Task.CompletedTask;
    }

    public void AddServices(IServiceCollection services) => services.AddSingleton<IReview>(this);
    public void Shape(ModelBuilder model) { }
}
