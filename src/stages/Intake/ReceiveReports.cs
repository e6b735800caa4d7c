using System.ComponentModel.DataAnnotations;
using Homeward.Exchange;
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

    /// <summary>What its sender has not ranked by then, the house ranks. Far longer than a batch takes.</summary>
    public static readonly TimeSpan SenderRanksWithin = TimeSpan.FromMinutes(3);

    /// <param name="Provider">Name of the sending account, where one sends for itself.</param>
    public sealed record Request([Required, MaxLength(OriginalsMax)] IReadOnlyList<RawOriginal> Originals, [MaxLength(200)] string? Provider = null) : IRepeatable
    {
        internal ReadReport[]? Read { get; private init; }

        /// <summary>
        /// The sender ranks them itself (<c>Courier.DeliverAheadAsync</c>): their news are due only after a while, should it be
        /// gone by then. Else a house that serves beside a bulk import would rank thousands before the report that just came.
        /// </summary>
        internal bool IsRankedBySender { get; private init; }

        /// <summary>The originals of those that can be read, compressed: as they are stored where all of them are new.</summary>
        internal Reading.Originals.PackedBlock[]? Packed { get; private init; }

        /// <summary>The same request, with its originals read: what a bulk import does while the batch before it is stored. It ranks them itself.</summary>
        /// <param name="now">By the house's clock.</param>
        public Request ReadAhead(DateTimeOffset now)
        {
            var read = ReadReports.Of(Originals, Provider, now);
            return this with { Read = read, Packed = Reading.Originals.Pack([.. Taken(read).Select(one => one.Original.Bytes)]), IsRankedBySender = true };
        }

        internal static IEnumerable<ReadReport> Taken(ReadReport[] read) => read.Where(one => one.Report is not null);

        /// <summary>What of it will be rejected, with every fault; null before it was read.</summary>
        public IEnumerable<(string Source, IReadOnlyList<Rejection> Faults)>? Rejected =>
            Read?.Where(one => one.Report is null).Select(one => (one.Original.Path, one.Rejections));
    }

    /// <param name="Reports">New reports and reports with a new version, in the order of the batch.</param>
    public sealed record Receipt(int New, int Versions, int Repeats, int Rejected, IReadOnlyList<ReportId> Reports);

    internal sealed class Handler(Envelope envelope, RuleBook rules, DutyBook duties, FreshReports fresh, TextSearch texts, LookGenerations generations) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var read = request.Read ?? ReadReports.Of(request.Originals, request.Provider, act.Now);
            var taken = Request.Taken(read).ToList();
            var (news, repeats) = await SortAsync(act, taken, cancel);

            byte[][] originals = [.. news.Select(one => one.Read.Original.Bytes)];
            var packed = request.Packed is { } ahead && news.Count == taken.Count ? ahead : Originals.Pack(originals);
            var spots = await Originals.KeepAsync(act.Db, envelope, act.Ids, act.Now, originals, packed, cancel);
            var versions = news.Select((one, index) => ReportRows.Of(
                one.Id, one.Version, one.Read, spots[index],
                Days.Text(PreservationClock.EndsOn(rules, ReportRows.PreservedFrom(one.Read, act.Now))), act.Now)).ToList();
            await ReportRows.WriteAsync(act.Db, generations, versions, [.. versions.Where(one => one.Version > 1).Select(one => one.Id)], cancel);
            await texts.KeepAsync(act.Db, [.. news.Select((one, index) => new TextSearch.Words(spots[index].Block, one.Id, one.Version, one.Read.Words))], cancel);
            await Rejects.KeepAsync(act, envelope, [.. read.Where(one => one.Report is null).Select(one =>
                new RejectedRecord("report", one.Original.Path, one.Sha256, one.Original.Bytes, one.Rejections))], cancel);

            foreach (var version in versions.Where(one => one.ClaimsDanger)) await AlertAsync(act, duties, version, cancel);
            // One entry for each block: its reports name it, so that the trace of a bulk import leads to every one of them.
            BlockTrace.Stored(act, versions.Select(version => (version.BlockId, version)));
            var reports = versions.Select(version => version.Id).Distinct().ToList();
            if (reports.Count > 0) act.Later(new ReportsReceived(reports), request.IsRankedBySender ? act.Now + SenderRanksWithin : act.Now);
            fresh.Keep(versions);

            var first = versions.Count(version => version.Version == 1);
            var receipt = new BatchReceipt(first, versions.Count - first, repeats, read.Length - taken.Count);
            Rejects.Count(act, "report", receipt);
            return new Receipt(receipt.New, receipt.Versions, receipt.Repeats, receipt.Rejected, reports);
        }

        /// <summary>A claim of imminent danger is the duty officer's .</summary>
        public static Task<Duty> AlertAsync(Act act, DutyBook duties, ReportVersion report, CancellationToken cancel) => duties.StartAsync(
            act, WaitingAlerts.Rule, $"report/{report.Number}", "report", report.Id.Value, new DutyOwner(Role.Supervisor), act.Now, cancel);

        /// <summary>Tells repeats from new reports and new versions, within the batch as well.</summary>
        private static async Task<(List<(ReportId Id, int Version, ReadReport Read)> News, int Repeats)> SortAsync(
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
