using System.IO.Compression;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Reading;

/// <summary>Keeps originals byte for byte, some together: near-identical reports compress well, and one seal serves them all.</summary>
internal static class Originals
{
    private const string Purpose = "originals";
    private const int OriginalsPerBlockMax = 64;
    /// <summary>One original may be larger; then its block holds it alone.</summary>
    private const int BlockBytesMax = 1 << 20;
    private const int ProcessorsMax = 2;

    private static readonly BulkTable _table = new("original_blocks", "id", "originals", "sealed", "at");

    /// <summary>Where one original lies.</summary>
    public readonly record struct Spot(Guid Block, int Offset);

    /// <summary>Writes the originals and tells where each lies, in their order.</summary>
    public static async Task<Spot[]> KeepAsync(
        HomewardDb db, Envelope envelope, IIdSource ids, DateTimeOffset at, IReadOnlyList<byte[]> originals, CancellationToken cancel)
    {
        var spots = new Spot[originals.Count];
        var blocks = new List<(Guid Id, int From, int Count)>();
        var (from, bytes) = (0, 0);
        var id = ids.Next();
        for (var index = 0; index < originals.Count; index++)
        {
            if (index > from && (index - from == OriginalsPerBlockMax || bytes + originals[index].Length > BlockBytesMax))
            {
                blocks.Add((id, from, index - from));
                (id, from, bytes) = (ids.Next(), index, 0);
            }
            spots[index] = new Spot(id, bytes);
            bytes += originals[index].Length;
        }
        if (originals.Count > from) blocks.Add((id, from, originals.Count - from));

        var rows = new object?[blocks.Count][];
        Parallel.For(0, blocks.Count, new ParallelOptions { MaxDegreeOfParallelism = ProcessorsMax, CancellationToken = cancel }, index =>
        {
            var block = blocks[index];
            var packed = Pack(originals.Skip(block.From).Take(block.Count));
            rows[index] = [block.Id, block.Count, envelope.Seal(Purpose, Context(block.Id), packed), at];
        });
        await _table.WriteAsync(db, rows, cancel);
        return spots;
    }

    /// <summary>The original of one version, byte for byte.</summary>
    public static async Task<byte[]> OpenAsync(HomewardDb db, Envelope envelope, ReportVersion report, CancellationToken cancel)
    {
        var bytes = await db.Set<OriginalBlock>().AsNoTracking().Where(row => row.Id == report.BlockId)
            .Select(row => row.Sealed).SingleAsync(cancel);
        using var packed = new MemoryStream(envelope.Open(Purpose, Context(report.BlockId), bytes), writable: false);
        await using var block = new BrotliStream(packed, CompressionMode.Decompress);
        var skipped = new byte[report.BlockOffset];
        await block.ReadExactlyAsync(skipped, cancel);
        var original = new byte[report.Bytes];
        await block.ReadExactlyAsync(original, cancel);
        return original;
    }

    private static ReadOnlySpan<byte> Pack(IEnumerable<byte[]> originals)
    {
        var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, new BrotliCompressionOptions { Quality = 1 }, leaveOpen: true))
            foreach (var original in originals) brotli.Write(original);
        return packed.GetBuffer().AsSpan(0, (int)packed.Length);
    }

    private static string Context(Guid block) => $"originals/{StrongId.Text(block)}";
}
