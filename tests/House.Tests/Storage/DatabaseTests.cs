using Homeward.Foundations;
using Homeward.Foundations.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Homeward.House.Tests.Storage;

/// <summary>A scratch migration: how a database is brought up and refused does not hang on what is in it.</summary>
[DbContext(typeof(HomewardDb))]
[Migration("20190701120000_Scratch")]
internal sealed class ScratchMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        CREATE TABLE scratch (id INT PRIMARY KEY);
        CREATE TABLE house_marks (name TEXT PRIMARY KEY, value TEXT NOT NULL);
        CREATE TABLE audit_checkpoints (number BIGINT PRIMARY KEY, at TEXT, real_at TEXT, heads TEXT, hash TEXT, signature TEXT);
        """);
}

public sealed class DatabaseTests
{
    private static async Task WithEmptyAsync(DatabaseKind kind, Func<Database, Func<string, Task<long>>, string, Task> test, ILoggerProvider? log = null, bool isThere = false)
    {
        // A house of its own only for its empty server-side database or folder; its own tables are dropped with it.
        var folder = Directory.CreateTempSubdirectory("homeward-database-").FullName;
        var admin = Environment.GetEnvironmentVariable("HOMEWARD_TEST_POSTGRES");
        var name = "d_" + Path.GetFileName(folder)[18..].ToLowerInvariant();
        var target = kind == DatabaseKind.Sqlite
            ? DatabaseTarget.Parse(Path.Combine(folder, "inner", "house.db"))
            : DatabaseTarget.Parse(new NpgsqlConnectionStringBuilder(admin.ShouldNotBeNull()) { Database = name, Pooling = false }.ConnectionString);
        var services = new ServiceCollection().AddLogging(logging => { if (log is not null) logging.AddProvider(log); });
        services.AddHomeward(
            new HouseOptions(target, Path.Combine(folder, "keys"), Seed: 1, Exercise: true, Demo: true, "Homeward.House.Tests"), []);
        services.ConfigureDbContext<HomewardDb>(context => context.ConfigureWarnings(warnings => warnings.Ignore(
            Microsoft.EntityFrameworkCore.Diagnostics.RelationalEventId.PendingModelChangesWarning)));
        await using var provider = services.BuildServiceProvider();
        if (kind == DatabaseKind.Postgres && isThere)
        {
            await using var source = NpgsqlDataSource.Create(admin!);
            await using var create = source.CreateCommand($"CREATE DATABASE \"{name}\"");
            await create.ExecuteNonQueryAsync();
        }
        try
        {
            await test(provider.GetRequiredService<Database>(), async sql =>
            {
                await using var scope = provider.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
                await using var command = db.Connection().CreateCommand();
                command.CommandText = sql;
                return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
            }, target.Shown);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            if (kind == DatabaseKind.Postgres)
            {
                await using var source = NpgsqlDataSource.Create(admin!);
                await using var drop = source.CreateCommand($"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)");
                await drop.ExecuteNonQueryAsync();
            }
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public Task An_empty_place_is_made_ready_and_a_ready_one_is_left(DatabaseKind kind) => WithEmptyAsync(kind, async (database, ask, _) =>
    {
        (await database.PrepareAsync(CancellationToken.None)).IsDone.ShouldBeTrue();
        await ask("INSERT INTO scratch VALUES (1)");
        (await database.PrepareAsync(CancellationToken.None)).IsDone.ShouldBeTrue();
        (await ask("SELECT COUNT(*) FROM scratch")).ShouldBe(1);
    });

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_empty_place_is_made_ready_without_a_word_of_failure(DatabaseKind kind)
    {
        using var log = new Failures();
        await WithEmptyAsync(kind, async (database, _, _) => (await database.PrepareAsync(CancellationToken.None)).IsDone.ShouldBeTrue(), log, isThere: true);
        log.Said.ShouldBeEmpty();
    }

    /// <summary>What is logged as an error.</summary>
    private sealed class Failures : ILoggerProvider, ILogger
    {
        public List<string> Said { get; } = [];
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) Said.Add(formatter(state, exception));
        }

        public void Dispose() { }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public Task What_another_version_wrote_is_refused_and_not_touched(DatabaseKind kind) => Task.WhenAll(
        RefusedAsync(kind, "29990101000000_Later", "database-newer", "a newer version"), RefusedAsync(kind, "20190101000000_Before", "database-older", "an older version"));

    private static Task RefusedAsync(DatabaseKind kind, string written, string code, string words) => WithEmptyAsync(kind, async (database, ask, shown) =>
    {
        await database.PrepareAsync(CancellationToken.None);
        await ask("DELETE FROM \"__EFMigrationsHistory\"");
        await ask($"INSERT INTO \"__EFMigrationsHistory\" VALUES ('{written}', '99.0')");
        await ask("DROP TABLE scratch");
        var before = await BytesAsync(kind, shown);

        var answer = await database.PrepareAsync(CancellationToken.None);
        answer.Problem.Code.ShouldBe(code);
        answer.Problem.What.ShouldContain(written);
        answer.Problem.What.ShouldContain(words);
        (await BytesAsync(kind, shown)).ShouldBe(before);
        (await ask("SELECT COUNT(*) FROM \"__EFMigrationsHistory\"")).ShouldBe(1);
    });

    /// <summary>The file with its write-ahead log, where what is new stands first.</summary>
    private static async Task<byte[]> BytesAsync(DatabaseKind kind, string path) => kind != DatabaseKind.Sqlite ? [] :
    [
        .. await File.ReadAllBytesAsync(path),
        .. File.Exists(path + "-wal") ? await File.ReadAllBytesAsync(path + "-wal") : [],
    ];
}
