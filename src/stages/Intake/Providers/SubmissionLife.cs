namespace Homeward.Intake.Providers;

/// <summary>The life of a report between its opening and its end.</summary>
internal static class SubmissionLife
{
    private static readonly TimeSpan _fromOpening = TimeSpan.FromHours(24);
    private static readonly TimeSpan _fromLastChange = TimeSpan.FromHours(1);

    /// <summary>The later of the two: an hour without change ends nothing on the first day.</summary>
    public static DateTimeOffset Deadline(DateTimeOffset openedAt, DateTimeOffset changedAt)
    {
        var (day, hour) = (openedAt + _fromOpening, changedAt + _fromLastChange);
        return day > hour ? day : hour;
    }

    /// <param name="now">By <see cref="Homeward.Kernel.HouseClock.EndingNow"/>: what is ended is not brought back.</param>
    public static bool IsOverdue(this Submission submission, DateTimeOffset now) =>
        submission.State == SubmissionState.Open && now >= submission.DeadlineAt;

    /// <returns>Why this account cannot go on with the report; null when it can.</returns>
    public static int? Refusal(Submission? submission, Guid account, DateTimeOffset now) => submission switch
    {
        null => LineCode.ReportDoesNotExist,
        _ when submission.AccountId != account => LineCode.NotAuthorisedToUpdate,
        { State: SubmissionState.Finished } => LineCode.AlreadyFinished,
        { State: SubmissionState.Retracted } => LineCode.AlreadyRetracted,
        { State: SubmissionState.Expired } => LineCode.ReportDoesNotExist,
        _ => submission.IsOverdue(now) ? LineCode.ReportDoesNotExist : null,
    };
}
