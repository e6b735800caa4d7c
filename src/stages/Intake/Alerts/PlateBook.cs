using Homeward.Foundations.Access;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Alerts;

/// <summary>Which alerts, missing children's entries and reports name a vehicle's plate, as far as the actor may see them.</summary>
internal sealed class PlateBook(IIntake intake, AuthorizationTable table)
{
    public IQueryable<Alert> Alerts(Act act, string plate) => Naming(act, act.Seen(act.Db.Set<Alert>().AsNoTracking()), plate);

    /// <summary>Those of some alerts that name a plate.</summary>
    public static IQueryable<Alert> Naming(Act act, IQueryable<Alert> alerts, string plate) =>
        alerts.Where(row => row.PartOf == null && act.Db.Set<AlertPlate>().Any(one => one.AlertId == row.Id && one.Plate == plate));

    /// <summary>Entries of which a message names it, also where a later one does not.</summary>
    public static IQueryable<Entry> Entries(Act act, string plate) => act.Seen(act.Db.Set<Entry>().AsNoTracking())
        .Where(row => act.Db.Set<EntryPlate>().Any(one => one.EntryId == row.Id && one.Plate == plate));

    /// <summary>Reports are seen by those alone who may open one: others are not told that any is there.</summary>
    public bool ShowsReports(Act act) => table.Allows(act.Actor.Role, "intake.report");

    /// <summary>One more than are ever named, so that the rest is told to be there.</summary>
    public Task<IReadOnlyList<Sighting>> ReportsAsync(Act act, string plate, CancellationToken cancel) =>
        intake.SightingsAsync(act.Db, "plate", plate, Appearances.ReportsMax + 1, cancel);

    /// <summary>Of each plate of an alert, in how many others and in how many entries and reports it stands.</summary>
    public async Task<IReadOnlyList<ShowAlert.PlateRow>> BesideAsync(Act act, AlertId alert, CancellationToken cancel)
    {
        var plates = await act.Db.Set<AlertPlate>().AsNoTracking().Where(row => row.AlertId == alert).Select(row => row.Plate).Distinct().OrderBy(row => row).ToListAsync(cancel);
        return await BesideAsync(act, plates, alert, null, cancel);
    }

    /// <summary>Of each plate of an entry, in how many others and in how many alerts and reports it stands.</summary>
    public Task<IReadOnlyList<ShowAlert.PlateRow>> BesideAsync(Act act, Entry entry, CancellationToken cancel) =>
        BesideAsync(act, EntryVehicles.Plates(entry.Vehicles), null, entry.Id, cancel);

    private async Task<IReadOnlyList<ShowAlert.PlateRow>> BesideAsync(Act act, IReadOnlyList<string> plates, AlertId? alert, EntryId? entry, CancellationToken cancel)
    {
        var rows = new List<ShowAlert.PlateRow>();
        foreach (var plate in plates)
            rows.Add(new(
                plate, await Alerts(act, plate).CountAsync(row => row.Id != alert, cancel), await Entries(act, plate).CountAsync(row => row.Id != entry, cancel),
                ShowsReports(act) ? (await ReportsAsync(act, plate, cancel)).Count : null));
        return rows;
    }
}
