namespace Homeward.Review.Tests;

/// <summary>What casework tests say often: a report with accounts, a request on it, and a step of that request.</summary>
internal static class CaseworkHouse
{
    public static async Task<TReceipt> DoneAsync<TRequest, TReceipt>(this ReviewHouse house, Actor actor, TRequest request) where TRequest : notnull
    {
        var answer = await house.House.DoAsync<TRequest, TReceipt>(actor, request);
        answer.IsDone.ShouldBeTrue(answer.IsDone ? null : answer.Problem.ToString());
        return answer.Value;
    }

    public static async Task<ReportGist> ReportWithAccountsAsync(this ReviewHouse house, string? city = "Wichita", string? state = "KS")
    {
        var report = house.Report(city: city, state: state, identifiers: [("email", "one@example.test"), ("screen-name", "example:two"), ("ip", "192.0.2.1")]);
        await house.DeliverAsync([report]);
        return report;
    }

    public static RequestRecords.Request Asking(ReportGist report, LegalRequestKind kind = LegalRequestKind.Preservation, params RecordKind[] asks) => new(
        kind, "Example Service", "A. Signatory", "Special Agent", Report: report.Id, Accounts: [$"{report.Id}:/report/email[1]", $"{report.Id}:/report/ip[3]"],
        Asks: asks.Length == 0 ? [RecordKind.Subscriber] : asks);

    public static Task<RequestRecords.Receipt> AskAsync(this ReviewHouse house, Actor actor, RequestRecords.Request request) =>
        house.DoneAsync<RequestRecords.Request, RequestRecords.Receipt>(actor, request);

    public static Task<RequestMoved> ServeAsync(this ReviewHouse house, Actor actor, LegalRequestId id, DateTimeOffset? dueAt = null) =>
        house.DoneAsync<ServeRequest.Request, RequestMoved>(actor, new(id, house.House.Clock.GetUtcNow(), ServedBy.Portal, dueAt, "receipt 17"));

    public static Task<ShowRequest.Page> RequestAsync(this ReviewHouse house, Actor actor, LegalRequestId id) =>
        house.DoneAsync<ShowRequest.Request, ShowRequest.Page>(actor, new(id));

    public static Task<CaseTaskId> TaskAsync(this ReviewHouse house, Actor by, Actor to, TimeSpan within, ReportId? report = null, LeadId? lead = null, LegalRequestId? request = null) =>
        house.DoneAsync<GiveTask.Request, GiveTask.Receipt>(by, new(
            "Call the carrier.", house.House.Clock.GetUtcNow() + within, to.Id, Report: report, Lead: lead, LegalRequest: request)).ContinueWith(given => given.Result.Id, TaskScheduler.Default);
}
