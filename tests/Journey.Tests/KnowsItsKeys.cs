using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Homeward.Journey.Tests;

/// <summary>A database knows the keys under which it was written: with others, or with none, nobody opens it and nobody makes any.</summary>
public sealed class KnowsItsKeys : IDisposable
{
    private readonly Scratch _scratch = new();

    [Theory]
    [InlineData("sqlite", "empty")]
    [InlineData("sqlite", "others")]
    [InlineData("postgres", "empty")]
    [InlineData("postgres", "others")]
    public async Task What_opens_a_filled_database_with_keys_that_are_not_its_own_is_refused_and_makes_none(string database, string keys)
    {
        await using var postgres = database == "postgres" ? await PostgresDatabase.MakeAsync($"keys_{keys}") : null;
        var target = postgres?.ConnectionString ?? _scratch.At("house.db");
        var export = _scratch.Write("entries.jsonl", "{}\n");
        var mistyped = _scratch.At("mistyped");
        if (keys == "others")
            (await WithKeysAsync(mistyped, "import", "missing", export, "--database", _scratch.At("other.db"))).Exit.ShouldBe(0);
        (await WithKeysAsync(_scratch.At("keys"), "import", "missing", export, "--database", target)).Exit.ShouldBe(0);
        var before = Files(mistyped);

        foreach (var words in new string[][]
        {
            ["audit", "verify"], ["tally", "Anything"], ["import", "missing", export], ["serve", "--urls", "http://127.0.0.1:0"], ["backup", _scratch.At("backup")],
        })
        {
            var refused = await WithKeysAsync(mistyped, [.. words, "--database", target]);
            var error = refused.Line["error"].ShouldNotBeNull(string.Join(' ', words));
            (refused.Exit, error["code"]!.GetValue<string>()).ShouldBe((2, "other-keys"), string.Join(' ', words));
            error["what"]!.GetValue<string>().ShouldContain(mistyped);
            error["mend"]!.GetValue<string>().ShouldContain("HOMEWARD_KEYS");
        }
        var doctor = await WithKeysAsync(mistyped, "doctor", "--database", target);
        doctor.Exit.ShouldBe(1);
        doctor.Line["findings"]!.AsArray().Single(finding => finding!["what"]!.GetValue<string>() == "keys")!["state"]!.GetValue<string>().ShouldBe("fault");
        Files(mistyped).ShouldBe(before);

        (await WithKeysAsync(_scratch.At("keys"), "audit", "verify", "--database", target)).Exit.ShouldBe(0);
        (await WithKeysAsync(_scratch.At("keys"), "doctor", "--database", target)).Line["findings"]!.AsArray()
            .Single(finding => finding!["what"]!.GetValue<string>() == "keys")!["state"]!.GetValue<string>().ShouldBe("well");
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task The_key_that_signs_the_trace_is_not_made_anew_when_it_alone_is_lost(string database)
    {
        await using var postgres = database == "postgres" ? await PostgresDatabase.MakeAsync("signs") : null;
        var (target, keys, export) = (postgres?.ConnectionString ?? _scratch.At("house.db"), _scratch.At("keys"), _scratch.Write("entries.jsonl", "{}\n"));
        Task<Program.Ran> RunAsync(params string[] words) => WithKeysAsync(keys, [.. words, "--database", target]);
        (await RunAsync("import", "missing", export)).Exit.ShouldBe(0);
        (await RunAsync("audit", "export", "--out", _scratch.At("trace.jsonl"))).Exit.ShouldBe(0);
        var signing = Path.Combine(keys, "audit-signing.pem");
        File.Move(signing, _scratch.At("aside.pem"));

        foreach (var words in new string[][] { ["import", "missing", export], ["audit", "export", "--out", _scratch.At("again.jsonl")] })
        {
            var refused = await RunAsync(words);
            (refused.Exit, (string?)refused.Line["error"]?["code"]).ShouldBe((2, "other-keys"), string.Join(' ', words));
            ((string)refused.Line["error"]!["mend"]!).ShouldContain("Restore audit-signing.pem");
        }
        (await RunAsync("doctor")).Line["findings"]!.AsArray().Single(finding => (string)finding!["what"]! == "keys")!["state"]!.GetValue<string>().ShouldBe("fault");
        File.Exists(signing).ShouldBeFalse();
        File.Move(_scratch.At("aside.pem"), signing);
        (await RunAsync("audit", "verify")).Exit.ShouldBe(0);
    }

    /// <summary>With another key the trace would be broken for good; without that of words nothing is found that was ever said; in another folder nobody finds what others sealed.</summary>
    [Theory]
    [InlineData("audit-signing.pem", "another", "other-keys")]
    [InlineData("words.key", "lost", "other-keys")]
    [InlineData("words.key", "another", "other-keys")]
    [InlineData("../blobs/folder.id", "lost", "other-sealed-files")]
    [InlineData("../blobs/folder.id", "another", "other-sealed-files")]
    [InlineData("clearing-unit.pem", "weak", "clearing-unit-unfit")]
    [InlineData("clearing-unit.pem", "garbled", "clearing-unit-unfit")]
    public async Task A_part_of_the_keys_that_is_lost_or_another_is_noticed_before_anything_rests_on_it(string file, string how, string code)
    {
        var (target, keys, export) = (_scratch.At("house.db"), _scratch.At("here", "keys"), _scratch.Write("entries.jsonl", "{}\n"));
        Task<Program.Ran> RunAsync(params string[] words) => WithKeysAsync(keys, [.. words, "--database", target]);
        (await RunAsync("import", "missing", export)).Exit.ShouldBe(0);
        (await RunAsync("audit", "export", "--out", _scratch.At("trace.jsonl"))).Exit.ShouldBe(0);
        var path = Path.GetFullPath(Path.Combine(keys, file));
        var kept = File.Exists(path) ? await File.ReadAllBytesAsync(path) : null;
        File.Delete(path);
        using (var ecdsa = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP384))
        using (var rsa = System.Security.Cryptography.RSA.Create(1024))
        {
            var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=Weak", rsa, System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pss);
            using var weak = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(90));
            var made = (file, how) switch
            {
                (_, "lost") => null,
                (_, "weak") => weak.ExportCertificatePem(),
                (_, "garbled") => "garbled",
                ("audit-signing.pem", _) => ecdsa.ExportPkcs8PrivateKeyPem(),
                ("words.key", _) => Convert.ToBase64String(new byte[32]),
                _ => "0123456789abcdef0123456789abcdef",
            };
            if (made is not null) await File.WriteAllTextAsync(path, made);
        }
        var before = Files(_scratch.At("here"));

        var refused = await RunAsync("import", "missing", export);
        (refused.Exit, (string?)refused.Line["error"]?["code"]).ShouldBe((2, code), refused.Said);
        if (code == "other-keys") (await RunAsync("audit", "export", "--out", _scratch.At("again.jsonl"))).Exit.ShouldBe(2);
        var doctor = await RunAsync("doctor");
        doctor.Exit.ShouldBe(1, doctor.Said);
        doctor.Line["findings"]!.AsArray().Where(finding => (string)finding!["state"]! == "fault").ShouldNotBeEmpty();
        Files(_scratch.At("here")).ShouldBe(before);

        if (kept is null) File.Delete(path);
        else await File.WriteAllBytesAsync(path, kept);
        (await RunAsync("import", "missing", export)).Exit.ShouldBe(0);
        (await RunAsync("audit", "verify")).Exit.ShouldBe(0);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Who_looks_at_a_database_that_is_not_there_is_told_so_and_makes_none(string database)
    {
        await using var postgres = database == "postgres" ? await PostgresDatabase.MakeAsync("looked") : null;
        var target = postgres is null ? _scratch.At("mistyped", "house.db") : new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Database = "mistyped_by_a_test" }.ConnectionString;
        foreach (var words in new string[][] { ["audit", "verify", "--contents"], ["audit", "export", "--out", _scratch.At("trace.jsonl")], ["purge", "--preview"], ["reextract", "--preview"], ["tally", "Anything"] })
        {
            var refused = await WithKeysAsync(_scratch.At("keys"), [.. words, "--database", target]);
            (refused.Exit, (string?)refused.Line["error"]?["code"]).ShouldBe((2, "no-database"), string.Join(' ', words) + refused.Said);
        }
        (await WithKeysAsync(_scratch.At("keys"), "doctor", "--database", target)).Line["findings"]!.AsArray()
            .Single(finding => (string)finding!["what"]! == "database")!["says"]!.GetValue<string>().ShouldContain("None was made");
        Directory.Exists(_scratch.At("mistyped")).ShouldBeFalse();
        Directory.Exists(_scratch.At("keys")).ShouldBeFalse();
        if (postgres is null) return;
        await using var db = new NpgsqlConnection(postgres.ConnectionString);
        (await db.ExecuteScalarAsync<long>("SELECT count(*) FROM pg_database WHERE datname = 'mistyped_by_a_test'")).ShouldBe(0);
        // One that is there and holds nothing is looked at in vain as well.
        (await WithKeysAsync(_scratch.At("keys"), "audit", "verify", "--database", postgres.ConnectionString)).Exit.ShouldBe(2);
        (await db.ExecuteScalarAsync<long>("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace")).ShouldBe(0);
    }

    [Fact]
    public async Task The_database_is_named_by_a_variable_where_the_command_does_not_name_it()
    {
        var named = new Dictionary<string, string> { ["HOMEWARD_DATABASE"] = _scratch.At("named.db"), ["HOMEWARD_KEYS"] = _scratch.At("keys") };
        (await Program.RunAsync(_scratch.Path, named, "import", "missing", _scratch.Write("entries.jsonl", "{}\n"))).Exit.ShouldBe(0);
        File.Exists(_scratch.At("named.db")).ShouldBeTrue();
        (await Program.RunAsync(_scratch.Path, named, "audit", "verify", "--database", _scratch.At("other.db"))).Exit.ShouldBe(2);
        named["HOMEWARD_DATABASE"] = "jdbc:postgresql://homeward:not-a-folder@db/homeward";
        var refused = await Program.RunAsync(_scratch.Path, named, "audit", "verify");
        (refused.Exit, refused.Said.Contains("not-a-folder", StringComparison.Ordinal)).ShouldBe((2, false), refused.Said);
    }

    /// <summary>A folder of keys may serve another database than the one that a demo empties.</summary>
    [Fact]
    public async Task A_demo_on_an_empty_database_leaves_keys_alone_that_another_is_written_under()
    {
        await using var postgres = await PostgresDatabase.MakeAsync("demo_keys");
        var (keys, export, initiative) = (_scratch.At("keys"), _scratch.Write("entries.jsonl", "{}\n"), _scratch.Write("short.json", ShortLight.Short));
        (await WithKeysAsync(keys, "import", "missing", export, "--database", _scratch.At("house.db"))).Exit.ShouldBe(0);
        await WithKeysAsync(keys, "demo", "--exit", "--initiative", initiative, "--close", "operations", "--database", postgres.ConnectionString);
        (await WithKeysAsync(keys, "audit", "verify", "--database", _scratch.At("house.db"))).Exit.ShouldBe(0);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task One_from_before_is_known_by_who_signed_first_and_learns_its_keys_from_who_takes_things_in(string database)
    {
        await using var postgres = database == "postgres" ? await PostgresDatabase.MakeAsync("before") : null;
        var target = postgres?.ConnectionString ?? _scratch.At("house.db");
        await using DbConnection db = postgres is null ? new SqliteConnection($"Data Source={target};Pooling=False") : new NpgsqlConnection(target);
        Task<Program.Ran> RunAsync(string keys, params string[] words) => WithKeysAsync(_scratch.At(keys), [.. words, "--database", target]);
        Task<long> MarksAsync() => db.ExecuteScalarAsync<long>("SELECT count(*) FROM house_marks WHERE name = 'keys'");
        var export = _scratch.Write("entries.jsonl", "{}\n");
        (await RunAsync("keys", "import", "missing", export)).Exit.ShouldBe(0);
        (await RunAsync("keys", "audit", "export", "--out", _scratch.At("trace.jsonl"))).Exit.ShouldBe(0);
        await db.ExecuteAsync("DELETE FROM house_marks WHERE name = 'keys'");

        (await RunAsync("mistyped", "import", "missing", export)).Line["error"]!["code"]!.GetValue<string>().ShouldBe("other-keys");
        Directory.Exists(_scratch.At("mistyped")).ShouldBeFalse();
        (await RunAsync("keys", "audit", "verify")).Exit.ShouldBe(0);
        (await MarksAsync()).ShouldBe(0);
        (await RunAsync("keys", "import", "missing", export)).Exit.ShouldBe(0);
        (await MarksAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Of_two_that_begin_an_empty_database_at_once_with_keys_of_their_own_one_is_refused(string database)
    {
        await using var postgres = database == "postgres" ? await PostgresDatabase.MakeAsync("begun") : null;
        var target = postgres?.ConnectionString ?? _scratch.At("house.db");
        var export = _scratch.Write("entries.jsonl", "{}\n");
        var ran = await Task.WhenAll(new[] { "one", "two" }.Select(keys => WithKeysAsync(
            _scratch.At(keys), "import", "missing", export, "--rejects", _scratch.At($"{keys}.jsonl"), "--database", target)));
        ran.Select(one => one.Exit).Order().ToList().ShouldBe([0, 2], string.Join('\n', ran.Select(one => one.Line.ToJsonString())));
        ran.Single(one => one.Exit == 2).Line["error"]!["code"]!.GetValue<string>().ShouldBe("other-keys");
    }

    private static string[] Files(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [];

    private Task<Program.Ran> WithKeysAsync(string keys, params string[] words) =>
        Program.RunAsync(_scratch.Path, new Dictionary<string, string> { ["HOMEWARD_KEYS"] = keys }, words);

    public void Dispose() => _scratch.Dispose();
}
