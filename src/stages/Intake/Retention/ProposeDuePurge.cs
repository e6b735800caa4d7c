using Homeward.Foundations.Access;
using Homeward.Foundations.Work;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Retention;

/// <summary>Once a day the house looks for what is due and proposes it. It removes nothing: two persons put it in force.</summary>
internal sealed class ProposeDuePurge(GatherPurge gather) : ISchedule
{
    public string Name => "intake-propose-purge";
    public TimeSpan Every => TimeSpan.FromDays(1);

    public async Task<Turn> RunAsync(Act act, CancellationToken cancel)
    {
        if (!await PurgeLists.IsOneOpenAsync(act.Db, cancel)) await gather.LookAsync(act, null, RetentionPlace.Start, cancel);
        // Its further steps are work of their own.
        return Turn.Done;
    }
}

/// <summary>Work: looks on for what is due.</summary>
/// <param name="List">Where it is gathered; null while nothing was found.</param>
internal sealed record PurgeGathers(Guid? List, RetentionPlace From);

/// <summary>Looks through all records for what is due, some a step, so that a house of millions is never held up by it.</summary>
internal sealed class GatherPurge(RetentionDesk desk) : IListen<PurgeGathers>
{
    /// <summary>Looks of one step, each at up to 1,000 records.</summary>
    private const int LooksAStep = 5;

    public Task HearAsync(PurgeGathers happened, Act act, CancellationToken cancel) => LookAsync(act, happened.List, happened.From, cancel);

    public async Task LookAsync(Act act, Guid? gathering, RetentionPlace from, CancellationToken cancel)
    {
        var list = gathering is { } known ? await act.Db.Set<PurgeList>().SingleAsync(row => row.Id == known, cancel) : null;
        var before = list is null ? [] : await act.Db.Set<PurgeItem>().AsNoTracking().Where(row => row.ListId == list.Id).ToListAsync(cancel);
        var (due, place, room) = (new List<RetentionVerdict>(), (RetentionPlace?)from, PurgeLists.RecordsMax - before.Count);
        for (var look = 0; look < LooksAStep && place is not null && due.Count < room; look++)
        {
            (var verdicts, place) = await desk.LookAsync(act.Db, act.Now, place, cancel);
            due.AddRange(verdicts.Where(verdict => verdict.Stays is null).Take(room - due.Count));
        }
        if (due.Count > 0 && list is null)
        {
            list = new PurgeList
            {
                Id = act.Ids.Next(), State = PurgeState.Gathering, ProposedBy = act.Actor.Id, ProposedAt = act.Now, Sha256 = "", Revision = act.Ids.Next(),
            };
            act.Db.Add(list);
        }
        var found = list is null ? [] : await PurgeLists.ItemsAsync(act.Db, desk, list.Id, due, cancel);
        act.Db.AddRange(found);
        if (place is not null && due.Count < room) act.Tell(new PurgeGathers(list?.Id, place));
        else if (list is not null)
        {
            (list.State, list.ProposedAt, list.Sha256, list.Revision) = (PurgeState.Proposed, act.Now, PurgeLists.HashOf([.. before, .. found]), act.Ids.Next());
            act.Trace("purge", list.Id, $"proposed={before.Count + found.Count};list={list.Sha256}");
        }
    }
}
