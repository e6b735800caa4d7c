using Dapper;
using Homeward.Foundations;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Homeward.House.Tests.Storage;

public sealed class StorageTests
{
    private static readonly BulkTable Effects = new("bench_effects", "id", "what", "of", "at");

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_goes_in_in_bulk_comes_out_as_what_goes_in_singly(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var (bulk, single, of) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var at = Given.Noon.AddMicroseconds(7);
        await house.ChangeAsync(async act =>
        {
            act.Db.Add(new Effect { Id = single, What = "é’😀", Of = of, At = at });
            await Effects.WriteAsync(act.Db, [[bulk, "é’😀", of, at.ToOffset(TimeSpan.FromHours(-5))]], CancellationToken.None);
            return Done.Value;
        });
        var rows = await house.EffectsAsync("é’😀");
        rows.Select(row => row.Id).ShouldBe([bulk, single], ignoreOrder: true);
        rows.ShouldAllBe(row => row.Of == of && row.At == at);
        // Plain SQL finds both by the same parameters.
        var found = await house.WithDbAsync(db => db.Connection().ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM bench_effects WHERE of = @of AND at = @at", new { of = db.Stored(of), at = db.Stored(at) }));
        found.ShouldBe(2);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Half_of_a_surrogate_pair_is_kept_as_U_FFFD_however_many_rows_go_in(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await house.ChangeAsync(async act =>
        {
            foreach (var rows in new[] { 1, 500 })
                await Effects.WriteAsync(act.Db, [.. Enumerable.Range(0, rows).Select(_ => (object?[])[Guid.CreateVersion7(), "a\uD83D😀\uDE00", Guid.CreateVersion7(), Given.Noon])], CancellationToken.None);
            return Done.Value;
        });
        (await house.EffectsAsync("a\uFFFD😀\uFFFD")).Count.ShouldBe(501);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_an_act_writes_last_stands_or_falls_with_it(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        Task<Result<Done>> ActAsync(string what, params Guid[] last) => house.ChangeAsync(async act =>
        {
            act.Db.Add(new Effect { Id = act.Ids.Next(), What = what, Of = Guid.Empty, At = act.Now });
            await Effects.WriteLastAsync(act.Db, [.. last.Select(id => new object?[] { id, what, Guid.Empty, act.Now })], CancellationToken.None);
            await Effects.WriteLastAsync(act.Db, [[act.Ids.Next(), what, Guid.Empty, act.Now.ToOffset(TimeSpan.FromHours(-5))]], CancellationToken.None);
            act.Trace("paper", Guid.Empty, what);
            return Done.Value;
        });
        var once = Guid.CreateVersion7();
        await ActAsync("few", once);
        await ActAsync("many", [.. Enumerable.Range(0, 300).Select(_ => Guid.CreateVersion7())]);
        // The second of its last writes is there already: neither the first is, nor what was written before, nor their trace, but that of the refusal.
        (await ActAsync("twice", Guid.CreateVersion7(), once)).IsDone.ShouldBeFalse();
        await ActAsync("after", Guid.CreateVersion7());

        var counts = await house.WithDbAsync(db => db.Set<Effect>().GroupBy(row => row.What).ToDictionaryAsync(rows => rows.Key, rows => rows.Count()));
        counts.ShouldBe(new Dictionary<string, int> { ["few"] = 3, ["many"] = 302, ["after"] = 3 }, ignoreOrder: true);
        await house.SignAsync();
        (await house.TraceAsync()).Select(entry => entry.Codes).ShouldBe(["few", "many", "", "after"], ignoreOrder: true);
        (await house.VerifyAsync()).Faults.ShouldBeEmpty();
    }

    /// <summary>At no step does its act wait for a thread that others keep busy.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_writer_of_its_own_thread_does_its_act_there_from_the_first_step_to_the_last(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        Task ActAsync() => house.ChangeAsync(async act =>
        {
            await Effects.WriteLastAsync(act.Db, [[act.Ids.Next(), "here", Guid.Empty, act.Now]], CancellationToken.None);
            act.Trace("paper", Guid.Empty, "here");
            return Done.Value;
        });
        await ActAsync();
        var (isDone, isShared, acts) = (false, true, 1);
        await WritersThread.RunAsync(() =>
        {
            isShared = Thread.CurrentThread.IsThreadPoolThread;
            // Where somebody else has the connection that lay ready another is opened, and that is waited for elsewhere.
            for (; acts < 6 && !isDone; acts++)
            {
                var act = ActAsync();
                isDone = act.IsCompletedSuccessfully;
                act.GetAwaiter().GetResult();
            }
        });
        (isDone, isShared).ShouldBe((true, false));
        (await house.EffectsAsync("here")).Count.ShouldBe(acts);
    }

    /// <summary>Seen by whoever has the file alone: what lies in the log is not there.</summary>
    [Fact]
    public async Task While_the_house_serves_what_was_written_comes_into_the_database_file_by_itself()
    {
        await using var house = await Given.HouseAsync(DatabaseKind.Sqlite);
        var file = house.Services.GetRequiredService<HouseOptions>().Database.Shown;
        using var writeBack = house.Services.GetServices<IHostedService>().OfType<LogWriteBack>().Single();
        await writeBack.StartAsync(CancellationToken.None);
        await house.ChangeAsync(async act => await Effects.WriteAsync(act.Db, [[act.Ids.Next(), "written back", Guid.Empty, act.Now]], CancellationToken.None));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await File.ReadAllBytesAsync(file, patience.Token)).AsSpan().IndexOf("written back"u8) < 0) await Task.Delay(20, patience.Token);
        await writeBack.StopAsync(CancellationToken.None);
    }

    /// <summary>Whatever reads them: EF, plain SQL and a raw query; and in the order of the ids.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_id_is_sixteen_bytes_that_sort_as_it_does(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        Guid[] ids = [.. new[] { "01000000-0000-7000-8000-000000000002", "00000001-0000-7000-8000-000000000001", "0a000000-00ff-7000-8000-0000000000ff" }.Select(Guid.Parse)];
        await house.ChangeAsync(act => act.Db.AddRange(ids.Select(id => new Effect { Id = id, What = "kept", Of = id, At = act.Now })));
        var (read, raw, listed) = await house.WithDbAsync(async db =>
        {
            var read = new List<Guid>();
            await using (var rows = await db.Connection().ExecuteReaderAsync("SELECT of FROM bench_effects WHERE what = 'kept' ORDER BY of"))
                while (await rows.ReadAsync()) read.Add(rows.Id(0));
            var raw = await db.Database.SqlQuery<Guid>($"SELECT of AS \"Value\" FROM bench_effects WHERE of > {db.Stored(ids[1])} AND what = 'kept' ORDER BY of").ToListAsync();
            return (read, raw, await db.Set<Effect>().CountAsync(row => ids.Contains(row.Of)));
        });
        read.ShouldBe([ids[1], ids[0], ids[2]]);
        raw.ShouldBe([ids[0], ids[2]]);
        listed.ShouldBe(3);
        if (kind == DatabaseKind.Sqlite)
            (await house.WithDbAsync(db => db.Connection().ExecuteScalarAsync<long>("SELECT SUM(LENGTH(of)) FROM bench_effects WHERE what = 'kept' AND typeof(of) = 'blob'"))).ShouldBe(48);
    }

    [Fact]
    public async Task An_id_that_SQLite_would_get_as_text_is_refused_and_not_looked_for_in_vain()
    {
        await using var house = await Given.HouseAsync(DatabaseKind.Sqlite);
        var id = Guid.CreateVersion7();
        await Should.ThrowAsync<BrokenInvariantException>(() => house.WithDbAsync(db =>
            db.Database.SqlQuery<Guid>($"SELECT of AS \"Value\" FROM bench_effects WHERE of > {id}").ToListAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_database_that_takes_nothing_is_told_from_one_that_is_away(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var fault = await house.WithDbAsync(async db =>
        {
            var connection = db.Connection();
            await connection.ExecuteAsync(db.IsSqlite ? "PRAGMA query_only = ON" : "SET default_transaction_read_only = on");
            var refused = await Should.ThrowAsync<Exception>(() => connection.ExecuteAsync("DELETE FROM bench_effects"));
            await connection.ExecuteAsync(db.IsSqlite ? "PRAGMA query_only = OFF" : "SET default_transaction_read_only = off");
            return refused;
        });
        StorageFaults.Of(fault).ShouldBe(StorageFault.ReadOnly);
        StorageWatch.Words(StorageFault.ReadOnly).ShouldBe("the database cannot be written to");
    }

    [Fact]
    public async Task A_folder_of_sealed_files_that_may_not_be_written_to_is_told_until_it_may()
    {
        await using var house = await Given.HouseAsync(DatabaseKind.Sqlite);
        var (disk, folder) = (new ShutDisk(), Directory.CreateTempSubdirectory("homeward-shut-").FullName);
        var watch = new StorageWatch(house.Get<HouseOptions>() with { Disk = disk, BlobFolder = folder }, house.Get<WriteGate>(), NullLogger<StorageWatch>.Instance);
        var (unit, blobs) = (house.Get<KeyStore>().ClearingUnitCertificate(), new SealedBlobs(folder, disk, watch));
        await Should.ThrowAsync<UnauthorizedAccessException>(() => blobs.PutAsync(new MemoryStream([1]), unit, TestContext.Current.CancellationToken));
        (await watch.TryAsync(TestContext.Current.CancellationToken)).ShouldBe(StorageFault.FilesReadOnly);
        StorageWatch.Words(StorageFault.FilesReadOnly).ShouldBe("the folder of sealed files cannot be written to");
        disk.IsShut = false;
        (await watch.TryAsync(TestContext.Current.CancellationToken)).ShouldBeNull();
        Directory.Delete(folder, recursive: true);
    }

    private sealed class ShutDisk : Disk
    {
        public bool IsShut { get; set; } = true;
        public override Stream Create(string path, UnixFileMode? mode = null) => IsShut ? throw new UnauthorizedAccessException() : base.Create(path, mode);
    }

    [Fact]
    public async Task A_server_that_lets_nobody_in_is_away_whatever_reason_it_gives()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("HOMEWARD_TEST_POSTGRES") is null, "HOMEWARD_TEST_POSTGRES names no server");
        var server = new NpgsqlConnectionStringBuilder(Environment.GetEnvironmentVariable("HOMEWARD_TEST_POSTGRES")) { Pooling = false };
        foreach (var (database, user, state) in ((string, string?, string)[])[("not_there", server.Username, "3D000"), ("postgres", "nobody_here", "28000"), ("template0", server.Username, "55000")])
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = database, Username = user }.ConnectionString);
            var fault = await Should.ThrowAsync<PostgresException>(connection.OpenAsync());
            fault.SqlState.ShouldBe(state);
            StorageFaults.Of(fault).ShouldBe(StorageFault.Away);
        }
        await using var open = new NpgsqlConnection(server.ConnectionString);
        await open.OpenAsync();
        StorageFaults.Of(await Should.ThrowAsync<PostgresException>(open.ExecuteAsync("SELECT lastval()"))).ShouldBeNull("a fault of ours, though its state is one that a closed database has");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Instants_are_ordered_and_compared_in_the_database(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var offsets = new[] { 5, 1, 4, 2, 3 };
        await house.ChangeAsync(act => act.Db.AddRange(offsets.Select(hour => new Effect
        {
            Id = act.Ids.Next(), What = "ordered", Of = new Guid(hour, 0, 0, new byte[8]), At = act.Now.AddHours(hour),
        })));
        var found = await house.WithDbAsync(db => db.Set<Effect>().Where(row => row.At > Given.Noon.AddHours(2)).OrderBy(row => row.At)
            .Select(row => row.At).ToListAsync());
        found.ShouldBe([Given.Noon.AddHours(3), Given.Noon.AddHours(4), Given.Noon.AddHours(5)]);
    }

    [Fact]
    public async Task Both_databases_have_the_same_tables_and_columns()
    {
        static Task<List<string>> NamesAsync(TestHouse house) => house.WithDbAsync(db => Task.FromResult(
            (from entity in db.Model.GetEntityTypes() from property in entity.GetProperties() select $"{entity.GetTableName()}.{property.GetColumnName()}")
            .Order(StringComparer.Ordinal).ToList()));
        await using var sqlite = await Given.HouseAsync(DatabaseKind.Sqlite);
        await using var postgres = await Given.HouseAsync(DatabaseKind.Postgres);
        var names = await NamesAsync(sqlite);
        names.ShouldBe(await NamesAsync(postgres));
        names.ShouldAllBe(name => !name.Any(char.IsUpper));
    }

    [Theory]
    [InlineData("Username=homeward;Host=db;Database=homeward", "db:5432/homeward")]
    [InlineData("server=db;database=homeward", "db:5432/homeward")]
    [InlineData("Postgres://homeward@db/homeward", "db:5432/homeward")]
    [InlineData("jdbc:postgresql://homeward:not-a-folder@db/homeward", null)]
    [InlineData("mysql://db/homeward", null)]
    [InlineData("Username=homeward;Database=homeward", null)]
    [InlineData("Username=homeward;Nonsense=1;Host=db", null)]
    public void What_is_meant_as_a_server_is_one_or_refused_and_never_a_file(string text, string? shown)
    {
        if (shown is null)
        {
            Should.Throw<ArgumentException>(() => DatabaseTarget.Parse(text)).Message.ShouldNotContain("not-a-folder");
            return;
        }
        var target = DatabaseTarget.Parse(text);
        (target.IsSqlite, target.Shown).ShouldBe((false, shown));
    }

    [Theory]
    [InlineData("house.db"), InlineData("a=b.db"), InlineData("./2026-11-30/house.db")]
    public void A_path_is_a_file(string path) => DatabaseTarget.Parse(path).ShouldSatisfyAllConditions(target => target.IsSqlite.ShouldBeTrue(), target => target.Shown.ShouldBe(Path.GetFullPath(path)));

    [Theory]
    [InlineData("Host=db;Database=homeward", 300)]
    [InlineData("postgres://homeward@db/homeward", 300)]
    [InlineData("Host=db;Database=homeward;Max Auto Prepare=0", 0)]
    [InlineData("Host=db;Database=homeward;MaxAutoPrepare=7", 7)]
    public void Statements_are_kept_unless_the_owner_says_otherwise(string text, int kept) =>
        new NpgsqlConnectionStringBuilder(DatabaseTarget.Parse(text).ConnectionString).MaxAutoPrepare.ShouldBe(kept);

    [Theory]
    [InlineData("Host=db;Database=homeward", true)]
    [InlineData("Host=db;Database=homeward;No Reset On Close=false", false)]
    public void A_connection_changes_hands_as_it_is_unless_the_owner_says_otherwise(string text, bool asItIs) =>
        new NpgsqlConnectionStringBuilder(DatabaseTarget.Parse(text).ConnectionString).NoResetOnClose.ShouldBe(asItIs);

    [Theory]
    [InlineData("/var/lib/homeward.db", true)]
    [InlineData("Host=127.0.0.1;Database=x", false)]
    [InlineData("postgres://one:two@db.example:5433/x", false)]
    [InlineData("postgresql://db.example/x", false)]
    public void A_target_is_a_path_or_a_server(string text, bool isSqlite)
    {
        var target = DatabaseTarget.Parse(text);
        target.IsSqlite.ShouldBe(isSqlite);
        target.Shown.ShouldNotContain("two");
    }

    [Fact]
    public void An_address_asks_for_TLS_as_its_keys_say_and_an_unknown_key_is_refused()
    {
        var asked = new NpgsqlConnectionStringBuilder(DatabaseTarget.Parse("postgres://one@db.example/x?sslmode=verify-full&sslrootcert=%2Fca.pem&application_name=two%20words&connect_timeout=9&Maximum%20Pool%20Size=7").ConnectionString);
        (asked.SslMode, asked.RootCertificate, asked.ApplicationName, asked.Timeout, asked.MaxPoolSize).ShouldBe((SslMode.VerifyFull, "/ca.pem", "two words", 9, 7));
        Should.Throw<ArgumentException>(() => DatabaseTarget.Parse("postgres://one@db.example/x?sslmoed=require"));
        Should.Throw<ArgumentException>(() => DatabaseTarget.Parse("postgres://one@db.example/x?sslmode=perhaps"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Nodes_that_write_a_mark_at_once_all_believe_in_the_one_that_stands(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var seen = await Task.WhenAll(Enumerable.Range(0, 8).Select(node => Task.Run(() => house.WithDbAsync(db => db.KeepMarkAsync("met", $"node {node}", CancellationToken.None)))));
        seen.Distinct().ShouldHaveSingleItem().ShouldBe(await house.WithDbAsync(db => db.MarkAsync("met", CancellationToken.None)));
    }

    [Fact]
    public async Task Writers_pass_the_gate_one_by_one_and_in_order_and_share_a_connection()
    {
        await using var house = await TestHouse.OpenAsync(DatabaseKind.Sqlite);
        var gate = house.Services.GetRequiredService<WriteGate>();
        var (order, connections) = (new List<int>(), new HashSet<object>());
        var first = await gate.EnterAsync(CancellationToken.None);
        connections.Add(first.Db.Database.GetDbConnection());
        var waiting = Enumerable.Range(0, 5).Select(async number =>
        {
            await using var pass = await gate.EnterAsync(CancellationToken.None);
            order.Add(number);
            connections.Add(pass.Db.Database.GetDbConnection());
        }).ToList();
        order.ShouldBeEmpty();
        // Who reads meanwhile has another.
        (await house.WithDbAsync(db => Task.FromResult(connections.Contains(db.Database.GetDbConnection())))).ShouldBeFalse();
        await first.DisposeAsync();
        await Task.WhenAll(waiting);
        order.ShouldBe([0, 1, 2, 3, 4]);
        connections.ShouldHaveSingleItem("a commit empties the caches of other connections");
    }
}
