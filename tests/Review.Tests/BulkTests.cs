using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.CyberTips.Json;
using Homeward.Exchange.CyberTips.Xml;
using Homeward.Exchange.Missing;
using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Homeward.Review.Matching;
using Homeward.Review.Ranking;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Review.Tests;

/// <summary>However reports come, one by one or thousands at once, the same rows and the same queue come of them.</summary>
public sealed class BulkTests
{
    private const int Reports = 60;
    private static readonly DateTimeOffset _noon = new(2019, 7, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Everything that Intake and Review store of reports, but for ids that are made up.</summary>
    private static readonly string[] _rows =
    [
        """
        SELECT number, version, form, provider, platform, incident_type, incident_at, incident_zone_known, escalation_claimed, is_batched, disposition,
            priority, bundle, urgent, received_at, received_on, submitted_at, preserve_until, source, sha256, bytes, generation, packed FROM reports ORDER BY number, version
        """,
        "SELECT number, i.version, look FROM report_identifiers i JOIN reports r ON r.id = i.report_id AND r.version = i.version ORDER BY number, i.version, look",
        """
        SELECT number, version, form, provider, incident_type, received_at, imminent_claimed, disposition, priority, bundle, place, place_state, nexus,
            risk, reasons, rules_version, above_threshold, open_matches, top_weight, state, abuse_key, indicators FROM queue_items ORDER BY number
        """,
        """
        SELECT report_number, report_version, person, nic, rank, weight, probability, waterfall, evidence, state
            FROM match_proposals WHERE state <> 'Superseded' ORDER BY report_number, person, rank, nic
        """,
        "SELECT source, kind, faults, fault_line, fault_column, field, reason, mend FROM rejects ORDER BY source",
        "SELECT rule, key, due_at FROM duties ORDER BY rule, key",
    ];

    public static TheoryData<DatabaseKind> Databases => Environment.GetEnvironmentVariable("HOMEWARD_TEST_POSTGRES") is null
        ? [DatabaseKind.Sqlite] : [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    [Theory, MemberData(nameof(Databases))]
    public async Task Reports_in_bulk_leave_the_rows_that_they_leave_one_by_one(DatabaseKind kind)
    {
        await using var oneByOne = await OpenAsync(kind);
        foreach (var original in Originals()) await TakeAsync(oneByOne, new([original]));
        await using var inBulk = await OpenAsync(kind);
        await StoreAheadAsync(inBulk, new([.. Originals()]));
        await RankOwnAsync(inBulk);
        await inBulk.DeliverAsync();

        var (apart, together) = (await RowsAsync(oneByOne), await RowsAsync(inBulk));
        together.Except(apart).ShouldBeEmpty();
        apart.Except(together).ShouldBeEmpty();
        together.Count.ShouldBe(apart.Count);
        together.Count(row => row.StartsWith("2|", StringComparison.Ordinal)).ShouldBe(Reports);
        // The comparison would hold for empty tables, too.
        foreach (var table in Enumerable.Range(0, _rows.Length)) together.ShouldContain(row => row.StartsWith($"{table}|", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task After_a_restart_the_same_candidates_are_found_and_hubs_are_still_known(DatabaseKind kind)
    {
        await using var house = await OpenAsync(kind);
        // A number that more persons hold than it can tell apart.
        var hub = Enumerable.Range(0, MatchIndex.HoldersMax + 2).Select(index => Xml(500 + index, "Noname", "Nobody", "+18165550100"));
        await TakeAsync(house, new([.. Originals(), .. hub]));

        await using var scope = house.Services.CreateAsyncScope();
        var (db, intake) = (scope.ServiceProvider.GetRequiredService<HomewardDb>(), house.Services.GetRequiredService<IIntake>());
        using var restarted = new MatchIndex(intake, house.Services.GetRequiredService<HouseClock>());
        await restarted.ReadyForReportsAsync(db, CancellationToken.None);
        var running = house.Services.GetRequiredService<MatchIndex>();
        await running.ReadyForReportsAsync(db, CancellationToken.None);
        var ids = await db.Set<QueueItem>().Select(item => item.Id).ToListAsync();
        var gists = await intake.ReportsAsync(db, ids, CancellationToken.None);
        var (holder, entry) = (gists.First(gist => gist.Number == Number(500)), (await intake.EntryByNicAsync(db, "M000000001", CancellationToken.None))!);
        // Found by the number as long as nobody knows how many hold it; the last of them, asked as of its arrival, like the first.
        restarted.Find(holder).ShouldNotBeEmpty();
        await restarted.LearnHubsAsync(db, gists, ids.OrderBy(id => id.Value).ElementAt(MatchIndex.HoldersMax - 1), CancellationToken.None);
        restarted.Find(holder).ShouldNotBeEmpty("at its time few held it");
        await restarted.LearnHubsAsync(db, gists, null, CancellationToken.None);
        string Found(MatchIndex index) => JsonSerializer.Serialize(gists.OrderBy(gist => gist.Number, StringComparer.Ordinal).Select(index.Find));
        Found(restarted).ShouldBe(Found(running));
        restarted.Find(holder).ShouldBeEmpty();
        restarted.FindReports(entry).OrderBy(id => id.Value).ShouldBe(running.FindReports(entry).OrderBy(id => id.Value));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_another_node_took_in_is_known_here_before_anybody_is_looked_for(DatabaseKind kind)
    {
        await using var house = await OpenAsync(kind);
        await TakeAsync(house, new([Xml(900, "Firsta", "Lastword", "+18165550101")]));
        await using var scope = house.Services.CreateAsyncScope();
        var (db, intake) = (scope.ServiceProvider.GetRequiredService<HomewardDb>(), house.Services.GetRequiredService<IIntake>());
        // Another node's memory, made ready before what follows.
        using var beside = new MatchIndex(intake, house.Services.GetRequiredService<HouseClock>());
        await beside.ReadyForReportsAsync(db, CancellationToken.None);
        // Longer than anybody looks back: what is new is found by being new.
        await house.PassAsync(TimeSpan.FromHours(1));
        var hub = Enumerable.Range(0, MatchIndex.HoldersMax + 2).Select(index => Xml(500 + index, "Noname", "Nobody", "+18165550100"));
        await TakeAsync(house, new([.. Originals(), .. hub]));
        await EnterAsync(house, "M900000001", "Firsta", "Lastword", EntryStatus.Entered);

        await beside.ReadyForReportsAsync(db, CancellationToken.None);
        await beside.ReadyForReportsAsync(db, CancellationToken.None);
        var running = house.Services.GetRequiredService<MatchIndex>();
        var gists = await intake.ReportsAsync(db, await db.Set<QueueItem>().Select(item => item.Id).ToListAsync(), CancellationToken.None);
        await beside.LearnHubsAsync(db, gists, null, CancellationToken.None);
        string Found(MatchIndex index) => JsonSerializer.Serialize(gists.OrderBy(gist => gist.Number, StringComparer.Ordinal).Select(index.Find));
        Found(beside).ShouldBe(Found(running));
        var entry = (await intake.EntryByNicAsync(db, "M900000001", CancellationToken.None))!;
        beside.Find(gists.Single(gist => gist.Number == Number(900))).ShouldContain(hit => hit.Entry == entry.Id);
        beside.FindReports(entry).OrderBy(id => id.Value).ShouldBe(running.FindReports(entry).OrderBy(id => id.Value));
        var holder = gists.First(gist => gist.Number == Number(500));
        beside.Find(holder).ShouldBeEmpty("what many hold is no witness, whoever counted it");

        await house.PassAsync(TimeSpan.FromHours(1));
        await EnterAsync(house, "M900000001", "Firsta", "Lastword", EntryStatus.Located);
        await beside.ReadyForReportsAsync(db, CancellationToken.None);
        beside.Find(gists.Single(gist => gist.Number == Number(900))).ShouldNotContain(hit => hit.Entry == entry.Id);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_child_is_found_whichever_node_took_the_entry_and_whichever_the_report(DatabaseKind kind)
    {
        await using var house = await OpenAsync(kind);
        await TakeAsync(house, new([Xml(900, "Firsta", "Lastword", "+18165550101")]));
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddHomeward(house.Services.GetRequiredService<HouseOptions>() with { Seed = 2 }, [new IntakeStage(), new ReviewStage()]);
        await using var node = services.BuildServiceProvider(validateScopes: true);
        node.GetRequiredService<HouseClock>().DriveTo(house.Clock.GetUtcNow());
        async Task ThereAsync<TRequest, TReceipt>(TRequest request) where TRequest : notnull
        {
            (await node.GetRequiredService<Desk>().DoAsync<TRequest, TReceipt>(Actor.House, request, CancellationToken.None)).IsDone.ShouldBeTrue();
            await node.GetRequiredService<Courier>().DeliverDueAsync(CancellationToken.None);
        }
        Task<List<string>> ProposedAsync(string nic) => house.WithDbAsync(db =>
            db.Set<MatchProposal>().Where(match => match.Nic == nic && match.State == MatchState.Open).Select(match => match.ReportNumber).Distinct().Order().ToListAsync());

        // The entry there, the report here.
        await ThereAsync<ReceiveEntries.Request, ReceiveEntries.Receipt>(new([Line("M900000002", "Otherwise", "Namedthus", _noon)]));
        await TakeAsync(house, new([Xml(901, "Otherwise", "Namedthus", "+18165550102")]));
        (await ProposedAsync("M900000002")).ShouldBe([Number(901)]);

        // The report there, the entry here.
        await ThereAsync<ReceiveReports.Request, ReceiveReports.Receipt>(new([Xml(902, "Thirdly", "Calledso", "+18165550103")]));
        await EnterAsync(house, "M900000003", "Thirdly", "Calledso", EntryStatus.Entered);
        (await ProposedAsync("M900000003")).ShouldBe([Number(902)]);
    }

    /// <summary>What was found before the act is what the act would find, and else the act finds it itself.</summary>
    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_found_ahead_is_used_as_long_as_nothing_changed(DatabaseKind kind)
    {
        await using var house = await OpenAsync(kind);
        Task<RankedReport[]?> AheadAsync(ReceiveReports.Receipt receipt, RiskRuleSet? rules = null) => house.WithDbAsync(db =>
            house.Services.GetRequiredService<FoundAhead>().TakeAsync(db, [.. receipt.Reports], rules ?? ShippedRules.First, CancellationToken.None));

        var first = await StoreAheadAsync(house, new([Xml(901, "Otherwise", "Namedthus", "+18165550102")]));
        (await AheadAsync(first))!.ShouldHaveSingleItem().Gist.Number.ShouldBe(Number(901));
        (await AheadAsync(first)).ShouldBeNull("it is given out once");

        // Other rules since then; a child who is sought; a report that says something else by now.
        var weighedOtherwise = await StoreAheadAsync(house, new([Xml(904, "Fifthly", "Namedso", "+18165550106")]));
        (await AheadAsync(weighedOtherwise, ShippedRules.First with { Version = "risk-9" })).ShouldBeNull();
        var second = await StoreAheadAsync(house, new([Xml(902, "Thirdly", "Calledso", "+18165550103")]));
        await EnterAsync(house, "M900000002", "Thirdly", "Calledso", EntryStatus.Entered);
        (await AheadAsync(second)).ShouldBeNull();
        var third = await StoreAheadAsync(house, new([Xml(903, "Fourthly", "Namedso", "+18165550104")]));
        (await house.DoAsync<ReceiveReports.Request, ReceiveReports.Receipt>(Actor.House, new([Xml(903, "Fourthly", "Namedso", "+18165550105")]))).IsDone.ShouldBeTrue();
        (await AheadAsync(third)).ShouldBeNull();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_child_who_is_sought_since_a_report_was_looked_at_ahead_is_proposed_all_the_same(DatabaseKind kind)
    {
        await using var house = await OpenAsync(kind);
        await StoreAheadAsync(house, new([Xml(902, "Thirdly", "Calledso", "+18165550103")]));
        // Of the entry only its rows: nobody has heard of it yet.
        (await house.DoAsync<ReceiveEntries.Request, ReceiveEntries.Receipt>(
            Actor.House, new([Line("M900000002", "Thirdly", "Calledso", house.Clock.GetUtcNow())]))).IsDone.ShouldBeTrue();
        await RankOwnAsync(house);
        (await house.WithDbAsync(db => db.Set<MatchProposal>().Where(match => match.Nic == "M900000002").Select(match => match.ReportNumber).ToListAsync()))
            .ShouldHaveSingleItem().ShouldBe(Number(902));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_report_that_changed_since_it_was_looked_at_ahead_stands_in_the_queue_as_it_says_now(DatabaseKind kind)
    {
        await using var house = await OpenAsync(kind);
        await StoreAheadAsync(house, new([Xml(902, "Thirdly", "Calledso", "+18165550103")]));
        (await house.DoAsync<ReceiveReports.Request, ReceiveReports.Receipt>(Actor.House, new([Xml(902, "Thirdly", "Calledso", "+18165550104")]))).IsDone.ShouldBeTrue();
        await RankOwnAsync(house);
        (await house.WithDbAsync(db => db.Set<QueueItem>().Where(item => item.Number == Number(902)).Select(item => item.Version).SingleAsync())).ShouldBe(2);
    }

    /// <summary>As a bulk import does: stored, and looked at ahead.</summary>
    private static async Task<ReceiveReports.Receipt> StoreAheadAsync(TestHouse house, ReceiveReports.Request request)
    {
        (await house.DoAsync<ReceiveReports.Request, ReceiveReports.Receipt>(Actor.House, request.ReadAhead(house.Clock.GetUtcNow()))).TryGet(out var receipt, out _).ShouldBeTrue();
        await house.Services.GetRequiredService<Courier>().WorkAheadAsync(new ReportsReceived(receipt!.Reports), CancellationToken.None);
        return receipt;
    }

    private static Task<int> RankOwnAsync(TestHouse house) =>
        house.Services.GetRequiredService<Courier>().DeliverAheadAsync<ReportsReceived>(ReceiveReports.SenderRanksWithin, CancellationToken.None);

    private static async Task<TestHouse> OpenAsync(DatabaseKind kind)
    {
        var house = await TestHouse.OpenAsync(kind, new IntakeStage(), new ReviewStage());
        var entries = Enumerable.Range(0, 40).Select(index => new RawLine(RawFolder.MissingEntries, MissingChildEntries.Json.Line(new MissingChildEntry
        {
            Received = _noon, Status = EntryStatus.Entered, Nic = string.Create(CultureInfo.InvariantCulture, $"M{index:000000000}"), Ori = "XX0000001",
            Category = "EME", Names = [new EntryName($"Marisol{(char)('a' + (index % 20))}", $"Quenneville{(char)('a' + (index / 2))}")],
            Born = PartialDate.OfYear(2004), Sex = "F", LastSeen = new EntryPlace("Kansas City", "MO", null, null), AtRisk = Stated.Yes,
            Phones = [index == 1 ? "+18165550100" : $"+1816556{index:0000}"],
        }), index + 1));
        (await house.DoAsync<ReceiveEntries.Request, ReceiveEntries.Receipt>(Actor.House, new([.. entries]))).IsDone.ShouldBeTrue();
        await house.DeliverAsync();
        return house;
    }

    private static async Task EnterAsync(TestHouse house, string nic, string given, string family, EntryStatus status)
    {
        (await house.DoAsync<ReceiveEntries.Request, ReceiveEntries.Receipt>(Actor.House, new([Line(nic, given, family, house.Clock.GetUtcNow(), status)]))).IsDone.ShouldBeTrue();
        await house.DeliverAsync();
    }

    private static RawLine Line(string nic, string given, string family, DateTimeOffset at, EntryStatus status = EntryStatus.Entered) =>
        new(RawFolder.MissingEntries, MissingChildEntries.Json.Line(new MissingChildEntry
        {
            Received = at, Status = status, Nic = nic, Ori = "XX0000001", Category = "EME", Names = [new EntryName(given, family)],
            Born = PartialDate.OfYear(2004), Sex = "F", LastSeen = new EntryPlace("Kansas City", "MO", null, null),
        }), 1);

    private static async Task TakeAsync(TestHouse house, ReceiveReports.Request request)
    {
        (await house.DoAsync<ReceiveReports.Request, ReceiveReports.Receipt>(Actor.House, request)).IsDone.ShouldBeTrue();
        // As a bulk import does: its own first.
        await RankOwnAsync(house);
        await house.DeliverAsync();
    }

    /// <summary>In both forms; about sought children and others; a repeat, a new version, a claim of danger, and two that cannot be read.</summary>
    private static IEnumerable<RawOriginal> Originals()
    {
        for (var index = 0; index < Reports; index++)
        {
            var (given, family) = ($"Marisol{(char)('a' + (index % 26))}", $"Quenneville{(char)('a' + (index / 3 % 26))}");
            yield return index % 3 == 0 ? Json(index, given, family, $"+1816556{index % 60:0000}") : Xml(index, given, family, $"(816) 556-{index % 60:0000}");
        }
        yield return Xml(4, "Marisole", "Quennevilleb", "(816) 556-0004");
        yield return Xml(4, "Marisole", "Quennevilleb", "(816) 556-0044");
        yield return RawOriginal.Of(RawFolder.ReportPath(_noon, "9", ReportForm.ProviderXml), "<report>\n<incidentSummary/></report>");
        yield return RawOriginal.Of(RawFolder.ReportPath(_noon, "8", ReportForm.AgencyJson), "{");
    }

    private static string Number(int index) => (100_000_000 + index).ToString(CultureInfo.InvariantCulture);

    private static RawOriginal Xml(int index, string given, string family, string phone) =>
        new(RawFolder.ReportPath(_noon, Number(index), ReportForm.ProviderXml), CyberTipXmlWriter.Write(Report(index, ReportForm.ProviderXml, given, family, phone)));

    private static RawOriginal Json(int index, string given, string family, string phone) =>
        new(RawFolder.ReportPath(_noon, Number(index), ReportForm.AgencyJson), CyberTipJsonWriter.Write(Report(index, ReportForm.AgencyJson, given, family, phone)));

    private static CyberTipReport Report(int index, ReportForm form, string given, string family, string phone) => new()
    {
        Form = form, Number = Number(index), ProviderName = "Example Platform", Platform = "Example Platform", IncidentType = IncidentTypes.Trafficking,
        IncidentAt = StatedInstant.Of(_noon.AddHours(-index).AddTicks(1_234_567)), ReceivedAt = form == ReportForm.AgencyJson ? _noon.AddHours(-1) : null,
        Ncmec = form == ReportForm.AgencyJson ? new NcmecMarks(NcmecDisposition.Referral, index % 4 == 0 ? 1 : 2, "B-1", Stated.No) : null,
        Reporter = new ReportingContact("Robin", "Vale", ["reports@example.com"]), Incidents = [new TipIncident { Kind = IncidentKind.WebPage, Urls = ["https://example.com/a"] }],
        Persons =
        [
            new TipPerson { Role = TipRole.Reported, ScreenName = $"owl{index / 5}", Service = form == ReportForm.AgencyJson ? "Example Platform" : null, Ips = [new TipIp("192.0.2.7", "Login", StatedInstant.Of(_noon))] },
            new TipPerson
            {
                Role = TipRole.Victim, Given = given, Family = family, Age = 15, DisplayNames = index % 7 == 0 ? ["Mari"] : [],
                Phones = [new TipPhone(phone)], Addresses = [new TipAddress(City: "Kansas City", State: "MO", Country: "US")],
            },
        ],
        Files = [new TipFile("1.bin") { ViewedByEsp = Stated.Yes }],
        Texts = [new FreeText(TextKind.ReportInfo, "narrative withheld")],
    };

    private static Task<List<string>> RowsAsync(TestHouse house) => house.WithDbAsync(async db =>
    {
        var rows = new List<string>();
        for (var table = 0; table < _rows.Length; table++)
        {
            await using var command = db.Connection().CreateCommand();
            command.CommandText = _rows[table];
            await using DbDataReader reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                rows.Add($"{table}|{string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => Text(reader.GetValue(column))))}");
        }
        return rows;
    });

    private static string? Text(object value) => value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture);
}
