using System.ComponentModel.DataAnnotations;
using Homeward.Exchange.Missing;
using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.People;
using Homeward.Foundations.Sealing;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>Takes the feed of missing-child entries: entered, modified, located, cleared, many lines at once.</summary>
/// <remarks>
/// Every message is kept; the newest by its own time of receipt says how the entry stands, but for what people here decided
/// (<see cref="Disappearance"/>). A child missing from foster care whose entry names no NCMEC case opens a duty at once, each time
/// that the child is missing. A bad line is rejected alone.
/// </remarks>
public static class ReceiveEntries
{
    private const int LinesMax = 10_000;

    public sealed record Request([Required, MaxLength(LinesMax)] IReadOnlyList<RawLine> Lines) : IRepeatable;
    /// <param name="Refused">Which lines were rejected, and why.</param>
    /// <param name="Unread">What the lines that were taken say and nobody reads; null where nothing.</param>
    /// <param name="Doubted">What they say that cannot be so; null where nothing.</param>
    public sealed record Receipt(
        int New, int Versions, int Repeats, int Rejected, IReadOnlyList<EntryId> Entries, IReadOnlyList<RefusedLine> Refused, IReadOnlyList<UnreadField>? Unread = null,
        IReadOnlyList<DoubtedValue>? Doubted = null);

    public sealed class Handler(Envelope envelope, DutyBook duties) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var read = request.Lines.Select(line => ReadEntry.Of(line, act.Now)).ToList();
            var messages = read.Where(one => one.Message is not null).ToList();
            var shelf = await Shelf.FillAsync(act, [.. messages.Select(one => one.Nic).Distinct()], cancel);
            var offices = await EntryOffices.ForAsync(
                act.Db, [.. messages.Select(one => one.Message!.AgencyOri).Concat(shelf.Agencies).Distinct()], cancel);
            foreach (var one in messages) shelf.Put(act, envelope, one, offices);
            var times = shelf.Stand();

            await EntryRows.WriteAsync(act.Db, shelf.Fresh, shelf.Messages, act.Now, cancel);
            foreach (var (entry, child) in shelf.Renamed()) await ChildRecord.UpdateAsync(act, entry.Record, child, cancel);
            await Rejects.KeepAsync(act, envelope, [.. read.Select(one => one.Rejected).OfType<RejectedRecord>()], cancel);
            await AskForNcmecAsync(act, times, cancel);
            foreach (var entry in shelf.Touched) act.Trace("entry", entry.Id.Value, $"state={entry.State};version={entry.Version}");
            var touched = shelf.Touched.Select(entry => entry.Id).ToList();
            if (touched.Count > 0) act.Tell(new EntryReceived(touched));
            var receipt = new BatchReceipt(
                shelf.Fresh.Count, shelf.Messages.Count - shelf.Fresh.Count, shelf.Repeats, read.Count(one => one.Rejected is not null));
            Rejects.Count(act, "entry", receipt);
            return new Receipt(receipt.New, receipt.Versions, receipt.Repeats, receipt.Rejected, touched,
                [.. read.Where(one => one.Rejected is not null).Select(one => new RefusedLine(one.Line.Source, one.Line.Line, one.Rejected!.Faults))],
                UnreadField.Of(read.Select(one => (one.Line.Source, one.Unread))),
                read.SelectMany(one => one.Doubted).ToList() is { Count: > 0 } doubted ? doubted : null);
        }

        /// <summary>R-09: opened when the case number lacks, proved by the message that brings it. Each time that the child is missing has its own.</summary>
        private async Task AskForNcmecAsync(Act act, IReadOnlyDictionary<Entry, IReadOnlyList<Disappearance>> entries, CancellationToken cancel)
        {
            var foster = entries.Where(one => one.Key.Custody == Custody.Foster).ToList();
            var before = foster.Where(one => one.Key.Version > 1).Select(one => one.Key.Id.Value).ToList();
            var known = before.Count == 0 ? [] : await act.Db.Set<Duty>().Where(row => row.Rule == NcmecTold.Rule && before.Contains(row.SubjectId)).ToListAsync(cancel);
            foreach (var (entry, times) in foster)
            {
                foreach (var time in times.Where(time => time.NcmecCase is not null))
                    if (NcmecTold.Of(known, entry, time) is { State: DutyState.Open } owed)
                        Ensure.That(duties.Prove(act, owed, act.Now, EvidenceGrade.Document, $"The entry now names NCMEC case {time.NcmecCase}.").IsDone);
                if (entry is { NcmecCase: null, State: EntryState.Entered or EntryState.Modified } && NcmecTold.Of(known, entry, times[^1]) is null)
                    await duties.StartAsync(act, NcmecTold.Rule, HouseMessages.DutyKey(entry, times[^1].Versions[0]), "entry", entry.Id.Value, Owner(entry), act.Now, cancel);
            }
        }

        /// <summary>The specialist of the office that holds the entry; where no office does, the national unit.</summary>
        private static DutyOwner Owner(Entry entry) => entry.OfficeCode is { } office
            ? new DutyOwner(Role.VictimSpecialist, office, Agency: entry.AgencyOri)
            : new DutyOwner(Role.National, Agency: entry.AgencyOri);
    }

    /// <summary>The entries that a batch speaks of: those on record, tracked, and those that it brings.</summary>
    private sealed class Shelf
    {
        private readonly Dictionary<string, (Entry Entry, HashSet<string> Hashes, List<Standing> Said, bool IsNew)> _byNic = new(StringComparer.Ordinal);
        private readonly Dictionary<EntryId, ChildRecord> _before = [];
        private readonly HashSet<EntryId> _touched = [];

        public List<Entry> Fresh { get; } = [];
        public List<EntryMessage> Messages { get; } = [];
        public int Repeats { get; private set; }
        public IEnumerable<string> Agencies => _byNic.Values.Select(one => one.Entry.AgencyOri);
        public IEnumerable<Entry> Touched => _byNic.Values.Select(one => one.Entry).Where(entry => _touched.Contains(entry.Id));

        public static async Task<Shelf> FillAsync(Act act, List<string> nics, CancellationToken cancel)
        {
            var shelf = new Shelf();
            var entries = await act.Db.Set<Entry>().Where(row => nics.Contains(row.Nic)).ToListAsync(cancel);
            var ids = entries.Select(entry => entry.Id).ToList();
            var said = await Disappearances.StandingsAsync(act.Db, ids, cancel);
            foreach (var entry in entries) shelf._byNic[entry.Nic] = (entry, [.. said[entry.Id].Select(one => one.Sha256)], [.. said[entry.Id].Select(one => one.Said)], false);
            return shelf;
        }

        public void Put(Act act, Envelope envelope, ReadEntry read, EntryOffices offices)
        {
            var (nic, message) = (read.Nic, read.Message!);
            if (!_byNic.TryGetValue(nic, out var known))
            {
                var fresh = new Entry
                {
                    Id = act.Ids.Next<EntryId>(), Nic = nic, Record = act.Ids.Next<PersonRecordId>(), State = message.State,
                    ReceivedAt = message.ReceivedAt, FirstReceivedAt = message.ReceivedAt, Version = 0, Revision = act.Ids.Next(),
                };
                fresh.Take(message);
                known = _byNic[nic] = (fresh, [], [], true);
                Fresh.Add(fresh);
            }
            if (!known.Hashes.Add(message.Sha256))
            {
                Repeats++;
                return;
            }
            var entry = known.Entry;
            if (!known.IsNew) _before.TryAdd(entry.Id, ChildRecord.Of(entry));
            entry.Version++;
            _touched.Add(entry.Id);
            Messages.Add(Numbered(message, entry, envelope.Seal("originals", EntryMessage.Context(entry.Id, entry.Version), read.Bytes)));
            known.Said.Add(new(entry.Version, message.State, message.ReceivedAt, message.NcmecCase, IsOfHouse: false, message.IsSilentOn(EntryFacts.NcmecCaseColumn)));
            // A message that was overtaken on its way is kept, and changes no fact.
            if (message.ReceivedAt >= entry.ReceivedAt) entry.Take(message);
            entry.OfficeCode = offices.Of(entry);
            entry.Revision = act.Ids.Next();
        }

        /// <summary>Records whose child is called otherwise than before the batch.</summary>
        public IEnumerable<(Entry Entry, ChildRecord Child)> Renamed() =>
            from one in _byNic.Values
            where _before.TryGetValue(one.Entry.Id, out var before) && before != ChildRecord.Of(one.Entry)
            select (one.Entry, ChildRecord.Of(one.Entry));

        /// <summary>How each entry stands by all its messages.</summary>
        /// <returns>Of those that the batch touched, the times that the child was missing.</returns>
        public IReadOnlyDictionary<Entry, IReadOnlyList<Disappearance>> Stand()
        {
            var times = _byNic.Values.Where(one => _touched.Contains(one.Entry.Id)).ToDictionary(one => one.Entry, one => Disappearances.Of(one.Said));
            foreach (var (entry, all) in times)
            {
                (entry.State, entry.FirstReceivedAt) = (all[^1].State, all[^1].EnteredAt);
                if (!all[^1].IsDecidedHere) entry.FoundAt = null;
            }
            return times;
        }

        private static EntryMessage Numbered(EntryMessage message, Entry entry, byte[] original)
        {
            var numbered = new EntryMessage
            {
                EntryId = entry.Id, Version = entry.Version, Sha256 = message.Sha256, Source = message.Source,
                ReceivedAt = message.ReceivedAt, State = message.State, Original = original, Silent = message.Silent,
            };
            numbered.Take(message);
            return numbered;
        }
    }
}
