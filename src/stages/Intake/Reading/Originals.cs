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
    /// <summary>Brotli's fastest that looks for what came before. A higher one takes a tenth less room and twice the time.</summary>
    private const int Quality = 1;
    private const int WindowBits = 22;

    private static readonly BulkTable _table = new("original_blocks", "id", "originals", "sealed", "at");

    /// <summary>Where one original lies.</summary>
    public readonly record struct Spot(Guid Block, int Offset);

    /// <summary>An original that lies in another block now.</summary>
    public readonly record struct Moved(ReportVersion Report, Guid Block, byte[] Original);

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

        var all = originals as byte[][] ?? [.. originals];
        var rows = new object?[blocks.Count][];
        Parallel.For(0, blocks.Count, new ParallelOptions { MaxDegreeOfParallelism = ProcessorsMax, CancellationToken = cancel }, index =>
        {
            var block = blocks[index];
            var packed = Pack(new(all, block.From, block.Count));
            rows[index] = [block.Id, block.Count, envelope.Seal(Purpose, Context(block.Id), packed), at];
        });
        await _table.WriteAsync(db, rows, cancel);
        return spots;
    }

    /// <summary>The original of one version, byte for byte.</summary>
    public static async Task<byte[]> OpenAsync(HomewardDb db, Envelope envelope, ReportVersion report, CancellationToken cancel)
    {
        await using var block = await UnpackAsync(db, envelope, report.BlockId, cancel);
        var skipped = new byte[report.BlockOffset];
        await block.ReadExactlyAsync(skipped, cancel);
        var original = new byte[report.Bytes];
        await block.ReadExactlyAsync(original, cancel);
        return original;
    }

    /// <summary>All originals of a block, side by side; empty where it has gone.</summary>
    public static async Task<ReadOnlyMemory<byte>> OpenBlockAsync(HomewardDb db, Envelope envelope, Guid block, CancellationToken cancel)
    {
        if (!await db.Set<OriginalBlock>().AnyAsync(row => row.Id == block, cancel)) return default;
        await using var packed = await UnpackAsync(db, envelope, block, cancel);
        var clear = new MemoryStream();
        await packed.CopyToAsync(clear, cancel);
        return clear.GetBuffer().AsMemory(0, (int)clear.Length);
    }

    /// <summary>Takes originals away: a block that held one of them goes, and what else lay in it moves into another.</summary>
    /// <param name="ids">The reports whose originals go, all their versions.</param>
    /// <returns>The blocks that went, and what moved. Who reads at this very moment finds a block gone, and never another's bytes.</returns>
    public static async Task<(IReadOnlyList<Guid> Blocks, IReadOnlyList<Moved> Moved)> RemoveAsync(
        HomewardDb db, Envelope envelope, IIdSource ids, DateTimeOffset at, IReadOnlyCollection<ReportId> gone, CancellationToken cancel)
    {
        var blocks = await db.Set<ReportVersion>().Where(row => gone.Contains(row.Id)).Select(row => row.BlockId).Distinct().ToListAsync(cancel);
        // A scan where there are many reports: an index of blocks would cost every intake for what a purge asks now and then.
        var staying = await db.Set<ReportVersion>().AsNoTracking().Where(row => blocks.Contains(row.BlockId) && !gone.Contains(row.Id))
            .OrderBy(row => row.BlockId).ThenBy(row => row.BlockOffset).ToListAsync(cancel);
        var kept = new List<byte[]>(staying.Count);
        foreach (var block in staying.GroupBy(row => row.BlockId))
        {
            var clear = await OpenBlockAsync(db, envelope, block.Key, cancel);
            kept.AddRange(block.Select(row => clear.Slice(row.BlockOffset, row.Bytes).ToArray()));
        }
        var spots = kept.Count == 0 ? [] : await KeepAsync(db, envelope, ids, at, kept, cancel);
        foreach (var (row, spot) in staying.Zip(spots))
            await db.Set<ReportVersion>().Where(one => one.Id == row.Id && one.Version == row.Version).ExecuteUpdateAsync(
                set => set.SetProperty(one => one.BlockId, spot.Block).SetProperty(one => one.BlockOffset, spot.Offset), cancel);
        await db.Set<OriginalBlock>().Where(row => blocks.Contains(row.Id)).ExecuteDeleteAsync(cancel);
        return (blocks, [.. staying.Select((row, index) => new Moved(row, spots[index].Block, kept[index]))]);
    }

    private static async Task<BrotliStream> UnpackAsync(HomewardDb db, Envelope envelope, Guid block, CancellationToken cancel)
    {
        var bytes = await db.Set<OriginalBlock>().AsNoTracking().Where(row => row.Id == block).Select(row => row.Sealed).SingleAsync(cancel);
        return new BrotliStream(new MemoryStream(envelope.Open(Purpose, Context(block), bytes), writable: false), CompressionMode.Decompress);
    }

    /// <remarks>
    /// In one piece: what the fastest quality of Brotli is given piece by piece, it compresses piece by piece, and what comes again
    /// in every original is written again for each. So it takes a third of the room.
    /// </remarks>
    private static ReadOnlySpan<byte> Pack(ArraySegment<byte[]> originals)
    {
        var clear = new byte[originals.Sum(original => original.Length)];
        var at = 0;
        foreach (var original in originals)
        {
            original.CopyTo(clear, at);
            at += original.Length;
        }
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(clear.Length)];
        Ensure.That(BrotliEncoder.TryCompress(clear, packed, out var length, Quality, WindowBits));
        return packed.AsSpan(0, length);
    }

    private static string Context(Guid block) => $"originals/{StrongId.Text(block)}";
}
