using System.Security.Cryptography;
using System.Text.Json;
using Homeward.Foundations.Sealing;

namespace Homeward.Foundations.Audit;

/// <summary>The last checkpoint as it is kept beside the key that signed it.</summary>
/// <param name="First">Hash of the database's first checkpoint, in hexadecimal: by it a database that lost its mark is known again.</param>
/// <param name="Previous">Hash of the checkpoint before; 32 zero bytes for the first. With it the signature can be checked without the database.</param>
public sealed record KeptCheckpoint(string First, byte[] Previous, AuditCheckpoint Checkpoint)
{
    /// <summary>How many entries it covers.</summary>
    public decimal Entries => VerifyTrace.Heads(Checkpoint)?.Sum(head => (decimal)head.Seq) ?? 0;
}

/// <summary>Keeps of each database its last checkpoint in the key folder: who takes rows out of the database does not reach it by the same statement.</summary>
/// <remarks>
/// A database names its record by a mark (<see cref="Storage.HouseMark.Trace"/>), so that several may share a folder; one that is restored gets a
/// name of its own, as it may stand beside the one it was copied from. Where nodes have copies of the folder, the copy of one that signs
/// seldom lags behind, which tells less and never anything false. A record that cannot be written or read keeps nobody from signing: it is told.
/// </remarks>
public sealed class CheckpointRecords(HouseOptions options, KeyStore keys)
{
    private const string Prefix = "trace-";
    private const int IdBytes = 16;

    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));

    /// <summary>Whether a file of the key folder is a record, or one that is being written.</summary>
    public static bool IsOne(string path) => Path.GetFileName(path).StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Where a database's record lies. Null when what the database says of it is no name of ours.</summary>
    public static string? PathIn(string keyFolder, string id) =>
        id.Length == IdBytes * 2 && id.All(char.IsAsciiHexDigitLower) ? Path.Combine(keyFolder, $"{Prefix}{id}.json") : null;

    /// <inheritdoc cref="PathIn"/>
    public string? PathOf(string id) => PathIn(options.KeyFolder, id);

    /// <returns>Null when it is not there, cannot be read, or was not signed by the key beside it.</returns>
    public KeptCheckpoint? Read(string id) => PathOf(id) is { } path ? ReadAt(path) : null;

    /// <summary>All that began with that checkpoint, by their names: the database's own, and those of what was restored from its backups.</summary>
    public IEnumerable<(string Id, KeptCheckpoint Kept)> ThatBeganWith(string first)
    {
        if (!Directory.Exists(options.KeyFolder)) yield break;
        foreach (var path in Directory.EnumerateFiles(options.KeyFolder, $"{Prefix}*.json").Order(StringComparer.Ordinal))
            if (ReadAt(path) is { } kept && kept.First == first) yield return (Path.GetFileNameWithoutExtension(path)[Prefix.Length..], kept);
    }

    /// <summary>Writes a record, only ever forward.</summary>
    /// <returns>False when it could not be written.</returns>
    public bool Keep(string id, KeptCheckpoint next)
    {
        if (PathOf(id) is not { } path || Read(id)?.Checkpoint.Number >= next.Checkpoint.Number) return true;
        try
        {
            options.Disk.WriteOver(path, JsonSerializer.Serialize(next, JsonSerializerOptions.Web));
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A key folder that is for reading only: the checkpoint stands all the same.
            return false;
        }
    }

    private KeptCheckpoint? ReadAt(string path)
    {
        try
        {
            if (JsonSerializer.Deserialize<KeptCheckpoint>(File.ReadAllText(path), VerifyTrace.Strict) is not { } kept) return null;
            var one = kept.Checkpoint;
            var hash = Checkpoints.HashOf(kept.Previous, one.Number, one.At, one.RealAt, one.Heads);
            return hash.AsSpan().SequenceEqual(one.Hash) && keys.HasSigned(hash, one.Signature) ? kept : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
