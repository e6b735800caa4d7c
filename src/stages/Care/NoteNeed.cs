using Homeward.Care.Model;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Outcomes;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Care;

/// <summary>Hears that a victim was found, and puts it before the office's specialist. Located children are asked too.</summary>
internal sealed class NoteNeed(IOutcomes outcomes) : IListen<ChildFound>, IListen<AdultVictimIdentified>
{
    public async Task HearAsync(ChildFound happened, Act act, CancellationToken cancel)
    {
        if (await outcomes.ChildAsync(act.Db, happened.Finding, cancel) is { } child)
            await NoteAsync(child.Base, child.Person, isChild: true, act, cancel);
    }

    public async Task HearAsync(AdultVictimIdentified happened, Act act, CancellationToken cancel)
    {
        if (await outcomes.AdultAsync(act.Db, happened.Finding, cancel) is { Victim: true } adult)
            await NoteAsync(adult.Base, adult.Person, isChild: false, act, cancel);
    }

    private static async Task NoteAsync(
        FactBase found, Foundations.People.PersonRecordId victim, bool isChild, Act act, CancellationToken cancel)
    {
        if (await act.Db.Set<CareNeed>().AnyAsync(row => row.Finding == found.Id, cancel)) return;
        act.Db.Add(new CareNeed
        {
            Finding = found.Id, Victim = victim, IsChild = isChild, OfficeCode = found.OfficeCode, TaskForce = found.TaskForce,
            AgencyOri = found.AgencyOri, Since = found.At,
        });
        act.Trace("care-need", found.Id.Value);
    }
}

/// <summary>What waits for a victim specialist: victims without a plan.</summary>
internal sealed class WaitingCare : IWaiting
{
    private const int RowsMax = 50;
    public string Stage => "care";

    public async Task<IReadOnlyList<WaitingRow>> ForAsync(Actor actor, HomewardDb db, DateTimeOffset now, CancellationToken cancel)
    {
        if (actor.Role != Role.VictimSpecialist || actor.Office is null) return [];
        var needs = await db.Set<CareNeed>().AsNoTracking().Where(row => row.OfficeCode == actor.Office && row.Plan == null)
            .OrderBy(row => row.Since).ThenBy(row => row.Finding).Take(RowsMax).Select(row => row.IsChild).ToListAsync(cancel);
        return [.. needs.GroupBy(isChild => isChild).Select(group => new WaitingRow(
            group.Key ? "Children who have no care plan yet" : "Adult victims who have no care plan yet", "/care", Count: group.Count()))];
    }
}
