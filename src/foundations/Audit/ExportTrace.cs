using System.Globalization;
using System.Text.Json;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Foundations.Audit;

/// <summary>Writes the trace as JSON lines that an outsider can check with the public key alone.</summary>
/// <remarks>
/// First line: <c>{"format":"homeward-trace/1","publicKey":"…PEM…"}</c>; then one line for each entry, chain by chain in
/// order, then one for each checkpoint. How an entry is hashed: <see cref="AuditEntry.ComputeHash"/>. The last checkpoint covers every
/// entry of the export: without that, whoever cuts it, or changes what was not signed yet and hashes it anew, is not found.
/// </remarks>
public sealed class ExportTrace(IServiceProvider services, KeyStore keys, Checkpoints checkpoints)
{
    /// <summary>It is told how far it is after each so many lines.</summary>
    internal const int LinesTold = 50_000;

    /// <summary>For others: signs where the chains stand, and writes what is signed. What is added meanwhile is in the next one.</summary>
    /// <param name="tell">Told now and then how far it is.</param>
    public async Task WriteAsync(TextWriter output, CancellationToken cancel, Action<string>? tell = null)
    {
        await checkpoints.SignAsync(cancel);
        await WriteAsync(output, onlySigned: true, tell, cancel);
    }

    /// <summary>For a look at what the database holds: signs nothing, and writes what is not signed yet, too.</summary>
    internal Task WriteStoredAsync(TextWriter output, Action<string>? tell, CancellationToken cancel) => WriteAsync(output, onlySigned: false, tell, cancel);

    private async Task WriteAsync(TextWriter output, bool onlySigned, Action<string>? tell, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
        // Read before the entries: a checkpoint signed meanwhile would speak of entries that are not in this export.
        var signed = await db.Set<AuditCheckpoint>().AsNoTracking().OrderBy(row => row.Number).ToListAsync(cancel);
        var ends = (onlySigned ? VerifyTrace.Heads(signed[^1]) : null)?.ToDictionary(head => head.Chain, head => head.Seq, StringComparer.Ordinal);
        using (keys.AuditSigningKey(mayMake: signed.Count == 0)) { /* makes the key pair where there is none yet */ }
        await WriteLineAsync(new { format = VerifyTrace.Format, publicKey = await File.ReadAllTextAsync(keys.AuditPublicKeyPath, cancel) });
        var entries = 0L;
        await foreach (var entry in db.Set<AuditEntry>().AsNoTracking().OrderBy(row => row.Chain).ThenBy(row => row.Seq)
            .AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (ends is null || ends.GetValueOrDefault(entry.Chain) >= entry.Seq) await WriteLineAsync(new { entry });
            if (++entries % LinesTold == 0) tell?.Invoke($"{entries:N0} entries read");
        }
        foreach (var checkpoint in signed) await WriteLineAsync(new { checkpoint });

        Task WriteLineAsync<T>(T line) => output.WriteLineAsync(JsonSerializer.Serialize(line, JsonSerializerOptions.Web));
    }
}
