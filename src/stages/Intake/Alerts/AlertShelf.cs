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

/// <summary>Puts messages where they belong (<see cref="AlertThreads"/>): alert, updates and cancel find each other by the names that they refer to, in any order.</summary>
internal sealed class AlertShelf(Envelope envelope, DutyBook duties, HouseOptions house, AlertReading reading)
{
    /// <summary>The rule of the clock for an entry that an alert's agency owes .</summary>
    public const string EntryOwed = "enter-missing";

    /// <param name="Alerts">The alerts that the message belongs to, the oldest first, and after them any that it changed otherwise.</param>
    public sealed record Place(IReadOnlyList<Alert> Alerts, ReceivePackage.Became Became)
    {
        public Alert Alert => Alerts[0];
    }

    public static string DutyKey(AlertId alert) => $"alert/{alert}";

    /// <summary>An exercise acts on exercises alone, any other house on actual alerts alone; tests, drafts and system messages move nothing anywhere.</summary>
    public bool Counts(CapStatus status) => Counts(status, house.Exercise);

    public static bool Counts(CapStatus status, bool isExercise) => status == (isExercise ? CapStatus.Exercise : CapStatus.Actual);

    /// <returns>Where it lies now; a problem when it answers what nobody asked here, or bears the name of another message.</returns>
    public async Task<Result<Place>> PutAsync(Act act, CapAlert message, RawOriginal original, string sha256, CancellationToken cancel)
    {
        var own = AlertThreads.Said.Of(message);
        var (alerts, stored) = await AlertNames.AroundAsync(act, own, message.Status, cancel);
        if (stored.Find(one => AlertNames.Of(one) == own.Key) is { } same)
        {
            // An aggregator may have set the XML anew: what it says is what counts.
            var isSame = same.Sha256 == sha256 || reading.Open(same).Values.Select(Said).SequenceEqual(message.Values.Select(Said));
            if (!isSame) return Problem.Conflict("alert-named-twice", "another message has this sender, identifier and time", "send a change as an Update with an identifier of its own");
            return new Place([alerts.Find(one => one.Id == same.AlertId) ?? await AlertAsync(act, same.AlertId, cancel)], ReceivePackage.Became.Repeat);
        }
        if (alerts.Count == 0 && message.Kind is CapKind.Ack or CapKind.Error)
            return Problem.Invalid("answers-nothing", "it answers a message that this house does not have", "send the alert first");

        var threads = AlertThreads.Of([.. stored.DistinctBy(AlertNames.Of).Select(AlertNames.SaidBy), own]);
        var seats = await SeatAsync(act, threads, alerts, stored, cancel);
        var fresh = new List<Alert>();
        foreach (var thread in threads.Where(thread => seats[thread].Count == 0))
        {
            var alert = new Alert
            {
                Id = act.Ids.Next<AlertId>(), Status = message.Status, ReceivedAt = act.Now, FirstSentAt = own.Key.SentAt, SentAt = own.Key.SentAt, Newest = default,
                IsCancelled = false, Version = 0, Revision = act.Ids.Next(),
            };
            act.Db.Add(alert);
            fresh.Add(alert);
            seats[thread].Add(alert);
        }
        var changed = await LayAsync(act, seats, stored, alert => Stored(act, alert, act.Ids.Next(), message, original, sha256), cancel);
        await AlertNames.KeepAsync(act, changed, stored, message.Status, cancel);
        foreach (var alert in changed) Stand(act, alert, stored);
        var places = seats.Where(one => one.Key.Messages.Contains(own.Key)).SelectMany(one => one.Value).Distinct().OrderBy(one => one.FirstSentAt).ThenBy(one => one.Id.Value).ToList();
        foreach (var alert in places)
        {
            alert.OfficeCode ??= OfficeOf(message, act.Now);
            act.Trace("alert", alert.Id.Value, $"status={message.Status};kind={message.Kind};version={alert.Version}");
        }
        return new Place([.. places.Concat(changed).Distinct()], places.TrueForAll(fresh.Contains) ? ReceivePackage.Became.New : ReceivePackage.Became.Version);
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

    /// <summary>Which alerts stand for which thread. One that has none left joins the one that its messages belong to; but two that people attached to two children never do .</summary>
    private async Task<Dictionary<AlertThreads.Thread, List<Alert>>> SeatAsync(
        Act act, IReadOnlyList<AlertThreads.Thread> threads, List<Alert> alerts, List<AlertMessage> messages, CancellationToken cancel)
    {
        var seats = threads.ToDictionary(thread => thread, _ => new List<Alert>());
        var held = messages.ToLookup(row => row.AlertId, AlertNames.Of);
        var standing = alerts.OrderBy(one => one.FirstSentAt).ThenBy(one => one.Id.Value).ToList();
        // Whose first issue it has, else of whose messages it has most.
        foreach (var alert in standing.ToList())
            Seat(alert, threads.FirstOrDefault(thread => IsFirstOf(thread, alert) && seats[thread].Count == 0));
        foreach (var alert in standing.Where(alert => !Homes(alert).Any(thread => IsFirstOf(thread, alert))).ToList())
            Seat(alert, Homes(alert).Where(thread => seats[thread].Count == 0).MaxBy(thread => held[alert.Id].Count(thread.Messages.Contains)));
        foreach (var alert in standing)
        {
            var homes = Homes(alert).OrderByDescending(thread => IsFirstOf(thread, alert)).ToList();
            var keeper = seats[homes[0]][0];
            if (alert.EntryId is { } entry && keeper.EntryId != entry && (homes.Count > 1 || keeper.EntryId is not null)) seats[homes[0]].Add(alert);
            else await JoinAsync(act, alert, keeper, cancel);
        }
        return seats;

        IEnumerable<AlertThreads.Thread> Homes(Alert alert) => threads.Where(thread => held[alert.Id].Any(thread.Messages.Contains));

        bool IsFirstOf(AlertThreads.Thread thread, Alert alert) => thread.Root is { } root && held[alert.Id].Contains(root);

        void Seat(Alert alert, AlertThreads.Thread? thread)
        {
            if (thread is null) return;
            seats[thread].Add(alert);
            standing.Remove(alert);
        }
    }

    /// <summary>Gives each alert the messages of its thread: one that several need lies with each of them, byte for byte, so that each is read, decided and purged by itself.</summary>
    /// <param name="store">Stores the message that has just come.</param>
    /// <returns>The alerts whose messages are others now.</returns>
    private async Task<HashSet<Alert>> LayAsync(
        Act act, Dictionary<AlertThreads.Thread, List<Alert>> seats, List<AlertMessage> messages, Func<Alert, AlertMessage> store, CancellationToken cancel)
    {
        var changed = new HashSet<Alert>();
        var due = seats.SelectMany(one => one.Value.SelectMany(alert => one.Key.Messages.Select(key => (Alert: alert, Key: key)))).ToList();
        var laid = messages.Select(row => (row.AlertId, AlertNames.Of(row))).ToHashSet();
        var places = due.Select(one => (one.Alert.Id, one.Key)).ToHashSet();
        foreach (var (alert, key) in due.OrderBy(one => one.Key.SentAt).ThenBy(one => one.Alert.Id.Value))
        {
            if (laid.Contains((alert.Id, key))) continue;
            var copies = messages.FindAll(row => AlertNames.Of(row) == key);
            changed.Add(alert);
            if (copies.Count == 0) messages.Add(store(alert));
            else if (copies.Find(row => !places.Contains((row.AlertId, key))) is { } free)
            {
                if (seats.Values.SelectMany(one => one).FirstOrDefault(one => one.Id == free.AlertId) is { } from) changed.Add(from);
                await act.Db.Set<AlertPlate>().Where(row => row.MessageId == free.Id).LoadAsync(cancel);
                foreach (var plate in act.Db.Tracked<AlertPlate>().Where(row => row.MessageId == free.Id).ToList()) plate.AlertId = alert.Id;
                free.AlertId = alert.Id;
            }
            else messages.Add(Copied(act, alert, copies[0]));
        }
        return changed;
    }

    private AlertMessage Stored(Act act, Alert alert, Guid id, CapAlert message, RawOriginal original, string sha256)
    {
        var stored = new AlertMessage
        {
            Id = id, AlertId = alert.Id, Kind = message.Kind, Sender = message.Key.Sender, Identifier = message.Key.Identifier, SentAt = message.Key.SentAt,
            RefersTo = AlertNames.ReferredTo(message),
            ReceivedAt = act.Now, Source = original.Path, Sha256 = sha256, Sealed = envelope.Seal("originals", AlertReading.Context(id), original.Bytes),
        };
        act.Db.Add(stored);
        foreach (var plate in AlertClaims.Plates(message)) act.Db.Add(new AlertPlate { MessageId = id, Plate = plate, AlertId = alert.Id });
        return stored;
    }

    private AlertMessage Copied(Act act, Alert alert, AlertMessage of)
    {
        var id = act.Ids.Next();
        var copy = new AlertMessage
        {
            Id = id, AlertId = alert.Id, Kind = of.Kind, Sender = of.Sender, Identifier = of.Identifier, SentAt = of.SentAt, RefersTo = of.RefersTo, ReceivedAt = of.ReceivedAt,
            Source = of.Source, Sha256 = of.Sha256, Sealed = envelope.Seal("originals", AlertReading.Context(id), envelope.Open("originals", AlertReading.Context(of.Id), of.Sealed)),
        };
        act.Db.Add(copy);
        foreach (var plate in AlertClaims.Plates(reading.Open(of))) act.Db.Add(new AlertPlate { MessageId = id, Plate = plate, AlertId = alert.Id });
        return copy;
    }

    /// <summary>A late message showed that two alerts are one: the one has all of it from now on.</summary>
    private async Task JoinAsync(Act act, Alert other, Alert keeper, CancellationToken cancel)
    {
        foreach (var decision in await act.Db.Set<AlertDecision>().Where(row => row.AlertId == other.Id).ToListAsync(cancel)) decision.AlertId = keeper.Id;
        if (keeper.EntryId is null && other.Verdict != AlertVerdict.Waiting) (keeper.Verdict, keeper.EntryId) = (other.Verdict, other.EntryId);
        keeper.CancelDecided ??= other.CancelDecided;
        other.PartOf = keeper.Id;
        Settle(act, other);
        Settle(act, keeper);
        await duties.ProveAsync(act, EntryOwed, DutyKey(other.Id), act.Now, EvidenceGrade.Document, $"The alert is one with {keeper.Id}, which has its own clock.", cancel);
        act.Trace("alert", other.Id.Value, $"part-of={keeper.Id}");
    }

    private void Stand(Act act, Alert alert, List<AlertMessage> messages)
    {
        var all = messages.Where(row => row.AlertId == alert.Id).ToList();
        alert.Version = all.Count;
        alert.FirstSentAt = all.Min(row => row.SentAt);
        // An answer says nothing of how the alert stands; where nothing else is left it is all there is.
        var newest = (all.FindAll(row => row.Kind is CapKind.Alert or CapKind.Update or CapKind.Cancel) is { Count: > 0 } telling ? telling : all)
            .MaxBy(row => (row.SentAt, row.Kind, row.Identifier))!;
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
