using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Foundations.Storage;

/// <summary>Lets writers to the database: on SQLite one after another, in the order in which they came, all by one connection.</summary>
/// <remarks>
/// SQLite has one writer. Waiting here is fair and wakes at once; waiting in the database means polling, and a page
/// would starve behind a scenario that writes all the time. And a commit empties the caches of all connections but its own:
/// writers that had each their own would read again, every one of them, the pages that the one before had changed.
/// Other programs at the same file wait for their turn, too (<see cref="WritersTurn"/>); of those who wait here some go through in one.
/// PostgreSQL needs no gate: there it is open, and each writer has a connection.
/// </remarks>
public sealed class WriteGate(IServiceProvider services, DatabaseTarget target) : IDisposable
{
    private readonly SemaphoreSlim? _gate = target.IsSqlite ? new SemaphoreSlim(1, 1) : null;
    /// <summary>So long all who wait here go through before another program's turn comes.</summary>
    private static readonly TimeSpan _turnMax = TimeSpan.FromMilliseconds(50);
    private readonly WritersTurn? _turn = target.IsSqlite ? new WritersTurn(target.Shown) : null;
    private long _passes;
    private int _waiting;
    /// <summary>When the turn was taken; null while it is not ours.</summary>
    private long? _takenAt;

    public async ValueTask<Pass> EnterAsync(CancellationToken cancel)
    {
        if (_gate is not null) await WaitAsync(_gate, cancel);
        return new Pass(this, services.CreateAsyncScope());
    }

    private async ValueTask WaitAsync(SemaphoreSlim gate, CancellationToken cancel)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await gate.WaitAsync(cancel);
            Interlocked.Decrement(ref _waiting);
        }
        catch
        {
            Interlocked.Decrement(ref _waiting);
            // Whoever went out just now may have kept the turn for this one.
            if (gate.Wait(0, CancellationToken.None)) LetNextIn(gate);
            throw;
        }
        if (_takenAt is not null) return;
        try
        {
            await _turn!.TakeAsync(cancel);
            _takenAt = Stopwatch.GetTimestamp();
        }
        catch
        {
            gate.Release();
            throw;
        }
    }

    private void Leave()
    {
        Interlocked.Increment(ref _passes);
        if (_gate is not null) LetNextIn(_gate);
    }

    /// <summary>The turn is kept while others wait here, for a while.</summary>
    private void LetNextIn(SemaphoreSlim gate)
    {
        if (_takenAt is { } taken && (Volatile.Read(ref _waiting) == 0 || Stopwatch.GetElapsedTime(taken) > _turnMax))
        {
            _turn!.Give();
            _takenAt = null;
        }
        gate.Release();
    }

    /// <summary>How many have gone out again.</summary>
    internal long Passes => Interlocked.Read(ref _passes);

    public void Dispose()
    {
        _gate?.Dispose();
        _turn?.Dispose();
    }

    /// <summary>Held while writing, with the services of the writer's own scope; disposing lets the next one in.</summary>
    public sealed class Pass : IAsyncDisposable
    {
        private readonly WriteGate _of;
        private readonly AsyncServiceScope _scope;

        internal Pass(WriteGate of, AsyncServiceScope scope)
        {
            (_of, _scope) = (of, scope);
            if (of._gate is not null) Services.GetRequiredService<ContextOfScope>().IsWriters = true;
        }

        public IServiceProvider Services => _scope.ServiceProvider;
        public HomewardDb Db => Services.GetRequiredService<HomewardDb>();

        public async ValueTask DisposeAsync()
        {
            // First: the next one gets the context that is given back here.
            await _scope.DisposeAsync();
            _of.Leave();
        }
    }
}
