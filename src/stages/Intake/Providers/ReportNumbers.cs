using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Intake.Providers;

/// <summary>Gives reports their numbers: each once, over all nodes. A node takes a block at a time; a restart leaves the rest of it unused.</summary>
/// <remarks>Ten digits that fit into 31 bits: above every number of the real line so far, and safe for a client that reads an int.</remarks>
internal sealed class ReportNumbers(IServiceProvider services, WriteGate gate) : IDisposable
{
    private const long First = 1_000_000_001;
    private const int BlockSize = 500;
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Queue<long> _free = new();

    public async Task<long> NextAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            while (_free.Count == 0) await TakeBlockAsync(cancel);
            return _free.Dequeue();
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task TakeBlockAsync(CancellationToken cancel)
    {
        using var pass = await gate.EnterAsync(cancel);
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
        var next = (await db.Database.SqlQuery<long>(
            $"INSERT INTO number_blocks (name, next) VALUES ('reports', {First + BlockSize}) ON CONFLICT (name) DO UPDATE SET next = number_blocks.next + {BlockSize} RETURNING next AS \"Value\"")
            .ToListAsync(cancel))[0];
        var block = Enumerable.Range(0, BlockSize).Select(index => next - BlockSize + index).ToList();
        // Somebody may have imported reports under these numbers.
        var texts = block.ConvertAll(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var taken = (await db.Set<ReportVersion>().AsNoTracking().Where(row => texts.Contains(row.Number)).Select(row => row.Number).Distinct().ToListAsync(cancel)).ToHashSet();
        for (var index = 0; index < block.Count; index++)
            if (!taken.Contains(texts[index])) _free.Enqueue(block[index]);
    }

    public void Dispose() => _one.Dispose();
}
