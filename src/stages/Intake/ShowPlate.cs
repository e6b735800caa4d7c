using System.ComponentModel.DataAnnotations;
using Homeward.Exchange;
using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Intake.Alerts;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>Where a vehicle's plate appeared: in missing children's entries, in AMBER alerts, with the entries that they lie beside, and in reports.</summary>
/// <remarks>It says what is written where. A plate belongs to a vehicle and not to a person, and two states may have given out the same one.</remarks>
public static class ShowPlate
{
    private const int AlertsMax = 50, EntriesMax = 50;

    public sealed record Request([MaxLength(40)] string Plate);

    /// <param name="Nic">Of the entry that a person attached the alert to.</param>
    public sealed record AlertRow(AlertId Id, string Status, string Issuer, DateTimeOffset SentAt, bool IsCancelled, EntryId? Entry, string? Nic);

    /// <param name="Vehicles">The vehicles of the entry that bear it, in words; empty where the newest message no longer names it.</param>
    public sealed record EntryRow(EntryId Id, string Nic, EntryState State, string AgencyOri, DateTimeOffset ReceivedAt, IReadOnlyList<string> Vehicles);

    /// <param name="Reports">Null: reports are not the actor's to see.</param>
    /// <param name="IsCut">More appearances are there than are named.</param>
    public sealed record Page(
        string Plate, IReadOnlyList<EntryRow> Entries, IReadOnlyList<AlertRow> Alerts, IReadOnlyList<ShowArrival.Other>? Reports, bool IsCut);

    internal sealed class Handler(PlateBook book, AlertReading reading) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (Plates.Normal(request.Plate) is not { } plate)
                return Problem.Invalid("no-plate", "This is no vehicle's plate.", "Enter its letters and digits, four to eight of them, with the state or without it.");
            var alerts = await book.Alerts(act, plate).OrderByDescending(row => row.SentAt).ThenBy(row => row.Id).Take(AlertsMax + 1).ToListAsync(cancel);
            var entries = alerts.Select(row => row.EntryId).OfType<EntryId>().ToList();
            var nics = await act.Db.Set<Entry>().AsNoTracking().Where(row => entries.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Nic, cancel);
            var rows = new List<AlertRow>();
            foreach (var alert in alerts.Take(AlertsMax))
            {
                var facts = reading.Facts(await AlertShelf.MessagesAsync(act, [alert.Id], cancel));
                rows.Add(new(
                    alert.Id, alert.Status.ToString(), facts.Infos.Select(info => info.SenderName).FirstOrDefault(name => name is not null) ?? facts.Key.Sender, alert.SentAt,
                    alert.IsCancelled, alert.EntryId, alert.EntryId is { } entry ? nics[entry] : null));
                act.Trace("alert", alert.Id.Value, "plate");
            }
            var named = await PlateBook.Entries(act, plate).OrderByDescending(row => row.FirstReceivedAt).ThenBy(row => row.Id).Take(EntriesMax + 1).ToListAsync(cancel);
            foreach (var entry in named.Take(EntriesMax)) act.Trace("entry", entry.Id.Value, "plate");
            var sightings = book.ShowsReports(act) ? await book.ReportsAsync(act, plate, cancel) : null;
            var reports = sightings is null ? null : await Appearances.NamedAsync(act, [.. sightings.Take(Appearances.ReportsMax)], cancel);
            foreach (var report in reports ?? []) act.Trace("report", report.Id.Value, "plate");
            return new Page(
                plate, [.. named.Take(EntriesMax).Select(row => new EntryRow(row.Id, row.Nic, row.State, row.AgencyOri, row.FirstReceivedAt, EntryVehicles.Bearing(row.Vehicles, plate)))],
                rows, reports, named.Count > EntriesMax || alerts.Count > AlertsMax || sightings?.Count > Appearances.ReportsMax);
        }
    }
}

/// <summary>Finds the page of a plate that stands in an entry, an alert or a report which the actor may see.</summary>
internal sealed class FindPlate(PlateBook book) : IFindByNumber
{
    public string Action => "intake.plate";

    public async Task<Found?> FindAsync(string number, Act act, CancellationToken cancel)
    {
        if (Plates.Normal(number) is not { } plate) return null;
        var alert = await book.Alerts(act, plate).OrderBy(row => row.Id).FirstOrDefaultAsync(cancel);
        var entry = await PlateBook.Entries(act, plate).OrderBy(row => row.Id).FirstOrDefaultAsync(cancel);
        var report = book.ShowsReports(act) && await book.ReportsAsync(act, plate, cancel) is [var first, ..] ? first : null;
        if (alert is null && entry is null && report is null) return null;
        if (alert is not null) act.Trace("alert", alert.Id.Value, "found");
        if (entry is not null) act.Trace("entry", entry.Id.Value, "found");
        if (report is not null) act.Trace("report", report.Report.Value, "found");
        return new Found("Vehicle plate", plate, $"/intake/plates/{plate}");
    }
}
