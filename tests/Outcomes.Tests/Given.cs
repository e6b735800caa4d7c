using Homeward.Foundations.Access;
using Homeward.Foundations.Audit;
using Homeward.Foundations.People;
using Homeward.Foundations.Places;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Homeward.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Outcomes.Tests;

/// <summary>A house that records, with one operation of Kansas City's that has begun, and what an office files.</summary>
internal static class Given
{
    public const string Reference = "KC-01/2019-07-01/1";

    public static async Task<(TestHouse House, EarlierStages Earlier, Actor Coordinator)> OpenAsync()
    {
        var earlier = new EarlierStages();
        var house = await TestHouse.OpenAsync(DatabaseKind.Sqlite, earlier, new OutcomesStage());
        earlier.Operation(Reference);
        await house.PassAsync(TimeSpan.FromDays(30));
        return (house, earlier, await house.PersonAsync(Role.Coordinator, "KC", "KC-01"));
    }

    public static OfficeRecord Filed(string record = "C-000001", string at = "2019-07-01T12:00Z", string? operation = Reference, string? door = null, string office = "KC", PlaceQuery? place = null) =>
        new(record, office, DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), operation, door, "KC-01", "MOKPD0000", place);

    public static RecordFinding.Request Finding(OfficeRecord? filed = null, string born = "2003-04-15", OutcomeKind kind = OutcomeKind.Recovered, string given = "Ana",
        string family = "Example", string? sought = null, string? prints = null, int? age = null, bool minor = false, DateTimeOffset? actAt = null) =>
        new(filed ?? Filed(), kind, kind == OutcomeKind.Located ? Exploitation.None : Exploitation.Sex,
            new DescribedPerson(given, family, Born: PartialDate.TryParse(born, out var date) ? date : default, Age: age, Prints: prints),
            minor, actAt, sought, new Dictionary<string, string> { ["removedFrom"] = "narrative withheld" });

    public static Task<Result<RecordFinding.Receipt>> RecordAsync(TestHouse house, Actor actor, RecordFinding.Request request) =>
        house.DoAsync<RecordFinding.Request, RecordFinding.Receipt>(actor, request);

    public static Task<Facts> FactsAsync(TestHouse house, EarlierStages earlier, DateTimeOffset? asOf = null) => house.WithDbAsync(db =>
        house.Services.GetRequiredService<IOutcomes>().FactsAsync(db, earlier.Initiative.Id, asOf ?? house.Clock.GetUtcNow(), CancellationToken.None));

    public static RecordArrest.Request Arrest(string record, ArrestKind kind = ArrestKind.Trafficking, string? fbi = null, string? operation = Reference) =>
        new(Filed(record, operation: operation), kind, "18 USC 1591", new DescribedPerson("Bruno", "Sample", FbiNumber: fbi));

    public static Task<Result<RecordArrest.Receipt>> RecordAsync(TestHouse house, Actor actor, RecordArrest.Request request) =>
        house.DoAsync<RecordArrest.Request, RecordArrest.Receipt>(actor, request);

    public static Task<Result<CorrectFact.Receipt>> CorrectAsync(TestHouse house, Actor actor, CorrectFact.Request request) =>
        house.DoAsync<CorrectFact.Request, CorrectFact.Receipt>(actor, request);

    public static Task<Result<CorrectFact.Receipt>> ApproveAsync(TestHouse house, Actor actor, Guid correction) =>
        house.DoAsync<ApproveCorrection.Request, CorrectFact.Receipt>(actor, new(correction, Approve: true));

    public static PartialDate Born(string text) => PartialDate.TryParse(text, out var date) ? date : default;

    /// <summary>What the auditor reads of an action: the things that were touched.</summary>
    public static async Task<IReadOnlyList<(string Type, Guid Id)>> TracedAsync(TestHouse house, string action)
    {
        var auditor = await house.PersonAsync(Role.Auditor);
        var page = (await house.DoAsync<ShowTrace.Request, ShowTrace.Page>(auditor, new(Action: action))).Value;
        return [.. page.Rows.Select(row => (row.SubjectType, row.SubjectId))];
    }
}
