using System.Globalization;
using Dapper;
using Homeward.Bench.Intake;
using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Places;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Exchange.CyberTips;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Homeward.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Homeward.Bench.Review;

/// <summary>A house in which a year of reports stands: rows as Intake and Review store them, laid down without the way in.</summary>
/// <remarks>
/// Of the reports a third belong to senders of two to eight, who share an account and an address; every twentieth comes from a
/// network whose address thousands share. What their texts say is known by filters alone, as of a block whose originals lie elsewhere. Most rank low and many alike, as published rules rank them; every twentieth has a match
/// to decide. Everybody in it is invented, from public tables of frequent names. Indexes are made once all rows stand.
/// </remarks>
internal sealed class FilledHouse : IAsyncDisposable
{
    private const int BatchMax = 20_000;
    private const ulong Seed = 20190701;
    private static readonly DateTimeOffset _first = new(2019, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly BulkTable _reports = new(
        "reports", "id", "version", "number", "form", "provider", "platform", "incident_type", "incident_at", "incident_zone_known",
        "escalation_claimed", "is_batched", "urgent", "received_at", "received_on", "submitted_at", "preserve_until", "source", "sha256",
        "bytes", "block_id", "block_offset", "extractor", "generation", "packed");
    private static readonly BulkTable _identifiers = new("report_identifiers", "look", "report_id", "version");
    // Persons and identifiers as plain SQL would have them: for the baselines alone.
    private static readonly BulkTable _plainPersons = new("plain_persons", "report_id", "given", "family", "born");
    private static readonly BulkTable _plainIdentifiers = new("plain_identifiers", "report_id", "kind", "value");
    private static readonly BulkTable _items = new(
        "queue_items", "id", "number", "version", "form", "provider", "incident_type", "received_at", "imminent_claimed", "place",
        "place_state", "nexus", "indicators", "risk", "reasons", "rules_version", "above_threshold", "open_matches", "state", "abuse_duty_started", "revision");

    private static readonly BulkTable _words = new("original_words", "id", "filter", "reports", "drawn");
    private const int ReportsPerBlock = 64;
    private const int WordsPerReport = 50;
    private const int WordsKnown = 100_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("homeward-bench-review-");
    private readonly InventedNames _names = Gazetteer.Default.Names;
    private readonly List<FieldOffice> _cities = [.. Gazetteer.Default.OfficesOn(new DateOnly(2019, 7, 1))];

    private FilledHouse(string? postgres) => Services = new ServiceCollection()
        .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error))
        .AddHomeward(
            new HouseOptions(DatabaseTarget.Parse(postgres ?? Path.Combine(_folder.FullName, "house.db")), Path.Combine(_folder.FullName, "keys"), Seed: 1,
                Exercise: true, Demo: true, postgres is null ? "Homeward.Migrations.Sqlite" : "Homeward.Migrations.Postgres") { OutlivesPowerCut = false },
            Line.Stages)
        .BuildServiceProvider();

    private WordFilters Filters => Services.GetRequiredService<WordFilters>();

    public ServiceProvider Services { get; }
    public List<Guid> Reports { get; } = [];
    public List<(string Given, string Family, string Born)> People { get; } = [];

    /// <param name="postgres">An empty database of a server; null for one file of its own.</param>
    public static async Task<FilledHouse> OpenAsync(int reports, string? postgres)
    {
        var house = new FilledHouse(postgres);
        house.Services.GetRequiredService<HouseClock>().DriveTo(_first.AddYears(1));
        Ensure.That((await house.Services.GetRequiredService<Database>().PrepareAsync(CancellationToken.None)).IsDone);
        var indexes = await house.WithDbAsync(db => WithoutIndexesAsync(db));
        var id = postgres is null ? "BLOB" : "uuid";
        await house.WithDbAsync(db => db.Connection().ExecuteAsync($"""
            CREATE TABLE plain_persons (report_id {id} NOT NULL, given TEXT NOT NULL, family TEXT NOT NULL, born TEXT NOT NULL);
            CREATE TABLE plain_identifiers (report_id {id} NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL)
            """));
        indexes.AddRange(["CREATE INDEX plain_by_report ON plain_identifiers (report_id)", "CREATE INDEX plain_by_value ON plain_identifiers (value)"]);
        var next = Task.Run(() => house.Rows(0, reports));
        for (var done = 0; done < reports; done += BatchMax)
        {
            var (rows, from) = (await next, done + BatchMax);
            // The next rows are made up while these are written.
            next = Task.Run(() => house.Rows(from, reports));
            await house.AddAsync(rows);
        }
        await house.WithDbAsync(async db =>
        {
            foreach (var index in indexes) await db.Connection().ExecuteAsync(index, commandTimeout: 0);
            return await db.Connection().ExecuteAsync(db.IsSqlite ? "PRAGMA wal_checkpoint(TRUNCATE)" : "VACUUM ANALYZE", commandTimeout: 0);
        });
        return house;
    }

    /// <summary>Takes away what is there only to find rows; the keys stay.</summary>
    /// <returns>The statements that make it again.</returns>
    private static async Task<List<string>> WithoutIndexesAsync(HomewardDb db)
    {
        var made = (await db.Connection().QueryAsync<(string Name, string Sql)>(db.IsSqlite
            ? "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('reports', 'report_identifiers', 'queue_items')"
            : """
              SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ('reports', 'report_identifiers', 'queue_items')
              AND indexname NOT LIKE 'PK_%'
              """)).ToList();
        foreach (var (name, _) in made) await db.Connection().ExecuteAsync($"DROP INDEX \"{name}\"");
        return [.. made.Select(one => one.Sql)];
    }

    public async Task<T> WithDbAsync<T>(Func<HomewardDb, Task<T>> read)
    {
        await using var scope = Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<HomewardDb>());
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private sealed record Row(object?[] Report, ReportParts Parts, object?[] Item);

    private List<Row> Rows(int from, int all) => [.. Enumerable.Range(from, Math.Clamp(all - from, 0, BatchMax)).Select(index => One(index, all))];

    private Task<bool> AddAsync(List<Row> rows) => WithDbAsync(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await _reports.WriteAsync(db, rows.Select(row => row.Report), CancellationToken.None);
        await _identifiers.WriteAsync(db, rows.SelectMany(row => row.Parts.LooksIn(0), (row, look) => new object?[] { look, row.Report[0], 1 }), CancellationToken.None);
        await _plainPersons.WriteAsync(db, rows.SelectMany(row => row.Parts.Persons, (row, one) => new[] { row.Report[0], one.Given, one.Family, one.Born.ToString() }), CancellationToken.None);
        await _plainIdentifiers.WriteAsync(db, rows.SelectMany(row => row.Parts.Identifiers, (row, one) => new[] { row.Report[0], one.Kind, one.Value }), CancellationToken.None);
        await _items.WriteAsync(db, rows.Select(row => row.Item), CancellationToken.None);
        await _words.WriteAsync(db, rows.Chunk(ReportsPerBlock).Select(Words), CancellationToken.None);
        await transaction.CommitAsync();
        return true;
    });

    /// <summary>A filter over words of which a few are frequent and most are rare, as people write.</summary>
    private object?[] Words(Row[] block)
    {
        var dice = new Dice(Seed + 1, StableHash.Of((string)block[0].Report[2]!));
        var words = new HashSet<ulong>();
        for (var word = 0; word < block.Length * WordsPerReport; word++)
            words.Add(StableHash.Of(string.Create(CultureInfo.InvariantCulture, $"written{(int)(Math.Pow(dice.Share(), 4) * WordsKnown)}")));
        return [Guid.CreateVersion7((DateTimeOffset)block[0].Report[7]!), Filters.Over([.. words]), Array.Empty<byte>(), 1];
    }

    private Row One(int index, int all)
    {
        var at = _first + TimeSpan.FromDays(365.0 * index / all);
        var dice = new Dice(Seed, (ulong)index);
        var id = Guid.CreateVersion7(at);
        var number = (100_000_000 + index).ToString(CultureInfo.InvariantCulture);
        var year = 2002 + dice.Below(10);
        var isGirl = dice.Below(4) > 0;
        var given = _names.Given(isGirl, year).Pick(dice.Share());
        var family = _names.Surnames.Pick(dice.Share());
        var day = new DateOnly(year, 1 + dice.Below(12), 1 + dice.Below(28));
        var born = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var city = _cities[dice.Below(_cities.Count)];
        // A third belong to senders of several reports.
        var sender = dice.Below(3) == 0 ? $"g{dice.Below(Math.Max(1, all / 15))}" : $"s{index}";
        var address = dice.Below(20) == 0 ? $"203.0.113.{dice.Below(50)}" : $"2001:db8::{sender}";
        if (index % 50 == 0)
        {
            Reports.Add(id);
            People.Add((given, family, born));
        }
        var person = new PersonPart(TipRole.Victim, "/report/personOrUserReported[1]") { Given = given, Family = family, Born = PartialDate.Of(day), City = city.City, State = city.State };
        var parts = new ReportParts(
            [person],
            [.. new[] { ("email", $"{sender}@example.org"), ("screen-name", $"example:{sender}"), ("ip", address), ("device", $"id:{index}") }
                .Select(one => new IdentifierPart(one.Item1, one.Item2, $"{person.Path}/{one.Item1}", 0, null))],
            []);
        var (risk, matches) = (Math.Round(dice.Share() * dice.Share() * 50) * 2, dice.Below(20) == 0 ? 1 + dice.Below(3) : 0);
        return new(
            [id, 1, number, "ProviderXml", "Example Service", "Example Service", "Online Enticement of Children for Sexual Acts", at, true, false, false,
                "NotStated", at, at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), at, "2020-12-31", $"raw/{number}.xml", number, 0, Guid.Empty, 0, Extractor.Version, 0, PackedParts.Pack(parts)],
            parts,
            [id, number, 1, "provider-xml", "Example Service", "Online Enticement of Children for Sexual Acts", at, dice.Below(100) == 0, $"{city.City}, {city.State}",
                city.State, "UnitedStates", index % 4096L, risk, "", "bench", risk > 80, matches, "Waiting", false, Guid.CreateVersion7()]);
    }
}
