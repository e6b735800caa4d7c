using System.Diagnostics;
using System.Threading.Channels;
using Homeward.Foundations.Access;
using Homeward.Foundations.Work;
using Homeward.Intake;
using Homeward.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Cli.Importing;

/// <summary>Takes reports in bulk: they are read, stored, and ranked by what hears of them, each while the step before goes on.</summary>
/// <remarks>
/// The steps are those of every report: the use case that stores a batch in one transaction, and the courier that delivers
/// what it left. Between them wait a few batches and no more, so that memory does not grow with the folder. A stop, of
/// whatever kind, loses nothing: a batch stands whole or not at all, its news are stored with it, and what was taken is a
/// repeat when the import is started again.
/// </remarks>
internal sealed class ReportImport(IServiceProvider house, Actor clerk, ReportProgress progress, Action<string> tell)
{
    /// <summary>Of four batches that are stored and not looked at yet, <c>FreshReports</c> still holds every report; of larger ones the first would be read back.</summary>
    private const int BatchReportsMax = 4_000;
    private const long BatchBytesMax = 16 << 20;

    /// <summary>Before each step: with more no step would be busier, and all that waits is what the collector copies again and again.</summary>
    private const int BatchesWaitingMax = 1;
    private static readonly TimeSpan _toldEvery = TimeSpan.FromSeconds(2);

    private readonly Desk _desk = house.GetRequiredService<Desk>();
    private readonly Courier _courier = house.GetRequiredService<Courier>();
    private readonly HouseClock _clock = house.GetRequiredService<HouseClock>();
    private readonly long _started = Stopwatch.GetTimestamp();
    private TimeSpan _told;
    private long _bytesStored;

    /// <summary>What became of the reports so far.</summary>
    public BatchReceipt Taken { get; private set; } = new(0, 0, 0, 0);

    /// <summary>Since the first was asked for, in seconds.</summary>
    public double Seconds => Stopwatch.GetElapsedTime(_started).TotalSeconds;

    /// <param name="rejected">Told of each that was put aside.</param>
    /// <returns>The refusal that ended it, or that all was taken and ranked.</returns>
    public async Task<Result<Done>> TakeAsync(
        IEnumerable<RawOriginal> originals, Action<string, IReadOnlyList<Exchange.Rejection>> rejected, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var read = Channel.CreateBounded<(ReceiveReports.Request Batch, long BytesRead)>(BatchesWaitingMax);
        var stored = Channel.CreateBounded<ReportsReceived>(BatchesWaitingMax);
        var matched = Channel.CreateBounded<ReportsReceived>(1);
        Problem? refusal = null;
        Task[] steps =
        [
            Task.Run(() => ReadAsync(originals, read.Writer, stop.Token), CancellationToken.None),
            Task.Run(() => StoreAsync(read.Reader, stored.Writer, rejected, problem => refusal = problem, stop.Token), CancellationToken.None),
            Task.Run(() => MatchAsync(stored.Reader, matched.Writer, stop.Token), CancellationToken.None),
            Task.Run(() => RankAsync(matched.Reader, stop.Token), CancellationToken.None),
        ];
        // One step's end by fault or refusal ends the others: nobody is left waiting for a neighbour that is gone.
        foreach (var step in steps)
            _ = step.ContinueWith(_ => stop.Cancel(), CancellationToken.None, TaskContinuationOptions.NotOnRanToCompletion, TaskScheduler.Default);
        try
        {
            await Task.WhenAll(steps);
        }
        catch (OperationCanceledException) when (refusal is not null)
        {
            return refusal;
        }
        finally
        {
            TellProgress(isLast: true);
        }
        return Done.Value;
    }

    private async Task ReadAsync(IEnumerable<RawOriginal> originals, ChannelWriter<(ReceiveReports.Request, long)> read, CancellationToken cancel)
    {
        var (batch, bytes) = (new List<RawOriginal>(), 0L);
        foreach (var original in originals)
        {
            batch.Add(original);
            bytes += original.Bytes.Length;
            if (batch.Count < BatchReportsMax && bytes < BatchBytesMax) continue;
            await PassOnAsync();
        }
        if (batch.Count > 0) await PassOnAsync();
        read.Complete();

        async Task PassOnAsync()
        {
            await read.WriteAsync((new ReceiveReports.Request(batch).ReadAhead(_clock.GetUtcNow()), progress.Read), cancel);
            (batch, bytes) = ([], 0);
        }
    }

    private async Task StoreAsync(
        ChannelReader<(ReceiveReports.Request, long)> read, ChannelWriter<ReportsReceived> stored, Action<string, IReadOnlyList<Exchange.Rejection>> rejected,
        Action<Problem> refused, CancellationToken cancel)
    {
        await foreach (var (batch, bytes) in read.ReadAllAsync(cancel))
        {
            var answer = await _desk.DoAsync<ReceiveReports.Request, ReceiveReports.Receipt>(clerk, batch, cancel);
            if (!answer.TryGet(out var receipt, out var problem))
            {
                refused(problem);
                throw new OperationCanceledException();
            }
            foreach (var (source, faults) in batch.Rejected!) rejected(source, faults);
            Taken = new(Taken.New + receipt.New, Taken.Versions + receipt.Versions, Taken.Repeats + receipt.Repeats, Taken.Rejected + receipt.Rejected);
            _bytesStored = bytes;
            TellProgress();
            await stored.WriteAsync(new(receipt.Reports), cancel);
        }
        stored.Complete();
    }

    /// <summary>Who they may be is asked while the batch before is ranked: outside of the act, in which nobody else can write to SQLite.</summary>
    private async Task MatchAsync(ChannelReader<ReportsReceived> stored, ChannelWriter<ReportsReceived> matched, CancellationToken cancel)
    {
        await foreach (var batch in stored.ReadAllAsync(cancel))
        {
            // Of what was there already nothing is to be ranked.
            if (batch.Reports.Count == 0) continue;
            await _courier.WorkAheadAsync(batch, cancel);
            await matched.WriteAsync(batch, cancel);
        }
        matched.Complete();
    }

    private async Task RankAsync(ChannelReader<ReportsReceived> matched, CancellationToken cancel)
    {
        // What another import left and is not due yet has its turn first: after it each batch is the next when it was looked at.
        await RankStoredAsync(int.MaxValue);
        await foreach (var _ in matched.ReadAllAsync(cancel)) await RankStoredAsync(1);
        await RankStoredAsync(int.MaxValue);
        // What an import before this one left when it was killed, and what the ranking told others.
        await _courier.DeliverDueAsync(cancel);

        Task<int> RankStoredAsync(int batches) => _courier.DeliverAheadAsync<ReportsReceived>(ReceiveReports.SenderRanksWithin, cancel, batches);
    }

    private void TellProgress(bool isLast = false)
    {
        var since = Stopwatch.GetElapsedTime(_started);
        if (!isLast && _told > TimeSpan.Zero && since - _told < _toldEvery) return;
        _told = since;
        var all = Taken.New + Taken.Versions + Taken.Repeats + Taken.Rejected;
        tell($"reports: {all:N0} read, {Taken.New:N0} new, {Taken.Versions:N0} new versions, {Taken.Repeats:N0} there already, {Taken.Rejected:N0} rejected; {all / since.TotalSeconds:N0} a second{progress.Words(_bytesStored, since, isLast)}");
    }
}
