using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Operations.Model;

/// <summary>Work left by a submission: compare the event, once it is committed.</summary>
internal sealed record CheckEvent(Guid Event, int Version);

/// <summary>Files events, compares them, and tells both parties. Commit first, then check.</summary>
/// <remarks>
/// A check that runs in the submission's own transaction misses what commits at the same instant: measured on PostgreSQL,
/// most pairs when reading committed, some even when serializable. So an event is committed with its check owed, and a
/// second transaction compares it with all that is committed. Of two events that meet, the one that commits later sees
/// the earlier; none is missed. The mark and the queue are stored with the event: a crash between loses neither.
/// </remarks>
internal sealed class EventDesk(KeyStore keys)
{
    private byte[]? _key;

    /// <summary>Files the event anew under its place, time and subjects, and leaves the check as owed.</summary>
    public static async Task FileAsync(Act act, DeconflictionEvent planned, IReadOnlyList<string>? subjects, CancellationToken cancel)
    {
        await act.Db.Set<EventCell>().Where(row => row.Event == planned.Id).ExecuteDeleteAsync(cancel);
        foreach (var key in GridCells.Of(planned.Planned([]))) act.Db.Add(new EventCell { Key = key, Event = planned.Id });
        if (subjects is not null)
        {
            await act.Db.Set<EventSubject>().Where(row => row.Event == planned.Id).ExecuteDeleteAsync(cancel);
            foreach (var key in subjects) act.Db.Add(new EventSubject { Key = key, Event = planned.Id });
        }
        (planned.CheckOwed, planned.Revision) = (true, act.Ids.Next());
        act.Later(new CheckEvent(planned.Id, planned.Version), act.Now);
    }

    /// <summary>Compares a committed event with all that are committed. What it finds is told to both parties once.</summary>
    public static async Task CheckAsync(Act act, DeconflictionEvent planned, CancellationToken cancel)
    {
        if (planned.Withdrawn)
        {
            (planned.CheckOwed, planned.Revision) = (false, act.Ids.Next());
            return;
        }
        var own = await act.Db.Set<EventSubject>().AsNoTracking().Where(row => row.Event == planned.Id).Select(row => row.Key).ToListAsync(cancel);
        var here = planned.Planned(own);
        var cells = GridCells.Of(here);
        var near = await act.Db.Set<EventCell>().AsNoTracking().Where(row => cells.Contains(row.Key) && row.Event != planned.Id)
            .Select(row => row.Event).Distinct().ToListAsync(cancel);
        if (own.Count > 0)
            near = [.. near.Union(await act.Db.Set<EventSubject>().AsNoTracking()
                .Where(row => own.Contains(row.Key) && row.Event != planned.Id).Select(row => row.Event).Distinct().ToListAsync(cancel))];
        if (near.Count > 0) await CompareAsync(act, planned, here, near, cancel);
        (planned.CheckOwed, planned.CheckedAt, planned.Revision) = (false, act.Now, act.Ids.Next());
        act.Trace("deconfliction-event", planned.Id, $"checked;version={planned.Version};near={near.Count}");
    }

    /// <summary>An event moved or is called off: conflicts of its earlier version lapse, and the other party is told.</summary>
    public static async Task LapseAsync(Act act, DeconflictionEvent planned, CancellationToken cancel)
    {
        var open = await act.Db.Set<EventConflict>().AsTracking()
            .Where(row => (row.One == planned.Id || row.Other == planned.Id) && row.State != ConflictState.Lapsed)
            .OrderBy(row => row.FoundAt).ThenBy(row => row.Id).ToListAsync(cancel);
        foreach (var conflict in open)
        {
            (conflict.State, conflict.EndedAt, conflict.Revision) = (ConflictState.Lapsed, act.Now, act.Ids.Next());
            act.Trace("conflict", conflict.Id, "lapsed");
            var otherId = conflict.One == planned.Id ? conflict.Other : conflict.One;
            var other = await act.Db.Set<DeconflictionEvent>().AsNoTracking().SingleAsync(row => row.Id == otherId, cancel);
            Notices.Leave(act, new NoticeTo(Role.Coordinator, TaskForce: other.TaskForce), "event-moved", $"/operations/{other.Operation}");
        }
    }

    /// <summary>Conflicts that stand in the way of an operation, each as its events are now.</summary>
    public static async Task<List<EventConflict>> OpenOfAsync(HomewardDb db, IReadOnlyCollection<Guid> events, CancellationToken cancel)
    {
        if (events.Count == 0) return [];
        var ids = events.ToList();
        return await (
            from conflict in db.Set<EventConflict>()
            join one in db.Set<DeconflictionEvent>() on conflict.One equals one.Id
            join other in db.Set<DeconflictionEvent>() on conflict.Other equals other.Id
            where conflict.State == ConflictState.Open && (ids.Contains(conflict.One) || ids.Contains(conflict.Other))
                && conflict.OneVersion == one.Version && conflict.OtherVersion == other.Version && !one.Withdrawn && !other.Withdrawn
            orderby conflict.FoundAt, conflict.Id
            select conflict).ToListAsync(cancel);
    }

    /// <summary>Keyed hashes of subjects: a phone, an account, a name with its birth date. Too little to tell one person is no key.</summary>
    public List<string> KeysOf(IReadOnlyList<EventSubjectLine> subjects)
    {
        var found = new List<string>();
        foreach (var subject in subjects)
        {
            var digits = new string([.. (subject.Phone ?? "").Where(char.IsAsciiDigit)]);
            if (digits.Length >= 10) found.Add(Hash($"phone\n{digits[^10..]}"));
            if (Names.Fold(subject.Account) is { Length: > 0 } account) found.Add(Hash($"account\n{account}"));
            if (subject.Born is { } born && Names.Fold($"{subject.Given} {subject.Family}") is { Length: > 2 } name)
                found.Add(Hash(string.Create(CultureInfo.InvariantCulture, $"person\n{name}\n{born:yyyy-MM-dd}")));
        }
        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    private string Hash(string text)
    {
        var key = _key ??= keys.EnvelopeKey("deconfliction");
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }

    private static async Task CompareAsync(Act act, DeconflictionEvent planned, PlannedEvent here, List<Guid> near, CancellationToken cancel)
    {
        var events = await act.Db.Set<DeconflictionEvent>().AsNoTracking().Where(row => near.Contains(row.Id) && !row.Withdrawn)
            .OrderBy(row => row.Id).ToListAsync(cancel);
        var subjects = (await act.Db.Set<EventSubject>().AsNoTracking().Where(row => near.Contains(row.Event)).ToListAsync(cancel))
            .ToLookup(row => row.Event, row => row.Key);
        foreach (var other in events)
        {
            if (other.Operation == planned.Operation) continue;
            if (Meeting.Of(here, other.Planned([.. subjects[other.Id]])) is not { } met) continue;
            if (!await InsertAsync(act, planned, other, met, cancel)) continue;
            Tell(act, planned);
            Tell(act, other);
            Notices.Leave(act, new NoticeTo(Role.Deconfliction), "event-conflict", "/operations/desk");
        }
    }

    private static void Tell(Act act, DeconflictionEvent planned) =>
        Notices.Leave(act, new NoticeTo(Role.Coordinator, TaskForce: planned.TaskForce), "event-conflict", $"/operations/{planned.Operation}");

    /// <summary>Stores the conflict unless the other party's check was first: then both were told already.</summary>
    private static async Task<bool> InsertAsync(Act act, DeconflictionEvent planned, DeconflictionEvent other, FoundConflict met, CancellationToken cancel)
    {
        var (one, two) = planned.Id.CompareTo(other.Id) < 0 ? (planned, other) : (other, planned);
        var id = act.Ids.Next();
        await using var insert = act.Db.Connection().CreateCommand();
        insert.Transaction = act.Db.Transaction();
        insert.CommandText = """
            INSERT INTO deconfliction_conflicts (id, one, one_version, other, other_version, by_place, by_subject, distance_km, overlap_minutes, state, found_at, revision)
            VALUES (@id, @one, @one_version, @other, @other_version, @by_place, @by_subject, @distance, @overlap, 'Open', @at, @revision)
            ON CONFLICT (one, one_version, other, other_version) DO NOTHING
            """;
        Put("@id", act.Db.Stored(id));
        Put("@one", act.Db.Stored(one.Id));
        Put("@one_version", one.Version);
        Put("@other", act.Db.Stored(two.Id));
        Put("@other_version", two.Version);
        Put("@by_place", met.IsByPlace);
        Put("@by_subject", met.IsBySubject);
        Put("@distance", (object?)met.DistanceKm ?? DBNull.Value);
        Put("@overlap", (object?)met.Overlap?.TotalMinutes ?? DBNull.Value);
        Put("@at", act.Db.Stored(act.Now));
        Put("@revision", act.Db.Stored(act.Ids.Next()));
        if (await insert.ExecuteNonQueryAsync(cancel) == 0) return false;
        act.Trace("conflict", id, $"found;by={(met.IsByPlace ? "place" : "")}{(met.IsBySubject ? "subject" : "")}");
        return true;

        void Put(string name, object value)
        {
            var parameter = insert.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            insert.Parameters.Add(parameter);
        }
    }
}

/// <summary>Does the check that a submission left, in a transaction of its own.</summary>
internal sealed class CheckSubmitted : IListen<CheckEvent>
{
    public async Task HearAsync(CheckEvent happened, Act act, CancellationToken cancel)
    {
        var planned = await act.Db.Set<DeconflictionEvent>().AsTracking().SingleOrDefaultAsync(row => row.Id == happened.Event, cancel);
        if (planned is { CheckOwed: true }) await EventDesk.CheckAsync(act, planned, cancel);
    }
}

/// <summary>Makes good what a crash, or a worker that stood still, left unchecked.</summary>
internal sealed class CheckOwedEvents : ISchedule
{
    private const int BatchMax = 200;
    public string Name => "check-owed-events";
    public TimeSpan Every => TimeSpan.FromMinutes(5);

    public async Task<Turn> RunAsync(Act act, CancellationToken cancel)
    {
        var owed = await act.Db.Set<DeconflictionEvent>().AsTracking().Where(row => row.CheckOwed)
            .OrderBy(row => row.SubmittedAt).ThenBy(row => row.Id).Take(BatchMax).ToListAsync(cancel);
        foreach (var planned in owed) await EventDesk.CheckAsync(act, planned, cancel);
        return Turns.After(owed.Count, BatchMax);
    }
}
