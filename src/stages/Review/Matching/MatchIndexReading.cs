using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Homeward.Foundations.Storage;
using Homeward.Intake;
using Homeward.Linkage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Matching;

/// <remarks>Here: what is read from the database, at first and after others stored something.</remarks>
internal sealed partial class MatchIndex
{
    /// <summary>Groups of reports that are read ahead while earlier ones are made into records.</summary>
    private const int GroupsAhead = 4;
    private const int ReportsAtOnce = 1_000;
    private static readonly TimeSpan _betweenPurgesSeen = TimeSpan.FromSeconds(10);

    public async Task MakeReadyAsync(HomewardDb db, CancellationToken cancel)
    {
        Interlocked.Increment(ref _makers);
        try
        {
            // SQLite answers on the thread that asks: whoever began this goes on meanwhile.
            await Task.Yield();
            await ReadyForReportsAsync(db, cancel);
        }
        finally
        {
            Interlocked.Decrement(ref _makers);
        }
    }

    /// <summary>The house began to serve and still reads the persons of reports: who needs them waits, outside of any act.</summary>
    public bool ArePersonsBeingRead => Volatile.Read(ref _reports) is null && Volatile.Read(ref _makers) > 0;

    /// <summary>Makes ready for <see cref="Search"/>. While the persons of reports are being read as the house begins to serve, nobody waits for them.</summary>
    /// <returns>Whether persons of reports are found; if not, children who are sought are.</returns>
    public async Task<bool> ReadyForSearchAsync(HomewardDb db, CancellationToken cancel)
    {
        var arePersonsRead = !ArePersonsBeingRead;
        await (arePersonsRead ? ReadyForReportsAsync(db, cancel) : ReadyAsync(db, cancel));
        return arePersonsRead;
    }

    /// <summary>Makes ready for <see cref="Find"/>: the sought children, as others changed them too.</summary>
    public async Task ReadyAsync(HomewardDb db, CancellationToken cancel)
    {
        await BuildEntriesAsync(db, cancel);
        await CatchUpOnEntriesAsync(db, cancel);
    }

    /// <summary>Makes ready for <see cref="FindReports"/> and <see cref="Search"/> too.</summary>
    public async Task ReadyForReportsAsync(HomewardDb db, CancellationToken cancel)
    {
        // First: in them the persons of new reports are looked for while those of all others are read.
        await BuildEntriesAsync(db, cancel);
        await BuildReportsAsync(db, cancel);
        await CatchUpOnEntriesAsync(db, cancel);
        await CatchUpOnReportsAsync(db, cancel);
        await ForgetPurgedAsync(db, cancel);
    }

    /// <summary>Makes ready for <see cref="Find"/> among the sought children as this node knows them, whatever others changed since.</summary>
    public async Task BuildEntriesAsync(HomewardDb db, CancellationToken cancel)
    {
        if (Volatile.Read(ref _entries) is not null) return;
        await _building.WaitAsync(cancel);
        try
        {
            if (_entries is not null) return;
            Volatile.Write(ref _entries, await EntriesAsync(db, cancel));
        }
        finally
        {
            _building.Release();
        }
    }

    private async Task BuildReportsAsync(HomewardDb db, CancellationToken cancel)
    {
        if (Volatile.Read(ref _reports) is not null) return;
        await _reading.WaitAsync(cancel);
        try
        {
            if (_reports is not null) return;
            lock (_arriving) _readsReports = true;
            _purgesSeen = clock.GetUtcNow();
            var reports = await PersonsAsync(db, cancel);
            lock (_arriving)
            {
                foreach (var one in _arrived) TakeIn(reports, one);
                foreach (var one in _purged) Remove(reports, one);
                _arrived.Clear();
                _arrivedIn = null;
                Volatile.Write(ref _reports, reports);
            }
        }
        finally
        {
            // Should the reading have failed, what arrived is kept as long as its act goes on: the act may stand.
            lock (_arriving)
            {
                _readsReports = false;
                _purged.Clear();
            }
            _reading.Release();
        }
    }

    private void TakeIn(OnlineIndex reports, Arrived one)
    {
        _reportsHere.Add(one.Named.Report.Value);
        // The reading may have met an earlier version of it.
        if (one.PersonsEver > 0) Remove(reports, new(one.Named.Report, one.PersonsEver));
        foreach (var record in Records([one.Named])) reports.Put(record);
    }

    /// <summary>Takes in the entries that others changed: a child whose entry another took would else be looked for by that one alone.</summary>
    private async Task CatchUpOnEntriesAsync(HomewardDb db, CancellationToken cancel)
    {
        await _building.WaitAsync(cancel);
        try
        {
            var now = clock.GetUtcNow();
            var from = _entryChanges.LookFrom;
            if (_entryChanges.AreKnown(from, await intake.CountEntryChangesAsync(db, from, cancel)))
            {
                _entryChanges.Looked(now);
                return;
            }
            var changes = await intake.EntryChangesAsync(db, from, cancel);
            foreach (var some in _entryChanges.NewsOf(changes).Chunk(ReportsAtOnce))
                foreach (var entry in await intake.EntriesAsync(db, some, cancel)) TakeIn(entry);
            // Last: should the database fail before, they are read again.
            _entryChanges.Seen(changes, now);
        }
        finally
        {
            _building.Release();
        }
    }

    /// <summary>Takes in the persons of reports that others put into the queue.</summary>
    private async Task CatchUpOnReportsAsync(HomewardDb db, CancellationToken cancel)
    {
        await _reading.WaitAsync(cancel);
        try
        {
            Guid from;
            var now = clock.GetUtcNow();
            lock (_arriving) from = _reportsHere.LookFrom;
            await foreach (var some in KnownAsync(db, from, cancel))
            {
                List<ReportId> news;
                lock (_arriving) news = [.. some.Where(id => !_reportsHere.Knows(id.Value))];
                if (news.Count == 0) continue;
                foreach (var record in Records([.. (await intake.ReportsAsync(db, news, cancel)).Select(Probes.Named)])) Reports.Put(record);
                // Last: should the database fail before, they are read again.
                lock (_arriving) foreach (var id in news) _reportsHere.Add(id.Value);
            }
            lock (_arriving) _reportsHere.Looked(now);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Lets go of the persons of reports that others purged.</summary>
    /// <remarks>While a large purge goes on, all that it removed in the last minutes is read each time: seldom enough that nobody who searches waits for it twice.</remarks>
    private async Task ForgetPurgedAsync(HomewardDb db, CancellationToken cancel)
    {
        await _reading.WaitAsync(cancel);
        try
        {
            var now = clock.GetUtcNow();
            if (now - _purgesSeen < _betweenPurgesSeen) return;
            await foreach (var one in intake.PurgedSinceAsync(db, _purgesSeen - SeenIds.LooksBack).WithCancellation(cancel)) Remove(Reports, one);
            _purgesSeen = now;
        }
        finally
        {
            _reading.Release();
        }
    }

    private void TakeIn(EntryGist entry)
    {
        if (!entry.IsSought()) Remove(entry.Id);
        else if (HashOf(entry.Id) != Probes.Hash(Probes.Of(entry))) Put(entry);
        else _sought[entry.Id] = _sought[entry.Id] with { Gist = entry };
    }

    private async Task<OnlineIndex> EntriesAsync(HomewardDb db, CancellationToken cancel)
    {
        // First: what changes while the entries are read is taken in afterwards.
        var now = clock.GetUtcNow();
        _entryChanges.Begin(await intake.LastEntryChangeAsync(db, cancel));
        var changes = await intake.EntryChangesAsync(db, _entryChanges.LookFrom, cancel);
        var open = await intake.OpenEntriesAsync(db, cancel);
        _entryChanges.Seen(changes, now);
        var records = open.Select(entry => Probes.Of(entry).ToList()).ToList();
        for (var place = 0; place < open.Count; place++) Keep(open[place], records[place]);
        return OnlineIndex.Build(ReviewSchema.Settings, records.SelectMany(one => one));
    }

    /// <summary>The reports of the queue, some at once.</summary>
    private static async IAsyncEnumerable<IReadOnlyList<ReportId>> KnownAsync(HomewardDb db, Guid from, [EnumeratorCancellation] CancellationToken cancel)
    {
        List<Guid> some = [];
        do
        {
            var after = some.Count == 0 ? from : some[^1];
            some = await db.Database.SqlQuery<Guid>(
                $"SELECT id AS \"Value\" FROM queue_items WHERE id > {db.Stored(after)} ORDER BY id LIMIT {ReportsAtOnce}").ToListAsync(cancel);
            if (some.Count > 0) yield return [.. some.Select(ReportId.From)];
        }
        while (some.Count == ReportsAtOnce);
    }

    /// <summary>Everybody whom the reports of the queue name. One thread reads ahead while another takes in what was read: never all of them are held as they were read.</summary>
    /// <remarks>Reports that Intake has and the queue has not are left to their own news.</remarks>
    private async Task<OnlineIndex> PersonsAsync(HomewardDb db, CancellationToken cancel)
    {
        var index = new OnlineIndexBuilder(ReviewSchema.Settings);
        // A sorted list takes half the room of a set, and is made and searched in seconds at ten million.
        var known = new List<Guid>();
        await foreach (var report in db.Set<QueueItem>().AsNoTracking().Select(item => item.Id).AsAsyncEnumerable().WithCancellation(cancel)) known.Add(report.Value);
        if (known.Count == 0) return index.Build();
        known.Sort();
        lock (_arriving)
        {
            _reportsHere.Add(known[^1]);
            var from = _reportsHere.LookFrom;
            for (var place = known.Count - 2; place >= 0 && known[place].CompareTo(from) > 0; place--) _reportsHere.Add(known[place]);
        }
        var groups = Channel.CreateBounded<IReadOnlyList<NamedPersons>>(GroupsAhead);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var reading = Task.Run(async () =>
        {
            try
            {
                await foreach (var some in intake.NamedPersonsAsync(db, ends.Token)) await groups.Writer.WriteAsync(some, ends.Token);
                groups.Writer.Complete();
            }
            catch (Exception fault)
            {
                // What failed here is thrown where the groups are taken.
                groups.Writer.Complete(fault);
            }
        }, CancellationToken.None);
        try
        {
            await foreach (var some in groups.Reader.ReadAllAsync(cancel))
            {
                foreach (var record in Records([.. some.Where(report => known.BinarySearch(report.Report.Value) >= 0)])) index.Add(record);
            }
            return index.Build();
        }
        finally
        {
            // The connection is the caller's again only when nobody reads on it.
            await ends.CancelAsync();
            await reading;
        }
    }
}
