using System.Globalization;
using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Places;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Homeward.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Homeward.Bench.Review;

/// <summary>A house in which a year of reports stands: rows as Intake and Review store them, laid down without the way in.</summary>
/// <remarks>
/// Of the reports a third belong to senders of two to eight, who share an account and an address; every twentieth comes from a
/// network whose address thousands share. Everybody in it is invented, from public tables of frequent names.
/// </remarks>
internal sealed class FilledHouse : IAsyncDisposable
{
    private const int BatchMax = 20_000;
    private const ulong Seed = 20190701;
    private static readonly DateTimeOffset _first = new(2019, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly BulkTable _reports = new(
        "reports", "id", "version", "number", "form", "provider", "platform", "incident_type", "incident_at", "incident_zone_known",
        "escalation_claimed", "is_batched", "urgent", "received_at", "received_on", "submitted_at", "preserve_until", "source", "sha256",
        "bytes", "block_id", "block_offset");
    private static readonly BulkTable _persons = new(
        "report_persons", "report_id", "version", "ordinal", "role", "given", "family", "other_names", "born", "city", "state", "path");
    private static readonly BulkTable _identifiers = new(
        "report_identifiers", "report_id", "version", "ordinal", "kind", "value", "path", "person");
    private static readonly BulkTable _items = new(
        "queue_items", "id", "number", "version", "form", "provider", "incident_type", "received_at", "imminent_claimed", "place",
        "place_state", "nexus", "risk", "reasons", "rules_version", "above_threshold", "open_matches", "state", "abuse_duty_started", "revision");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("homeward-bench-review-");
    private readonly InventedNames _names = Gazetteer.Default.Names;
    private readonly List<FieldOffice> _cities = [.. Gazetteer.Default.OfficesOn(new DateOnly(2019, 7, 1))];

    private FilledHouse() => Services = new ServiceCollection()
        .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error))
        .AddHomeward(
            new HouseOptions(DatabaseTarget.Parse(Path.Combine(_folder.FullName, "house.db")), Path.Combine(_folder.FullName, "keys"), Seed: 1,
                Exercise: true, Demo: true, "Homeward.Migrations.Sqlite") { OutlivesPowerCut = false }, Line.Stages)
        .BuildServiceProvider();

    public ServiceProvider Services { get; }
    public List<Guid> Reports { get; } = [];
    public List<(string Given, string Family, string Born)> People { get; } = [];

    public static async Task<FilledHouse> OpenAsync(int reports)
    {
        var house = new FilledHouse();
        house.Services.GetRequiredService<HouseClock>().DriveTo(_first.AddYears(1));
        Ensure.That((await house.Services.GetRequiredService<Database>().PrepareAsync(CancellationToken.None)).IsDone);
        for (var done = 0; done < reports; done += BatchMax) await house.AddAsync(done, Math.Min(BatchMax, reports - done), reports);
        return house;
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

    private async Task AddAsync(int from, int count, int all)
    {
        var rows = Enumerable.Range(from, count).Select(index => One(index, all)).ToList();
        await WithDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await _reports.WriteAsync(db, rows.Select(row => row.Report), CancellationToken.None);
            await _persons.WriteAsync(db, rows.Select(row => row.Person), CancellationToken.None);
            await _identifiers.WriteAsync(db, rows.SelectMany(row => row.Identifiers), CancellationToken.None);
            await _items.WriteAsync(db, rows.Select(row => row.Item), CancellationToken.None);
            await transaction.CommitAsync();
            return true;
        });
    }

    private (object?[] Report, object?[] Person, List<object?[]> Identifiers, object?[] Item) One(int index, int all)
    {
        var at = _first + TimeSpan.FromDays(365.0 * index / all);
        var dice = new Dice(Seed, (ulong)index);
        var id = Guid.CreateVersion7(at);
        var number = (100_000_000 + index).ToString(CultureInfo.InvariantCulture);
        var year = 2002 + dice.Below(10);
        var isGirl = dice.Below(4) > 0;
        var given = _names.Given(isGirl, year).Pick(dice.Share());
        var family = _names.Surnames.Pick(dice.Share());
        var born = new DateOnly(year, 1 + dice.Below(12), 1 + dice.Below(28)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var city = _cities[dice.Below(_cities.Count)];
        // A third belong to senders of several reports.
        var sender = dice.Below(3) == 0 ? $"g{dice.Below(Math.Max(1, all / 15))}" : $"s{index}";
        var address = dice.Below(20) == 0 ? $"203.0.113.{dice.Below(50)}" : $"2001:db8::{sender}";
        if (index % 50 == 0)
        {
            Reports.Add(id);
            People.Add((given, family, born));
        }
        var identifiers = new List<object?[]>();
        foreach (var (kind, value) in new[] { ("email", $"{sender}@example.org"), ("screen-name", $"example:{sender}"), ("ip", address), ("device", $"id:{index}") })
            identifiers.Add([id, 1, identifiers.Count, kind, value, $"/report/personOrUserReported[1]/{kind}", 0]);
        var risk = Math.Round(dice.Share() * 100, 1);
        return (
            [id, 1, number, "ProviderXml", "Example Service", "Example Service", "Online Enticement of Children for Sexual Acts", at, true, false, false,
                "NotStated", at, at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), at, "2020-12-31", $"raw/{number}.xml", number, 0, Guid.Empty, 0],
            [id, 1, 0, "Victim", given, family, "", born, city.City, city.State, "/report/personOrUserReported[1]"],
            identifiers,
            [id, number, 1, "provider-xml", "Example Service", "Online Enticement of Children for Sexual Acts", at, false, $"{city.City}, {city.State}",
                city.State, "UnitedStates", risk, "", "bench", risk > 95, 0, "Waiting", false, Guid.CreateVersion7()]);
    }
}
