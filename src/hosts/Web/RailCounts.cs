using System.Collections.Concurrent;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Web;

/// <summary>How much waits for a person in each stage, for the rail. A few seconds old at most.</summary>
public sealed class RailCounts(IServiceProvider services, HouseClock clock)
{
    private static readonly TimeSpan _keptFor = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<UserId, (DateTimeOffset At, IReadOnlyDictionary<string, int> Counts)> _kept = new();

    public async Task<IReadOnlyDictionary<string, int>> ForAsync(Actor actor, CancellationToken cancel)
    {
        var now = clock.RealNow;
        if (_kept.TryGetValue(actor.Id, out var kept) && now - kept.At < _keptFor) return kept.Counts;
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var source in scope.ServiceProvider.GetServices<IWaiting>())
        {
            var rows = await source.ForAsync(actor, db, clock.GetUtcNow(), cancel);
            counts[source.Stage] = counts.GetValueOrDefault(source.Stage) + rows.Sum(row => row.Count);
        }
        _kept[actor.Id] = (now, counts);
        return counts;
    }
}
