using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Intake.Retention;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>A named person says that one record, or all that is linked to a missing child, must stay. No purge passes it.</summary>
public static class PlaceHold
{
    /// <param name="Number">The report's or the tip's number, or the NIC number of the child's entry; a reject's, a receipt's or an alert's id.</param>
    /// <param name="Until">The last day; left out, it stands until somebody lifts it.</param>
    public sealed record Request(
        HoldOn On, [Required, MaxLength(40)] string Number, [Required, MaxLength(4000)] string Reason, DateOnly? Until = null);
    public sealed record Receipt(Guid Id);

    internal sealed class Handler(Envelope envelope) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (request.Until is { } until && until < DateOnly.FromDateTime(act.Now.UtcDateTime))
                return Problem.Invalid("hold-is-over", "The last day of the hold lies in the past.", "Enter a later day, or none.").Beside("until");
            await HoldOrder.TakeTurnAsync(act.Db, cancel);
            var number = request.Number.Trim();
            var byId = Guid.TryParse(number, out var written) ? written : Guid.Empty;
            var (subject, type, missing) = request.On switch
            {
                HoldOn.Report => (await act.Db.Set<ReportVersion>().Where(row => row.Number == number).Select(row => (Guid?)row.Id.Value).FirstOrDefaultAsync(cancel),
                    "report", "There is no report of this number."),
                HoldOn.Child => (await act.Db.Set<Entry>().Where(row => row.Nic == number).Select(row => (Guid?)row.Record.Value).FirstOrDefaultAsync(cancel),
                    "person-record", "There is no entry of this NIC number."),
                HoldOn.Tip => (await act.Db.Set<Door>().Where(row => row.Number == number).Select(row => (Guid?)row.Id.Value).FirstOrDefaultAsync(cancel),
                    "door", "There is no tip or agency referral of this number."),
                HoldOn.Reject => (await act.Db.Set<Reject>().Where(row => row.Id == byId).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(cancel),
                    "reject", "There is no reject of this id."),
                HoldOn.Receipt => (await act.Db.Set<Arrival>().Where(row => row.Id == byId).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(cancel),
                    "arrival", "There is no receipt of this id."),
                HoldOn.Alert => (await act.Db.Set<Alert>().Where(row => row.Id == AlertId.From(byId)).Select(row => (Guid?)row.Id.Value).SingleOrDefaultAsync(cancel),
                    "alert", "There is no AMBER alert of this id."),
            };
            if (subject is null) return Problem.Invalid("nothing-to-hold", missing, "Check the number. What was purged is gone.").Beside("number");
            if (request.On is HoldOn.Reject or HoldOn.Receipt or HoldOn.Alert) number = StrongId.Text(byId);
            var id = act.Ids.Next();
            act.Db.Add(new Hold
            {
                Id = id, On = request.On, SubjectId = subject.Value, Number = number, Reason = envelope.SealText($"hold/{StrongId.Text(id)}", request.Reason),
                Until = request.Until, PlacedBy = act.Actor.Id, PlacedAt = act.Now,
            });
            act.Trace("hold", id, "placed");
            act.Trace(type, subject.Value, "hold=placed");
            return new Receipt(id);
        }
    }
}

/// <summary>Lifts a hold: an act of its own, with its own reason. The hold stays on record.</summary>
public static class LiftHold
{
    public sealed record Request(Guid Id, [Required, MaxLength(4000)] string Reason);
    public sealed record Receipt(Guid Id);

    internal sealed class Handler(Envelope envelope) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var hold = await act.Db.Set<Hold>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (hold is null) return Problem.Missing("There is no such hold.");
            if (hold.LiftedAt is not null) return Problem.Conflict("already-lifted", "This hold was lifted before.", "");
            (hold.LiftedBy, hold.LiftedAt) = (act.Actor.Id, act.Now);
            hold.LiftReason = envelope.SealText($"hold-lifted/{StrongId.Text(hold.Id)}", request.Reason);
            act.Trace("hold", hold.Id, "lifted");
            act.Trace(hold.On switch { HoldOn.Report => "report", HoldOn.Child => "person-record", HoldOn.Tip => "door", HoldOn.Reject => "reject", HoldOn.Receipt => "arrival", HoldOn.Alert => "alert" }, hold.SubjectId, "hold=lifted");
            return new Receipt(hold.Id);
        }
    }
}

/// <summary>A hold and a step of a purge never pass each other: the later one sees what the earlier one did.</summary>
internal static class HoldOrder
{
    /// <remarks>On SQLite there is one writer at a time anyway.</remarks>
    public static async Task TakeTurnAsync(HomewardDb db, CancellationToken cancel)
    {
        if (!db.IsSqlite) await db.Database.ExecuteSqlRawAsync("LOCK TABLE holds IN SHARE ROW EXCLUSIVE MODE", cancel);
    }
}
