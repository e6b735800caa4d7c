using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Homeward.Kernel;

namespace Homeward.Foundations.Audit;

/// <summary>Checks an exported trace: every hash, every chain without a gap, every checkpoint's signature and heads.</summary>
/// <remarks>
/// Needs the export and, to be sure of the author, the public key from elsewhere. What was added after the last
/// checkpoint is bound by hashes only; the answer says how many entries that are.
/// </remarks>
public static class VerifyTrace
{
    private const int FaultsMax = 100;

    /// <param name="Faults">Each names the row: chain and number.</param>
    /// <param name="Uncovered">Entries after the last checkpoint.</param>
    public sealed record Verdict(long Entries, int Chains, long Checkpoints, long Uncovered, IReadOnlyList<string> Faults)
    {
        public bool Holds => Faults.Count == 0;
    }

    private sealed record Line(string? Format, string? PublicKey, AuditEntry? Entry, AuditCheckpoint? Checkpoint);

    /// <param name="trustedKeyPem">The public key from elsewhere; the export's own when null.</param>
    /// <returns>What holds and what does not; a broken file is a fault like any other.</returns>
    public static async Task<Verdict> CheckAsync(TextReader export, string? trustedKeyPem, CancellationToken cancel)
    {
        var faults = new List<string>();
        var hashes = new Dictionary<string, List<byte[]>>(StringComparer.Ordinal);
        AuditCheckpoint? last = null;
        long entries = 0, checkpoints = 0, number = 0;
        using var key = ECDsa.Create();
        var keyed = false;
        if (trustedKeyPem is not null)
        {
            key.ImportFromPem(trustedKeyPem);
            keyed = true;
        }
        while (await export.ReadLineAsync(cancel) is { } text && faults.Count < FaultsMax)
        {
            number++;
            Line? line;
            try
            {
                line = JsonSerializer.Deserialize<Line>(text, JsonSerializerOptions.Web);
            }
            catch (JsonException)
            {
                faults.Add($"line {number}: cannot be read");
                continue;
            }
            if (line?.PublicKey is { } pem && !keyed)
            {
                key.ImportFromPem(pem);
                keyed = true;
            }
            if (line?.Entry is { } entry)
            {
                entries++;
                CheckEntry(entry, hashes, faults);
            }
            if (line?.Checkpoint is { } checkpoint)
            {
                checkpoints++;
                if (keyed) CheckCheckpoint(checkpoint, last, key, hashes, faults);
                else faults.Add("no public key: checkpoints cannot be checked");
                last = checkpoint;
            }
        }
        var covered = last is null ? 0 : Heads(last).Sum(head => head.Seq);
        return new Verdict(entries, hashes.Count, checkpoints, Math.Max(0, entries - covered), faults);
    }

    private static void CheckEntry(AuditEntry entry, Dictionary<string, List<byte[]>> hashes, List<string> faults)
    {
        var where = string.Create(CultureInfo.InvariantCulture, $"chain {entry.Chain}, entry {entry.Seq}");
        if (!hashes.TryGetValue(entry.Chain, out var chain)) hashes[entry.Chain] = chain = [];
        if (entry.Seq != chain.Count + 1)
        {
            faults.Add($"{where}: {chain.Count + 1} was to come; entries are missing or stand twice");
            while (chain.Count < entry.Seq - 1) chain.Add([]);
        }
        var previous = chain.Count == 0 ? new byte[32] : chain[^1];
        if (previous.Length > 0 && !entry.Previous.AsSpan().SequenceEqual(previous))
            faults.Add($"{where}: does not follow from the entry before");
        if (!entry.Hash.AsSpan().SequenceEqual(entry.ComputeHash())) faults.Add($"{where}: was changed");
        chain.Add(entry.Hash);
    }

    private static void CheckCheckpoint(
        AuditCheckpoint checkpoint, AuditCheckpoint? last, ECDsa key, Dictionary<string, List<byte[]>> hashes, List<string> faults)
    {
        var where = string.Create(CultureInfo.InvariantCulture, $"checkpoint {checkpoint.Number}");
        if (checkpoint.Number != (last?.Number ?? 0) + 1) faults.Add($"{where}: one before it is missing");
        var hash = Checkpoints.HashOf(
            last?.Hash ?? new byte[32], checkpoint.Number, checkpoint.At, checkpoint.RealAt, checkpoint.Heads);
        if (!hash.AsSpan().SequenceEqual(checkpoint.Hash) || !key.VerifyHash(hash, checkpoint.Signature))
            faults.Add($"{where}: its signature does not hold");
        foreach (var head in Heads(checkpoint))
        {
            if (!hashes.TryGetValue(head.Chain, out var chain) || chain.Count < head.Seq
                || Convert.ToHexStringLower(chain[(int)head.Seq - 1]) != head.Hash)
                faults.Add($"{where}: chain {head.Chain} no longer reaches entry {head.Seq} as it was signed");
        }
    }

    private static IEnumerable<(string Chain, long Seq, string Hash)> Heads(AuditCheckpoint checkpoint) =>
        checkpoint.Heads.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))
            .Select(parts => (parts[0], long.Parse(parts[1], CultureInfo.InvariantCulture), parts[2]));
}
