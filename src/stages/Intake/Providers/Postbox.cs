using System.Threading.Channels;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.Extensions.Logging;

namespace Homeward.Intake.Providers;

/// <summary>Where a provider's call goes that changes something; its answer comes when what it did is durable.</summary>
internal interface IPostbox
{
    /// <summary>What is posted is done, even if its caller hangs up.</summary>
    Task<LineAnswer> PostAsync(LineCall call);
}

/// <summary>Gathers calls that wait at the same moment and has them done together: one transaction, one sync, an answer each.</summary>
/// <remarks>
/// A writer takes whatever waits; while it writes, the next group gathers, so that no timer is needed and a call that
/// comes alone waits for nobody. SQLite has one writer; on PostgreSQL a second one helps when a crowd has gathered: sooner
/// it would only make two small groups of one, and a transaction costs the same for each.
/// An answer is given only when its transaction is durable. Safe for use from many threads.
/// </remarks>
internal sealed class Postbox : IPostbox, IAsyncDisposable
{
    /// <summary>More than this wait only when the database hangs; then it is better to say so.</summary>
    private const int WaitingMax = 10_000;
    private const int BusySeconds = 2;
    private const int PostgresWriters = 2;
    private const int CrowdMin = 32;
    private readonly Channel<Letter> _waiting = Channel.CreateBounded<Letter>(new BoundedChannelOptions(WaitingMax));
    private readonly Desk _desk;
    private readonly ILogger<Postbox> _log;
    private readonly Lazy<Task> _writers;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile Turn? _taken;

    public Postbox(Desk desk, DatabaseTarget database, ILogger<Postbox> log)
    {
        (_desk, _log) = (desk, log);
        _writers = new(() => Task.WhenAll(Enumerable.Range(0, database.IsSqlite ? 1 : PostgresWriters).Select(_ => WritersThread.RunAsync(Write))));
    }

    /// <summary>The one who has it gathers a group. It ends when the group is stored, or sooner when a crowd waits.</summary>
    private sealed class Turn(SemaphoreSlim turn)
    {
        private int _isOver;

        public void End()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0) turn.Release();
        }
    }

    private sealed record Letter(LineCall Call)
    {
        // Asynchronously: a writer must not run the answers of all others.
        public TaskCompletionSource<LineAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public Task<LineAnswer> PostAsync(LineCall call)
    {
        _ = _writers.Value;
        var letter = new Letter(call);
        if (!_waiting.Writer.TryWrite(letter)) return Task.FromResult(LineAnswer.Later(503, "The receiver is busy; nothing was stored", BusySeconds));
        if (_waiting.Reader.Count >= CrowdMin) _taken?.End();
        return letter.Answer.Task;
    }

    private void Write()
    {
        var group = new List<Letter>(TakeCalls.CallsMax);
        while (_waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            _turn.Wait();
            var turn = _taken = new(_turn);
            group.Clear();
            while (group.Count < TakeCalls.CallsMax && _waiting.Reader.TryRead(out var letter)) group.Add(letter);
            // Another writer may have been quicker.
            if (group.Count > 0) DeliverAsync(group).GetAwaiter().GetResult();
            turn.End();
        }
    }

    /// <summary>Does them together; if that fails, each by itself, so that nobody pays for another's fault.</summary>
    private async Task DeliverAsync(IReadOnlyList<Letter> group)
    {
        try
        {
            var answer = await _desk.DoAsync<TakeCalls.Request, TakeCalls.Receipt>(Actor.House, new([.. group.Select(letter => letter.Call)]), CancellationToken.None);
            for (var index = 0; index < group.Count; index++)
            {
                group[index].Answer.SetResult(answer.TryGet(out var receipt, out _)
                    ? receipt.Answers[index]
                    : LineAnswer.Later(503, "The receiver takes nothing at the moment; nothing was stored", BusySeconds));
            }
        }
        catch (Exception fault) when (StorageFaults.Of(fault) is { } kind)
        {
            // Of all of them, and at once: nobody else's turn would go better. What is told is no receipt, so that each is sent again.
            foreach (var letter in group) letter.Answer.SetResult(LineAnswer.NotStored(kind));
        }
        catch (Exception fault) when (group.Count > 1)
        {
            _log.LogWarning(fault, "{Calls} calls could not be stored together; each is tried by itself", group.Count);
            foreach (var letter in group) await DeliverAsync([letter]);
        }
        catch (Exception fault)
        {
            _log.LogError(fault, "A {Call} could not be stored", group[0].Call.Name);
            group[0].Answer.SetResult(new LineAnswer(LineCode.SaveFailed) { MayStand = true });
        }
    }

    /// <summary>What was posted is still done.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        if (_writers.IsValueCreated) await _writers.Value;
        _turn.Dispose();
    }
}
