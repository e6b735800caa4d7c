using Homeward.Foundations.Access;
using Homeward.Foundations.Audit;
using Homeward.Foundations.Rules;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Homeward.Foundations;

/// <summary>What a host decides about the house it puts up.</summary>
/// <param name="KeyFolder">Where keys are kept, outside the database.</param>
/// <param name="Seed">Makes ids repeatable, for scenarios and tests; null for production.</param>
/// <param name="Exercise">Every page, print and export carries EXERCISE .</param>
/// <param name="MigrationsAssembly">Holds the migrations of this database.</param>
public sealed record HouseOptions(
    DatabaseTarget Database, string KeyFolder, long? Seed, bool Exercise, bool Demo, string MigrationsAssembly)
{
    /// <summary>
    /// Whether what was acknowledged outlives a power cut. True but for the scripted run of an exercise, which can be
    /// run again: there a commit does not wait for the disk. It outlives the end of the process in either case.
    /// </summary>
    public bool OutlivesPowerCut { get; init; } = true;

    /// <summary>
    /// Whether the house is put up for a bulk import: then SQLite's cache and log may grow, to 256 MiB each, so that an
    /// index page that thousands of rows touch is written once and not for each batch.
    /// </summary>
    public bool IsForBulk { get; init; }

    /// <summary>
    /// Whether a database that knows no keys yet learns them from this folder, where they are made if need be: for who takes
    /// things in. Who only looks, perhaps from another machine, must not decide which are its keys.
    /// </summary>
    public bool AdoptsKeys { get; init; }

    /// <summary>The receiving side of a clearing house, to which the law sends providers; null where the house is none.</summary>
    public ClearingHouseOptions? ClearingHouse { get; init; }

    /// <summary>The machine's clock and uptime; tests set one that jumps.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How the house's own files come to the disk; tests put in one that forgets, or one that is full.</summary>
    public Disk Disk { get; init; } = new();

    /// <summary>Where sealed files lie: beside the keys' folder, unless the host says otherwise.</summary>
    public string BlobFolder { get; init; } = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(KeyFolder)) ?? KeyFolder, "blobs");
}

/// <summary>How the house receives reports from providers.</summary>
/// <param name="Path">Where the endpoint stands.</param>
/// <param name="TestAccount">Whether there is an account that everybody knows (<c>test-esp</c>): for exercises only.</param>
public sealed record ClearingHouseOptions(string Path = "/ispws", bool TestAccount = false)
{
    /// <summary>Largest file that is taken, in bytes. The line itself names no limit; a disk has one.</summary>
    public long FileBytesMax { get; init; } = 20L << 30;

    /// <summary>How long a call waits for the database before its sender is told to send it again.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(15);
}

/// <summary>Puts up the house: foundations first, then the stages in their order.</summary>
public static class HomewardServices
{
    public static IServiceCollection AddHomeward(
        this IServiceCollection services, HouseOptions options, IReadOnlyList<IStage> stages)
    {
        services.AddSingleton(options);
        services.AddSingleton(options.Database);
        // By hand: the container would choose the constructor that takes a TimeProvider, which is this clock again.
        services.AddSingleton(_ => new HouseClock(options.Time));
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<HouseClock>());
        services.AddSingleton<IIdSource>(provider => options.Seed is { } seed
            ? new SeededIds(provider.GetRequiredService<HouseClock>(), seed)
            : new TimeOrderedIds(provider.GetRequiredService<HouseClock>()));
        services.AddSingleton(AuthorizationTable.Shipped);
        services.AddSingleton(RuleBook.Shipped);
        services.AddSingleton<StageSwitch>();
        services.AddSingleton<WriteGate>();
        services.AddSingleton(_ => new KeyStore(options.KeyFolder, options.Disk));
        services.AddSingleton<Envelope>();
        services.AddSingleton<WordFilters>();
        services.AddSingleton<TraceBook>();
        services.AddSingleton<CheckpointRecords>();
        services.AddSingleton<Checkpoints>();
        services.AddSingleton<ExportTrace>();
        services.AddSingleton<VerifyStoredTrace>();
        services.AddSingleton<Database>();
        services.AddSingleton<DatabaseFile>();
        services.AddSingleton<StorageWatch>();
        services.AddSingleton<ActRunner>();
        services.AddSingleton<Courier>();
        services.AddSingleton<Timetable>();
        services.AddSingleton<Desk>();
        services.AddSingleton<SentForms>();
        services.AddHostedService<LogWriteBack>();
        services.AddSingleton<SqliteConnections>();
        services.AddSingleton<SqliteStatements>();
        var connection = options.OutlivesPowerCut || options.Database.IsSqlite
            ? options.Database.ConnectionString
            : new NpgsqlConnectionStringBuilder(options.Database.ConnectionString) { Options = "-c synchronous_commit=off" }.ConnectionString;
        services.AddSingleton<KeptContexts>();
        services.AddScoped<ContextOfScope>();
        services.AddDbContextPool<HomewardDb>((provider, context) =>
        {
            if (options.Database.IsSqlite)
                // A list is one value: SQLite looks each name up among all of a statement, and takes longer to bind thousands than to find their rows.
                context.UseSqlite(connection, sqlite => sqlite.MigrationsAssembly(options.MigrationsAssembly)
                        .UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))
                    .AddInterceptors(provider.GetRequiredService<SqliteConnections>(), provider.GetRequiredService<SqliteStatements>());
            else
                context.UseNpgsql(connection, postgres => postgres.MigrationsAssembly(options.MigrationsAssembly));
            // Whoever asked gets the fault and tells it, once: a database that is away would else fill the disk with one page a call.
            context.ConfigureWarnings(log => log.Log(
                (RelationalEventId.ConnectionError, LogLevel.Debug), (RelationalEventId.CommandError, LogLevel.Debug),
                (CoreEventId.QueryIterationFailed, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug)));
        });
        services.AddScoped(provider => provider.GetRequiredService<KeptContexts>().Take(provider.GetRequiredService<ContextOfScope>()));

        foreach (var stage in stages.Prepend(new HouseStage()))
        {
            services.AddSingleton(stage);
            services.AddSingleton<IStoragePart>(stage);
            stage.AddServices(services);
            foreach (var useCase in stage.UseCases) services.AddScoped(useCase.Handler);
        }
        return services;
    }
}
