using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Homeward.Exchange.CyberTips;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>What came in, by day and form: new, versions, repeats, rejects; and on demand the reports of one day.</summary>
public static class ShowIntake
{
    private const int DaysMax = 62;
    private const int RowsMax = 100;

    /// <param name="Day">UTC day of arrival, <c>2019-07-01</c>: its reports are listed.</param>
    /// <param name="From">Number of rows that are passed over.</param>
    /// <param name="Versions">Only later versions of a report, or only first ones; both when left out.</param>
    public sealed record Request(
        [RegularExpression(@"\d{4}-\d{2}-\d{2}", ErrorMessage = "{0} is no day; write it as 2019-07-12.")] string? Day = null, ReportForm? Form = null, [Range(0, int.MaxValue)] int From = 0, bool? Versions = null);
    public sealed record DayRow(string Day, int Xml, int Json, int Versions);
    /// <summary>By the day on which the house took the batch.</summary>
    public sealed record BatchRow(string Day, string Kind, int New, int Versions, int Repeats, int Rejected);
    /// <param name="MayEndEarlier">Nobody says when the provider submitted it: the day is the last on which the preservation can end.</param>
    public sealed record ReportRow(
        ReportId Id, string Number, int Version, string Form, string Provider, string IncidentType, DateTimeOffset ReceivedAt,
        bool EscalationClaimed, int? Priority, string PreserveUntil, bool MayEndEarlier);
    /// <summary>Reports whose preservation ends within so many days.</summary>
    public sealed record EndingRow(int Days, int Reports);
    /// <param name="Rejects">What lies rejected: each thing once, however often it came, while <see cref="BatchRow.Rejected"/> counts each time.</param>
    /// <param name="Total">How many reports and versions the asked day has.</param>
    /// <param name="MayEndEarlier">Reports that count as preserved and of which nobody says when the provider submitted them.</param>
    public sealed record Page(
        IReadOnlyList<DayRow> Days, IReadOnlyList<BatchRow> Batches, int Rejects, IReadOnlyList<EndingRow> Ending, int MayEndEarlier, IReadOnlyList<ReportRow> Reports, bool More, int Total);

    public sealed class Handler : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (request.Day is { } asked && !DateOnly.TryParseExact(asked, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
                return Problem.Invalid("day-not-a-date", $"\"{asked}\" is no date.", "Write a day that the calendar has, such as 2026-02-28.");
            var reports = act.Db.Set<ReportVersion>();
            var days = (await (await NewestAsync(act.Db, reports, cancel)).GroupBy(row => new { row.ReceivedOn, row.Form, First = row.Version == 1 })
                .Select(group => new { group.Key.ReceivedOn, group.Key.Form, group.Key.First, Count = group.Count() }).ToListAsync(cancel))
                .GroupBy(row => row.ReceivedOn).OrderByDescending(day => day.Key, StringComparer.Ordinal).Take(DaysMax)
                .Select(day => new DayRow(
                    day.Key, day.Where(row => row.First && row.Form == ReportForm.ProviderXml).Sum(row => row.Count),
                    day.Where(row => row.First && row.Form != ReportForm.ProviderXml).Sum(row => row.Count),
                    day.Where(row => !row.First).Sum(row => row.Count))).ToList();
            var batches = (await act.Db.Set<Batch>().GroupBy(row => new { row.ReceivedOn, row.Kind })
                .Select(group => new BatchRow(group.Key.ReceivedOn, group.Key.Kind, group.Sum(row => row.New),
                    group.Sum(row => row.Versions), group.Sum(row => row.Repeats), group.Sum(row => row.Rejected))).ToListAsync(cancel))
                .OrderByDescending(row => row.Day, StringComparer.Ordinal).ThenBy(row => row.Kind, StringComparer.Ordinal).Take(DaysMax * 4).ToList();
            var (listed, total) = await ListAsync(reports, request, cancel);
            foreach (var row in listed) act.Trace("report", row.Id.Value, "listed");
            return new Page(days, batches, await act.Db.Set<Reject>().CountAsync(cancel), await EndingAsync(reports, act.Now, cancel), await MayEndEarlierAsync(reports, act.Now, cancel), listed, request.From + listed.Count < total, total);
        }

        /// <summary>Those of the days that are shown: from one day to the next that has any, and of older ones nothing is read.</summary>
        [SuppressMessage("Globalization", "CA1309", Justification = "EF turns this form, and no other, into a comparison in the database.")]
        private static async Task<IQueryable<ReportVersion>> NewestAsync(HomewardDb db, IQueryable<ReportVersion> reports, CancellationToken cancel)
        {
            var oldest = await db.Database.SqlQuery<string>($"""
                WITH RECURSIVE days (day, place) AS (
                    SELECT (SELECT MAX(received_on) FROM reports), 1
                    UNION ALL SELECT (SELECT MAX(received_on) FROM reports WHERE received_on < day), place + 1 FROM days WHERE day IS NOT NULL AND place < {DaysMax})
                SELECT MIN(day) AS "Value" FROM days WHERE day IS NOT NULL
                """).SingleAsync(cancel);
            return oldest is null ? reports : reports.Where(row => string.Compare(row.ReceivedOn, oldest) >= 0);
        }

        private static async Task<(List<ReportRow> Rows, int Total)> ListAsync(IQueryable<ReportVersion> reports, Request request, CancellationToken cancel)
        {
            if (request.Day is not { } day) return ([], 0);
            reports = reports.Where(row => row.ReceivedOn == day);
            // JSON and PDF come by one way, and are counted together.
            if (request.Form is { } form) reports = reports.Where(row => (row.Form == ReportForm.ProviderXml) == (form == ReportForm.ProviderXml));
            if (request.Versions is { } later) reports = reports.Where(row => row.Version > 1 == later);
            // What is shown, and not what a report names: of a large day that would not fit into what is sorted in memory.
            var rows = (await reports.OrderBy(row => row.ReceivedAt).ThenBy(row => row.Id).ThenBy(row => row.Version).Skip(request.From).Take(RowsMax)
                .Select(row => new { row.Id, row.Number, row.Version, row.Form, row.Provider, row.IncidentType, row.ReceivedAt, row.EscalationClaimed, row.Priority, row.PreserveUntil, row.SubmittedAt })
                .ToListAsync(cancel)).ConvertAll(row => new ReportRow(
                    row.Id, row.Number, row.Version, Gists.FormSlug(row.Form), row.Provider, row.IncidentType, row.ReceivedAt,
                    row.EscalationClaimed, row.Priority, row.PreserveUntil, row.SubmittedAt is null));
            return (rows, await reports.CountAsync(cancel));
        }

        [SuppressMessage("Globalization", "CA1309", Justification = "EF turns this form, and no other, into a comparison in the database.")]
        private static Task<int> MayEndEarlierAsync(IQueryable<ReportVersion> reports, DateTimeOffset now, CancellationToken cancel)
        {
            var today = Reading.Days.Utc(now);
            return reports.CountAsync(row => row.SubmittedAt == null && string.Compare(row.PreserveUntil, today) >= 0, cancel);
        }

        [SuppressMessage("Globalization", "CA1309", Justification = "EF turns this form, and no other, into a comparison in the database.")]
        private static async Task<IReadOnlyList<EndingRow>> EndingAsync(IQueryable<ReportVersion> reports, DateTimeOffset now, CancellationToken cancel)
        {
            var today = DateOnly.FromDateTime(now.UtcDateTime);
            var ending = new List<EndingRow>();
            foreach (var days in PreservationClock.WarningDays)
            {
                var (from, to) = (Reading.Days.Text(today), Reading.Days.Text(today.AddDays(days)));
                ending.Add(new EndingRow(days, await reports.CountAsync(row =>
                    string.Compare(row.PreserveUntil, from) >= 0 && string.Compare(row.PreserveUntil, to) <= 0, cancel)));
            }
            return ending;
        }
    }
}
