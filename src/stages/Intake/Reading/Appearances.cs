using Homeward.Foundations.Access;
using Homeward.Intake.Alerts;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Reading;

/// <summary>Where what a report names stands elsewhere in the house: other reports, missing children's entries. Nobody types anything.</summary>
/// <remarks>It says what is written where, and judges nothing: whether two are one is proposed by Review and decided by people.</remarks>
internal sealed class Appearances(IIntake intake)
{
    /// <summary>Of what more reports share, only that it is so: a network's address or a throw-away mailbox says nothing.</summary>
    public const int ReportsMax = 10;
    /// <summary>So many values of a report are looked up in other reports. Of addresses of the net a provider may send thousands: they come last.</summary>
    internal const int LookedUpMax = 60;

    /// <param name="NotLookedUp">Values that were looked up in children's entries alone.</param>
    public sealed record Found(IReadOnlyList<ShowArrival.Appearance> Rows, int NotLookedUp);

    public async Task<IReadOnlyDictionary<ReportId, Found>> OfAsync(
        Act act, IReadOnlyList<ReportGist> reports, CancellationToken cancel)
    {
        var entries = reports.Count == 0 ? new Entries() : await EntriesAsync(act, cancel);
        var found = new Dictionary<ReportId, Found>();
        foreach (var report in reports) found[report.Id] = await OfAsync(act, report, entries, cancel);
        var others = found.Values.SelectMany(some => some.Rows).SelectMany(one => one.Reports).ToList();
        foreach (var id in others.Select(other => other.Id).Distinct()) act.Trace("report", id.Value, "linked");
        foreach (var id in found.Values.SelectMany(some => some.Rows).SelectMany(one => one.Children).Select(child => child.Id).Distinct()) act.Trace("entry", id.Value, "named");
        return found;
    }

    private async Task<Found> OfAsync(Act act, ReportGist report, Entries entries, CancellationToken cancel)
    {
        var rows = new List<ShowArrival.Appearance>();
        var marks = report.Identifiers.Where(one => one.Kind != "place").GroupBy(one => (one.Kind, one.Value)).Select(group => group.First()).OrderBy(one => one.Kind == "ip").ToList();
        foreach (var (at, mark) in marks.Index())
        {
            var holders = at < LookedUpMax ? await intake.SightingsAsync(act.Db, mark.Kind, mark.Value, ReportsMax + 2, cancel) : [];
            var others = holders.Where(holder => holder.Report != report.Id).ToList();
            var isShared = others.Count > ReportsMax;
            var children = entries.With(mark.Kind, mark.Value);
            var alerts = mark.Kind == "plate" ? await AlertsAsync(act, mark.Value, cancel) : [];
            if (others.Count == 0 && children.Count == 0 && alerts.Count == 0) continue;
            rows.Add(new(mark.Kind, mark.Value, mark.Path, isShared, isShared ? [] : await NamedAsync(act, others, cancel), children, alerts));
        }
        foreach (var (name, path) in report.Persons.SelectMany(person => NamesOf(person).Select(name => (name, person.Path))))
        {
            if (entries.Named(name) is { Count: > 0 } children) rows.Add(new("name", name, path, false, [], children, []));
        }
        return new(rows, Math.Max(0, marks.Count - LookedUpMax));
    }

    /// <summary>Each whole name of a person once: an alias or a display name is one too.</summary>
    private static IEnumerable<string> NamesOf(ReportPerson person)
    {
        string[] own = person.Given.Length > 0 && person.Family.Length > 0 ? [$"{person.Given} {person.Family}"] : [];
        return own.Concat(person.OtherNames.Where(name => name.Trim().Contains(' '))).DistinctBy(Kernel.Names.Fold, StringComparer.Ordinal);
    }

    /// <summary>The reports as they are named to people, in the order of the sightings.</summary>
    public static async Task<IReadOnlyList<ShowArrival.Other>> NamedAsync(Act act, List<Sighting> sightings, CancellationToken cancel)
    {
        var ids = sightings.ConvertAll(one => one.Report);
        var versions = (await act.Db.Set<ReportVersion>().AsNoTracking().Where(row => ids.Contains(row.Id))
            .Select(row => new { row.Id, row.Version, row.Number, row.Provider, row.ReceivedAt }).ToListAsync(cancel)).ToLookup(row => row.Id);
        return [.. sightings.Where(one => versions.Contains(one.Report)).Select(one =>
        {
            var newest = versions[one.Report].MaxBy(row => row.Version)!;
            return new ShowArrival.Other(one.Report, newest.Number, newest.Provider, newest.ReceivedAt, one.Path);
        })];
    }

    /// <summary>AMBER alerts whose messages name the plate, newest first. Who may take reports in may see every alert.</summary>
    private static async Task<IReadOnlyList<ShowArrival.Alert>> AlertsAsync(Act act, string plate, CancellationToken cancel)
    {
        var alerts = await PlateBook.Naming(act, act.Db.Set<Alert>().AsNoTracking(), plate)
            .OrderByDescending(row => row.SentAt).ThenBy(row => row.Id).Take(ReportsMax).Select(row => new ShowArrival.Alert(row.Id, row.SentAt, row.IsCancelled)).ToListAsync(cancel);
        foreach (var alert in alerts) act.Trace("alert", alert.Id.Value, "linked");
        return alerts;
    }

    private static async Task<Entries> EntriesAsync(Act act, CancellationToken cancel)
    {
        var entries = new Entries();
        await foreach (var row in act.Db.Set<Entry>().AsNoTracking()
            .Select(row => new { row.Id, row.Nic, row.State, row.Names, row.Born, row.Phones, row.Emails, row.ScreenNames, row.Vehicles }).AsAsyncEnumerable().WithCancellation(cancel))
        {
            var names = ChildRecord.Names(row.Names).ToList();
            var child = new ShowArrival.Child(row.Id, row.Nic, names.Count > 0 ? $"{names[0].Given} {names[0].Family}".Trim() : "", row.Born, row.State);
            foreach (var name in names) entries.Add("name", Kernel.Names.Fold($"{name.Given} {name.Family}"), child);
            foreach (var phone in Lists.Split(row.Phones)) entries.Add("phone", phone, child);
            foreach (var email in Lists.Split(row.Emails)) entries.Add("email", email, child);
            foreach (var screenName in Lists.Split(row.ScreenNames)) entries.Add("screen-name", screenName, child);
            foreach (var plate in EntryVehicles.Plates(row.Vehicles)) entries.Add("plate", plate, child);
        }
        return entries;
    }

    /// <summary>Entries by what stands in them.</summary>
    private sealed class Entries
    {
        private readonly Dictionary<(string Kind, string Value), List<ShowArrival.Child>> _by = [];

        public void Add(string kind, string value, ShowArrival.Child child)
        {
            if (!_by.TryGetValue((kind, value), out var children)) _by[(kind, value)] = children = [];
            if (!children.Exists(one => one.Id == child.Id)) children.Add(child);
        }

        public IReadOnlyList<ShowArrival.Child> With(string kind, string value) => _by.GetValueOrDefault((kind, value)) ?? (IReadOnlyList<ShowArrival.Child>)[];
        public IReadOnlyList<ShowArrival.Child> Named(string name) => With("name", Kernel.Names.Fold(name));
    }
}
