using Homeward.Foundations.Access;
using Homeward.Foundations.Audit;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Scenario.Cast;

/// <summary>What scripted people act with: the same desk as pages and API. They see what the house shows them, and no more.</summary>
/// <remarks>With a journal, what the house answered before an interruption is taken from there, and the house is left alone.</remarks>
public sealed class Stagehand(IServiceProvider services, Journal? journal = null)
{
    private readonly Desk _desk = services.GetRequiredService<Desk>();
    private readonly HouseClock _clock = services.GetRequiredService<HouseClock>();

    /// <summary>The script's time: the house's, but while kept answers are played again.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>What the house refused, by code: printed at the end, for a script that is refused much is wrong.</summary>
    public SortedDictionary<string, int> Refusals { get; } = new(StringComparer.Ordinal);

    /// <summary>Sets the script's time, and the house's with it.</summary>
    public void DriveTo(DateTimeOffset instant)
    {
        Now = Instants.Truncate(instant);
        if (IsLive) _clock.DriveTo(Now);
    }

    /// <summary>Deliveries, as the clockwork would make them while serving.</summary>
    public async Task DeliverAsync(CancellationToken cancel)
    {
        if (IsLive) await services.GetRequiredService<Courier>().DeliverDueAsync(cancel);
    }

    /// <summary>Deliveries and schedules.</summary>
    public async Task SettleAsync(CancellationToken cancel)
    {
        if (!IsLive) return;
        await DeliverAsync(cancel);
        await services.GetRequiredService<Timetable>().RunDueAsync(cancel);
        await DeliverAsync(cancel);
    }

    /// <summary>A checkpoint of the trace, as the clockwork would sign it.</summary>
    public async Task SignAsync(CancellationToken cancel)
    {
        if (IsLive) await services.GetRequiredService<Checkpoints>().SignAsync(cancel);
    }

    /// <summary>The house goes on from the script's time, at the pace of the real one.</summary>
    public void GoOn()
    {
        if (IsLive) _clock.GoOn();
    }

    private bool IsLive => journal is not { IsReplaying: true };

    /// <summary>Does it, and notes a refusal. People take a no and go on.</summary>
    public async Task<Result<TReceipt>> DoAsync<TRequest, TReceipt>(Actor actor, TRequest request, CancellationToken cancel)
        where TRequest : notnull
    {
        var answer = await TryAsync<TRequest, TReceipt>(actor, request, cancel);
        if (!answer.TryGet(out _, out var problem))
        {
            var code = $"{typeof(TRequest).DeclaringType?.Name}: {problem.Code}";
            Refusals[code] = Refusals.GetValueOrDefault(code) + 1;
        }
        return answer;
    }

    /// <summary>As <see cref="DoAsync"/>, where a no is as good as a yes.</summary>
    public Task<Result<TReceipt>> TryAsync<TRequest, TReceipt>(Actor actor, TRequest request, CancellationToken cancel) where TRequest : notnull =>
        AskAsync(typeof(TRequest).FullName!, stop => _desk.DoAsync<TRequest, TReceipt>(actor, request, stop), cancel);

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
        var answer = await AskAsync<T>(typeof(T).ToString(), async _ =>
        {
            await using var scope = services.CreateAsyncScope();
            return await read(scope.ServiceProvider.GetRequiredService<HomewardDb>(), scope.ServiceProvider);
        }, CancellationToken.None);
        return answer.TryGet(out var found, out var problem) ? found : throw new InvalidOperationException(problem.ToString());
    }

    private async Task<Result<T>> AskAsync<T>(string asked, Func<CancellationToken, Task<Result<T>>> ask, CancellationToken cancel)
    {
        if (journal is null) return await ask(cancel);
        if (journal.TryTake<T>(asked, out var kept))
        {
            // The last kept answer: from here on the house is asked, at the time where it stopped.
            if (IsLive) _clock.DriveTo(Now);
            return kept;
        }
        // A run stops between two acts and in none, so that what was done is also kept.
        cancel.ThrowIfCancellationRequested();
        var answer = await ask(CancellationToken.None);
        await journal.KeepAsync(asked, answer);
        return answer;
    }
}
