using System.Globalization;
using System.Runtime.CompilerServices;
using Homeward.Foundations.Duties;
using Homeward.Foundations.People;
using Homeward.Foundations.Rules;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Retention;

/// <summary>Judges stored reports: what Intake, the holds, the open duties and every later stage say of each.</summary>
internal sealed class RetentionDesk(RuleBook rules, IEnumerable<IReportUse> uses)
{
    private const int ReportsAtOnce = 1_000;

    /// <summary>Every report whose preservation is over, with its verdict, by id.</summary>
    /// <param name="after">Only reports after this one.</param>
    public async IAsyncEnumerable<RetentionVerdict> WalkAsync(
        HomewardDb db, DateTimeOffset now, ReportId? after, [EnumeratorCancellation] CancellationToken cancel)
    {
        var today = Days.Text(DateOnly.FromDateTime(now.UtcDateTime));
        var last = db.Stored(after?.Value ?? Guid.Empty);
        while (true)
        {
            // Plain SQL: EF knows no order of ids by which to go on.
            var ids = await db.Database.SqlQuery<Guid>(
                $"""SELECT DISTINCT id AS "Value" FROM reports WHERE preserve_until < {today} AND id > {last} ORDER BY id LIMIT {ReportsAtOnce}""")
                .ToListAsync(cancel);
            if (ids.Count == 0) yield break;
            foreach (var verdict in await JudgeAsync(db, now, [.. ids.Order().Select(ReportId.From)], cancel)) yield return verdict;
            last = db.Stored(ids[^1]);
        }
    }

    /// <summary>The verdicts on those of the reports that are stored, by id.</summary>
    public async Task<IReadOnlyList<RetentionVerdict>> JudgeAsync(HomewardDb db, DateTimeOffset now, IReadOnlyCollection<ReportId> ids, CancellationToken cancel)
    {
        var reports = (await db.Set<ReportVersion>().AsNoTracking().Where(row => ids.Contains(row.Id))
            .Select(row => new { row.Id, row.Number, row.ReceivedAt, row.PreserveUntil }).ToListAsync(cancel))
            .GroupBy(row => row.Id).OrderBy(group => group.Key.Value).Select(versions => new ReportAge(
                versions.Key, versions.First().Number, versions.Min(row => row.ReceivedAt),
                DateOnly.ParseExact(versions.Max(row => row.PreserveUntil)!, "yyyy-MM-dd", CultureInfo.InvariantCulture))).ToList();
        var numbers = reports.ToDictionary(report => report.Id, report => report.Number);
        var standings = new List<ReportStanding>();
        foreach (var use in uses) standings.AddRange(await use.StandingsAsync(db, numbers, now, cancel));
        var byReport = standings.ToLookup(standing => standing.Report);

        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var holds = await HoldsAsync(db, now, cancel);
        var subjects = reports.ConvertAll(report => report.Id.Value);
        var owing = (await db.Set<Duty>().Where(duty => duty.State == DutyState.Open && subjects.Contains(duty.SubjectId))
            .Select(duty => duty.SubjectId).ToListAsync(cancel)).ToHashSet();
        return [.. reports.Select(report =>
        {
            var mine = byReport[report.Id].ToList();
            return RetentionRule.Judge(rules, today, report, mine, holds.Cover(report.Id, mine), owing.Contains(report.Id.Value));
        })];
    }

    /// <summary>The holds that stand on a day. A child's hold follows what people decided on who is the same as whom.</summary>
    private static async Task<StandingHolds> HoldsAsync(HomewardDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var holds = await db.Set<Hold>().AsNoTracking().Where(hold => hold.LiftedAt == null && (hold.Until == null || hold.Until >= today)).ToListAsync(cancel);
        var persons = holds.Exists(hold => hold.On == HoldOn.Child)
            ? await IdentityLedger.AsOfAsync(db, now, cancel)
            : Persons.Of([]);
        return new StandingHolds(
            [.. holds.Where(hold => hold.On == HoldOn.Report).Select(hold => ReportId.From(hold.SubjectId))],
            [.. holds.Where(hold => hold.On == HoldOn.Child).Select(hold => persons.PersonOf(PersonRecordId.From(hold.SubjectId)))], persons);
    }

    private sealed record StandingHolds(HashSet<ReportId> Reports, HashSet<PersonRecordId> Children, Persons Persons)
    {
        public bool Cover(ReportId report, List<ReportStanding> standings) => Reports.Contains(report)
            || (Children.Count > 0 && standings.Exists(one => one.Children.Any(child => Children.Contains(Persons.PersonOf(child)))));
    }
}
