using Homeward.Foundations;
using Homeward.Foundations.Audit;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.House.Tests;

/// <summary>One theory, two rows: whatever holds must hold on both databases.</summary>
internal sealed class BothDatabases : TheoryData<DatabaseKind>
{
    public BothDatabases() => AddRange(DatabaseKind.Sqlite, DatabaseKind.Postgres);
}

internal static class Given
{
    public static readonly DateTimeOffset Noon = new(2019, 7, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly Actor National = new(new(new Guid("00000000-0000-7000-8000-0000000000aa")), "National one", Role.National, null, null, null);

    public static Task<TestHouse> HouseAsync(DatabaseKind kind, Bench? bench = null) => TestHouse.OpenAsync(kind, bench ?? new Bench());

    /// <summary>A second process on the same database and keys, at the same time of the house.</summary>
    public static ServiceProvider NodeBeside(TestHouse house, Bench bench)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddHomeward(house.Services.GetRequiredService<HouseOptions>() with { Seed = 2 }, [bench]);
        var node = services.BuildServiceProvider(validateScopes: true);
        node.GetRequiredService<HouseClock>().DriveTo(house.Clock.GetUtcNow());
        return node;
    }

    public static T Get<T>(this TestHouse house) where T : notnull => house.Services.GetRequiredService<T>();

    public static Task<Result<Done>> ChangeAsync(this TestHouse house, Func<Act, Task<Result<Done>>> act, Actor? actor = null) =>
        house.DoAsync<TryChange.Request, Done>(actor ?? National, new(act));

    public static Task<Result<Done>> ChangeAsync(this TestHouse house, Action<Act> act, Actor? actor = null) =>
        house.ChangeAsync(Finish(act), actor);

    public static Task<Result<Done>> LookAsync(this TestHouse house, Func<Act, Task<Result<Done>>> act, Actor? actor = null) =>
        house.DoAsync<TryLook.Request, Done>(actor ?? National, new(act));

    public static Task<Result<Done>> LookAsync(this TestHouse house, Action<Act> act, Actor? actor = null) =>
        house.LookAsync(Finish(act), actor);

    public static void Leave(this Act act, string what, Guid of) =>
        act.Db.Add(new Effect { Id = act.Ids.Next(), What = what, Of = of, At = act.Now });

    public static Task<List<AuditEntry>> TraceAsync(this TestHouse house) =>
        house.WithDbAsync(db => db.Set<AuditEntry>().AsNoTracking().OrderBy(row => row.Chain).ThenBy(row => row.Seq).ToListAsync());

    public static Task<List<Effect>> EffectsAsync(this TestHouse house, string what) =>
        house.WithDbAsync(db => db.Set<Effect>().AsNoTracking().Where(row => row.What == what).ToListAsync());

    public static Task<List<WorkRow>> WorkAsync(this TestHouse house) =>
        house.WithDbAsync(db => db.Set<WorkRow>().AsNoTracking().OrderBy(row => row.Id).ToListAsync());

    public static Task<int> PlantAsync(this TestHouse house, string sql) =>
        house.WithDbAsync(db => db.Database.ExecuteSqlRawAsync(sql));

    public static Task<bool> SignAsync(this TestHouse house) => house.Get<Checkpoints>().SignAsync(CancellationToken.None);

    public static async Task<string> ExportAsync(this TestHouse house)
    {
        var export = new StringWriter();
        await house.Get<ExportTrace>().WriteAsync(export, CancellationToken.None);
        return export.ToString();
    }

    /// <summary>What the database holds, as <c>audit verify</c> looks at it.</summary>
    public static async Task<VerifyTrace.Verdict> VerifyAsync(this TestHouse house) =>
        await house.Get<VerifyStoredTrace>().CheckAsync(house.Get<KeyStore>().AuditPublicKeyPath is var key && File.Exists(key) ? await File.ReadAllTextAsync(key) : null, CancellationToken.None);

    public static Task<VerifyTrace.Verdict> CheckAsync(string export, string? key) =>
        VerifyTrace.CheckAsync(new StringReader(export), key, CancellationToken.None);

    private static Func<Act, Task<Result<Done>>> Finish(Action<Act> act) => it =>
    {
        act(it);
        return Task.FromResult<Result<Done>>(Done.Value);
    };
}
