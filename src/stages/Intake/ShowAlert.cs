using Homeward.Exchange.Alerts;
using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.Rules;
using Homeward.Foundations.Sealing;
using Homeward.Intake.Alerts;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>One AMBER alert: what it claims, its messages, which entries it may belong to, what was decided, and the clock of an entry owed.</summary>
public static class ShowAlert
{
    public sealed record Request(AlertId Id);
    public sealed record Area(string Description, IReadOnlyList<string> Codes, int Shapes);
    /// <summary>What it says in one language, in the issuer's words.</summary>
    public sealed record Words(
        string Language, string Event, string? Issuer, string? Headline, string? Description, string? Instruction, string? Contact, DateTimeOffset? ExpiresAt,
        IReadOnlyList<Area> Areas, IReadOnlyList<string> Resources);
    public sealed record Claim(string What, string Value);
    /// <param name="Also">Other alerts that the message answers as well: each speaks of its own child.</param>
    public sealed record Message(
        Guid Id, string Kind, string Sender, string Identifier, DateTimeOffset SentAt, DateTimeOffset ReceivedAt, string Source, string? Note, IReadOnlyList<string> Unknown, bool IsNewest,
        IReadOnlyList<AlertId> Also);
    /// <param name="Likeness">What the linkage of persons says, field by field; null when it does not propose the entry.</param>
    public sealed record Candidate(EntryId Id, string Nic, string Name, IReadOnlyList<string> Why, LikeEntry? Likeness);
    public sealed record Decision(AlertStep Step, string? Nic, string By, DateTimeOffset At, string Reason);
    /// <param name="MetAt">When the entry was made.</param>
    public sealed record Owed(DateTimeOffset StartsAt, DateTimeOffset DueAt, DateTimeOffset? MetAt, bool IsLate);
    /// <param name="Alerts">How many other alerts name it.</param>
    /// <param name="Entries">How many missing children's entries name it; of an entry's plate, how many others.</param>
    /// <param name="Reports">How many reports, up to one more than are named; null where reports are not the actor's to see.</param>
    public sealed record PlateRow(string Plate, int Alerts, int Entries, int? Reports);
    public sealed record Attached(EntryId Id, string Nic, EntryState State, IReadOnlyList<AlertLine> Lines);

    public sealed record Page(
        AlertId Id, string Status, bool Counts, bool IsWaiting, bool IsCancelled, bool CancelWaits, AlertVerdict Verdict, AlertId? PartOf, string? Office,
        DateTimeOffset SentAt, IReadOnlyList<Words> Words, IReadOnlyList<Claim> Claims, IReadOnlyList<PlateRow> Plates, IReadOnlyList<Message> Messages, Attached? Entry, IReadOnlyList<AmberCriterion> Criteria,
        IReadOnlyList<Candidate> Candidates, IReadOnlyList<Decision> Decisions, Owed? EntryOwed, Guid Revision);

    internal sealed class Handler(AlertShelf shelf, AlertReading reading, PlateBook plates, AlertCandidates proposed, RuleBook rules, Envelope envelope) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var alert = await act.Db.Set<Alert>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (alert is null || !act.Covers(alert)) return Problem.Missing("There is no such alert for you.");
            act.Trace("alert", alert.Id.Value, "shown");
            var messages = await AlertShelf.MessagesAsync(act, [alert.PartOf ?? alert.Id], cancel);
            var also = await AlsoAsync(act, alert, messages, cancel);
            var facts = reading.Facts(messages);
            var claims = AlertClaims.Of(facts);
            var entry = alert.EntryId is { } id ? await act.Db.Set<Entry>().AsNoTracking().SingleAsync(row => row.Id == id, cancel) : null;
            if (entry is not null) act.Trace("entry", entry.Id.Value, "alert-compared");
            var asks = shelf.Counts(alert.Status) && alert.PartOf is null && entry is null;
            var candidates = asks ? await proposed.FindAsync(act, facts, cancel) : [];
            foreach (var one in candidates) act.Trace("entry", one.Entry.Id.Value, "alert-candidate");
            var key = AlertShelf.DutyKey(alert.Id);
            var duty = await act.Db.Set<Duty>().AsNoTracking().SingleOrDefaultAsync(row => row.Rule == AlertShelf.EntryOwed && row.Key == key, cancel);
            return new Page(
                alert.Id, alert.Status.ToString(), shelf.Counts(alert.Status), alert.IsWaiting, alert.IsCancelled,
                alert.IsWaiting && alert.IsCancelled && entry is not null, alert.Verdict, alert.PartOf, alert.OfficeCode, alert.SentAt,
                [.. facts.Infos.Select(Shown)], [.. claims.All.Select(claim => new Claim(claim.What, claim.Value))],
                await plates.BesideAsync(act, alert.PartOf ?? alert.Id, cancel), [.. messages.Select(row => Shown(row, alert, also))],
                entry is null ? null : new Attached(entry.Id, entry.Nic, entry.State, AlertComparison.Of(claims, entry, facts.Key.SentAt)),
                AmberCriteria.Of(rules, facts, claims, entry),
                [.. candidates.Select(one => new Candidate(one.Entry.Id, one.Entry.Nic, NameOf(one.Entry), one.Why, one.Likeness))],
                await DecisionsAsync(act, alert.Id, cancel),
                duty is null ? null : new Owed(duty.StartsAt, duty.DueAt, duty.MetAt, duty.IsLate(act.Now)), alert.Revision);
        }

        private static Words Shown(CapInfo info) => new(
            info.Language, info.Event, info.SenderName, info.Headline, info.Description, info.Instruction, info.Contact, info.ExpiresAt,
            [.. info.Areas.Select(area => new Area(area.Description, [.. area.Geocodes.Select(code => $"{code.List} {code.Value}")], area.Polygons.Count + area.Circles.Count))],
            info.Resources);

        private static async Task<ILookup<CapKey, AlertId>> AlsoAsync(Act act, Alert alert, List<AlertMessage> messages, CancellationToken cancel)
        {
            var names = messages.ConvertAll(row => row.Identifier);
            return (await (from row in act.Db.Set<AlertMessage>().AsNoTracking()
                           join other in act.Seen(act.Db.Set<Alert>()) on row.AlertId equals other.Id
                           where names.Contains(row.Identifier) && other.Id != alert.Id && other.Id != alert.PartOf && other.PartOf == null && other.Status == alert.Status
                           orderby other.FirstSentAt, other.Id
                           select new { row.AlertId, row.Sender, row.Identifier, row.SentAt }).ToListAsync(cancel))
                .ToLookup(row => new CapKey(row.Sender, row.Identifier, row.SentAt), row => row.AlertId);
        }

        private Message Shown(AlertMessage row, Alert alert, ILookup<CapKey, AlertId> also)
        {
            var read = reading.Open(row);
            return new(row.Id, row.Kind.ToString(), row.Sender, row.Identifier, row.SentAt, row.ReceivedAt, row.Source, read.Text("note"),
                [.. read.Unknown.Select(value => $"{value.Path} (line {value.Line})")], row.Id == alert.Newest,
                [.. also[new(row.Sender, row.Identifier, row.SentAt)]]);
        }

        private static string NameOf(Entry entry)
        {
            var child = Reading.ChildRecord.Of(entry);
            return $"{child.Given} {child.Family}".Trim();
        }

        private async Task<IReadOnlyList<Decision>> DecisionsAsync(Act act, AlertId alert, CancellationToken cancel)
        {
            var rows = await (from row in act.Db.Set<AlertDecision>().AsNoTracking()
                              where row.AlertId == alert
                              join user in act.Db.Set<User>() on row.By equals user.Id into users
                              from user in users.DefaultIfEmpty()
                              join entry in act.Db.Set<Entry>() on row.EntryId equals (EntryId?)entry.Id into entries
                              from entry in entries.DefaultIfEmpty()
                              orderby row.At, row.Id
                              select new { Row = row, By = user == null ? null : user.Name, Nic = entry == null ? null : entry.Nic }).ToListAsync(cancel);
            return [.. rows.Select(one => new Decision(
                one.Row.Step, one.Nic, one.By ?? "the house", one.Row.At, envelope.OpenText(AlertDecisions.Context(one.Row.Id), one.Row.Reason)))];
        }
    }
}
