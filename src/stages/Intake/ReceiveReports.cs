using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.Rules;
using Homeward.Foundations.Sealing;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>Takes CyberTipline reports as they came, in either form, up to some thousands at once.</summary>
/// <remarks>
/// the same number and bytes again are a repeat and change nothing; other bytes are a new version, both stay
/// readable. R-02: the answer is given when the whole batch is durable. R-06: the preservation clock starts. R-10: what
/// cannot be read goes to the rejects and holds nothing up. R-22: a claim of imminent danger alerts the duty officer.
/// </remarks>
public static class ReceiveReports
{
    private const int OriginalsMax = 5_000;

    /// <param name="Provider">Name of the sending account, where one sends for itself.</param>
    public sealed record Request([Required, MaxLength(OriginalsMax)] IReadOnlyList<RawOriginal> Originals, [MaxLength(200)] string? Provider = null);

    /// <param name="Reports">New reports and reports with a new version, in the order of the batch.</param>
    public sealed record Receipt(int New, int Versions, int Repeats, int Rejected, IReadOnlyList<ReportId> Reports);

    public sealed class Handler(Envelope envelope, RuleBook rules, DutyBook duties) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var read = ReadReports.Of(request.Originals, request.Provider, act.Now);
            var taken = read.Where(one => one.Report is not null).ToList();
            var (fresh, repeats) = await SortAsync(act, taken, cancel);

            var spots = await Originals.KeepAsync(
                act.Db, envelope, act.Ids, act.Now, [.. fresh.Select(one => one.Read.Original.Bytes)], cancel);
            var versions = fresh.Select((one, index) => new NewVersion(
                one.Id, one.Version, one.Read, one.Read.Report!, spots[index],
                Days.Text(PreservationClock.EndsOn(rules, ReportRows.SubmittedAt(one.Read))))).ToList();
            await ReportRows.WriteAsync(act.Db, versions, cancel);
            await Rejects.KeepAsync(act, envelope, [.. read.Where(one => one.Report is null).Select(one =>
                new RejectedRecord("report", one.Original.Path, one.Sha256, one.Original.Bytes, one.Rejections))], cancel);

            foreach (var version in versions.Where(ClaimsDanger)) await AlertAsync(act, version, cancel);
            // One entry for each block: its reports name it, so that the trace of a bulk import leads to every one of them.
            foreach (var block in spots.GroupBy(spot => spot.Block)) act.Trace("original-block", block.Key, $"reports={block.Count()}");
            var reports = versions.Select(version => version.Id).Distinct().ToList();
            if (reports.Count > 0) act.Tell(new ReportsReceived(reports));

            var news = versions.Count(version => version.Version == 1);
            var receipt = new BatchReceipt(news, versions.Count - news, repeats, read.Length - taken.Count);
            Rejects.Count(act, "report", receipt);
            return new Receipt(receipt.New, receipt.Versions, receipt.Repeats, receipt.Rejected, reports);
        }

        /// <summary>The provider's flag or NCMEC's first priority: a bare claim in both cases, never a finding.</summary>
        private static bool ClaimsDanger(NewVersion version) => version.Report.EscalationClaimed || version.Report.Ncmec?.Priority == 1;

        private Task<Duty> AlertAsync(Act act, NewVersion version, CancellationToken cancel) => duties.StartAsync(
            act, "alert-imminent", $"report/{version.Read.Number}", "report", version.Id.Value, new DutyOwner(Role.Supervisor), act.Now, cancel);

        /// <summary>Tells repeats from new reports and new versions, within the batch as well.</summary>
        private static async Task<(List<(ReportId Id, int Version, ReadReport Read)> Fresh, int Repeats)> SortAsync(
            Act act, List<ReadReport> taken, CancellationToken cancel)
        {
            var numbers = taken.Select(one => one.Number).Distinct().ToList();
            var stored = await act.Db.Set<ReportVersion>().AsNoTracking().Where(row => numbers.Contains(row.Number))
                .Select(row => new { row.Number, row.Id, row.Version, row.Sha256 }).ToListAsync(cancel);
            var known = stored.GroupBy(row => row.Number, StringComparer.Ordinal).ToDictionary(
                group => group.Key,
                group => (group.First().Id, Version: group.Max(row => row.Version), Hashes: group.Select(row => row.Sha256).ToHashSet()),
                StringComparer.Ordinal);
            var fresh = new List<(ReportId, int, ReadReport)>(taken.Count);
            var repeats = 0;
            foreach (var one in taken)
            {
                if (!known.TryGetValue(one.Number, out var report)) report = (act.Ids.Next<ReportId>(), 0, []);
                if (!report.Hashes.Add(one.Sha256))
                {
                    repeats++;
                    continue;
                }
                report.Version++;
                known[one.Number] = report;
                fresh.Add((report.Id, report.Version, one));
            }
            return (fresh, repeats);
        }
    }
}
