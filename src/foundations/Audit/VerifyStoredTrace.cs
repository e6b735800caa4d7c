using System.Globalization;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Foundations.Audit;

/// <summary>Checks the trace that a database holds: as an export's, and against what the house keeps of its last checkpoint elsewhere.</summary>
/// <remarks>Who deletes the newest entries together with the checkpoints that knew them leaves a trace that is whole in itself.</remarks>
public sealed class VerifyStoredTrace(IServiceProvider services, ExportTrace export, CheckpointRecords records)
{
    private const string Mend = "Look who wrote to the database, and bring back the newest backup whose trace holds.";

    /// <inheritdoc cref="VerifyTrace.CheckAsync"/>
    public async Task<VerifyTrace.Verdict> CheckAsync(string? trustedKeyPem, CancellationToken cancel, Action<string>? tell = null)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
        // Before the entries are read: what is signed meanwhile is not among them.
        var id = await db.MarkAsync(HouseMark.Trace, cancel);
        var first = await db.Set<AuditCheckpoint>().AsNoTracking().OrderBy(row => row.Number).FirstOrDefaultAsync(cancel);
        var kept = Known(id, first);
        var verdict = await ReadAsync(trustedKeyPem, tell, cancel);

        var faults = verdict.Faults.ToList();
        var notes = new List<string>();
        if (verdict.Checkpoints == 0 && id is not null) faults.Add($"no checkpoint is there, though this database was signed before. {Mend}");
        if (kept.Count > 0)
        {
            // Several only where the database no longer says which is its own; it may be any of them.
            var missing = new List<string?>();
            foreach (var one in kept) missing.Add(await MissingAsync(db, one, verdict.Entries, cancel));
            if (missing.TrueForAll(fault => fault is not null)) faults.Add(missing[0]!);
        }
        else if (id is not null || first is not null)
        {
            notes.Add($"What the house keeps of the last checkpoint beside its key is not there{(id is not null && records.PathOf(id) is { } path ? $": {path}" : "")}. Entries that were deleted together with the checkpoints behind them are then found by an earlier export only. The next checkpoint writes it anew.");
        }
        if (verdict.Entries == 0 && await FilledAsync(db, cancel) is { } table) faults.Add($"the trace is empty beside what the house holds (rows in {table}): everything that is stored leaves an entry. {Mend}");
        return verdict with { Faults = faults, Notes = notes };
    }

    private List<(string Id, KeptCheckpoint Kept)> Known(string? id, AuditCheckpoint? first)
    {
        if (id is not null) return records.Read(id) is { } own ? [(id, own)] : [];
        return first is null ? [] : [.. records.ThatBeganWith(Convert.ToHexStringLower(first.Hash))];
    }

    private async Task<VerifyTrace.Verdict> ReadAsync(string? trustedKeyPem, Action<string>? tell, CancellationToken cancel)
    {
        var file = Path.GetTempFileName();
        try
        {
            await using (var writer = new StreamWriter(file)) await export.WriteStoredAsync(writer, tell, cancel);
            using var reader = new StreamReader(file);
            return await VerifyTrace.ReadAsync(reader, trustedKeyPem, cancel, tell);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <returns>What the database lacks of what was signed; null where it has all of it.</returns>
    private async Task<string?> MissingAsync(HomewardDb db, (string Id, KeptCheckpoint Kept) one, long entries, CancellationToken cancel)
    {
        var known = one.Kept.Checkpoint;
        var there = await db.Set<AuditCheckpoint>().AsNoTracking().SingleOrDefaultAsync(row => row.Number == known.Number, cancel);
        var isItself = there?.Hash.AsSpan().SequenceEqual(known.Hash) ?? false;
        if (isItself && entries >= one.Kept.Entries) return null;
        return string.Create(CultureInfo.InvariantCulture, $"checkpoint {known.Number}, signed at {Instants.Iso(known.RealAt)} over {one.Kept.Entries} entries, {(isItself ? "knows more than are there" : there is null ? "is missing" : "is another")}: {entries} entries are there. {Mend} Where the database was brought back or copied by other means than homeward restore, move {records.PathOf(one.Id)} away: the next checkpoint writes it anew.");
    }

    /// <returns>A table of a stage that has a row; null where none has.</returns>
    private static async Task<string?> FilledAsync(HomewardDb db, CancellationToken cancel)
    {
        var sql = db.GetService<ISqlGenerationHelper>();
        var ours = typeof(VerifyStoredTrace).Assembly;
        var queries = db.Model.GetEntityTypes().Where(type => type.ClrType.Assembly != ours && type.GetTableName() is not null)
            .Select(type => (Name: type.GetTableName()!, Schema: type.GetSchema())).Distinct().OrderBy(table => table.Name, StringComparer.Ordinal)
            .Select(table => (table.Name, Rows: $"SELECT 1 AS \"Value\" FROM {sql.DelimitIdentifier(table.Name, table.Schema)}"));
        foreach (var (name, rows) in queries)
            if (await db.Database.SqlQueryRaw<int>(rows).AnyAsync(cancel)) return name;
        return null;
    }
}
