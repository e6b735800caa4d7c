using System.Globalization;
using Homeward.Foundations.Places;

namespace Homeward.Review.Tests;

/// <summary>A house with Review and an intake in the test's hand. Builders name only what matters to a test.</summary>
public sealed class ReviewHouse : IAsyncDisposable
{
    private readonly TestHouse _house;
    private int _count;

    private ReviewHouse(TestHouse house, IntakeInHand intake) => (_house, Intake) = (house, intake);

    public TestHouse House => _house;
    public IntakeInHand Intake { get; }
    public IReview Review => _house.Services.GetRequiredService<IReview>();

    public static async Task<ReviewHouse> OpenAsync(DatabaseKind kind = DatabaseKind.Sqlite)
    {
        var intake = new IntakeInHand();
        return new ReviewHouse(await TestHouse.OpenAsync(kind, intake, new ReviewStage()), intake);
    }

    public Task<Actor> AnalystAsync(string name = "One", string? agency = "DCFBI0100") => _house.PersonAsync(Role.Analyst, agency: agency, name: name);
    public Task<Actor> SupervisorAsync(string name = "Supervisor") => _house.PersonAsync(Role.Supervisor, name: name);

    public EntryGist Entry(
        string given, string family, string born, string city = "Wichita", string state = "KS", string? phone = null, string? screenName = null,
        (string Given, string Family)? alias = null, string? sex = "F", string[]? marks = null)
    {
        var id = _house.Services.GetRequiredService<IIdSource>();
        var date = Day(born);
        var entry = new EntryGist(
            id.Next<EntryId>(), id.Next<PersonRecordId>(), Number("M", 9), null, "KS0870100", "EMJ", "ERU", EntryState.Entered,
            alias is { } other ? [(given, family), other] : [(given, family)], date, sex, marks ?? [], _house.Clock.GetUtcNow().AddDays(-9),
            new PlaceQuery { City = city, State = state }, "family", phone is null ? [] : [phone], [], screenName is null ? [] : [screenName],
            AtRisk: true, [], _house.Clock.GetUtcNow().AddDays(-8));
        Intake.Entries[entry.Id] = entry;
        return entry;
    }

    public ReportGist Report(
        string given = "", string family = "", string born = "", int? age = null, string? city = "Wichita", string? state = "KS",
        string? phone = null, string? screenName = null, string? disposition = null, int? priority = null, bool escalated = false,
        string type = "Child Sex Trafficking", string? foreign = null, params (string Kind, string Value)[] identifiers)
    {
        var date = Day(born);
        var place = city is null ? null : new PlaceQuery { City = city, State = state };
        var person = new ReportPerson(
            0, "victim", given, family, [], date, age, null, phone is null ? [] : [phone], [], screenName is null ? [] : [screenName],
            place, "/report/personOrUserReported[1]");
        var report = new ReportGist(
            _house.Services.GetRequiredService<IIdSource>().Next<ReportId>(), Number("1", 8), 1, "agency-json", "Example Service", type,
            _house.Clock.GetUtcNow(), _house.Clock.GetUtcNow().AddHours(-3), escalated, disposition, priority, null, [person],
            [.. foreign is null ? Array.Empty<ReportIdentifier>() : [new ReportIdentifier("place", foreign, "/report/personOrUserReported[1]/estimatedLocation")],
                .. identifiers.Select((one, index) => new ReportIdentifier(one.Kind, one.Value, $"/report/{one.Kind}[{index + 1}]"))]);
        Intake.Reports[report.Id] = report;
        return report;
    }

    private static PartialDate Day(string text) => PartialDate.TryParse(text, out var date) ? date : default;

    private string Number(string start, int digits) =>
        start + (++_count).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');

    /// <summary>Tells the house of reports and entries and lets it do what follows.</summary>
    public async Task DeliverAsync(IEnumerable<ReportGist>? reports = null, IEnumerable<EntryGist>? entries = null, DoorChanged? changed = null)
    {
        var sender = await _house.PersonAsync(Role.Provider, name: "Sender");
        var answer = await _house.DoAsync<IntakeInHand.Deliver, Done>(sender, new(
            [.. (reports ?? []).Select(report => report.Id)], [.. (entries ?? []).Select(entry => entry.Id)], changed));
        answer.IsDone.ShouldBeTrue();
        await _house.DeliverAsync();
    }

    /// <summary>Proposals for a report, best first; superseded ones left out.</summary>
    internal Task<List<MatchProposal>> MatchesAsync(ReportGist report) => _house.WithDbAsync(db => db.Set<MatchProposal>().AsNoTracking()
        .Where(match => match.ReportId == report.Id && match.State != MatchState.Superseded)
        .OrderBy(match => match.Person).ThenBy(match => match.Rank).ThenBy(match => match.Id).ToListAsync());

    internal async Task<MatchProposal> MatchAsync(MatchId id) =>
        await _house.WithDbAsync(db => db.Set<MatchProposal>().AsNoTracking().SingleAsync(match => match.Id == id));

    internal Task<QueueItem> ItemAsync(ReportGist report) =>
        _house.WithDbAsync(db => db.Set<QueueItem>().AsNoTracking().SingleAsync(item => item.Id == report.Id));

    public Task<Result<DecideMatch.Receipt>> DecideAsync(Actor actor, MatchId match, Judgement judgement, string? shown = null) =>
        _house.DoAsync<DecideMatch.Request, DecideMatch.Receipt>(actor, new(match, judgement, "Compared name, date and account.", shown));

    public async Task<ShowMatch.Page> ShowAsync(Actor actor, MatchId match)
    {
        var answer = await _house.DoAsync<ShowMatch.Request, ShowMatch.Page>(actor, new(match));
        answer.IsDone.ShouldBeTrue();
        return answer.Value;
    }

    /// <summary>An entry and a report that fit, proposed to each other.</summary>
    public async Task<(EntryGist Entry, ReportGist Report, MatchId Match)> FittingAsync()
    {
        var entry = Entry("Renata", "Solberg", "2003-04-15");
        var report = Report("Renata", "Solberg", "2003-04-15");
        await DeliverAsync([report], [entry]);
        return (entry, report, (await MatchesAsync(report)).ShouldHaveSingleItem().Id);
    }

    public async Task<DecideMatch.Receipt> ConfirmAsync(MatchId match)
    {
        (await DecideAsync(await AnalystAsync("One"), match, Judgement.Same)).IsDone.ShouldBeTrue();
        var second = await DecideAsync(await AnalystAsync("Two"), match, Judgement.Same);
        second.IsDone.ShouldBeTrue();
        await _house.DeliverAsync();
        return second.Value;
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();
}

public static class Databases
{
    public static TheoryData<DatabaseKind> Both => [DatabaseKind.Sqlite, DatabaseKind.Postgres];
}

internal static class Refusals
{
    public static void ShouldBeRefused<T>(this Result<T> answer, string code)
    {
        answer.IsDone.ShouldBeFalse();
        answer.Problem.Code.ShouldBe(code);
    }
}
