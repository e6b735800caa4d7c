using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Homeward.Foundations;
using Homeward.Foundations.Audit;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.House.Tests.Audit;

/// <summary>A fault is planted in the database behind the house's back, and the check must name it.</summary>
public sealed class VerifyTests
{
    /// <summary>Six entries in one chain, signed after the fourth and at the end.</summary>
    private static async Task<(TestHouse House, string Chain)> TracedAsync(DatabaseKind kind)
    {
        var house = await Given.HouseAsync(kind);
        for (var entry = 1; entry <= 6; entry++)
        {
            await house.ChangeAsync(act => act.Trace("paper", Guid.CreateVersion7(), $"entry={entry}"));
            if (entry is 4 or 6) await house.SignAsync();
        }
        (await house.VerifyAsync()).ShouldSatisfyAllConditions(
            verdict => verdict.Faults.ShouldBeEmpty(), verdict => verdict.Entries.ShouldBe(6), verdict => verdict.Checkpoints.ShouldBe(2));
        return (house, (await house.TraceAsync())[0].Chain);
    }

    private static async Task FindsAsync(DatabaseKind kind, string sql, params string[] faults)
    {
        var (house, chain) = await TracedAsync(kind);
        await using (house)
        {
            (await house.PlantAsync(sql)).ShouldBeGreaterThan(0);
            var found = (await house.VerifyAsync()).Faults;
            foreach (var fault in faults)
                found.ShouldContain(one => one.Contains(fault.Replace("CHAIN", chain, StringComparison.Ordinal), StringComparison.Ordinal), string.Join('\n', found));
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public Task An_edited_entry_is_named(DatabaseKind kind) =>
        FindsAsync(kind, "UPDATE audit_entries SET codes = 'entry=9' WHERE seq = 3", "chain CHAIN, entry 3: was changed");

    [Theory, ClassData(typeof(BothDatabases))]
    public Task A_deleted_entry_is_named(DatabaseKind kind) =>
        FindsAsync(kind, "DELETE FROM audit_entries WHERE seq = 3", "chain CHAIN, entry 4: 3 was to come");

    [Theory, ClassData(typeof(BothDatabases))]
    public Task A_tail_that_was_cut_off_is_named(DatabaseKind kind) =>
        FindsAsync(kind, "DELETE FROM audit_entries WHERE seq > 4", "checkpoint 2: chain CHAIN no longer reaches entry 6");

    [Theory, ClassData(typeof(BothDatabases))]
    public Task A_chain_that_is_gone_is_named(DatabaseKind kind) =>
        FindsAsync(kind, "DELETE FROM audit_entries", "checkpoint 1: chain CHAIN", "checkpoint 2: chain CHAIN");

    [Theory, ClassData(typeof(BothDatabases))]
    public Task A_checkpoint_whose_heads_were_written_anew_is_named(DatabaseKind kind) =>
        FindsAsync(kind, "UPDATE audit_checkpoints SET heads = '' WHERE number = 2", "checkpoint 2: its signature does not hold");

    [Theory, ClassData(typeof(BothDatabases))]
    public Task A_checkpoint_that_was_taken_out_is_named(DatabaseKind kind) =>
        FindsAsync(kind, "DELETE FROM audit_checkpoints WHERE number = 1", "checkpoint 2: one before it is missing");

    [Theory, ClassData(typeof(BothDatabases))]
    public Task A_number_from_nowhere_is_named_at_once(DatabaseKind kind) =>
        FindsAsync(kind, $"UPDATE audit_entries SET seq = {long.MaxValue} WHERE seq = 6", $"chain CHAIN, entry {long.MaxValue}: 6 was to come");

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Every_column_is_bound_by_the_hash(DatabaseKind kind)
    {
        var (house, chain) = await TracedAsync(kind);
        await using var _ = house;
        string[] columns =
        [
            "actor_id = (SELECT subject_id FROM audit_entries WHERE seq = 1)", "role = 'x'", "agency = 'x'", "action = 'x'", "kind = 'x'",
            "outcome = 'x'", "subject_type = 'x'", "subject_id = (SELECT actor_id FROM audit_entries WHERE seq = 1)", "codes = 'x'",
            "at = (SELECT real_at FROM audit_entries WHERE seq = 1)", "real_at = (SELECT at FROM audit_entries WHERE seq = 1)",
            "previous = hash", "hash = previous",
        ];
        foreach (var column in columns)
        {
            await house.PlantAsync("CREATE TABLE kept AS SELECT * FROM audit_entries");
            (await house.PlantAsync($"UPDATE audit_entries SET {column} WHERE seq = 2")).ShouldBe(1);
            (await house.VerifyAsync()).Faults.ShouldContain(fault => fault.StartsWith($"chain {chain}, entry 2: ", StringComparison.Ordinal), column);
            await house.PlantAsync("DELETE FROM audit_entries");
            await house.PlantAsync("INSERT INTO audit_entries SELECT * FROM kept");
            await house.PlantAsync("DROP TABLE kept");
        }
        (await house.VerifyAsync()).Faults.ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public Task A_tail_that_was_cut_off_with_the_checkpoints_that_knew_it_is_named(DatabaseKind kind) =>
        FindsAsync(kind, "DELETE FROM audit_checkpoints WHERE number > 1; DELETE FROM audit_entries WHERE seq > 4", "checkpoint 2, signed at ", "6 entries, is missing: 4 entries are there");

    [Theory, ClassData(typeof(BothDatabases))]
    public Task A_trace_without_the_checkpoints_that_the_house_signed_is_named(DatabaseKind kind) =>
        FindsAsync(kind, "DELETE FROM audit_checkpoints; DELETE FROM audit_entries WHERE seq > 1", "no checkpoint is there, though this database was signed before", "checkpoint 2, signed at ");

    /// <summary>Whoever takes the mark away too: a database that holds something has a trace.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_empty_trace_beside_what_the_house_holds_is_named(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        (await house.VerifyAsync()).Faults.ShouldBeEmpty("an empty house has an empty trace");
        await house.ChangeAsync(act => act.Leave("paper", Guid.CreateVersion7()));
        (await house.VerifyAsync()).Faults.ShouldBeEmpty("nobody signed yet, and nothing is missing");
        await house.SignAsync();
        await house.PlantAsync("DELETE FROM audit_checkpoints; DELETE FROM audit_entries; DELETE FROM house_marks");
        (await house.VerifyAsync()).Faults.ShouldHaveSingleItem().ShouldStartWith("the trace is empty beside what the house holds");
    }

    /// <summary>The house itself signs what is left, number for number, and must not cover the cut.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_cut_trace_that_was_signed_on_stays_found(DatabaseKind kind)
    {
        var (house, _) = await TracedAsync(kind);
        await using var __ = house;
        await house.PlantAsync("DELETE FROM audit_checkpoints; DELETE FROM audit_entries WHERE seq > 2");
        await using var node = Given.NodeBeside(house, new Bench());
        for (var turn = 1; turn <= 3; turn++)
        {
            await node.GetRequiredService<Desk>().DoAsync<TryChange.Request, Done>(Given.National, new(_ => Task.FromResult<Result<Done>>(Done.Value)), CancellationToken.None);
            (await house.SignAsync()).ShouldBeTrue();
            (await house.VerifyAsync()).Faults.ShouldContain(fault => fault.StartsWith("checkpoint 2, signed at ", StringComparison.Ordinal), $"turn {turn}");
        }
    }

    /// <summary>Nodes may have copies of the key folder; and a disk may lose a file.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_is_kept_beside_the_key_may_lag_or_be_lost_and_is_written_anew(DatabaseKind kind)
    {
        var (house, _) = await TracedAsync(kind);
        await using var __ = house;
        var record = Directory.GetFiles(house.Get<HouseOptions>().KeyFolder, "trace-*").ShouldHaveSingleItem();
        var old = await File.ReadAllTextAsync(record);
        (await house.VerifyAsync()).Notes.ShouldBeEmpty();
        await house.ChangeAsync(_ => { });
        await house.SignAsync();
        (await File.ReadAllTextAsync(record)).ShouldNotBe(old);
        await File.WriteAllTextAsync(record, old);
        (await house.VerifyAsync()).ShouldSatisfyAllConditions(verdict => verdict.Faults.ShouldBeEmpty(), verdict => verdict.Notes.ShouldBeEmpty());
        foreach (var spoil in new Action[] { () => File.Delete(record), () => File.WriteAllText(record, "{"), () => File.WriteAllText(record, old.Replace("\"number\":2", "\"number\":9", StringComparison.Ordinal)) })
        {
            spoil();
            (await house.VerifyAsync()).ShouldSatisfyAllConditions(verdict => verdict.Faults.ShouldBeEmpty(), verdict => verdict.Notes.ShouldHaveSingleItem().ShouldContain(record));
            (await house.SignAsync()).ShouldBeFalse();
            (await house.VerifyAsync()).Notes.ShouldBeEmpty();
        }
    }

    /// <summary>Whoever can write the database can hash as the house does; what he cannot do is sign.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_entry_that_was_changed_with_its_hash_is_found_by_the_next_one_and_by_the_checkpoint(DatabaseKind kind)
    {
        var (house, chain) = await TracedAsync(kind);
        await using var _ = house;
        var entry = (await house.TraceAsync()).Single(one => one.Seq == 6) with { Codes = "entry=9" };
        var hash = entry.ComputeHash();
        await house.WithDbAsync(db => db.Set<AuditEntry>().Where(row => row.Seq == 6)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Codes, "entry=9").SetProperty(row => row.Hash, hash)));
        (await house.VerifyAsync()).Faults.ShouldBe([$"checkpoint 2: chain {chain} no longer reaches entry 6 as it was signed"]);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_checkpoint_signed_by_another_key_does_not_hold(DatabaseKind kind)
    {
        var (house, _) = await TracedAsync(kind);
        await using var __ = house;
        var last = await house.WithDbAsync(db => db.Set<AuditCheckpoint>().SingleAsync(row => row.Number == 2));
        using var forger = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var signature = forger.SignHash(last.Hash);
        await house.WithDbAsync(db => db.Set<AuditCheckpoint>().Where(row => row.Number == 2)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Signature, signature)));
        (await house.VerifyAsync()).Faults.ShouldBe(["checkpoint 2: its signature does not hold"]);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_export_holds_with_the_public_key_alone_and_with_no_other(DatabaseKind kind)
    {
        string export, key;
        var (house, _) = await TracedAsync(kind);
        await using (house)
        {
            export = await house.ExportAsync();
            key = await File.ReadAllTextAsync(house.Get<KeyStore>().AuditPublicKeyPath);
        }
        // The house is gone: its database, its keys.
        key.ShouldNotContain("PRIVATE");
        (await Given.CheckAsync(export, key)).Holds.ShouldBeTrue();
        (await Given.CheckAsync(export, null)).Holds.ShouldBeTrue();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        (await Given.CheckAsync(export, other.ExportSubjectPublicKeyInfoPem())).Faults.Count.ShouldBe(2);
    }

    /// <summary>Somebody acts, and a checkpoint is signed, between the first line of the export and the last.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_export_of_a_house_at_work_holds(DatabaseKind kind)
    {
        var (house, _) = await TracedAsync(kind);
        await using var __ = house;
        var export = new WriterAtWork(async () =>
        {
            await house.ChangeAsync(act => act.Trace("paper", Guid.Empty, "meanwhile"));
            await house.SignAsync();
        });
        await house.Get<ExportTrace>().WriteAsync(export, CancellationToken.None);
        (await Given.CheckAsync(export.ToString(), null)).ShouldSatisfyAllConditions(
            verdict => verdict.Faults.ShouldBeEmpty(), verdict => verdict.Uncovered.ShouldBe(0), verdict => verdict.Entries.ShouldBe(6));
    }

    [Fact]
    public async Task A_broken_export_is_a_fault_and_never_an_exception()
    {
        string good;
        var (house, _) = await TracedAsync(DatabaseKind.Sqlite);
        await using (house) good = await house.ExportAsync();
        var lines = good.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] broken =
        [
            "{", "null", "[]", "7", "{\"entry\":{}}", "{\"entry\":{\"chain\":\"c\",\"seq\":1}}", "{\"checkpoint\":{}}",
            "{\"format\":\"homeward-trace/1\",\"publicKey\":\"no key\"}",
            lines[^1].Replace("\\n", "", StringComparison.Ordinal).Replace("heads\":\"", "heads\":\"one two\\n", StringComparison.Ordinal),
            lines[^1].Replace("heads\":\"", "heads\":\"c 99999999999999999999 ab\\nc -1 ab\\nc x ab\\n", StringComparison.Ordinal),
        ];
        foreach (var line in broken)
        {
            (await Given.CheckAsync(line, null)).Holds.ShouldBeFalse(line);
            (await Given.CheckAsync(lines[0] + '\n' + line, null)).Holds.ShouldBeFalse(line);
        }
    }

    /// <summary>Hashes are everybody's: by the recipe of docs/security/trace.md all after a changed entry are computed anew, and no line is left that was signed.</summary>
    [Fact]
    public async Task An_export_in_which_not_every_entry_is_signed_does_not_hold()
    {
        string good;
        var (house, _) = await TracedAsync(DatabaseKind.Sqlite);
        await using (house) good = await house.ExportAsync();
        var lines = good.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var key = JsonNode.Parse(lines[0])!["publicKey"]!.GetValue<string>();
        var forged = new List<string> { lines[0] };
        byte[]? previous = null;
        foreach (var line in lines[1..7])
        {
            var entry = System.Text.Json.JsonSerializer.Deserialize<Line>(line, System.Text.Json.JsonSerializerOptions.Web)!.Entry!;
            entry = entry with { Codes = "forged", Previous = previous ?? entry.Previous };
            entry = entry with { Hash = previous = entry.ComputeHash() };
            forged.Add(System.Text.Json.JsonSerializer.Serialize(new { entry }, System.Text.Json.JsonSerializerOptions.Web));
        }
        (await Given.CheckAsync(string.Join('\n', forged), key)).Faults.ShouldHaveSingleItem().ShouldStartWith("no checkpoint is there");
        // The first checkpoint, which knows four of the six; and each way to cut it.
        (await Given.CheckAsync(string.Join('\n', lines[..^1]), key)).Faults.ShouldHaveSingleItem().ShouldStartWith("2 entries are behind the last checkpoint");
        for (var length = 0; length < lines.Length; length++)
            (await Given.CheckAsync(string.Join('\n', lines[..length]), key)).Holds.ShouldBeFalse($"cut after {length} lines");
    }

    /// <summary>What no hash binds must not be read out of an export by anybody.</summary>
    [Theory]
    [InlineData("\"seq\":3", "\"seq\":3,\"note\":\"x\"")]
    [InlineData("\"seq\":3", "\"seq\":7,\"seq\":3")]
    [InlineData("\"seq\":3", "\"Seq\":7,\"seq\":3")]
    [InlineData("{\"entry\":", "{\"note\":1,\"entry\":")]
    [InlineData("{\"entry\":", "{\"publicKey\":\"x\",\"entry\":")]
    public async Task A_member_more_or_twice_does_not_hold(string from, string to)
    {
        string good;
        var (house, _) = await TracedAsync(DatabaseKind.Sqlite);
        await using (house) good = await house.ExportAsync();
        var lines = good.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[3] = lines[3].Replace(from, to, StringComparison.Ordinal);
        (await Given.CheckAsync(string.Join('\n', lines), JsonNode.Parse(lines[0])!["publicKey"]!.GetValue<string>())).Faults.ShouldContain(fault => fault.StartsWith("line 4: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_byte_of_an_export_changes_unseen()
    {
        string good;
        var (house, _) = await TracedAsync(DatabaseKind.Sqlite);
        await using (house) good = await house.ExportAsync();
        var lines = good.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var key = JsonNode.Parse(lines[0])!["publicKey"]!.GetValue<string>();
        var body = Encoding.UTF8.GetBytes(string.Join('\n', lines[1..]));
        Gen.Select(Gen.Int[0, body.Length - 1], Gen.Int['0', 'z']).Sample((at, letter) =>
        {
            var bytes = (byte[])body.Clone();
            if (bytes[at] == letter) return;
            bytes[at] = (byte)letter;
            var verdict = Given.CheckAsync(lines[0] + '\n' + Encoding.UTF8.GetString(bytes), key).GetAwaiter().GetResult();
            // A member's name that is not read again, or a letter in another case of it, says nothing and hides nothing.
            if (verdict.Holds) Same(lines[0] + '\n' + Encoding.UTF8.GetString(bytes), good).ShouldBeTrue();
        }, iter: 300);
    }

    private static bool Same(string one, string other)
    {
        static string Read(string text) => string.Join('\n', text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => System.Text.Json.JsonSerializer.Deserialize<Line>(line, System.Text.Json.JsonSerializerOptions.Web)!)
            .Select(line => $"{line.Entry?.Chain} {line.Entry?.Seq} {Hex(line.Entry?.ComputeHash())} {line.Checkpoint?.Number} {Hex(line.Checkpoint?.Hash)}"));
        static string Hex(byte[]? bytes) => bytes is null ? "" : Convert.ToHexString(bytes);
        return Read(one) == Read(other);
    }

    private sealed record Line(AuditEntry? Entry, AuditCheckpoint? Checkpoint);

    private sealed class WriterAtWork(Func<Task> between) : StringWriter
    {
        private int _lines;

        public override async Task WriteLineAsync(string? value)
        {
            await base.WriteLineAsync(value);
            if (++_lines == 2) await between();
        }
    }
}
