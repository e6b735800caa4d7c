using System.Text.Json.Nodes;
using Homeward.Foundations;
using Homeward.Foundations.Audit;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Cli;

/// <summary>The demo's own database: emptied for each run, but only when it says of itself that such a run made it.</summary>
internal static class DemoDatabase
{
    private const string RunMark = "demo-run", LineMark = "demo-line";

    /// <returns>Why it may not be used: it holds what no run of the demo made.</returns>
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
        var isFilled = (await db.Database.GetAppliedMigrationsAsync(cancel)).Any();
        if (isFilled && !await IsMarkedAsync(db, RunMark, cancel))
            return Problem.Invalid("not-an-exercise", $"{options.Database.Shown} holds something that no run of the demo made. It was not touched.",
                "Choose another --database for the demo.");
        if (keep) return null;
        if (isFilled && await db.MarkAsync(HouseMark.Trace, cancel) is { } record && CheckpointRecords.PathIn(options.KeyFolder, record) is { } path) options.Disk.Delete(path);
        if (options.Database.IsSqlite) await db.Database.EnsureDeletedAsync(cancel);
        else await EmptyAsync(db, cancel);
        // Its keys stay, and the next run takes them: another database may be written under them, and no mark of this one can say that none is.
        return null;
    }

    /// <summary>How far the scripted run in this database came.</summary>
    public enum Run { None, Begun, Done }

    /// <summary>Writes that this is an exercise, and how far its run came.</summary>
    public static async Task MarkAsync(IServiceProvider house, Run run, CancellationToken cancel)
    {
        await using var scope = house.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
        await PutAsync(db, HouseMark.Exercise, "1", cancel);
        await PutAsync(db, RunMark, run.ToString(), cancel);
        await db.SaveChangesAsync(cancel);
    }

    public static async Task<Run> RunAsync(IServiceProvider house, CancellationToken cancel)
    {
        await using var scope = house.CreateAsyncScope();
        var mark = await scope.ServiceProvider.GetRequiredService<HomewardDb>().Set<HouseMark>().AsNoTracking()
            .SingleOrDefaultAsync(mark => mark.Name == RunMark, cancel);
        return mark is null ? Run.None : Enum.Parse<Run>(mark.Value);
    }

    /// <summary>Keeps what a finished run printed, to be printed again by who goes on with it.</summary>
    public static async Task FinishAsync(IServiceProvider house, JsonObject line, CancellationToken cancel)
    {
        await using var scope = house.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
        await PutAsync(db, LineMark, line.ToJsonString(), cancel);
        await PutAsync(db, RunMark, nameof(Run.Done), cancel);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>What the finished run printed.</summary>
    public static async Task<JsonObject> LineAsync(IServiceProvider house, CancellationToken cancel)
    {
        await using var scope = house.CreateAsyncScope();
        var mark = await scope.ServiceProvider.GetRequiredService<HomewardDb>().Set<HouseMark>().AsNoTracking()
            .SingleAsync(mark => mark.Name == LineMark, cancel);
        return JsonNode.Parse(mark.Value)!.AsObject();
    }

    public static async Task<bool> IsExerciseAsync(IServiceProvider house, CancellationToken cancel)
    {
        await using var scope = house.CreateAsyncScope();
        return await IsMarkedAsync(scope.ServiceProvider.GetRequiredService<HomewardDb>(), HouseMark.Exercise, cancel);
    }

    /// <summary>Writes that this is an exercise, if it holds nothing yet: what is real never becomes an exercise by how it is started.</summary>
    public static async Task MarkIfEmptyAsync(IServiceProvider house, CancellationToken cancel)
    {
        await using var scope = house.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
        if (await IsEmptyAsync(db, cancel)) await db.KeepMarkAsync(HouseMark.Exercise, "1", cancel);
    }

    /// <summary>Whether no table has a row: neither case, person nor trace, nor a profile that it was once served as. That it knows its keys, and the folder of its sealed files, says nothing of what it holds.</summary>
    private static async Task<bool> IsEmptyAsync(HomewardDb db, CancellationToken cancel)
    {
        var sql = db.GetService<ISqlGenerationHelper>();
        var rows = db.Model.GetEntityTypes().Where(type => type.GetTableName() is not null && type.ClrType != typeof(HouseMark)).Select(type => sql.DelimitIdentifier(type.GetTableName()!, type.GetSchema())).Distinct()
            .Select(table => $"SELECT 1 AS \"Value\" FROM {table}");
        foreach (var query in rows)
            if (await db.Database.SqlQueryRaw<int>(query).AnyAsync(cancel)) return false;
        return !await db.Set<HouseMark>().AnyAsync(mark => mark.Name != HouseMark.Keys && mark.Name != HouseMark.Blobs && !mark.Name.StartsWith(HouseMark.KeyOf), cancel);
    }

    private static async Task PutAsync(HomewardDb db, string name, string value, CancellationToken cancel)
    {
        if (await db.Set<HouseMark>().SingleOrDefaultAsync(mark => mark.Name == name, cancel) is { } mark) mark.Value = value;
        else db.Add(new HouseMark { Name = name, Value = value });
    }

    private static async Task<bool> IsMarkedAsync(HomewardDb db, string name, CancellationToken cancel)
    {
        try
        {
            return await db.Set<HouseMark>().AnyAsync(mark => mark.Name == name, cancel);
        }
        catch (System.Data.Common.DbException)
        {
            return false;
        }
    }

    private static async Task EmptyAsync(HomewardDb db, CancellationToken cancel) =>
        await db.Database.ExecuteSqlRawAsync("DROP SCHEMA public CASCADE; CREATE SCHEMA public;", cancel);
}
