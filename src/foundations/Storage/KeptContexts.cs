// EF's own registration knows one pool for each kind of context, and can be told of no other.
#pragma warning disable EF1001
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Internal;

namespace Homeward.Foundations.Storage;

/// <summary>The contexts of the house, kept from act to act with their connections; SQLite's writer has its own.</summary>
/// <remarks>EF's pool alone would give each act another one in turn, and its connection with it.</remarks>
internal sealed class KeptContexts : IAsyncDisposable
{
    private readonly DbContextPool<HomewardDb> _all;
    private readonly DbContextPool<HomewardDb> _writers;
    private readonly PooledDbContextFactory<HomewardDb> _taken;
    private readonly PooledDbContextFactory<HomewardDb> _takenByWriters;

    public KeptContexts(DbContextOptions<HomewardDb> options)
    {
        (_all, _writers) = (new(options), new(options));
        (_taken, _takenByWriters) = (new(_all), new(_writers));
    }

    /// <summary>Given back when it is disposed.</summary>
    public HomewardDb Take(ContextOfScope use) => (use.IsWriters ? _takenByWriters : _taken).CreateDbContext();

    public async ValueTask DisposeAsync()
    {
        await _writers.DisposeAsync();
        await _all.DisposeAsync();
    }
}

/// <summary>Which context a scope is given.</summary>
internal sealed class ContextOfScope
{
    public bool IsWriters { get; set; }
}
