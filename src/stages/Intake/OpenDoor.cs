using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>Opens a tip or a referral: a supervisor who opens one that claims imminent danger has answered the alert, as with a report .</summary>
/// <remarks>A change and not a look, because it ends a clock. Another's opening is on record and answers nothing.</remarks>
public static class OpenDoor
{
    public sealed record Request(DoorId Id) : IRepeatable;
    /// <param name="Answered">How many alerts it answered: there may be one for each message.</param>
    public sealed record Receipt(DoorId Id, int Answered);

    public sealed class Handler(DutyBook duties) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var door = await act.Db.Set<Door>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (door is null || !act.Covers(door)) return Problem.Missing("There is no such tip or referral for you.");
            act.Trace("door", door.Id.Value, "opened");
            await NoteAsync(act, door, cancel);
            if (act.Actor.Role != Role.Supervisor) return new Receipt(door.Id, 0);
            var alerts = await WaitingAlerts.OfDoors(act.Db).Where(duty => duty.SubjectId == door.Id.Value).OrderBy(duty => duty.Id).ToListAsync(cancel);
            foreach (var alert in alerts)
                Ensure.That(duties.Prove(act, alert, act.Now, EvidenceGrade.Document, "Opened by the duty officer; the trace holds the opening.").IsDone);
            return new Receipt(door.Id, alerts.Count);
        }

        /// <summary>The first time counts, and again once its sender has said more: until then its time is not over .</summary>
        private static async Task NoteAsync(Act act, Door door, CancellationToken cancel)
        {
            var came = await act.Db.Set<DoorMessage>().AsNoTracking().Where(row => row.DoorId == door.Id).Select(row => row.CameAt).ToListAsync(cancel);
            if (door.OpenedAt is not { } opened || opened < came.Max()) door.OpenedAt = act.Now;
        }
    }
}
