using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Intake.Providers;

/// <summary>Gives reports their numbers: each once, over all nodes. A node takes a block at a time; a restart leaves the rest of it unused.</summary>
/// <remarks>Ten digits that fit into 31 bits: above every number of the real line so far, and safe for a client that reads an int.</remarks>
internal sealed class ReportNumbers(WriteGate gate)
{
    private const long First = 1_000_000_001;
    private const int BlockSize = 1_000;
    private readonly Queue<long> _free = new();
    private Task? _fetching;

    public async Task<long> NextAsync(CancellationToken cancel)
    {
        while (true)
        {
            Task fetching;
            lock (_free)
            {
                // Before the last one ends: else all calls of a moment would wait for it.
                if (_free.Count <= BlockSize / 2) _fetching ??= Task.Run(FetchAsync, CancellationToken.None);
                if (_free.TryDequeue(out var number)) return number;
                fetching = _fetching!;
            }
            await fetching.WaitAsync(cancel);
        }
    }

    private async Task FetchAsync()
    {
        try
        {
            var block = await TakeBlockAsync();
            lock (_free)
                foreach (var number in block) _free.Enqueue(number);
        }
        finally
        {
            lock (_free) _fetching = null;
        }
    }

    [SuppressMessage("Globalization", "CA1309", Justification = "The database compares, as its index is ordered.")]
    private async Task<IReadOnlyList<long>> TakeBlockAsync()
    {
        await using var pass = await gate.EnterAsync(CancellationToken.None);
        var db = pass.Db;
        var next = (await db.Database.SqlQuery<long>(
            $"INSERT INTO number_blocks (name, next) VALUES ('reports', {First + BlockSize}) ON CONFLICT (name) DO UPDATE SET next = number_blocks.next + {BlockSize} RETURNING next AS \"Value\"")
            .ToListAsync())[0];
        // Somebody may have imported reports under these numbers. By a range, which is one look: of as many digits, texts stand in the order of their numbers.
        var texts = Enumerable.Range(0, BlockSize).Select(index => (next - BlockSize + index).ToString(CultureInfo.InvariantCulture)).ToList();
        var (first, last) = (texts[0], texts[^1]);
        var taken = (await db.Set<ReportVersion>().AsNoTracking().Where(row => string.Compare(row.Number, first) >= 0 && string.Compare(row.Number, last) <= 0)
            .Select(row => row.Number).Distinct().ToListAsync()).ToHashSet();
        return [.. texts.Where(text => !taken.Contains(text)).Select(text => long.Parse(text, CultureInfo.InvariantCulture))];
    }
}
