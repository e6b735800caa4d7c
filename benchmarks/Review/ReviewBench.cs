using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Dapper;
using Homeward.Bench.Intake;
using Homeward.Exchange;
using Homeward.Exchange.Missing;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Bench.Review;

/// <summary>What an analyst waits for at a million reports, through the desk with its trace, beside plain SQL on the same rows.</summary>
/// <remarks>A run of all benchmarks measures it at a fifth of that, so that it ends in its ten minutes.</remarks>
internal static class ReviewBench
{
    private const int Asked = 100;
    private const int AskedOfBaseline = 15;

    /// <summary>Above two million reports the straightforward way takes seconds a question, and says the same in fewer.</summary>
    private const int AskedOfBaselineAtLength = 3;
    private const int NewEntries = 20;
    private const int Written = 4_000;

    /// <param name="scale">Millions of reports.</param>
    /// <param name="onPostgres">On a server of its own, and not in one file.</param>
    public static async IAsyncEnumerable<BenchLine> RunAsync(double scale, bool onPostgres)
    {
        await using var server = onPostgres ? await PostgresServer.StartAsync(Console.Error.WriteLine) : null;
        if (onPostgres && server is null) yield break;
        var askedOfBaseline = scale > 2 ? AskedOfBaselineAtLength : AskedOfBaseline;
        var (began, reports) = (Stopwatch.GetTimestamp(), (int)(scale * 1_000_000));
        // The figures keep their names at every scale; what they were measured on stands beside them.
        var plain = string.Create(CultureInfo.InvariantCulture, $"plain SQL on the same {reports:N0} reports");
        await using var house = await FilledHouse.OpenAsync(reports, server?.Connection.Replace("Database=postgres", "Database=review", StringComparison.Ordinal));
        Console.Error.WriteLine($"review: {reports:N0} reports stand after {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s.");
        var analyst = new Actor(UserId.From(Guid.CreateVersion7()), "Bench", Role.Analyst, null, null, null);
        var desk = house.Services.GetRequiredService<Desk>();
        async Task AskAsync<TRequest, TPage>(TRequest request) where TRequest : notnull =>
            Ensure.That((await desk.DoAsync<TRequest, TPage>(analyst, request, CancellationToken.None)).IsDone);

        // The index of matches is built when first asked: what that takes is a figure of its own.
        var started = Stopwatch.GetTimestamp();
        await AskAsync<Search.Request, Search.Page>(new("Marisol Quenneville"));
        var ready = Stopwatch.GetElapsedTime(started).TotalSeconds;
        yield return new BenchLine("review.index.ready", Math.Round(ready, 1), "s", string.Create(CultureInfo.InvariantCulture, $"none; of {reports:N0} reports"), 0, 0);

        var queue = await TimedAsync(Asked, index => AskAsync<ShowQueue.Request, ShowQueue.Page>(
            (index % 6) switch
            {
                0 => new(),
                1 => new(PlaceState: "TX", RiskMin: index % 90),
                2 => new(Matched: index % 4 == 0, After: $"{index % 60}_1561939200000000_0190f3c2a5d07e3f8a4b000000000001"),
                3 => new(PlaceState: "KS", Matched: true, Imminent: true),
                4 => new(FromEnd: true),
                _ => new(Find: (1_000_000 + (index % 10)).ToString(CultureInfo.InvariantCulture)[..(4 + (index % 3))]),
            }));
        // As a queue is mostly written: what there is in each state, what the filter leaves, and a page that skips the ones before it.
        var plainQueue = await TimedAsync(askedOfBaseline, async index =>
        {
            await SqlAsync(house, "SELECT state, count(*) FROM queue_items GROUP BY state", new { });
            await SqlAsync(house, "SELECT count(*) FROM queue_items WHERE state = 'Waiting' AND place_state = 'TX' AND risk >= @risk", new { risk = index % 90 });
            await SqlAsync(house,
                "SELECT * FROM queue_items WHERE state = 'Waiting' AND place_state = 'TX' AND risk >= @risk ORDER BY risk DESC, received_at, id LIMIT 50 OFFSET @offset",
                new { risk = index % 90, offset = 50 * (index % 20) });
        });
        yield return BenchLine.Less("review.queue.p99", queue.At(0.99), "ms", plain + " and indexes: counted whole, pages by OFFSET", plainQueue.At(0.99));

        var graph = await TimedAsync(Asked, index => AskAsync<ShowLinks.Request, ShowLinks.Page>(new(ReportId.From(house.Reports[index * 7 % house.Reports.Count]))));
        var plainGraph = await TimedAsync(askedOfBaseline, index => SqlAsync(house,
            "SELECT DISTINCT b.report_id FROM plain_identifiers a JOIN plain_identifiers b ON b.value = a.value AND b.kind = a.kind WHERE a.report_id = @id",
            house.Reports[index * 7 % house.Reports.Count]));
        yield return BenchLine.Less("review.graph.p99", graph.At(0.99), "ms", plain + ", without a guard against hubs", plainGraph.At(0.99));

        var search = await TimedAsync(Asked, index => AskAsync<Search.Request, Search.Page>(new(Misspelt(house.People[index * 7 % house.People.Count]))));
        var plainSearch = await TimedAsync(askedOfBaseline, index => SqlAsync(house,
            "SELECT report_id FROM plain_persons WHERE given LIKE @given AND family LIKE @family LIMIT 50",
            new { given = house.People[index * 7].Given[..2] + "%", family = house.People[index * 7].Family[..3] + "%" }));
        yield return BenchLine.Less("review.search.p99", search.At(0.99), "ms", plain + ", by the first letters", plainSearch.At(0.99));

        // Texts that are there to be read: some come in by the real way, with words that mean nothing.
        var maker = new ReportMaker();
        var said = Enumerable.Range(0, Written).Select(maker.Xml).ToList();
        Ensure.That((await desk.DoAsync<ReceiveReports.Request, ReceiveReports.Receipt>(Actor.House, new([.. said.Select(one => new RawOriginal(one.Path, one.Xml))]), CancellationToken.None)).IsDone);
        await AskAsync<Search.Request, Search.Page>(new("narrative withheld"));
        var text = await TimedAsync(Asked, index => AskAsync<Search.Request, Search.Page>(new(LastWords(said[index * 31 % said.Count].Xml))));
        yield return BenchLine.Less("review.text.p99", text.At(0.99), "ms", string.Create(CultureInfo.InvariantCulture, $"limit of the issue; the words of {reports + Written:N0} sealed texts"), 200);

        var courier = house.Services.GetRequiredService<Courier>();
        var match = await TimedAsync(NewEntries, async index =>
        {
            var (given, family, born) = house.People[index * 11 % house.People.Count];
            await EnterAsync(desk, index, given, family, born);
            await courier.DeliverDueAsync(CancellationToken.None);
        });
        var plainMatch = await TimedAsync(askedOfBaseline, index => SqlAsync(house,
            "SELECT report_id FROM plain_persons WHERE (family = @family AND given = @given) OR born = @born",
            new { given = house.People[index * 11].Given, family = house.People[index * 11].Family, born = house.People[index * 11].Born }));
        yield return BenchLine.Less("review.match.p99", match.At(0.99), "ms", plain + ", exact name or birth date, nothing stored", plainMatch.At(0.99));
    }

    private static async Task EnterAsync(Desk desk, int index, string given, string family, string born)
    {
        Ensure.That(PartialDate.TryParse(born, out var date));
        var line = MissingChildEntries.Json.Line(new MissingChildEntry
        {
            Received = new DateTimeOffset(2019, 12, 31, 0, 0, index, TimeSpan.Zero), Status = EntryStatus.Entered, Nic = $"M{index:000000000}",
            Ori = "XX0000001", Category = "EMJ", Names = [new EntryName(given, family)], Born = date, Sex = "F", Custody = Custody.Family, AtRisk = Stated.Yes,
        });
        Ensure.That((await desk.DoAsync<ReceiveEntries.Request, ReceiveEntries.Receipt>(
            Actor.House, new([new RawLine("bench", line, 1)]), CancellationToken.None)).IsDone);
    }

    /// <summary>The last three words of a report's text.</summary>
    private static string LastWords(byte[] xml)
    {
        var text = System.Text.Encoding.UTF8.GetString(xml);
        const string end = "</additionalInfo>";
        return string.Join(' ', text[..text.IndexOf(end, StringComparison.Ordinal)].Split(' ')[^3..]);
    }

    /// <summary>One letter dropped, as in a hurry.</summary>
    private static string Misspelt((string Given, string Family, string Born) person) =>
        $"{person.Given} {(person.Family.Length > 4 ? person.Family.Remove(3, 1) : person.Family)}";

    private static Task<int> SqlAsync(FilledHouse house, string sql, object values) => house.WithDbAsync(async db =>
    {
        DbConnection connection = db.Connection();
        return (await connection.QueryAsync(sql, values is Guid id ? new { id = db.Stored(id) } : values)).Count();
    });

    /// <returns>Milliseconds of each, the first left out: it compiles.</returns>
    private static async Task<List<double>> TimedAsync(int times, Func<int, Task> does)
    {
        var taken = new List<double>(times);
        for (var index = 0; index <= times; index++)
        {
            var started = Stopwatch.GetTimestamp();
            await does(index);
            if (index > 0) taken.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        taken.Sort();
        return taken;
    }
}
