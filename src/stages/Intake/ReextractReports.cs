using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>Draws persons, identifiers and files anew out of originals that an older extractor read, and keeps what differs.</summary>
/// <remarks>
/// Some reports an act, each marked with the extractor that drew it: it can be stopped anywhere and started again. The original is not
/// touched, nor are the clocks that run from its arrival. What people decided binds the evidence that they saw: of a report that
/// now says otherwise Review hears as of a new version, and proposes anew what was decided on other evidence.
/// What is drawn anew and claims imminent danger alerts the duty officer, as if it had come in now (R-22).
/// </remarks>
public static class ReextractReports
{
    private const int ReportsMax = 1_000;

    /// <param name="After">The last report of the step before; null to begin.</param>
    /// <param name="Preview">Only say what would differ.</param>
    public sealed record Request(ReportId? After, bool Preview, [Range(1, ReportsMax)] int Max = 500);

    /// <param name="Last">Where the next step goes on; null when there is nothing left.</param>
    /// <param name="Versions">How many versions of reports were drawn anew.</param>
    /// <param name="Differ">How many of them say otherwise now.</param>
    /// <param name="Changes">Counted by what changed: "identifier plate: new".</param>
    /// <param name="Unread">Numbers of reports whose originals the reader no longer takes, or which do not open. They stay as they are.</param>
    public sealed record Receipt(int Extractor, ReportId? Last, int Versions, int Differ, IReadOnlyDictionary<string, int> Changes, IReadOnlyList<string> Unread);

    internal sealed class Handler(Envelope envelope, DutyBook duties, FreshReports fresh, TextSearch texts, LookGenerations generations) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var ids = (await act.Db.Database.SqlQuery<Guid>(
                $"""SELECT DISTINCT id AS "Value" FROM reports WHERE extractor < {Extractor.Version} AND id > {act.Db.Stored(request.After?.Value ?? Guid.Empty)} ORDER BY id LIMIT {request.Max}""")
                .ToListAsync(cancel)).ConvertAll(ReportId.From);
            if (ids.Count == 0) return new Receipt(Extractor.Version, null, 0, 0, new Dictionary<string, int>(), []);
            // A purge that takes one of them away comes before or after, never in between.
            var values = ids.ConvertAll(id => id.Value);
            if (!act.Db.IsSqlite && !request.Preview) await act.Db.Database.ExecuteSqlAsync($"SELECT 1 FROM reports WHERE id = ANY ({values}) FOR UPDATE", cancel);
            var versions = await act.Db.Set<ReportVersion>().AsNoTracking().Where(row => ids.Contains(row.Id) && row.Extractor < Extractor.Version)
                .OrderBy(row => row.Id).ThenBy(row => row.Version).ToListAsync(cancel);
            var (changed, counts, unread) = (new List<(ReportVersion After, int Before)>(), new SortedDictionary<string, int>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
            foreach (var block in versions.GroupBy(row => row.BlockId))
            {
                var opened = await Originals.OpenBlockAsync(act.Db, envelope, block.Key, cancel);
                var read = new List<(ReportVersion, CyberTipReport)>();
                foreach (var version in block)
                {
                    if (opened.Cut(version.BlockOffset, version.Bytes) is not { } original || await ReadAsync(act.Db, original, version, cancel) is not { } report)
                    {
                        unread.Add(version.Number);
                        continue;
                    }
                    read.Add((version, report));
                    var after = ReportRows.Again(version, report);
                    var changes = ExtractionDifference.Between(version, after);
                    if (changes.Count == 0) continue;
                    changed.Add((after, version.Extractor));
                    foreach (var one in changes)
                    {
                        var name = $"{one.What} {one.Kind}".Trim() + (one.Before is null ? ": new" : one.After is null ? ": gone" : ": other");
                        counts[name] = counts.GetValueOrDefault(name) + 1;
                    }
                    if (!request.Preview) await KeepAsync(act, version, after, changes, cancel);
                }
                if (!request.Preview) await texts.DrawAnewAsync(act.Db, block.Key, opened, read, cancel);
                act.Trace(BlockTrace.Subject, block.Key, $"{(request.Preview ? "reextract-preview" : "reextracted")};extractor={Extractor.Version};versions={block.Count()}");
            }
            if (!request.Preview) await EndAsync(act, ids, [.. versions.Where(row => unread.Contains(row.Number)).Select(row => row.Id)], changed, cancel);
            return new Receipt(Extractor.Version, ids[^1], versions.Count, changed.Count, counts, [.. unread]);
        }

        /// <summary>The new rows in place of the old ones, and what differs beside them.</summary>
        private async Task KeepAsync(Act act, ReportVersion before, ReportVersion after, IReadOnlyList<ExtractionChange> changes, CancellationToken cancel)
        {
            var (id, version) = (after.Id, after.Version);
            act.Db.Add(new ReportExtraction
            {
                ReportId = id, Version = version, Extractor = Extractor.Version, Before = before.Extractor, At = act.Now,
                Changes = envelope.Seal("originals", ReportExtraction.Context(id, version, Extractor.Version), JsonSerializer.SerializeToUtf8Bytes(changes, WorkItem.Json)),
            });
            await ReportRows.ForgetLooksAsync(act.Db, before, cancel);
            await act.Db.Set<ReportVersion>().Where(row => row.Id == id && row.Version == version).ExecuteDeleteAsync(cancel);
            act.Trace("report", id.Value, $"reextracted={before.Extractor}-{Extractor.Version};version={version};changes={changes.Count}");
            if (after.ClaimsDanger && !before.ClaimsDanger)
                await ReceiveReports.Handler.AlertAsync(act, duties, after, cancel);
        }

        private async Task EndAsync(Act act, List<ReportId> ids, List<ReportId> unread, List<(ReportVersion After, int Before)> changed, CancellationToken cancel)
        {
            await ReportRows.WriteAsync(act.Db, generations, changed.ConvertAll(one => one.After), ids, cancel);
            await act.Db.Set<ReportVersion>().Where(row => ids.Contains(row.Id) && !unread.Contains(row.Id) && row.Extractor < Extractor.Version)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Extractor, Extractor.Version), cancel);
            var told = changed.Select(one => one.After.Id).Distinct().ToList();
            // What was kept of them for the first who asks is of the older extraction.
            foreach (var id in told) fresh.Take(id);
            if (told.Count > 0) act.Tell(new ReportsReceived(told));
        }

        private async Task<CyberTipReport?> ReadAsync(HomewardDb db, byte[] original, ReportVersion version, CancellationToken cancel) =>
            ReadOriginals.TryOf(original, version, out var report) ? (await ReadOriginals.WithFilesAsync(db, envelope, [(version, report)], cancel))[0].Report : null;
    }
}
