using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Intake.Tests;

/// <summary>The index by which identifiers are looked up is written in one place at a time, and what is looked up is found in all.</summary>
public sealed class LookGenerationsTests
{
    public static TheoryData<DatabaseKind> Databases => [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    private const string Shared = "+18165550142";

    /// <summary>A report whose two numbers are its own and the shared one.</summary>
    private static RawOriginal Holding(int number, params string[] phones) => Given.Xml($"{number}", but: report => report with
        { Persons = [new TipPerson { Role = TipRole.Reported, Phones = [.. phones.Prepend(Shared).Select(phone => new TipPhone(phone))] }] });

    /// <summary>Generations of so few values that some reports fill one.</summary>
    private sealed class SmallGenerations : IStage
    {
        public string Name => "small-generations";
        public IReadOnlyList<UseCase> UseCases => [];
        public void AddServices(IServiceCollection services) => services.AddSingleton(provider => new LookGenerations(provider.GetRequiredService<HouseClock>(), valuesMax: 5));
        public void Shape(ModelBuilder model) { }
    }

    private static Task<TestHouse> HouseAsync(DatabaseKind kind) => TestHouse.OpenAsync(kind, new IntakeStage(), new SmallGenerations());

    private static Task<Dictionary<ReportId, int[]>> GenerationsAsync(TestHouse house) => house.WithDbAsync(async db =>
        (await db.Set<ReportIdentifierRow>().AsNoTracking().ToListAsync()).GroupBy(row => row.ReportId)
            .ToDictionary(rows => rows.Key, rows => rows.Select(row => Look.GenerationOf(row.Look)).Distinct().ToArray()));

    private static async Task<List<ReportId>> TakeAsync(TestHouse house, int count, int from = 0)
    {
        var reports = new List<ReportId>();
        for (var number = from; number < from + count; number++)
        {
            await house.PassAsync(TimeSpan.FromMinutes(1));
            reports.AddRange((await house.ReceiveAsync(Holding(100200300 + number, $"+1816555{1000 + number}"))).Reports);
        }
        return reports;
    }

    /// <summary>A version that is not stored.</summary>
    private static ReportVersion Holding(ReportId id, string phone) => new()
    {
        Id = id, Version = 1, Number = "100200399", Form = ReportForm.ProviderXml, Provider = "", IncidentType = "", IncidentZoneKnown = false, EscalationClaimed = false,
        IsBatched = false, Urgent = Stated.NotStated, ReceivedAt = default, ReceivedOn = "", SubmittedAt = null, PreserveUntil = "", Source = "", Sha256 = "", Bytes = 0,
        BlockId = default, BlockOffset = 0, Extractor = 1, Generation = 0, Packed = PackedParts.Pack(new([], [new("phone", phone, "/report", null, null)], [])),
    };

    [Theory, MemberData(nameof(Databases))]
    public async Task A_full_generation_gets_no_more_and_all_are_asked(DatabaseKind kind)
    {
        await using var house = await HouseAsync(kind);
        var reports = await TakeAsync(house, 9);
        var generations = await GenerationsAsync(house);
        generations.Values.ShouldAllBe(those => those.Length == 1, "a report stands in one");
        reports.Select(report => generations[report][0]).ShouldBe(reports.Select(report => generations[report][0]).Order(), "one is filled after another");
        generations.Values.Select(those => those[0]).Distinct().Count().ShouldBeGreaterThan(2);

        var intake = house.Services.GetRequiredService<IIntake>();
        (await house.WithDbAsync(db => intake.SightingsAsync(db, "phone", Shared, 20, CancellationToken.None))).Select(one => one.Report).ShouldBe(reports.AsEnumerable().Reverse());
        (await house.WithDbAsync(db => intake.HoldersAsync(db, [new("phone", Shared, null, null, 20), new("phone", Shared, reports[1], reports[7], 20), new("phone", Shared, null, null, 4)], CancellationToken.None)))
            .ShouldBe([9, 6, 4]);
        var tied = await house.WithDbAsync(db => intake.SameIncidentsAsync(db, [reports[0]], CancellationToken.None));
        tied[reports[0]].Others.Select(one => one.Report).ShouldBe(reports.Skip(1).Reverse());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_a_report_says_later_stands_where_it_stood(DatabaseKind kind)
    {
        await using var house = await HouseAsync(kind);
        var reports = await TakeAsync(house, 6);
        await house.ReceiveAsync(Holding(100200300, "+18165551000", "+18165552000"));
        (await GenerationsAsync(house))[reports[0]].ShouldBe([0]);
        var intake = house.Services.GetRequiredService<IIntake>();
        (await house.WithDbAsync(db => intake.HoldersAsync(db, [new("phone", "+18165551000", null, null, 20)], CancellationToken.None))).ShouldBe([1], "in two versions it is one report");

        await house.WithDbAsync(db => db.Set<ReportVersion>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Extractor, 1)));
        await house.AlterPartsAsync(version => version.Id == reports[0] && version.Version == 2, parts => parts with { Identifiers = [.. parts.Holding("phone", Shared)] });
        (await house.DoAsync<ReextractReports.Request, ReextractReports.Receipt>(Actor.House, new(null, Preview: false))).Value.Differ.ShouldBe(1);
        (await GenerationsAsync(house))[reports[0]].ShouldBe([0]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_node_that_starts_goes_on_where_the_others_are(DatabaseKind kind)
    {
        await using var house = await HouseAsync(kind);
        var other = new LookGenerations(house.Clock);
        (await house.WithDbAsync(db => other.StartsAsync(db, CancellationToken.None))).ShouldBe([Look.StartOf(0), Look.StartOf(1)]);
        var reports = await TakeAsync(house, 4);
        (await GenerationsAsync(house)).Values.Max(those => those[0]).ShouldBe(1);
        (await house.WithDbAsync(db => other.EachAsync(db, [("phone", Shared)], CancellationToken.None)))
            .ShouldBe([Look.Of("phone", Shared), Look.In(1, Look.Of("phone", Shared))], "what was begun since it was read is asked too");
        reports = [.. reports, .. await TakeAsync(house, 2, from: 4)];
        var newest = (await GenerationsAsync(house)).Values.Max(those => those[0]);
        var made = Holding(ReportId.From(Guid.CreateVersion7()), Shared);
        await house.WithDbAsync(async db =>
        {
            await new LookGenerations(house.Clock).PlaceAsync(db, [made], [], CancellationToken.None);
            return 0;
        });
        made.Generation.ShouldBe(newest);
        made.Parts.LooksIn(newest).ShouldBe([Look.In(newest, Look.Of("phone", Shared))]);
        reports.Count.ShouldBe(6);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task How_full_a_generation_is_a_part_of_it_tells_and_what_many_hold_counts_once(DatabaseKind kind)
    {
        await using var house = await HouseAsync(kind);
        ReportIdentifierRow Row(int report, string phone) => new()
        {
            ReportId = ReportId.From(new Guid(report, 0, 0, new byte[8])), Version = 1, Look = Look.Of("phone", phone),
        };
        Task<int> NextAsync() => house.WithDbAsync(async db =>
        {
            var made = Holding(ReportId.From(Guid.CreateVersion7()), Shared);
            // Of one value in two it is looked how many there are.
            await new LookGenerations(house.Clock, valuesMax: 20_000).PlaceAsync(db, [made], [], CancellationToken.None);
            return made.Generation;
        });
        Task<int> AddAsync(IEnumerable<ReportIdentifierRow> rows) => house.WithDbAsync(async db =>
        {
            foreach (var some in rows.Chunk(10_000))
            {
                db.AddRange(some);
                await db.SaveChangesAsync();
                db.ChangeTracker.Clear();
            }
            return 0;
        });
        (await NextAsync()).ShouldBe(0);
        await AddAsync(Enumerable.Range(1, 15_000).Select(report => Row(report, $"+1816{report:0000000}")).Concat(Enumerable.Range(100_001, 10_000).Select(report => Row(report, Shared))));
        (await NextAsync()).ShouldBe(0);
        await AddAsync(Enumerable.Range(15_001, 7_500).Select(report => Row(report, $"+1816{report:0000000}")));
        (await NextAsync()).ShouldBe(1);
    }
}
