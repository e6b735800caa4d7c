using System.Collections.Concurrent;
using System.Text.Json;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Review.Ranking;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Homeward.Review.BackTesting;

/// <summary>Work that Review leaves for itself: a back-test is begun, looked after, and stored when it is done.</summary>
internal sealed record BackTestDue(BackTestId Test);

/// <summary>Looks after a back-test, again and again until it is done: a node that comes up after another died begins it anew.</summary>
internal sealed class HearBackTest(BackTestRunner runner, RiskRuleBook rules, ILogger<HearBackTest> log) : IListen<BackTestDue>
{
    private static readonly TimeSpan _again = TimeSpan.FromSeconds(1);

    public async Task HearAsync(BackTestDue happened, Act act, CancellationToken cancel)
    {
        var test = await act.Db.Set<BackTest>().SingleAsync(row => row.Id == happened.Test, cancel);
        if (test.State != BackTestState.Running) return;
        var run = runner.Find(test.Id);
        test.Read = run?.Read ?? 0;
        if (run is null)
        {
            var (tried, inForce) = (await rules.VersionAsync(act.Db, test.Version, cancel), await rules.VersionAsync(act.Db, test.InForce, cancel));
            runner.Begin(test.Id, new(test.Initiative, test.From, test.To, tried!, inForce!, test.AskedAt));
        }
        // Also one that was done at once is stored at the next look: how quick the machine is decides nothing.
        if (run is not { Measuring.IsCompleted: true })
        {
            act.Later(happened, act.Now + _again);
            return;
        }
        (test.State, test.FinishedAt) = (run.Measuring.IsCompletedSuccessfully ? BackTestState.Done : BackTestState.Failed, act.Now);
        if (run.Measuring.IsCompletedSuccessfully) test.Result = JsonSerializer.Serialize(await run.Measuring, WorkItem.Json);
        else log.LogError(run.Measuring.Exception, "Back-test {Id} could not be measured", test.Id);
        act.Trace("back-test", test.Id.Value, $"state={test.State};reports={test.Read}");
        runner.Forget(test.Id);
    }
}

/// <summary>Measures beside the house's work, in no act: an act that waited for it would hold up all who store something.</summary>
internal sealed class BackTestRunner(IServiceScopeFactory scopes) : IDisposable
{
    /// <summary>One at a time: each holds its reports in memory.</summary>
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _ends = new();
    private readonly ConcurrentDictionary<BackTestId, Run> _runs = new();

    internal sealed class Run
    {
        private int _read;

        public int Read => Volatile.Read(ref _read);
        public required Task<BackTestResult> Measuring { get; set; }
        public void Tell(int read) => Volatile.Write(ref _read, read);
    }

    public Run? Find(BackTestId test) => _runs.GetValueOrDefault(test);

    public void Begin(BackTestId test, BackTestQuestion question) => _runs.GetOrAdd(test, _ =>
    {
        var run = new Run { Measuring = Task.FromException<BackTestResult>(new OperationCanceledException()) };
        run.Measuring = Task.Run(() => MeasureAsync(question, run.Tell));
        return run;
    });

    public void Forget(BackTestId test) => _runs.TryRemove(test, out _);

    private async Task<BackTestResult> MeasureAsync(BackTestQuestion question, Action<int> progress)
    {
        await _turn.WaitAsync(_ends.Token);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var measure = scope.ServiceProvider.GetRequiredService<MeasureBackTest>();
            return await measure.RunAsync(scope.ServiceProvider.GetRequiredService<HomewardDb>(), question, progress, _ends.Token);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _ends.Cancel();
        _ends.Dispose();
        _turn.Dispose();
    }
}
