using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Homeward.Kernel;

namespace Homeward.Foundations.Audit;

/// <summary>Checks an exported trace: every hash, every chain without a gap, every checkpoint's signature and heads.</summary>
/// <remarks>
/// Needs the export and, to be sure of the author, the public key from elsewhere. Who changes an entry can hash all after it
/// anew, so an export holds only when its last checkpoint covers every entry. In a database entries behind the last checkpoint are
/// usual until the next one is signed (<see cref="VerifyStoredTrace"/>); the answer says how many they are.
/// </remarks>
public static class VerifyTrace
{
    private const int FaultsMax = 100;
    internal const string Format = "homeward-trace/1";

    /// <param name="Faults">Each names the row: chain and number.</param>
    /// <param name="Uncovered">Entries after the last checkpoint.</param>
    /// <param name="Notes">What makes the answer say less than it could, and is no fault.</param>
    public sealed record Verdict(long Entries, int Chains, long Checkpoints, long Uncovered, IReadOnlyList<string> Faults, IReadOnlyList<string> Notes)
    {
        public bool Holds => Faults.Count == 0;
    }

    private sealed record Line(
        string? Format = null, string? PublicKey = null, AuditEntry? Entry = null, AuditCheckpoint? Checkpoint = null);

    internal sealed record Head(string Chain, long Seq, string Hash);

    /// <summary>What was read of a chain: the hash of each entry by its number, and the last number.</summary>
    private sealed class Chain
    {
        public Dictionary<long, byte[]> Hashes { get; } = [];
        public long Last { get; set; }
    }

    /// <summary>An entry or a checkpoint that lacks a member is as unreadable as one that is no JSON; what no hash binds, such as a member more or the same once more, is not passed over.</summary>
    internal static JsonSerializerOptions Strict { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    /// <summary>Whether checkpoints can be checked with it at all.</summary>
    public static bool IsKey(string pem)
    {
        using var key = ECDsa.Create();
        return TryImport(key, pem, "", []);
    }

    /// <param name="trustedKeyPem">The public key from elsewhere; the export's own when null.</param>
    /// <returns>What holds and what does not; a broken file is a fault like any other.</returns>
    public static async Task<Verdict> CheckAsync(TextReader export, string? trustedKeyPem, CancellationToken cancel, Action<string>? tell = null)
    {
        var verdict = await ReadAsync(export, trustedKeyPem, cancel, tell);
        const string Mend = "Export it again: homeward audit export";
        var faults = verdict.Faults.ToList();
        // After so many faults the rest was not read.
        if (faults.Count >= FaultsMax) return verdict;
        if (verdict.Checkpoints == 0) faults.Add($"no checkpoint is there: nothing in it is signed, and it may have been cut or changed. {Mend}");
        else if (verdict.Uncovered > 0) faults.Add($"{verdict.Uncovered} entries are behind the last checkpoint, or in chains that it does not know: they are not signed. {Mend}");
        return verdict with
        {
            Faults = faults,
            Notes = trustedKeyPem is null ? ["Checked with the key that the export itself brings: whoever forges the one can bring the other. Name the house's own by --public-key."] : [],
        };
    }

    /// <summary>The same of what a database holds, where entries behind the last checkpoint are no fault.</summary>
    internal static async Task<Verdict> ReadAsync(TextReader export, string? trustedKeyPem, CancellationToken cancel, Action<string>? tell = null)
    {
        var faults = new List<string>();
        var chains = new Dictionary<string, Chain>(StringComparer.Ordinal);
        AuditCheckpoint? last = null;
        long entries = 0, checkpoints = 0, number = 0;
        using var key = ECDsa.Create();
        var keyed = trustedKeyPem is not null && TryImport(key, trustedKeyPem, "the public key given", faults);
        while (await export.ReadLineAsync(cancel) is { } text && faults.Count < FaultsMax)
        {
            number++;
            var line = Read(text);
            if (line is null || (line.Entry is null && line.Checkpoint is null && number > 1))
            {
                faults.Add($"line {number}: cannot be read");
                continue;
            }
            if (number == 1 && line.Format != Format) faults.Add($"line 1: does not say that this is a {Format}");
            if (number > 1 && (line.Format ?? line.PublicKey) is not null) faults.Add($"line {number}: says anew what only the first line says");
            else if (line.PublicKey is { } pem && trustedKeyPem is null) keyed = TryImport(key, pem, $"line {number}: its public key", faults);
            if (line.Entry is { } entry)
            {
                entries++;
                CheckEntry(entry, chains, faults);
                if (entries % ExportTrace.LinesTold == 0) tell?.Invoke($"{entries:N0} entries checked, {faults.Count} faults");
            }
            if (line.Checkpoint is { } checkpoint)
            {
                checkpoints++;
                if (keyed) CheckCheckpoint(checkpoint, last, key, chains, faults);
                else faults.Add("no public key: checkpoints cannot be checked");
                last = checkpoint;
            }
        }
        var ends = (last is null ? null : Heads(last))?.GroupBy(head => head.Chain, StringComparer.Ordinal).ToDictionary(heads => heads.Key, heads => heads.Max(head => head.Seq), StringComparer.Ordinal) ?? [];
        var uncovered = chains.Sum(chain => chain.Value.Hashes.Keys.LongCount(seq => seq > ends.GetValueOrDefault(chain.Key)));
        return new Verdict(entries, chains.Count, checkpoints, uncovered, faults, []);
    }

    private static Line? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Line>(text, Strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool TryImport(ECDsa key, string pem, string what, List<string> faults)
    {
        try
        {
            key.ImportFromPem(pem);
            return true;
        }
        catch (Exception fault) when (fault is ArgumentException or CryptographicException)
        {
            faults.Add($"{what} cannot be read");
            return false;
        }
    }

    private static void CheckEntry(AuditEntry entry, Dictionary<string, Chain> chains, List<string> faults)
    {
        var where = string.Create(CultureInfo.InvariantCulture, $"chain {entry.Chain}, entry {entry.Seq}");
        if (!chains.TryGetValue(entry.Chain, out var chain)) chains[entry.Chain] = chain = new Chain();
        if (entry.Seq != chain.Last + 1)
            faults.Add($"{where}: {chain.Last + 1} was to come; entries are missing or stand twice");
        var previous = entry.Seq == 1 ? new byte[32] : chain.Hashes.GetValueOrDefault(entry.Seq - 1);
        if (previous is not null && !entry.Previous.AsSpan().SequenceEqual(previous))
            faults.Add($"{where}: does not follow from the entry before");
        if (!entry.Hash.AsSpan().SequenceEqual(entry.ComputeHash())) faults.Add($"{where}: was changed");
        chain.Hashes[entry.Seq] = entry.Hash;
        chain.Last = entry.Seq;
    }

    private static void CheckCheckpoint(
        AuditCheckpoint checkpoint, AuditCheckpoint? last, ECDsa key, Dictionary<string, Chain> chains, List<string> faults)
    {
        var where = string.Create(CultureInfo.InvariantCulture, $"checkpoint {checkpoint.Number}");
        if (checkpoint.Number != (last?.Number ?? 0) + 1) faults.Add($"{where}: one before it is missing");
        var hash = Checkpoints.HashOf(
            last?.Hash ?? new byte[32], checkpoint.Number, checkpoint.At, checkpoint.RealAt, checkpoint.Heads);
        if (!hash.AsSpan().SequenceEqual(checkpoint.Hash) || !key.VerifyHash(hash, checkpoint.Signature))
            faults.Add($"{where}: its signature does not hold");
        if (Heads(checkpoint) is not { } heads)
        {
            faults.Add($"{where}: its heads cannot be read");
            return;
        }
        foreach (var head in heads)
        {
            if (!chains.TryGetValue(head.Chain, out var chain) || !chain.Hashes.TryGetValue(head.Seq, out var signed)
                || Convert.ToHexStringLower(signed) != head.Hash)
                faults.Add($"{where}: chain {head.Chain} no longer reaches entry {head.Seq} as it was signed");
        }
    }

    /// <returns>Null when a line is not <c>chain seq hash</c>.</returns>
    internal static List<Head>? Heads(AuditCheckpoint checkpoint)
    {
        var heads = new List<Head>();
        foreach (var line in checkpoint.Heads.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(' ') is not [var chain, var number, var hash]
                || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var seq)) return null;
            heads.Add(new Head(chain, seq, hash));
        }
        return heads;
    }
}
