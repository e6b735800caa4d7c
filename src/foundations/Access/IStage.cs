using Homeward.Foundations.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Foundations.Access;

/// <summary>The only door into a stage (and into the foundations, which are a stage in this): what it can do and what it needs.</summary>
public interface IStage : IStoragePart
{
    /// <summary>The first word of its actions: <c>review</c>.</summary>
    string Name { get; }
    IReadOnlyList<UseCase> UseCases { get; }
    /// <summary>Registers what its handlers need. Handlers themselves are registered from <see cref="UseCases"/>.</summary>
    void AddServices(IServiceCollection services);
}

/// <summary>Opens and closes stages: a closed one refuses every use case, and nothing of it may appear further on.</summary>
/// <remarks>For an emergency stop, and for the tests that prove that each stage is needed.</remarks>
public sealed class StageSwitch
{
    private volatile IReadOnlySet<string> _closed = new HashSet<string>();

    public bool IsClosed(string stage) => _closed.Contains(stage);
    public void Close(params string[] stages) => _closed = stages.ToHashSet(StringComparer.Ordinal);
}

/// <summary>What waits for a person, as each stage knows it: shown at home and counted in the rail.</summary>
public interface IWaiting
{
    string Stage { get; }
    Task<IReadOnlyList<WaitingRow>> ForAsync(Actor actor, HomewardDb db, DateTimeOffset now, CancellationToken cancel);
}

/// <param name="What">What is to be done, in words: "Tell local police".</param>
/// <param name="Link">Where it is done.</param>
/// <param name="DueAt">When it must be done; null when nothing says so.</param>
/// <param name="Critical">A child in danger now, or late by law.</param>
/// <param name="Count">How many like it stand behind the row; 1 for a single thing.</param>
/// <param name="Note">What tells it from others of its kind, such as who owes it.</param>
public sealed record WaitingRow(string What, string Link, DateTimeOffset? DueAt = null, bool Critical = false, int Count = 1, string? Note = null);
