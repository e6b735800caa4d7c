using Homeward.Foundations;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Homeward.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Cli;

/// <summary>The demo's own database: emptied for each run, but only when it says of itself that it is an exercise.</summary>
internal static class DemoDatabase
{
    /// <returns>Why it may not be used: it holds what is no exercise.</returns>
    public static async Task<Problem?> PrepareAsync(HouseOptions options, bool keep, CancellationToken cancel)
    {
        if (options.Database.IsSqlite && !File.Exists(options.Database.Shown)) return null;
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddHomeward(options, Web.Line.Stages);
        await using var house = services.BuildServiceProvider();
        await using var scope = house.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
        if (!await db.Database.CanConnectAsync(cancel)) return null;
        if ((await db.Database.GetAppliedMigrationsAsync(cancel)).Any() && !await IsExerciseAsync(db, cancel))
            return Problem.Invalid("not-an-exercise", $"{options.Database.Shown} holds something that is no exercise. It was not touched.",
                "Choose another --database for the demo.");
        if (keep) return null;
        if (options.Database.IsSqlite) await db.Database.EnsureDeletedAsync(cancel);
        else await EmptyAsync(db, cancel);
        if (Directory.Exists(options.KeyFolder)) Directory.Delete(options.KeyFolder, recursive: true);
        return null;
    }

    public static async Task MarkAsync(IServiceProvider house, CancellationToken cancel)
    {
        await using var scope = house.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
        if (await db.Set<HouseMark>().AnyAsync(mark => mark.Name == HouseMark.Exercise, cancel)) return;
        db.Add(new HouseMark { Name = HouseMark.Exercise, Value = "1" });
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Whether the initiative's window has been run through in this database.</summary>
    public static async Task<bool> IsDoneAsync(IServiceProvider house, string initiative, CancellationToken cancel)
    {
        await using var scope = house.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
        return await scope.ServiceProvider.GetRequiredService<IOperations>().InitiativeByNameAsync(db, initiative, cancel) is not null;
    }

    private static async Task<bool> IsExerciseAsync(HomewardDb db, CancellationToken cancel)
    {
        try
        {
            return await db.Set<HouseMark>().AnyAsync(mark => mark.Name == HouseMark.Exercise, cancel);
        }
        catch (System.Data.Common.DbException)
        {
            return false;
        }
    }

    private static async Task EmptyAsync(HomewardDb db, CancellationToken cancel) =>
        await db.Database.ExecuteSqlRawAsync("DROP SCHEMA public CASCADE; CREATE SCHEMA public;", cancel);
}
