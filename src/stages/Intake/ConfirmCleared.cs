using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>Records that the entering agency, and NCMEC where it has a case, confirmed: the entry is taken out (R-72).</summary>
/// <remarks>
/// What they were told is "located, safe", and never where. Before anyone is told, the house asks whether a suspected
/// person works or lives at the recipient; if so somebody else is told, and is named here (R-68). What is confirmed after the
/// child went missing again takes nothing out.
/// </remarks>
public static class ConfirmCleared
{
    /// <param name="SuspectAtRecipient">Whether a suspected person works or lives at the recipient.</param>
    /// <param name="ToldInstead">Who was told in its place, if so.</param>
    /// <param name="AgencyReference">Who at the agency confirmed, how, under which number.</param>
    /// <param name="NcmecReference">The same for NCMEC; required where it has a case.</param>
    /// <param name="ConfirmedAt">When the later of the two confirmed; now, when left out.</param>
    /// <param name="Version">Which message "located, safe" was confirmed, where there are several; the newest, when left out.</param>
    public sealed record Request(
        EntryId Entry, bool SuspectAtRecipient, [MaxLength(400)] string? ToldInstead, [Required, MaxLength(400)] string AgencyReference,
        [MaxLength(400)] string? NcmecReference = null, DateTimeOffset? ConfirmedAt = null,
        int? Version = null);
    public sealed record Receipt(EntryId Entry);

    public sealed class Handler(DutyBook duties) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var message = await act.Db.Set<ClearingMessage>().Where(row => row.EntryId == request.Entry && (request.Version == null || row.Version == request.Version))
                .OrderByDescending(row => row.Version).FirstOrDefaultAsync(cancel);
            if (message is null || !act.Covers(message)) return Problem.Missing("There is no clearing message for you to confirm.");
            if (message.ConfirmedAt is not null) return Problem.Conflict("already-confirmed", "This was confirmed before.", "");
            if (message.ToNcmecCase is not null && string.IsNullOrWhiteSpace(request.NcmecReference))
                return Problem.Invalid("ncmec-reference-missing", "NCMEC has a case of this child and must be told.", "Tell NCMEC and enter its reference.");
            if (request.SuspectAtRecipient && string.IsNullOrWhiteSpace(request.ToldInstead))
                return Problem.Of("told-instead-missing", "A suspected person works or lives at the recipient.",
                    "Tell the state police or another county's agency instead, and name it.");

            var at = request.ConfirmedAt ?? act.Now;
            if (at > act.Now) return Problem.Invalid("confirmed-in-future", "The confirmation lies in the future.", "Enter when it came.");
            var entry = await act.Db.Set<Entry>().SingleAsync(row => row.Id == request.Entry, cancel);
            (message.ConfirmedAt, message.ConfirmedBy, message.ToldInstead) = (at, act.Actor.Id, request.SuspectAtRecipient);
            message.Revision = act.Ids.Next();
            var current = (await Disappearances.OfAsync(act.Db, entry.Id, cancel))[^1];
            if (entry.State != EntryState.Cleared && current.Versions.Contains(message.Version)) HouseMessages.Add(act, entry, EntryState.Cleared, at);
            await duties.ProveAsync(act, "clear-entry", HouseMessages.DutyKey(entry, message.Version), at, EvidenceGrade.ConfirmedByReceiver,
                $"Agency: {request.AgencyReference}. NCMEC: {request.NcmecReference ?? "no case"}. Told instead: {request.ToldInstead ?? "nobody"}.", cancel);
            act.Trace("entry", entry.Id.Value, $"cleared;told-instead={request.SuspectAtRecipient}");
            return new Receipt(entry.Id);
        }
    }
}
