using Homeward.Foundations;
using Homeward.Foundations.Audit;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Homeward.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Homeward.Cli;

/// <summary>Puts up a house for one command: no web, the same stages.</summary>
internal static class House
{
    public const string DefaultDatabase = ".homeward/homeward.db";

    /// <summary>The <see cref="Problem.Code"/> of a database that is not there, or holds nothing.</summary>
    public const string NoDatabase = "no-database";

    public static HouseOptions Options(string? database, long? seed = null, bool exercise = false, bool demo = false)
    {
        var target = DatabaseTarget.Parse(database ?? DefaultDatabase);
        var keys = Environment.GetEnvironmentVariable("HOMEWARD_KEYS") is { Length: > 0 } named ? named : (target.IsSqlite ? Path.ChangeExtension(target.Shown, null) + ".keys" : Path.GetFullPath(".homeward/keys"));
        return new HouseOptions(target, keys, seed, exercise, demo,
            target.IsSqlite ? "Homeward.Migrations.Sqlite" : "Homeward.Migrations.Postgres");
    }

    /// <summary>Opens a house over a database that is there: whoever looks at one that was mistyped must not be told that all is well.</summary>
    public static Task<Result<ServiceProvider>> OpenThereAsync(HouseOptions options, CancellationToken cancel) => OpenAsync(options, makesIt: false, cancel);

    /// <summary>Opens a house over a database, creating and migrating it if need be. One that says that it is an exercise is opened as such.</summary>
    public static Task<Result<ServiceProvider>> OpenAsync(HouseOptions options, CancellationToken cancel) => OpenAsync(options, makesIt: true, cancel);

    private static async Task<Result<ServiceProvider>> OpenAsync(HouseOptions options, bool makesIt, CancellationToken cancel)
    {
        var provider = Services(options);
        var database = provider.GetRequiredService<Database>();
        var prepared = makesIt || await database.IsThereAsync(cancel) ? await database.PrepareAsync(cancel)
            : Problem.Invalid(NoDatabase, $"{options.Database.Shown} holds no database of Homeward. None was made.", "Check --database. serve, import and migrate make a new one.");
        if (prepared.TryGet(out _, out var problem) && (options.Exercise || !await DemoDatabase.IsExerciseAsync(provider, cancel))) return provider;
        await provider.DisposeAsync();
        return problem ?? await OpenAsync(options with { Exercise = true }, makesIt, cancel);
    }

    /// <inheritdoc cref="Database.ForgettingAsync"/>
    public static async Task<IReadOnlyList<string>> ForgettingAsync(HouseOptions options, CancellationToken cancel)
    {
        await using var house = Services(options);
        return await house.GetRequiredService<Database>().ForgettingAsync(cancel);
    }

    /// <summary>A checkpoint when a command that stored something ends in good order: nobody may come for long who signs what it added to the trace.</summary>
    /// <remarks>What it did stands without one, so it does not fail with it. A database that holds nothing yet stays so.</remarks>
    public static async Task SignOffAsync(IServiceProvider house, Answer answer, CancellationToken cancel)
    {
        try
        {
            await using var scope = house.CreateAsyncScope();
            if (await scope.ServiceProvider.GetRequiredService<HomewardDb>().Set<AuditEntry>().AnyAsync(cancel)) await house.GetRequiredService<Checkpoints>().SignAsync(cancel);
        }
        catch (Exception fault) when (StorageFaults.Of(fault) is { } kind)
        {
            answer.Tell($"No checkpoint of the trace was signed: {StorageWatch.Words(kind)}. What was done stands; serve or audit export signs it.");
        }
    }

    private static ServiceProvider Services(HouseOptions options)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddHomeward(options, Line.Stages);
        return services.BuildServiceProvider();
    }
}
