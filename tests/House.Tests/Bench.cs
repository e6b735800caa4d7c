using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Homeward.House.Tests;

/// <summary>A stage to try the foundations on: its use cases do what the test says, its rows carry every scope mark.</summary>
/// <remarks>The table is the shipped one with the bench's rows added: one role for each scope.</remarks>
internal sealed class Bench(params string[] actionsWithoutRow) : IStage
{
    private const string Rows = """

        bench.change     analyst:assigned officer:agency coordinator:task-force victim-specialist:office national:nation
        bench.look       analyst:assigned officer:agency coordinator:task-force victim-specialist:office national:nation
        bench.annotated  national:nation
        """;

    public string Name => "bench";
    public ConcurrentQueue<string> Log { get; } = new();
    public CommitTrouble Commits { get; } = new();

    /// <summary>What the listener of <see cref="Noted"/> does besides leaving its effect.</summary>
    public Func<Noted, Act, Task> OnNoted { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>What the second listener of <see cref="Noted"/> does.</summary>
    public Func<Noted, Act, Task> OnNotedToo { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>What the schedule does at its turn.</summary>
    public Func<Act, Task> OnTurn { get; set; } = _ => Task.CompletedTask;

    /// <summary>Whether what the listener of <see cref="NotedElsewhere"/> needs is still being made.</summary>
    public bool IsMakingReady { get; set; }

    /// <summary>How a turn of the schedule ends.</summary>
    public Turn TurnsEnd { get; set; } = Turn.Done;

    public IReadOnlyList<UseCase> UseCases { get; } =
    [
        UseCase.Change<TryChange.Request, Done, TryChange.Handler>("bench.change"),
        UseCase.Look<TryLook.Request, Done, TryLook.Handler>("bench.look"),
        UseCase.Change<TryAnnotated.Request, Done, TryAnnotated.Handler>("bench.annotated"),
        .. actionsWithoutRow.Select(action => UseCase.Change<TryForgotten.Request, Done, TryForgotten.Handler>(action)),
    ];

    public void AddServices(IServiceCollection services)
    {
        using var shipped = new StreamReader(typeof(AuthorizationTable).Assembly.GetManifestResourceStream("authorization-table.txt")!);
        services.AddSingleton(AuthorizationTable.Parse(shipped.ReadToEnd() + Rows));
        services.AddSingleton(this);
        services.AddListener<Noted, NotedListener>("bench");
        services.AddListener<Noted, NotedTooListener>("bench");
        services.AddListener<NotedElsewhere, ElsewhereListener>("elsewhere");
        services.AddSchedule<BenchSchedule>();
        services.AddSingleton<ILoggerProvider>(new QueueLogs(Log));
        services.Configure<LoggerFilterOptions>(filter => filter.MinLevel = LogLevel.Trace);
        services.ConfigureDbContext<HomewardDb>(context => context.AddInterceptors(Commits));
    }

    public void Shape(ModelBuilder model)
    {
        model.Entity<Paper>(paper =>
        {
            paper.ToTable("bench_papers");
            paper.HasKey(row => row.Id);
            paper.Property(row => row.Revision).IsConcurrencyToken();
        });
        model.Entity<Effect>(effect =>
        {
            effect.ToTable("bench_effects");
            effect.HasKey(row => row.Id);
        });
    }

    /// <summary>Lets a commit reach the database and then loses its answer, as a broken line would.</summary>
    public sealed class CommitTrouble : DbTransactionInterceptor
    {
        private int _loseAnswers;

        public void LoseNextAnswer() => Interlocked.Increment(ref _loseAnswers);

        public override Task TransactionCommittedAsync(
            DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            if (Interlocked.Exchange(ref _loseAnswers, 0) > 0) throw new IOException("the line broke after the commit");
            return Task.CompletedTask;
        }
    }

    private sealed class QueueLogs(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");
        public void Dispose() { }
    }
}

/// <summary>A row with every scope mark.</summary>
internal sealed class Paper : IScoped
{
    public required Guid Id { get; init; }
    public string Title { get; set; } = "";
    public string? OfficeCode { get; init; }
    public string? TaskForce { get; init; }
    public string? AgencyOri { get; init; }
    public UserId? AssignedTo { get; init; }
    public Guid Revision { get; set; }
}

/// <summary>One for each time that something took effect: what happened twice is here twice.</summary>
internal sealed class Effect
{
    public required Guid Id { get; init; }
    public required string What { get; init; }
    public required Guid Of { get; init; }
    public required DateTimeOffset At { get; init; }
}

internal sealed record Noted(Guid Of);
internal sealed record NotedElsewhere(Guid Of);

internal static class TryChange
{
    public sealed record Request(Func<Act, Task<Result<Done>>> Do);

    public sealed class Handler : IHandle<Request, Done>
    {
        public Task<Result<Done>> HandleAsync(Request request, Act act, CancellationToken cancel) => request.Do(act);
    }
}

internal static class TryLook
{
    public sealed record Request(Func<Act, Task<Result<Done>>> Do);

    public sealed class Handler : IHandle<Request, Done>
    {
        public Task<Result<Done>> HandleAsync(Request request, Act act, CancellationToken cancel) => request.Do(act);
    }
}

internal static class TryAnnotated
{
    public sealed record Request(
        [Required, MinLength(3)] string LastSeenAt, [Range(1, 5)] int HowMany, Inner? Inner = null, IReadOnlyList<Inner>? Others = null);
    public sealed record Inner([MaxLength(3)] string Code, string Word);

    public sealed class Handler : IHandle<Request, Done>
    {
        public Task<Result<Done>> HandleAsync(Request request, Act act, CancellationToken cancel) =>
            Task.FromResult<Result<Done>>(Done.Value);
    }
}

internal static class TryForgotten
{
    public sealed record Request;

    public sealed class Handler : IHandle<Request, Done>
    {
        public Task<Result<Done>> HandleAsync(Request request, Act act, CancellationToken cancel) =>
            Task.FromResult<Result<Done>>(Done.Value);
    }
}

internal sealed class NotedListener(Bench bench) : IListen<Noted>
{
    public async Task HearAsync(Noted happened, Act act, CancellationToken cancel)
    {
        act.Leave("heard", happened.Of);
        await bench.OnNoted(happened, act);
    }
}

internal sealed class NotedTooListener(Bench bench) : IListen<Noted>
{
    public async Task HearAsync(Noted happened, Act act, CancellationToken cancel)
    {
        act.Leave("heard-too", happened.Of);
        await bench.OnNotedToo(happened, act);
    }
}

internal sealed class ElsewhereListener(Bench bench) : IWaitForMemory<NotedElsewhere>
{
    public bool MustWait => bench.IsMakingReady;

    public Task HearAsync(NotedElsewhere happened, Act act, CancellationToken cancel)
    {
        act.Leave("heard-elsewhere", happened.Of);
        return Task.CompletedTask;
    }
}

internal sealed class BenchSchedule(Bench bench) : ISchedule
{
    public string Name => "bench";
    public TimeSpan Every => TimeSpan.FromHours(1);
    public async Task<Turn> RunAsync(Act act, CancellationToken cancel)
    {
        await bench.OnTurn(act);
        return bench.TurnsEnd;
    }
}
