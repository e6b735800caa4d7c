using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Providers;

/// <summary>One provider: what it sent by day, what was refused and why, what is still open, what is agreed. No content of any report.</summary>
public static class ShowProvider
{
    private const int DaysMax = 62;
    private const int RowsMax = 100;

    /// <param name="From">Number of refused calls that are passed over.</param>
    public sealed record Request(Guid Id, [Range(0, int.MaxValue)] int From = 0);
    public sealed record DayRow(string Day, int Opened, int Finished, int Retracted, int Expired, int Open, int Refused);
    /// <param name="Calls">How many it stands for: of those refused alike in one minute the first is told.</param>
    public sealed record RefusedRow(DateTimeOffset At, string Call, int Code, string Means, long? Number, string Reason, int Faults, string RequestId, int Calls);
    public sealed record OpenRow(long Number, DateTimeOffset OpenedAt, DateTimeOffset DeadlineAt, int Files, int Warnings);

    /// <summary>A report that was taken although it breaks rules of which this account is only warned.</summary>
    /// <param name="State">open, finished, withdrawn, expired.</param>
    /// <param name="Warnings">Each with line and column; never content.</param>
    public sealed record WarnedRow(long Number, DateTimeOffset OpenedAt, string State, IReadOnlyList<string> Warnings);

    /// <param name="UploadedToday">Bytes of files since midnight UTC.</param>
    public sealed record Page(
        Guid Id, string Name, string Company, bool IsLenient, int? CallsPerMinute, long? UploadBytesPerDay, long UploadedToday, DateTimeOffset FromAt,
        DateTimeOffset? EndedAt, IReadOnlyList<DayRow> Days, IReadOnlyList<RefusedRow> Refused, int RefusedInAll, IReadOnlyList<OpenRow> Open, int OpenInAll)
    {
        /// <summary>Newest first.</summary>
        public IReadOnlyList<WarnedRow> Warned { get; init; } = [];
        public int WarnedInAll { get; init; }
    }

    public sealed class Handler : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var account = await act.Db.Set<ProviderAccount>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (account is null) return Problem.Missing("There is no such provider.");
            act.Trace("provider-account", account.Id);
            var submissions = act.Db.Set<Submission>().Where(row => row.AccountId == account.Id);
            var refused = act.Db.Set<RefusedCall>().Where(row => row.AccountId == account.Id);
            var open = submissions.Where(row => row.State == SubmissionState.Open);
            var today = Reading.Days.Utc(act.Now);
            var uploaded = await ProviderFiles.UploadedOnAsync(act.Db, account.Id, today, cancel);
            var refusals = await refused.OrderByDescending(row => row.At).ThenBy(row => row.Id).Skip(request.From).Take(RowsMax)
                .Select(row => new { row.At, row.Call, row.Code, row.Number, row.Reason, row.Faults, row.RequestId, row.Calls }).ToListAsync(cancel);
            var opened = await open.OrderBy(row => row.DeadlineAt).ThenBy(row => row.Number).Take(RowsMax)
                .Select(row => new { row.Number, row.OpenedAt, row.DeadlineAt, row.Warnings, Files = act.Db.Set<SubmissionFile>().Count(file => file.Number == row.Number) }).ToListAsync(cancel);
            var warned = submissions.Where(row => row.Warnings != "");
            var warnings = await warned.OrderByDescending(row => row.OpenedAt).ThenBy(row => row.Number).Take(RowsMax)
                .Select(row => new { row.Number, row.OpenedAt, row.State, row.Warnings }).ToListAsync(cancel);
            return new Page(
                account.Id, account.Name, account.Company, account.IsLenient, account.CallsPerMinute, account.UploadBytesPerDay, uploaded, account.FromAt, account.EndedAt,
                await DaysAsync(submissions, refused, cancel),
                [.. refusals.Select(row => new RefusedRow(row.At, row.Call, row.Code, LineCode.Description(row.Code), row.Number, row.Reason, row.Faults, row.RequestId, row.Calls))],
                await refused.CountAsync(cancel),
                [.. opened.Select(row => new OpenRow(row.Number, row.OpenedAt, row.DeadlineAt, row.Files, Submission.WarningsOf(row.Warnings).Count))],
                await open.CountAsync(cancel))
            {
                Warned = [.. warnings.Select(row => new WarnedRow(row.Number, row.OpenedAt, Words(row.State), Submission.WarningsOf(row.Warnings)))],
                WarnedInAll = warnings.Count < RowsMax ? warnings.Count : await warned.CountAsync(cancel),
            };
        }

        private static string Words(SubmissionState state) => state switch
        {
            SubmissionState.Open => "open",
            SubmissionState.Finished => "finished",
            SubmissionState.Retracted => "withdrawn",
            SubmissionState.Expired => "expired",
        };

        /// <summary>A report counts on the day on which it was opened, whatever became of it later.</summary>
        private static async Task<IReadOnlyList<DayRow>> DaysAsync(IQueryable<Submission> submissions, IQueryable<RefusedCall> refused, CancellationToken cancel)
        {
            var counts = (await submissions.GroupBy(row => new { row.OpenedOn, row.State }).Select(group => new { group.Key.OpenedOn, group.Key.State, Count = group.Count() })
                .ToListAsync(cancel)).ToLookup(row => row.OpenedOn);
            var refusals = await refused.GroupBy(row => row.RefusedOn).Select(group => new { group.Key, Count = group.Sum(row => row.Calls) }).ToDictionaryAsync(row => row.Key, row => row.Count, cancel);
            return [.. counts.Select(day => day.Key).Union(refusals.Keys).OrderDescending(StringComparer.Ordinal).Take(DaysMax).Select(day => new DayRow(
                day, counts[day].Sum(row => row.Count), Of(day, SubmissionState.Finished), Of(day, SubmissionState.Retracted), Of(day, SubmissionState.Expired),
                Of(day, SubmissionState.Open), refusals.GetValueOrDefault(day)))];

            int Of(string day, SubmissionState state) => counts[day].Where(row => row.State == state).Sum(row => row.Count);
        }
    }
}
