using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Intake.Providers;

/// <summary>Gives reports their numbers: each once, over all nodes. A node takes a block at a time; a restart leaves the rest of it unused.</summary>
/// <remarks>Ten digits that fit into 31 bits: above every number of the real line so far, and safe for a client that reads an int.</remarks>
internal sealed class ReportNumbers(IServiceProvider services, WriteGate gate)
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

    private async Task<IReadOnlyList<long>> TakeBlockAsync()
    {
        using var pass = await gate.EnterAsync(CancellationToken.None);
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
        var next = (await db.Database.SqlQuery<long>(
            $"INSERT INTO number_blocks (name, next) VALUES ('reports', {First + BlockSize}) ON CONFLICT (name) DO UPDATE SET next = number_blocks.next + {BlockSize} RETURNING next AS \"Value\"")
            .ToListAsync())[0];
        // Somebody may have imported reports under these numbers.
        var texts = Enumerable.Range(0, BlockSize).Select(index => (next - BlockSize + index).ToString(System.Globalization.CultureInfo.InvariantCulture)).ToList();
        var taken = (await db.Set<ReportVersion>().AsNoTracking().Where(row => texts.Contains(row.Number)).Select(row => row.Number).Distinct().ToListAsync()).ToHashSet();
        return [.. texts.Where(text => !taken.Contains(text)).Select(long.Parse)];
    }
}
