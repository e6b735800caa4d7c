using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.Sealing;
using Homeward.Intake.Alerts;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>A person says which missing child's entry an alert belongs to, or that there is no entry yet.</summary>
/// <remarks>The entry itself is not changed. Without an entry the agency owes one, and the two-hour clock runs .</remarks>
public static class DecideAlert
{
    /// <param name="Nic">NIC number of the entry; null or empty for: no entry yet.</param>
    public sealed record Request(AlertId Alert, [MaxLength(20)] string? Nic, [Required, MaxLength(2000)] string Reason, Guid Revision);
    public sealed record Receipt(AlertId Alert);

    internal sealed class Handler(Envelope envelope, DutyBook duties, AlertShelf shelf) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var found = await AlertDecisions.FindAsync(act, shelf, request.Alert, request.Revision, cancel);
            if (!found.TryGet(out var alert, out var problem)) return problem;
            if (string.IsNullOrWhiteSpace(request.Nic))
            {
                (alert.Verdict, alert.EntryId) = (AlertVerdict.NoEntryYet, null);
                AlertDecisions.Add(act, envelope, alert, AlertStep.NoEntryYet, request.Reason);
                if (!alert.IsCancelled) await shelf.StartAsync(act, alert, cancel);
            }
            else
            {
                var nic = request.Nic.Trim().ToUpperInvariant();
                var entry = await act.Db.Set<Entry>().SingleOrDefaultAsync(row => row.Nic == nic, cancel);
                if (entry is null || !act.Covers(entry)) return Problem.Missing("There is no entry with this NIC number for you.");
                (alert.Verdict, alert.EntryId, alert.OfficeCode) = (AlertVerdict.Attached, entry.Id, entry.OfficeCode ?? alert.OfficeCode);
                AlertDecisions.Add(act, envelope, alert, AlertStep.Attached, request.Reason);
                // The entry that was owed is of the time that the alert speaks of: the child may have been missing before it, and again after it.
                var times = await Disappearances.OfAsync(act.Db, entry.Id, cancel);
                var entered = (times.FirstOrDefault(one => one.EndedAt is null || one.EndedAt > alert.FirstSentAt) ?? times[^1]).EnteredAt;
                var enteredAt = entered < act.Now ? entered : act.Now;
                await duties.ProveAsync(act, AlertShelf.EntryOwed, AlertShelf.DutyKey(alert.Id), enteredAt, EvidenceGrade.Document, $"The entry is {nic}.", cancel);
                act.Trace("entry", entry.Id.Value, "alert-attached");
            }
            shelf.Settle(act, alert);
            return new Receipt(alert.Id);
        }
    }
}

/// <summary>A person says whether an alert's cancel means that the child was located. The cancel by itself moves nothing.</summary>
/// <remarks>If so, the entry goes the way of every child found: its agency is told "located, safe" and confirms .</remarks>
public static class DecideAlertCancel
{
    public sealed record Request(AlertId Alert, bool Located, [Required, MaxLength(2000)] string Reason, Guid Revision);
    public sealed record Receipt(AlertId Alert);

    internal sealed class Handler(Envelope envelope, Locating locating, AlertShelf shelf) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var found = await AlertDecisions.FindAsync(act, shelf, request.Alert, request.Revision, cancel);
            if (!found.TryGet(out var alert, out var problem)) return problem;
            if (!alert.IsCancelled || alert.EntryId is not { } entry || alert.CancelDecided == alert.Newest)
                return Problem.Conflict("nothing-to-decide", "No cancel of this alert waits for a decision on an entry.", "Attach the alert to its entry first.");
            alert.CancelDecided = alert.Newest;
            if (request.Located) await locating.LocateAsync(act, entry, alert.SentAt < act.Now ? alert.SentAt : act.Now, isFoundHere: false, cancel);
            AlertDecisions.Add(act, envelope, alert, request.Located ? AlertStep.LocatedAccepted : AlertStep.LocatedRefused, request.Reason);
            shelf.Settle(act, alert);
            return new Receipt(alert.Id);
        }
    }
}

/// <summary>What both decisions have in common.</summary>
internal static class AlertDecisions
{
    public static string Context(Guid decision) => $"alert-decision/{StrongId.Text(decision)}";

    public static async Task<Result<Alert>> FindAsync(Act act, AlertShelf shelf, AlertId id, Guid revision, CancellationToken cancel)
    {
        var alert = await act.Db.Set<Alert>().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (alert is null || !act.Covers(alert)) return Problem.Missing("There is no such alert for you.");
        if (!shelf.Counts(alert.Status))
            return Problem.Conflict("alert-does-not-count", $"This alert is marked {alert.Status}: it touches no entry of this house.", "Wait for the issuer's own alert.");
        if (alert.PartOf is { } whole) return Problem.Conflict("alert-joined", "This alert is part of another one now.", $"Decide at /intake/alerts/{whole}.");
        if (alert.Revision != revision)
            return Problem.Conflict("changed-meanwhile", "This alert was changed while you were at it.", "Look at it as it is now, then try again.");
        return alert;
    }

    public static void Add(Act act, Envelope envelope, Alert alert, AlertStep step, string reason)
    {
        var id = act.Ids.Next();
        act.Db.Add(new AlertDecision
        {
            Id = id, AlertId = alert.Id, Step = step, EntryId = alert.EntryId, By = act.Actor.Id, At = act.Now, Reason = envelope.SealText(Context(id), reason),
        });
        act.Trace("alert", alert.Id.Value, $"decision={step}");
    }
}
