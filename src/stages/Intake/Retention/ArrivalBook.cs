using System.Security.Cryptography;
using System.Text.Json;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Work;
using Homeward.Intake.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Retention;

/// <summary>Takes purged reports out of the receipts of what was dropped: names of files may tell of people.</summary>
internal sealed class ArrivalBook(Envelope envelope)
{
    public ArrivalContent Open(Arrival arrival) =>
        JsonSerializer.Deserialize<ArrivalContent>(envelope.Open("originals", ReceivePackage.Context(arrival.Id), arrival.Sealed), WorkItem.Json)!;

    /// <returns>Null where what is stored was changed or damaged: a look at something else is not hidden by it.</returns>
    public ArrivalContent? OpenOrNull(Arrival arrival)
    {
        try
        {
            return Open(arrival);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Strikes the reports and their files; a receipt that then tells of nothing else goes with its last report. Its counts stay.</summary>
    public async Task StrikeAsync(Act act, IReadOnlyCollection<ReportId> reports, CancellationToken cancel)
    {
        var db = act.Db;
        var parts = reports.Select(report => report.Value).ToList();
        var ids = await db.Set<ArrivalPart>().Where(row => parts.Contains(row.PartId)).Select(row => row.ArrivalId).Distinct().ToListAsync(cancel);
        if (ids.Count == 0) return;
        foreach (var arrival in await db.Set<Arrival>().AsNoTracking().Where(row => ids.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(cancel))
        {
            var content = Open(arrival);
            var left = content with
            {
                Reports = [.. content.Reports.Where(part => part.Id is not { } id || !reports.Contains(id))],
                Files = [.. content.Files.Where(part => part.Report is not { } id || !reports.Contains(id))],
            };
            if (left is { Reports: [], Files: [], Refused: [], Alerts: [] }) await db.Set<Arrival>().Where(row => row.Id == arrival.Id).ExecuteDeleteAsync(cancel);
            else
            {
                var sealedAnew = envelope.Seal("originals", ReceivePackage.Context(arrival.Id), JsonSerializer.SerializeToUtf8Bytes(left, WorkItem.Json));
                await db.Set<Arrival>().Where(row => row.Id == arrival.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Sealed, sealedAnew), cancel);
            }
            act.Trace("arrival", arrival.Id, "purged-of-reports");
        }
        await db.Set<ArrivalPart>().Where(row => parts.Contains(row.PartId)).ExecuteDeleteAsync(cancel);
    }
}
