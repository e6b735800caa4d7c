using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using Homeward.Exchange.CyberTips;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Intake.Providers;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Reading;

/// <summary>Finds reports by the words of their free text, which stays sealed: filters tell which blocks may hold them, and those are opened and looked through.</summary>
/// <remarks>
/// The filters are held in memory once they were asked for, 20 bits for each distinct word of a block. Another process may
/// have added blocks or purged them, so each search asks the database which there are.
/// </remarks>
internal sealed class TextSearch(WordFilters filters, Envelope envelope)
{
    /// <summary>Opened at most for one search: what people wait for. Of more it is told where to look on.</summary>
    internal const int BlocksMax = 60;

    private const int VersionBytes = 16 + 4;
    private const int ReadAtOnce = 500;
    private const int ProcessorsMax = 2;

    private static readonly BulkTable _table = new("original_words", "id", "filter", "reports", "drawn");
    private readonly ConcurrentDictionary<Guid, (int Drawn, byte[] Filter)> _filters = new();

    /// <summary>The words of one version's texts, and the block that holds its original.</summary>
    public readonly record struct Words(Guid Block, ReportId Report, int Version, ulong[] Hashes)
    {
        /// <summary>Of a version that stands in the house, read with its files.</summary>
        public static Words Of(ReportVersion version, Guid block, CyberTipReport report) => new(block, version.Id, version.Version, WordsOf(report));
    }

    /// <summary>The words by which a report can be found, drawn from the report with its files.</summary>
    public static ulong[] WordsOf(CyberTipReport report) => TextWords.HashesOf(Searched(report).Select(text => text.Text));

    public Task KeepAsync(HomewardDb db, IReadOnlyList<Words> versions, CancellationToken cancel)
    {
        var blocks = versions.Where(one => one.Hashes.Length > 0).GroupBy(one => one.Block).ToList();
        var rows = new object?[blocks.Count][];
        Parallel.For(0, rows.Length, new ParallelOptions { MaxDegreeOfParallelism = ProcessorsMax, CancellationToken = cancel },
            place => rows[place] = Cells(Row(blocks[place].Key, [.. blocks[place]], drawn: 1)));
        return _table.WriteAsync(db, rows, cancel);
    }

    private static object?[] Cells(OriginalWords row) => [row.Id, row.Filter, row.Reports, row.Drawn];

    private OriginalWords Row(Guid block, IReadOnlyList<Words> held, int drawn)
    {
        var reports = new byte[held.Count * VersionBytes];
        foreach (var (at, one) in held.Index())
        {
            Ensure.That(one.Report.Value.TryWriteBytes(reports.AsSpan(at * VersionBytes), bigEndian: true, out _));
            BinaryPrimitives.WriteInt32LittleEndian(reports.AsSpan((at * VersionBytes) + 16), one.Version);
        }
        return new() { Id = block, Filter = FilterOver(held), Reports = reports, Drawn = drawn };
    }

    /// <summary>A filter over the words of all.</summary>
    private byte[] FilterOver(IReadOnlyList<Words> held)
    {
        var words = held.Sum(one => one.Hashes.Length);
        var borrowed = ArrayPool<ulong>.Shared.Rent(words);
        try
        {
            var at = 0;
            foreach (var one in held)
            {
                one.Hashes.CopyTo(borrowed, at);
                at += one.Hashes.Length;
            }
            return filters.Over(StableHash.Once(borrowed.AsSpan(0, words)));
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(borrowed);
        }
    }

    /// <summary>After some of a block's versions were read anew: its filter is over what all of them say now.</summary>
    /// <param name="block">The block.</param>
    /// <param name="opened">Its originals.</param>
    /// <param name="anew">What was read anew. Where another in the block can be read no longer, the filter stays as it is, with that one's words.</param>
    public async Task DrawAnewAsync(HomewardDb db, Guid block, OpenedBlock opened, IReadOnlyList<(ReportVersion Version, CyberTipReport Report)> anew, CancellationToken cancel)
    {
        var before = await db.Set<OriginalWords>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == block, cancel);
        var beside = new List<(ReportVersion Version, CyberTipReport Report)>();
        foreach (var version in await VersionsAsync(db, block, before?.Reports ?? [], cancel))
        {
            if (anew.Any(one => (one.Version.Id, one.Version.Version) == (version.Id, version.Version))) continue;
            if (opened.Cut(version.BlockOffset, version.Bytes) is not { } original || !ReadOriginals.TryOf(original, version, out var report)) return;
            beside.Add((version, report));
        }
        var held = anew.Concat(await ReadOriginals.WithFilesAsync(db, envelope, beside, cancel)).OrderBy(one => one.Version.BlockOffset)
            .Select(one => Words.Of(one.Version, block, one.Report)).Where(one => one.Hashes.Length > 0).ToList();
        if (held.Count == 0 && before is null) return;
        var row = Row(block, held, (before?.Drawn ?? 0) + 1);
        if (before is not null && before.Filter.AsSpan().SequenceEqual(row.Filter) && before.Reports.AsSpan().SequenceEqual(row.Reports)) return;
        await db.Set<OriginalWords>().Where(one => one.Id == block).ExecuteDeleteAsync(cancel);
        await _table.WriteAsync(db, [Cells(row)], cancel);
    }

    /// <summary>After a purge: the blocks that went are forgotten, and what moved is found where it lies.</summary>
    public async Task MoveAsync(HomewardDb db, IReadOnlyList<Guid> gone, IReadOnlyList<Originals.Moved> moved, CancellationToken cancel)
    {
        await db.Set<OriginalWords>().Where(row => gone.Contains(row.Id)).ExecuteDeleteAsync(cancel);
        // What no reader takes any more holds up no purge; its texts are not found by words.
        var readable = moved.Select(one => (Moved: one, Report: ReadOriginals.TryOf(one.Original, one.Report, out var report) ? report : null)).Where(one => one.Report is not null).ToList();
        var read = await ReadOriginals.WithFilesAsync(db, envelope, [.. readable.Select(one => (one.Moved.Report, one.Report!))], cancel);
        await KeepAsync(db, [.. readable.Zip(read, (one, report) => Words.Of(one.Moved.Report, one.Moved.Block, report.Report))], cancel);
    }

    /// <summary>Reports with all of the words in their texts, the newest blocks first.</summary>
    /// <param name="words">As <see cref="TextWords.Of"/> gives them; at least one.</param>
    /// <param name="max">So many sightings at most.</param>
    /// <param name="from">Where an earlier search ended; null for all.</param>
    public async Task<TextSightings> FindAsync(HomewardDb db, IReadOnlyList<string> words, int max, TextPlace? from, CancellationToken cancel)
    {
        Ensure.That(words.Count > 0);
        var blocks = await ReadyAsync(db, cancel);
        var keyed = filters.Of(words);
        var (found, opened, unread) = (new List<TextSighting>(), 0, 0);
        foreach (var block in from is { } place ? blocks.Where(block => block.CompareTo(place.Block) <= 0) : blocks)
        {
            // One that another search has just let go may hold them.
            if (_filters.TryGetValue(block, out var kept) && !WordFilters.MayHold(kept.Filter, keyed)) continue;
            if (found.Count >= max || opened++ == BlocksMax) return new(found, new(block, int.MaxValue), unread);
            var (here, notHere) = await LookThroughAsync(db, block, words, from?.Block == block ? from.Value.Before : int.MaxValue, cancel);
            unread += notHere;
            var room = max - found.Count;
            found.AddRange(here.Take(room).Select(one => one.Text));
            if (here.Count > room) return new(found, new(block, here[room - 1].Offset), unread);
        }
        return new(found, null, unread);
    }

    /// <returns>The blocks that have words, newest first.</returns>
    private async Task<List<Guid>> ReadyAsync(HomewardDb db, CancellationToken cancel)
    {
        // Time-ordered ids: the newest are last.
        var blocks = await db.Set<OriginalWords>().AsNoTracking().OrderByDescending(row => row.Id).Select(row => new { row.Id, row.Drawn }).ToListAsync(cancel);
        foreach (var some in blocks.Where(block => !_filters.TryGetValue(block.Id, out var kept) || kept.Drawn != block.Drawn).Select(block => block.Id).Chunk(ReadAtOnce))
            foreach (var row in await db.Set<OriginalWords>().AsNoTracking().Where(row => some.Contains(row.Id)).Select(row => new { row.Id, row.Drawn, row.Filter }).ToListAsync(cancel))
                _filters[row.Id] = (row.Drawn, row.Filter);
        if (_filters.Count > blocks.Count)
            foreach (var purged in _filters.Keys.Except(blocks.Select(block => block.Id)).ToList()) _filters.TryRemove(purged, out _);
        return blocks.ConvertAll(block => block.Id);
    }

    /// <param name="before">Of what lies in the block, only what lies before this is looked through.</param>
    /// <returns>What was found with where it lies, the last first, and how many versions could not be read: what is stored of them was changed or damaged.</returns>
    private async Task<(IReadOnlyList<(TextSighting Text, int Offset)> Found, int Unread)> LookThroughAsync(
        HomewardDb db, Guid block, IReadOnlyList<string> words, int before, CancellationToken cancel)
    {
        var opened = await Originals.OpenBlockAsync(db, envelope, block, cancel);
        // After the block: where a purge took both away between two looks, nothing is missing.
        var packed = await db.Set<OriginalWords>().AsNoTracking().Where(row => row.Id == block).Select(row => row.Reports).SingleOrDefaultAsync(cancel);
        if (packed is null) return ([], 0);
        if (opened.State != BlockState.Whole) return ([], packed.Length / VersionBytes);
        var unread = 0;
        var found = new List<(ReportVersion Version, FreeText Text)>();
        var rest = new List<(ReportVersion Version, CyberTipReport Report)>();
        foreach (var version in (await VersionsAsync(db, block, packed, cancel)).Where(version => version.BlockOffset < before))
        {
            if (opened.Cut(version.BlockOffset, version.Bytes) is not { } original || !ReadOriginals.TryOf(original, version, out var report)) unread++;
            else if (WhereIn(report, words) is { } text) found.Add((version, text));
            else if (SubmissionContent.IsOf(version)) rest.Add((version, report));
        }
        // What was told of files beside a report is fetched only for those whose own texts are not enough.
        foreach (var (version, report) in await ReadOriginals.WithFilesAsync(db, envelope, rest, cancel))
            if (WhereIn(report, words) is { } text) found.Add((version, text));
        return (
            [.. found.OrderByDescending(one => one.Version.BlockOffset).Select(one => (
                new TextSighting(one.Version.Id, one.Version.Version, Pages.IntakeWords.Of(one.Text.Kind), one.Text.Path), one.Version.BlockOffset))],
            unread);
    }

    /// <summary>The versions whose texts hold any word.</summary>
    /// <param name="packed">As <see cref="OriginalWords.Reports"/> has them.</param>
    private static async Task<IReadOnlyList<ReportVersion>> VersionsAsync(HomewardDb db, Guid block, byte[] packed, CancellationToken cancel)
    {
        if (packed.Length == 0) return [];
        var held = packed.Chunk(VersionBytes).Select(one => (Report: ReportId.From(new Guid(one.AsSpan(0, 16), bigEndian: true)), Version: BinaryPrimitives.ReadInt32LittleEndian(one.AsSpan(16)))).ToHashSet();
        var ids = held.Select(one => one.Report).ToList();
        var versions = await db.Set<ReportVersion>().AsNoTracking().Where(version => ids.Contains(version.Id) && version.BlockId == block).ToListAsync(cancel);
        return versions.FindAll(version => held.Contains((version.Id, version.Version)));
    }

    /// <returns>The first text with any of the words, where the report's texts together hold all; else null.</returns>
    private static FreeText? WhereIn(CyberTipReport report, IReadOnlyList<string> words)
    {
        var left = words.ToHashSet(StringComparer.Ordinal);
        FreeText? first = null;
        foreach (var text in Searched(report))
        {
            var before = left.Count;
            left.ExceptWith(TextWords.Of(text.Text));
            if (left.Count < before) first ??= text;
            if (left.Count == 0) return first;
        }
        return null;
    }

    // The one place that says what is searched: filters are drawn from it and reports are looked through by it.
    // A provider's terms stand in all of its reports and say nothing of one.
    private static IEnumerable<FreeText> Searched(CyberTipReport report) => report.Texts.Where(text => text.Kind != TextKind.ProviderTerms);
}
