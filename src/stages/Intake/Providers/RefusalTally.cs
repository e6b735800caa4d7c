using Homeward.Kernel;
using Microsoft.Extensions.Hosting;

namespace Homeward.Intake.Providers;

/// <summary>Counts refusals that come in floods: each is counted, and of those alike in one minute only one row is stored.</summary>
/// <remarks>
/// The first of a minute is on record before it is answered. What follows is added to its row some seconds later, all
/// accounts together: whoever floods costs neither a row nor a transaction for each call. What was counted and not yet
/// added when a node is killed is lost. In real time, as the quotas are. Safe for use from many threads.
/// </remarks>
internal sealed class RefusalTally(IPostbox postbox, IIdSource ids, HouseClock clock) : IHostedService, IDisposable
{
    private static readonly TimeSpan _between = TimeSpan.FromSeconds(5);
    private const int SecondsPerMinute = 60;
    private readonly Dictionary<Alike, Row> _rows = [];
    private readonly CancellationTokenSource _ends = new();
    private Task _adding = Task.CompletedTask;

    private readonly record struct Alike(Guid Account, string Call, int Code, int Status, long Minute);

    /// <summary>A row, and how many are not yet in it.</summary>
    private sealed class Row(RefusedAtDoor first)
    {
        public RefusedAtDoor First => first;
        public int Waiting;
    }

    /// <summary>Counts one; the first of its minute is stored.</summary>
    public async Task CountAsync(RefusedAtDoor refused)
    {
        var minute = clock.RealNow.ToUnixTimeSeconds() / SecondsPerMinute;
        var alike = new Alike(refused.Account.Id, refused.Call, refused.Answer.Code, refused.Answer.HttpStatus, minute);
        Row? row;
        lock (_rows)
        {
            if (_rows.TryGetValue(alike, out row))
            {
                row.Waiting++;
                AddLater();
                return;
            }
            _rows.Add(alike, row = new Row(refused with { CountedAs = ids.Next() }));
            AddLater();
        }
        await AddAsync(row, 1);
    }

    private void AddLater()
    {
        if (_adding.IsCompleted && !_ends.IsCancellationRequested) _adding = Task.Run(AddInTimeAsync);
    }

    /// <summary>Until nothing waits, and no row is of this minute.</summary>
    private async Task AddInTimeAsync()
    {
        while (true)
        {
            await Task.Delay(_between, _ends.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await AddAllAsync();
            lock (_rows)
            {
                var minute = clock.RealNow.ToUnixTimeSeconds() / SecondsPerMinute;
                foreach (var alike in _rows.Where(one => one.Key.Minute < minute && one.Value.Waiting == 0).Select(one => one.Key).ToList()) _rows.Remove(alike);
                if (_rows.Count > 0 && !_ends.IsCancellationRequested) continue;
                // In the lock: who counts next begins anew.
                _adding = Task.CompletedTask;
                return;
            }
        }
    }

    private async Task AddAllAsync()
    {
        List<(Row Row, int Count)> waiting;
        lock (_rows)
        {
            waiting = [.. _rows.Values.Where(row => row.Waiting > 0).Select(row => (row, row.Waiting))];
            foreach (var (row, _) in waiting) row.Waiting = 0;
        }
        await Task.WhenAll(waiting.Select(one => AddAsync(one.Row, one.Count)));
    }

    /// <summary>What cannot be stored waits on: it was refused all the same.</summary>
    private async Task AddAsync(Row row, int count)
    {
        var answer = await postbox.PostAsync(row.First with { Times = count });
        if (ReferenceEquals(answer, row.First.Answer)) return;
        lock (_rows) row.Waiting += count;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What was counted is still added, while there is a database to add it to: nobody calls any more.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _ends.CancelAsync();
        Task adding;
        lock (_rows) adding = _adding;
        await adding;
        await AddAllAsync();
    }

    public void Dispose() => _ends.Dispose();
}
