using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Homeward.Tests.Support;

/// <summary>A whole house for one test: its stages, its own empty database, a clock that the test drives.</summary>
/// <remarks>
/// SQLite in a folder of its own, or PostgreSQL in a database of its own on the server that
/// <c>HOMEWARD_TEST_POSTGRES</c> names. A missing server is a failure, never a skip.
/// </remarks>
public sealed class TestHouse : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly string _folder;
    private readonly string? _postgresAdmin;
    private readonly string? _postgresName;

    private TestHouse(ServiceProvider services, string folder, string? postgresAdmin, string? postgresName) =>
        (_services, _folder, _postgresAdmin, _postgresName) = (services, folder, postgresAdmin, postgresName);

    public IServiceProvider Services => _services;
    public Desk Desk => _services.GetRequiredService<Desk>();
    public HouseClock Clock => _services.GetRequiredService<HouseClock>();
    public StageSwitch Stages => _services.GetRequiredService<StageSwitch>();

    /// <summary>Opens a house with the given stages, in the order of the line, at noon UTC on 1 July 2019.</summary>
    public static async Task<TestHouse> OpenAsync(DatabaseKind kind, params IStage[] stages)
    {
        var folder = Directory.CreateTempSubdirectory("homeward-test-").FullName;
        string? admin = null, name = null;
        DatabaseTarget target;
        if (kind == DatabaseKind.Sqlite) target = DatabaseTarget.Parse(Path.Combine(folder, "house.db"));
        else
        {
            admin = Environment.GetEnvironmentVariable("HOMEWARD_TEST_POSTGRES")
                ?? throw new InvalidOperationException("HOMEWARD_TEST_POSTGRES names no server: run ./test, which starts one.");
            name = "t_" + Path.GetFileName(folder).Replace("homeward-test-", "", StringComparison.Ordinal).ToLowerInvariant();
            await ExecuteAsync(admin, $"CREATE DATABASE \"{name}\"");
            target = DatabaseTarget.Parse(new NpgsqlConnectionStringBuilder(admin) { Database = name }.ConnectionString);
        }
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddHomeward(new HouseOptions(target, Path.Combine(folder, "keys"), Seed: 1, Exercise: true, Demo: true,
            target.IsSqlite ? "Homeward.Migrations.Sqlite" : "Homeward.Migrations.Postgres"), stages);
        var house = new TestHouse(services.BuildServiceProvider(validateScopes: true), folder, admin, name);
        house.Clock.DriveTo(new DateTimeOffset(2019, 7, 1, 12, 0, 0, TimeSpan.Zero));
        await using var scope = house._services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<HomewardDb>().Database.EnsureCreatedAsync();
        return house;
    }

    /// <summary>Does it as the actor and answers whatever comes.</summary>
    public Task<Result<TReceipt>> DoAsync<TRequest, TReceipt>(Actor actor, TRequest request) where TRequest : notnull =>
        Desk.DoAsync<TRequest, TReceipt>(actor, request, CancellationToken.None);

    /// <summary>A person in a role; the same name, role and place give the same person within a house.</summary>
    public async Task<Actor> PersonAsync(Role role, string? office = null, string? taskForce = null, string? agency = null, string? name = null)
    {
        await using var scope = _services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
        name ??= $"{role.Title()} of {office ?? "the nation"}";
        var user = await db.Set<User>().SingleOrDefaultAsync(row =>
            row.Name == name && row.Role == role && row.OfficeCode == office && row.TaskForce == taskForce && row.AgencyOri == agency);
        if (user is null)
        {
            user = new User
            {
                Id = _services.GetRequiredService<IIdSource>().Next<UserId>(), Name = name, Role = role, OfficeCode = office,
                TaskForce = taskForce, AgencyOri = agency, FromAt = Clock.GetUtcNow(),
            };
            db.Add(user);
            await db.SaveChangesAsync();
        }
        return user.AsActor();
    }

    /// <summary>Delivers what acts left behind.</summary>
    public Task<int> DeliverAsync() => _services.GetRequiredService<Courier>().DeliverDueAsync(CancellationToken.None);

    /// <summary>Lets time pass, then runs schedules and deliveries that are due.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Clock.DriveTo(Clock.GetUtcNow() + time);
        await _services.GetRequiredService<Timetable>().RunDueAsync(CancellationToken.None);
        await DeliverAsync();
    }

    /// <summary>Reads (or plants) rows directly, for what a test must see behind the house.</summary>
    public async Task<T> WithDbAsync<T>(Func<HomewardDb, Task<T>> read)
    {
        await using var scope = _services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<HomewardDb>());
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_postgresAdmin is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await ExecuteAsync(_postgresAdmin, $"DROP DATABASE \"{_postgresName}\" WITH (FORCE)");
        }
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>The two databases that every storage test runs on.</summary>
public enum DatabaseKind { Sqlite, Postgres }
