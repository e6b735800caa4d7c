using Homeward.Exchange.Alerts;
using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.Places;
using Homeward.Foundations.Sealing;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Alerts;

/// <summary>Puts messages where they belong: alert, updates and cancel find each other by the names that they refer to, in any order.</summary>
internal sealed class AlertShelf(Envelope envelope, DutyBook duties, HouseOptions house, AlertReading reading)
{
    /// <summary>The rule of the clock for an entry that an alert's agency owes .</summary>
    public const string EntryOwed = "enter-missing";

    public sealed record Place(Alert Alert, ReceivePackage.Became Became);

    public static string DutyKey(AlertId alert) => $"alert/{alert}";

    /// <summary>An exercise acts on exercises alone, any other house on actual alerts alone; tests, drafts and system messages move nothing anywhere.</summary>
    public bool Counts(CapStatus status) => Counts(status, house.Exercise);

    public static bool Counts(CapStatus status, bool isExercise) => status == (isExercise ? CapStatus.Exercise : CapStatus.Actual);

    /// <returns>Where it lies now; a problem when it answers what nobody asked here, or bears the name of another message.</returns>
    public async Task<Result<Place>> PutAsync(Act act, CapAlert message, RawOriginal original, string sha256, CancellationToken cancel)
    {
        var (own, status) = (message.Key, message.Status);
        var keys = await KeysAsync(act, message, cancel);
        var ids = keys.Select(key => key.AlertId).Distinct().ToList();
        var there = await MessagesAsync(act, ids, cancel);
        if (there.Find(one => one.Sender == own.Sender && one.Identifier == own.Identifier && one.SentAt == own.SentAt) is { } same)
        {
            // An aggregator may have set the XML anew: what it says is what counts.
            var isSame = same.Sha256 == sha256 || reading.Open(same).Values.Select(Said).SequenceEqual(message.Values.Select(Said));
            if (!isSame) return Problem.Conflict("alert-named-twice", "another message has this sender, identifier and time", "send a change as an Update with an identifier of its own");
            return new Place(await AlertAsync(act, same.AlertId, cancel), ReceivePackage.Became.Repeat);
        }
        if (ids.Count == 0 && message.Kind is CapKind.Ack or CapKind.Error)
            return Problem.Invalid("answers-nothing", "it answers a message that this house does not have", "send the alert first");

        var found = new List<Alert>();
        foreach (var id in ids) found.Add(await AlertAsync(act, id, cancel));
        var keeper = found.OrderBy(one => one.FirstSentAt).ThenBy(one => one.Id.Value).FirstOrDefault();
        var became = keeper is null ? ReceivePackage.Became.New : ReceivePackage.Became.Version;
        var messageId = act.Ids.Next();
        if (keeper is null)
        {
            keeper = new Alert
            {
                Id = act.Ids.Next<AlertId>(), Status = status, ReceivedAt = act.Now, FirstSentAt = own.SentAt, SentAt = own.SentAt, Newest = messageId,
                IsCancelled = false, Version = 0, Revision = act.Ids.Next(),
            };
            act.Db.Add(keeper);
        }
        foreach (var other in found.Where(one => one != keeper)) await JoinAsync(act, other, keeper, keys, there, cancel);
        there.Add(Stored(act, keeper, messageId, message, original, sha256));
        foreach (var key in message.References.Prepend(own).Distinct())
            if (!keys.Exists(one => one.Sender == key.Sender && one.Identifier == key.Identifier && one.SentAt == key.SentAt))
                act.Db.Add(new AlertKey { Sender = key.Sender, Identifier = key.Identifier, SentAt = key.SentAt, Status = status, AlertId = keeper.Id });
        Stand(act, keeper, there);
        keeper.OfficeCode ??= OfficeOf(message, act.Now);
        act.Trace("alert", keeper.Id.Value, $"status={status};kind={message.Kind};version={keeper.Version}");
        return new Place(keeper, became);
    }

    /// <summary>Says what people must decide, after a message or a decision.</summary>
    public void Settle(Act act, Alert alert)
    {
        alert.IsWaiting = Counts(alert.Status) && alert.PartOf is null
            && (alert.Verdict == AlertVerdict.Waiting || (alert.IsCancelled && alert.EntryId is not null && alert.CancelDecided != alert.Newest));
        alert.Revision = act.Ids.Next();
    }

    /// <summary>R-08: a child known from an alert alone is owed an entry by the agency. One duty an alert, from its first issue: its agency knew by then.</summary>
    public async Task AskForEntriesAsync(Act act, IReadOnlyCollection<AlertId> alerts, CancellationToken cancel)
    {
        foreach (var id in alerts)
        {
            var alert = await AlertAsync(act, id, cancel);
            // Whoever is only like the child ends no clock: that it is the same child, a person says first.
            if (!Counts(alert.Status) || alert.EntryId is not null || alert.IsCancelled || alert.PartOf is not null) continue;
            if (alert.Verdict == AlertVerdict.Waiting && (await AlertCandidates.FindWrittenAsync(act, reading.Facts(await MessagesAsync(act, [id], cancel)), cancel)).Count > 0) continue;
            await StartAsync(act, alert, cancel);
        }
    }

    public Task<Duty> StartAsync(Act act, Alert alert, CancellationToken cancel) => duties.StartAsync(
        act, EntryOwed, DutyKey(alert.Id), "alert", alert.Id.Value,
        alert.OfficeCode is { } office ? new DutyOwner(Role.VictimSpecialist, office) : new DutyOwner(Role.National), alert.FirstSentAt, cancel);

    public static async Task<Alert> AlertAsync(Act act, AlertId id, CancellationToken cancel) =>
        act.Db.Tracked<Alert>().FirstOrDefault(row => row.Id == id) ?? await act.Db.Set<Alert>().SingleAsync(row => row.Id == id, cancel);

    /// <summary>Stored ones and those of this act.</summary>
    public static async Task<List<AlertMessage>> MessagesAsync(Act act, IReadOnlyCollection<AlertId> alerts, CancellationToken cancel)
    {
        if (alerts.Count == 0) return [];
        var stored = await act.Db.Set<AlertMessage>().Where(row => alerts.Contains(row.AlertId)).ToListAsync(cancel);
        return [.. stored.Union(act.Db.Tracked<AlertMessage>()).Where(row => alerts.Contains(row.AlertId)).OrderBy(row => row.SentAt).ThenBy(row => row.Id)];
    }

    private static async Task<List<AlertKey>> KeysAsync(Act act, CapAlert message, CancellationToken cancel)
    {
        var wanted = message.References.Prepend(message.Key).ToHashSet();
        var (names, status) = (wanted.Select(key => key.Identifier).Distinct().ToList(), message.Status);
        await act.Db.Set<AlertKey>().Where(row => names.Contains(row.Identifier) && row.Status == status).LoadAsync(cancel);
        return [.. act.Db.Tracked<AlertKey>().Where(row => row.Status == status && wanted.Contains(new CapKey(row.Sender, row.Identifier, row.SentAt)))];
    }

    private AlertMessage Stored(Act act, Alert alert, Guid id, CapAlert message, RawOriginal original, string sha256)
    {
        var stored = new AlertMessage
        {
            Id = id, AlertId = alert.Id, Kind = message.Kind, Sender = message.Key.Sender, Identifier = message.Key.Identifier, SentAt = message.Key.SentAt,
            ReceivedAt = act.Now, Source = original.Path, Sha256 = sha256, Sealed = envelope.Seal("originals", AlertReading.Context(id), original.Bytes),
        };
        act.Db.Add(stored);
        foreach (var plate in AlertClaims.Plates(message)) act.Db.Add(new AlertPlate { MessageId = id, Plate = plate, AlertId = alert.Id });
        return stored;
    }

    /// <summary>A late message showed that two alerts are one: the earlier has all of it from now on.</summary>
    private async Task JoinAsync(Act act, Alert other, Alert keeper, List<AlertKey> keys, List<AlertMessage> messages, CancellationToken cancel)
    {
        await act.Db.Set<AlertKey>().Where(row => row.AlertId == other.Id).LoadAsync(cancel);
        foreach (var key in act.Db.Tracked<AlertKey>().Where(row => row.AlertId == other.Id).ToList()) key.AlertId = keeper.Id;
        Ensure.That(keys.TrueForAll(key => key.AlertId != other.Id));
        foreach (var message in messages.Where(row => row.AlertId == other.Id)) message.AlertId = keeper.Id;
        await act.Db.Set<AlertPlate>().Where(row => row.AlertId == other.Id).LoadAsync(cancel);
        foreach (var plate in act.Db.Tracked<AlertPlate>().Where(row => row.AlertId == other.Id).ToList()) plate.AlertId = keeper.Id;
        foreach (var decision in await act.Db.Set<AlertDecision>().Where(row => row.AlertId == other.Id).ToListAsync(cancel)) decision.AlertId = keeper.Id;
        if (keeper.EntryId is null && other.Verdict != AlertVerdict.Waiting) (keeper.Verdict, keeper.EntryId) = (other.Verdict, other.EntryId);
        keeper.CancelDecided ??= other.CancelDecided;
        other.PartOf = keeper.Id;
        Settle(act, other);
        await duties.ProveAsync(act, EntryOwed, DutyKey(other.Id), act.Now, EvidenceGrade.Document, $"The alert is one with {keeper.Id}, which has its own clock.", cancel);
        act.Trace("alert", other.Id.Value, $"part-of={keeper.Id}");
    }

    private void Stand(Act act, Alert alert, List<AlertMessage> messages)
    {
        var all = messages.Where(row => row.AlertId == alert.Id).ToList();
        alert.Version = all.Count;
        alert.FirstSentAt = all.Min(row => row.SentAt);
        if (all.Where(row => row.Kind is CapKind.Alert or CapKind.Update or CapKind.Cancel).MaxBy(row => (row.SentAt, row.Kind, row.Identifier)) is { } newest)
            (alert.Newest, alert.SentAt, alert.IsCancelled) = (newest.Id, newest.SentAt, newest.Kind == CapKind.Cancel);
        Settle(act, alert);
    }

    /// <summary>Where all counties that it names lie in one office's territory; nobody picks one of two .</summary>
    private static string? OfficeOf(CapAlert alert, DateTimeOffset now)
    {
        var offices = alert.Infos.SelectMany(info => info.Areas).SelectMany(area => area.CountyFips).Distinct().Take(500)
            .Select(county => Gazetteer.Default.ResolvePlace(new PlaceQuery { County = county }, DateOnly.FromDateTime(now.UtcDateTime)).Office?.Code).Distinct().ToList();
        return offices.Count == 1 ? offices[0] : null;
    }

    private static (string, string) Said(CapValue value) => (value.Path, value.Text.Trim());
}
