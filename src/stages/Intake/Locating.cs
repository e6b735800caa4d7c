using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>A child was located: the entry says so, and the message to the entering agency and NCMEC is written (R-72: "located, safe", never where).</summary>
internal sealed class Locating(DutyBook duties)
{
    /// <param name="isFoundHere">This house found the child; false when it was told so, as by the cancel of an alert. A house must not claim what others did.</param>
    public async Task LocateAsync(Act act, EntryId entry, DateTimeOffset locatedAt, bool isFoundHere, CancellationToken cancel)
    {
        var found = await act.Db.Set<Entry>().SingleAsync(row => row.Id == entry, cancel);
        // Found twice, by two offices: the first message stands. Found, missing again and found again: each time has its own.
        if (found.FoundAt is not null || found.State == EntryState.Cleared) return;
        if (isFoundHere) found.FoundAt = locatedAt;
        if ((await Disappearances.OfAsync(act.Db, entry, cancel))[^1].IsDecidedHere) return;
        HouseMessages.Add(act, found, EntryState.Located, locatedAt);
        act.Db.Add(new ClearingMessage
        {
            EntryId = entry, Version = found.Version, Nic = found.Nic, ToAgency = found.AgencyOri, ToNcmecCase = found.NcmecCase, WrittenAt = act.Now,
            OfficeCode = act.Actor.Office ?? found.OfficeCode, TaskForce = act.Actor.TaskForce, Revision = act.Ids.Next(),
        });
        await duties.StartAsync(act, "clear-entry", HouseMessages.DutyKey(found, found.Version), "entry", entry.Value,
            (act.Actor.Office ?? found.OfficeCode) is { } office
                ? new DutyOwner(Role.VictimSpecialist, office, act.Actor.TaskForce)
                : new DutyOwner(Role.National), act.Now, cancel);
        act.Trace("entry", entry.Value, "located");
    }
}
