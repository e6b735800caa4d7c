using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Scenario.Cast;

/// <summary>What scripted people act with: the same desk as pages and API. They see what the house shows them, and no more.</summary>
public sealed class Stagehand(IServiceProvider services)
{
    public Desk Desk { get; } = services.GetRequiredService<Desk>();
    public HouseClock Clock { get; } = services.GetRequiredService<HouseClock>();
    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>What the house refused, by code: printed at the end, for a script that is refused much is wrong.</summary>
    public SortedDictionary<string, int> Refusals { get; } = new(StringComparer.Ordinal);

    /// <summary>Does it, and notes a refusal. People take a no and go on.</summary>
    public async Task<Result<TReceipt>> DoAsync<TRequest, TReceipt>(Actor actor, TRequest request, CancellationToken cancel)
        where TRequest : notnull
    {
        var answer = await Desk.DoAsync<TRequest, TReceipt>(actor, request, cancel);
        if (!answer.TryGet(out _, out var problem))
        {
            var code = $"{typeof(TRequest).DeclaringType?.Name}: {problem.Code}";
            Refusals[code] = Refusals.GetValueOrDefault(code) + 1;
        }
        return answer;
    }

    /// <summary>As <see cref="DoAsync"/>, where a no is a fault of the script.</summary>
    public async Task<TReceipt> MustAsync<TRequest, TReceipt>(Actor actor, TRequest request, CancellationToken cancel) where TRequest : notnull
    {
        var answer = await DoAsync<TRequest, TReceipt>(actor, request, cancel);
        return answer.TryGet(out var receipt, out var problem)
            ? receipt
            : throw new InvalidOperationException($"{typeof(TRequest).DeclaringType?.Name} was refused: {problem}");
    }

    /// <summary>Reads what waits, as the list on somebody's page would show it.</summary>
    public async Task<T> ReadAsync<T>(Func<HomewardDb, IServiceProvider, Task<T>> read)
    {
        await using var scope = services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<HomewardDb>(), scope.ServiceProvider);
    }
}
