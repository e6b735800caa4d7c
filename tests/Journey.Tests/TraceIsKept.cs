using Microsoft.Data.Sqlite;
using Dapper;

namespace Homeward.Journey.Tests;

/// <summary><c>homeward audit</c>: what is cut from a trace is told, by whoever holds the key folder or an export; and nothing else is told so.</summary>
public sealed class TraceIsKept : IDisposable
{
    private readonly Scratch _scratch = new();

    private Task<Program.Ran> RunAsync(string database, params string[] words) => Program.RunAsync(
        _scratch.Path, new Dictionary<string, string> { ["HOMEWARD_KEYS"] = _scratch.At("keys") }, [.. words, "--database", _scratch.At(database)]);

    private async Task ImportAsync(string database, string name) =>
        (await RunAsync(database, "import", "missing", _scratch.Write(name, $"{{\"{name}\":1}}\n"))).Exit.ShouldBe(0);

    private async Task<int> PlantAsync(string database, string sql)
    {
        await using var db = new SqliteConnection($"Data Source={_scratch.At(database)};Pooling=False");
        return await db.ExecuteAsync(sql);
    }

    [Fact]
    public async Task An_import_ends_with_a_checkpoint_and_what_is_cut_then_is_told()
    {
        await ImportAsync("house.db", "one.jsonl");
        var whole = await RunAsync("house.db", "audit", "verify");
        (whole.Exit, (int)whole.Line["uncovered"]!, whole.Line["notes"]!.AsArray().Count).ShouldBe((0, 0, 0), whole.Said);
        ((int)whole.Line["checkpoints"]!).ShouldBePositive();

        (await PlantAsync("house.db", "DELETE FROM audit_checkpoints; DELETE FROM audit_entries WHERE seq > 0")).ShouldBePositive();
        var cut = await RunAsync("house.db", "audit", "verify");
        cut.Exit.ShouldBe(1, cut.Said);
        cut.Line["faults"]!.AsArray().Select(fault => (string)fault!).ShouldContain(fault => fault.Contains("is missing: 0 entries are there", StringComparison.Ordinal));
        // Nor does whoever works on cover it.
        await ImportAsync("house.db", "two.jsonl");
        (await RunAsync("house.db", "audit", "verify")).Exit.ShouldBe(1);
    }

    [Fact]
    public async Task A_backup_that_is_brought_back_beside_its_house_is_called_cut_by_nobody_and_neither_is_the_house()
    {
        await ImportAsync("house.db", "one.jsonl");
        (await RunAsync("house.db", "backup", _scratch.At("backup"))).Exit.ShouldBe(0);
        await ImportAsync("house.db", "two.jsonl");
        var back = await RunAsync("beside.db", "restore", _scratch.At("backup"));
        back.Exit.ShouldBe(0, back.Said);
        foreach (var database in new[] { "beside.db", "house.db", "beside.db" })
        {
            var held = await RunAsync(database, "audit", "verify");
            (held.Exit, held.Line["notes"]!.AsArray().Count).ShouldBe((0, 0), held.Said);
            await ImportAsync(database, $"again-{database}.jsonl");
        }
        // It is known by a record of its own.
        await PlantAsync("beside.db", "DELETE FROM audit_checkpoints WHERE number > 1");
        (await RunAsync("beside.db", "audit", "verify")).Exit.ShouldBe(1);
        (await RunAsync("house.db", "audit", "verify")).Exit.ShouldBe(0);
    }

    [Fact]
    public async Task An_export_that_was_cut_does_not_hold_and_a_file_that_is_no_key_is_refused()
    {
        await ImportAsync("house.db", "one.jsonl");
        (await RunAsync("house.db", "audit", "export", "--out", _scratch.At("trace.jsonl"))).Exit.ShouldBe(0);
        var key = Path.Combine(_scratch.At("keys"), "audit-public.pem");
        (await RunAsync("house.db", "audit", "verify", _scratch.At("trace.jsonl"), "--public-key", key)).Exit.ShouldBe(0);
        var cut = _scratch.Write("cut.jsonl", (await File.ReadAllLinesAsync(_scratch.At("trace.jsonl")))[0] + "\n");
        var told = await RunAsync("house.db", "audit", "verify", cut, "--public-key", key);
        told.Exit.ShouldBe(1, told.Said);
        ((string)told.Line["faults"]![0]!).ShouldContain("Export it again: homeward audit export");

        var refused = await RunAsync("house.db", "audit", "verify", _scratch.At("trace.jsonl"), "--public-key", cut);
        (refused.Exit, (string?)refused.Line["error"]?["code"]).ShouldBe((2, "no-key"), refused.Said);
        ((string)refused.Line["error"]!["what"]!).ShouldContain(cut);
    }

    public void Dispose() => _scratch.Dispose();
}
