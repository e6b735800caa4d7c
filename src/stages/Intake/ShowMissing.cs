using Homeward.Exchange;
using Homeward.Exchange.Missing;
using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.Places;
using Homeward.Foundations.Rules;
using Homeward.Intake.Alerts;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>One missing child's entry: what is known with its precision, its history, its clocks (R-07 to R-09, R-72).</summary>
public static class ShowMissing
{
    public sealed record Request(EntryId Id);
    public sealed record Name(string Given, string Family, bool IsAlias);
    /// <param name="Before">What the message before said of it; empty where nothing.</param>
    public sealed record Change(string What, string Before, string After);
    /// <param name="Changes">Against how the entry stood before it by its own time, the house's messages among them; none of the first.</param>
    public sealed record Message(int Version, EntryState State, DateTimeOffset ReceivedAt, string Source, IReadOnlyList<Change> Changes);
    /// <summary>A vehicle in which the child may be.</summary>
    /// <param name="Looks">Color, year, make, model and style, as far as stated.</param>
    /// <param name="Around">Who gave the plate out, and until when it holds.</param>
    /// <param name="Comparable">The plate's form by which it is found elsewhere; null where it has none.</param>
    /// <param name="VinChecks">Whether the number's check digit holds; null where it has none.</param>
    public sealed record Vehicle(string Looks, string? Plate, string Around, string? Comparable, string? Vin, bool? VinChecks);
    /// <summary>What was recorded of when the agency was told, by whom and when.</summary>
    /// <param name="Late">By how much the entry came late by it; null where it came in time.</param>
    public sealed record Told(DateTimeOffset ToldAt, string By, DateTimeOffset At, TimeSpan? Late);
    /// <summary>The two-hour clock: late stays late for ever, with what was recorded later beside it.</summary>
    /// <param name="ToldAt">When the agency was told; null when nobody recorded it, and then there is no clock to show.</param>
    /// <param name="Recorded">The oldest first; the last counts.</param>
    public sealed record EntryClock(
        DateTimeOffset? ToldAt, DateTimeOffset? DueAt, DateTimeOffset EnteredAt, string Says, bool Confirmed, IReadOnlyList<Told> Recorded)
    {
        public bool IsLate => LateBy is not null;
        /// <summary>The most by which the entry was ever known to be late.</summary>
        public TimeSpan? LateBy => Recorded.Max(one => one.Late);
    }
    /// <summary>What the record lacks.</summary>
    /// <param name="DueAt">By when the agency completes it; null for what was asked for when the entry was made.</param>
    public sealed record Gap(string What, DateTimeOffset? DueAt, bool IsLate);
    /// <param name="Version">Of the house's message that the child was located.</param>
    public sealed record Clearing(int Version, string ToAgency, string? ToNcmecCase, string Says, DateTimeOffset WrittenAt, DateTimeOffset? ConfirmedAt);
    /// <summary>An earlier time that the child was missing, as it was recorded.</summary>
    public sealed record Earlier(EntryClock Clock, DateTimeOffset? EndedAt, IReadOnlyList<Clearing> Cleared);
    /// <summary>What the book of duties says of telling NCMEC of a child in foster care.</summary>
    /// <param name="State">Null where no duty was ever opened.</param>
    public sealed record NcmecTelling(DutyState? State, DateTimeOffset? At);
    /// <summary>An AMBER alert that a person attached: a layer of its own, never written over the entry.</summary>
    public sealed record Alert(
        AlertId Id, string Status, string Issuer, DateTimeOffset SentAt, bool IsCancelled, bool CancelWaits, string Areas, string? Circumstances,
        IReadOnlyList<AlertLine> Lines);
    public sealed record Page(
        EntryId Id, string Nic, string? NcmecCase, string AgencyOri, string? Office, string Category, string? CaseType, EntryState State,
        IReadOnlyList<Name> Names, PartialDate Born, string? AgeText, string? Sex, int? HeightInMin, int? HeightInMax, int? WeightLbMin,
        int? WeightLbMax, IReadOnlyList<string> Marks, DateTimeOffset? LastSeenAt, string? LastSeen, Custody Custody, Stated AtRisk,
        IReadOnlyList<string> Indicators, IReadOnlyList<string> Phones, IReadOnlyList<string> Emails, IReadOnlyList<string> ScreenNames,
        IReadOnlyList<Message> Messages, EntryClock Clock, Clearing? Cleared, NcmecTelling? Ncmec, IReadOnlyList<Alert> Alerts, Guid Revision,
        string? Race, string? Eyes, string? Hair, PartialDate PhotoTaken, Stated Dental, Stated Medical, IReadOnlyList<Gap> Gaps, IReadOnlyList<string> GapRules,
        IReadOnlyList<Vehicle> Vehicles, IReadOnlyList<ShowAlert.PlateRow> Plates, IReadOnlyList<Earlier> Before);

    internal sealed class Handler(RuleBook rules, AlertReading reading, PlateBook plates) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var entry = await act.Db.Set<Entry>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (entry is null || !act.Covers(entry)) return Problem.Missing("There is no such entry for you.");
            var messages = await act.Db.Set<EntryMessage>().AsNoTracking().Where(row => row.EntryId == entry.Id).OrderBy(row => row.Version).ToListAsync(cancel);
            var times = Disappearances.Of(messages);
            var clearings = await ClearingsAsync(act, entry, cancel);
            var clocks = await ClocksAsync(act, entry, times, cancel);
            act.Trace("entry", entry.Id.Value, "shown");
            act.Trace("person-record", entry.Record.Value, "shown");
            return new Page(
                entry.Id, entry.Nic, entry.NcmecCase, entry.AgencyOri, entry.OfficeCode, entry.Category, entry.CaseType, entry.State,
                [.. ChildRecord.Names(entry.Names).Select(name => new Name(name.Given, name.Family, name.IsAlias))], entry.Born, entry.AgeText,
                entry.Sex, entry.HeightInMin, entry.HeightInMax, entry.WeightLbMin, entry.WeightLbMax, Lists.Split(entry.Marks),
                entry.LastSeenAt, PlaceOf(entry), entry.Custody, entry.AtRisk, Lists.Split(entry.Indicators),
                Lists.Split(entry.Phones), Lists.Split(entry.Emails), Lists.Split(entry.ScreenNames), History(messages), clocks[^1],
                Of(times[^1], clearings).LastOrDefault(), await NcmecAsync(act, entry, times[^1], cancel), await AlertsAsync(act, entry, cancel), entry.Revision,
                entry.Race, entry.Eyes, entry.Hair, entry.PhotoTaken, entry.Dental, entry.Medical, RecordGaps.Of(entry, act.Now, rules),
                [.. RecordGaps.RulesOn(rules, entry.FirstReceivedAt).Select(rule => $"{rule.Says}{(rule.Confirmed ? "" : " (to be checked by counsel)")}")],
                [.. EntryVehicles.Split(entry.Vehicles).Select(Shown)], await plates.BesideAsync(act, entry, cancel),
                [.. times.Zip(clocks).SkipLast(1).Select(one => new Earlier(one.Second, one.First.EndedAt, [.. Of(one.First, clearings)]))]);

            static IEnumerable<Clearing> Of(Disappearance time, List<Clearing> clearings) => clearings.Where(row => time.Versions.Contains(row.Version));
        }

        private static Vehicle Shown(EntryVehicle one) => new(
            EntryVehicles.Looks(one), one.Plate, EntryVehicles.PlateAround(one), one.Plate is { } plate ? Plates.Normal(plate) : null, one.Vin,
            one.Vin is { } vin ? Vins.Checks(vin) : null);

        /// <summary>In the order in which they came; each is held against how the entry stood before it by its own time, for one that was overtaken on its way says nothing new.</summary>
        private static IReadOnlyList<Message> History(List<EntryMessage> messages)
        {
            var (stood, changes) = ((EntryMessage?)null, new Dictionary<int, IReadOnlyList<Change>>());
            foreach (var row in messages.OrderBy(row => row.ReceivedAt).ThenBy(row => row.Version))
            {
                var stands = stood is null ? row : row.After(stood);
                changes[row.Version] = stood is null ? [] : EntryChanges.Between(stood, stands);
                stood = stands;
            }
            return [.. messages.Select(row => new Message(row.Version, row.State, row.ReceivedAt, row.Source, changes[row.Version]))];
        }

        /// <summary>All that is stated of the place; a county by its name too.</summary>
        internal static string? PlaceOf(EntryFacts entry)
        {
            var county = entry.LastSeenCountyFips is not { } fips ? null
                : Gazetteer.Default.Counties.WithFips(fips) is { } known ? $"{known.Name}{(entry.LastSeenState is null ? $" {known.State}" : "")} ({fips})" : $"county {fips}";
            var place = string.Join(", ", new[] { entry.LastSeenCity, entry.LastSeenState, entry.LastSeenZip, county }.OfType<string>());
            return place.Length == 0 ? null : place;
        }

        private async Task<IReadOnlyList<Alert>> AlertsAsync(Act act, Entry entry, CancellationToken cancel)
        {
            var shown = new List<Alert>();
            foreach (var row in await act.Db.Set<Model.Alert>().AsNoTracking().Where(row => row.EntryId == entry.Id && row.PartOf == null)
                .OrderByDescending(row => row.SentAt).ThenBy(row => row.Id).ToListAsync(cancel))
            {
                var facts = reading.Facts(await AlertShelf.MessagesAsync(act, [row.Id], cancel));
                var info = facts.Infos.Count > 0 ? facts.Infos[0] : null;
                act.Trace("alert", row.Id.Value, "shown");
                shown.Add(new(
                    row.Id, row.Status.ToString(), info?.SenderName ?? facts.Key.Sender, row.SentAt, row.IsCancelled, row.IsCancelled && row.IsWaiting,
                    info is null ? "" : string.Join("; ", info.Areas.Select(area => area.Description)), info?.Description,
                    AlertComparison.Of(AlertClaims.Of(facts), entry, facts.Key.SentAt)));
            }
            return shown;
        }

        private static async Task<List<Clearing>> ClearingsAsync(Act act, Entry entry, CancellationToken cancel) =>
            (await act.Db.Set<ClearingMessage>().AsNoTracking().Where(row => row.EntryId == entry.Id).OrderBy(row => row.Version).ToListAsync(cancel))
            .ConvertAll(row => new Clearing(row.Version, row.ToAgency, row.ToNcmecCase, ClearingMessage.Says, row.WrittenAt, row.ConfirmedAt));

        /// <returns>Null where nothing is owed: the child is in no foster care, or the entry names NCMEC's case.</returns>
        private static async Task<NcmecTelling?> NcmecAsync(Act act, Entry entry, Disappearance time, CancellationToken cancel)
        {
            if (entry is not { Custody: Custody.Foster, NcmecCase: null }) return null;
            var known = await act.Db.Set<Duty>().AsNoTracking().Where(row => row.Rule == NcmecTold.Rule && row.SubjectId == entry.Id.Value).ToListAsync(cancel);
            var duty = NcmecTold.Of(known, entry, time);
            return new(duty?.State, duty?.MetAt ?? duty?.EnteredAt);
        }

        /// <returns>The clock of each time that the child was missing.</returns>
        private async Task<IReadOnlyList<EntryClock>> ClocksAsync(Act act, Entry entry, IReadOnlyList<Disappearance> times, CancellationToken cancel)
        {
            var notes = await act.Db.Set<AgencyTold>().AsNoTracking().Where(row => row.EntryId == entry.Id).OrderBy(row => row.Ordinal).ToListAsync(cancel);
            var by = notes.Select(row => row.By).ToList();
            var names = await act.Db.Set<User>().Where(user => by.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.Name, cancel);
            return [.. times.Select(time =>
            {
                var rule = rules.On("enter-missing", DateOnly.FromDateTime(time.EnteredAt.UtcDateTime));
                var span = rules.Span("enter-missing", time.EnteredAt);
                var own = notes.FindAll(row => time.Versions.Contains(row.Version));
                var told = own.Count > 0 ? own[^1].ToldAt : (DateTimeOffset?)null;
                return new EntryClock(told, told + span, time.EnteredAt, rule.Says, rule.Confirmed, [.. own.Select(row => new Told(
                    row.ToldAt, names.GetValueOrDefault(row.By, "the house"), row.At, time.EnteredAt > row.ToldAt + span ? time.EnteredAt - row.ToldAt - span : null))]);
            })];
        }
    }
}
