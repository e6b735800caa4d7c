using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
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

    /// <summary>Originals that follow one another, compressed together.</summary>
    /// <param name="From">The first one's place among all.</param>
    internal readonly record struct PackedBlock(int From, int Count, byte[] Packed);

    /// <summary>Compresses originals by blocks. Nothing here waits for the database.</summary>
    public static PackedBlock[] Pack(IReadOnlyList<byte[]> originals)
    {
        var blocks = new List<(int From, int Count)>();
        var (from, bytes) = (0, 0);
        for (var index = 0; index < originals.Count; index++)
        {
            if (index > from && (index - from == OriginalsPerBlockMax || bytes + originals[index].Length > BlockBytesMax))
            {
                blocks.Add((from, index - from));
                (from, bytes) = (index, 0);
            }
            bytes += originals[index].Length;
        }
        if (originals.Count > from) blocks.Add((from, originals.Count - from));

        var all = originals as byte[][] ?? [.. originals];
        var packed = new PackedBlock[blocks.Count];
        Parallel.For(0, blocks.Count, new ParallelOptions { MaxDegreeOfParallelism = ProcessorsMax }, index =>
            packed[index] = new(blocks[index].From, blocks[index].Count, Pack(new ArraySegment<byte[]>(all, blocks[index].From, blocks[index].Count))));
        return packed;
    }

    /// <summary>Writes the originals and tells where each lies, in their order.</summary>
    /// <param name="packed">The same originals, compressed.</param>
    public static async Task<Spot[]> KeepAsync(
        HomewardDb db, Envelope envelope, IIdSource ids, DateTimeOffset at, IReadOnlyList<byte[]> originals, PackedBlock[] packed, CancellationToken cancel)
    {
        var spots = new Spot[originals.Count];
        var blocks = Array.ConvertAll(packed, _ => ids.Next());
        foreach (var (place, block) in packed.Index())
        {
            var offset = 0;
            for (var index = block.From; index < block.From + block.Count; index++)
            {
                spots[index] = new Spot(blocks[place], offset);
                offset += originals[index].Length;
            }
        }
        await _table.WriteAsync(db, packed.Select((block, place) => (object?[])
            [blocks[place], block.Count, envelope.Seal(Purpose, Context(blocks[place]), block.Packed), at]), cancel);
        return spots;
    }

    /// <summary>The original of one version, byte for byte; null where what is stored does not open, or is not there.</summary>
    public static async Task<byte[]?> OpenAsync(HomewardDb db, Envelope envelope, ReportVersion report, CancellationToken cancel) =>
        (await OpenBlockAsync(db, envelope, report.BlockId, cancel)).Cut(report.BlockOffset, report.Bytes);

    /// <summary>All originals of a block. What was damaged is no exception: who looks goes on with the others.</summary>
    public static async Task<OpenedBlock> OpenBlockAsync(HomewardDb db, Envelope envelope, Guid block, CancellationToken cancel)
    {
        var bytes = await db.Set<OriginalBlock>().AsNoTracking().Where(row => row.Id == block).Select(row => row.Sealed).SingleOrDefaultAsync(cancel);
        if (bytes is null) return new(BlockState.Gone, default);
        try
        {
            using var packed = new BrotliStream(new MemoryStream(envelope.Open(Purpose, Context(block), bytes), writable: false), CompressionMode.Decompress);
            var clear = new MemoryStream();
            packed.CopyTo(clear);
            return new(BlockState.Whole, clear.GetBuffer().AsMemory(0, (int)clear.Length));
        }
        catch (Exception fault) when (fault is CryptographicException or InvalidOperationException or InvalidDataException)
        {
            return new(BlockState.Damaged, default);
        }
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
            var opened = await OpenBlockAsync(db, envelope, block.Key, cancel);
            foreach (var row in block)
            {
                var original = opened.Cut(row.BlockOffset, row.Bytes);
                // It ends the step: what lies beside a purged report is not given up with it.
                Ensure.That(original is not null, $"block {StrongId.Text(block.Key)} of originals does not open: homeward audit verify --contents tells more");
                kept.Add(original);
            }
        }
        var spots = kept.Count == 0 ? [] : await KeepAsync(db, envelope, ids, at, kept, Pack(kept), cancel);
        foreach (var (row, spot) in staying.Zip(spots))
            await db.Set<ReportVersion>().Where(one => one.Id == row.Id && one.Version == row.Version).ExecuteUpdateAsync(
                set => set.SetProperty(one => one.BlockId, spot.Block).SetProperty(one => one.BlockOffset, spot.Offset), cancel);
        await db.Set<OriginalBlock>().Where(row => blocks.Contains(row.Id)).ExecuteDeleteAsync(cancel);
        return (blocks, [.. staying.Select((row, index) => new Moved(row, spots[index].Block, kept[index]))]);
    }

    /// <remarks>
    /// In one piece: what the fastest quality of Brotli is given piece by piece, it compresses piece by piece, and what comes again
    /// in every original is written again for each. So it takes a third of the room.
    /// </remarks>
    private static byte[] Pack(ArraySegment<byte[]> originals)
    {
        var bytes = originals.Sum(original => original.Length);
        var clear = ArrayPool<byte>.Shared.Rent(bytes);
        var packed = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(bytes));
        try
        {
            var at = 0;
            foreach (var original in originals)
            {
                original.CopyTo(clear, at);
                at += original.Length;
            }
            Ensure.That(BrotliEncoder.TryCompress(clear.AsSpan(0, bytes), packed, out var length, Quality, WindowBits));
            return packed.AsSpan(0, length).ToArray();
        }
        finally
        {
            // What was in them is a report's text.
            ArrayPool<byte>.Shared.Return(clear, clearArray: true);
            ArrayPool<byte>.Shared.Return(packed, clearArray: true);
        }
    }

    private static string Context(Guid block) => $"originals/{StrongId.Text(block)}";
}

/// <summary>How a block of originals was found.</summary>
internal enum BlockState
{
    Whole,
    /// <summary>It is not there: purged, or deleted behind the house's back.</summary>
    Gone,
    /// <summary>It does not open: what is stored was changed or damaged, or its key is another's.</summary>
    Damaged,
}

/// <summary>A block of originals, laid open.</summary>
/// <param name="Clear">Its originals side by side; empty where it is not whole.</param>
internal readonly record struct OpenedBlock(BlockState State, ReadOnlyMemory<byte> Clear)
{
    /// <summary>One original; null where the block is not whole or does not reach so far.</summary>
    public byte[]? Cut(int offset, int bytes) =>
        State == BlockState.Whole && offset >= 0 && bytes >= 0 && offset <= Clear.Length - bytes ? Clear.Slice(offset, bytes).ToArray() : null;
}
