namespace Homeward.Foundations.Storage;

/// <summary>Lets writers into SQLite one after another, in the order in which they came.</summary>
/// <remarks>
/// SQLite has one writer. Waiting here is fair and wakes at once; waiting in the database means polling, and a page
/// would starve behind a scenario that writes all the time. PostgreSQL needs no gate: there it is open.
/// </remarks>
public sealed class WriteGate(DatabaseTarget target) : IDisposable
{
    private readonly SemaphoreSlim? _gate = target.IsSqlite ? new SemaphoreSlim(1, 1) : null;

    public async ValueTask<Pass> EnterAsync(CancellationToken cancel)
    {
        if (_gate is not null) await _gate.WaitAsync(cancel);
        return new Pass(_gate);
    }

    public void Dispose() => _gate?.Dispose();

    /// <summary>Held while writing; disposing lets the next one in.</summary>
    public readonly struct Pass(SemaphoreSlim? gate) : IDisposable, IEquatable<Pass>
    {
        private readonly SemaphoreSlim? _gate = gate;
        public void Dispose() => _gate?.Release();
        public bool Equals(Pass other) => ReferenceEquals(_gate, other._gate);
        public override bool Equals(object? obj) => obj is Pass other && Equals(other);
        public override int GetHashCode() => _gate?.GetHashCode() ?? 0;
        public static bool operator ==(Pass left, Pass right) => left.Equals(right);
        public static bool operator !=(Pass left, Pass right) => !left.Equals(right);
    }
}
