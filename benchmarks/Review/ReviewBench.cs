using System.Data.Common;
using System.Diagnostics;
using Dapper;
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
internal static class ReviewBench
{
    private const int Asked = 100;
    private const int AskedOfBaseline = 15;
    private const int NewEntries = 20;
    private const string Plain = "plain SQL on the same rows";

    /// <param name="scale">Millions of reports.</param>
    public static async IAsyncEnumerable<BenchLine> RunAsync(double scale)
    {
        await using var house = await FilledHouse.OpenAsync((int)(scale * 1_000_000));
        var analyst = new Actor(UserId.From(Guid.CreateVersion7()), "Bench", Role.Analyst, null, null, null);
        var desk = house.Services.GetRequiredService<Desk>();
        async Task AskAsync<TRequest, TPage>(TRequest request) where TRequest : notnull =>
            Ensure.That((await desk.DoAsync<TRequest, TPage>(analyst, request, CancellationToken.None)).IsDone);

        // The index of matches is built when first asked: what that takes is a figure of its own.
        var started = Stopwatch.GetTimestamp();
        await AskAsync<Search.Request, Search.Page>(new("Marisol Quenneville"));
        var ready = Stopwatch.GetElapsedTime(started).TotalSeconds;
        yield return new BenchLine("review.index.ready", Math.Round(ready, 1), "s", "none", 0, 0);

        var queue = await TimedAsync(Asked, index => AskAsync<ShowQueue.Request, ShowQueue.Page>(
            index % 2 == 0 ? new(Page: 1 + (index % 20)) : new(PlaceState: "TX", RiskMin: index % 90)));
        var plainQueue = await TimedAsync(AskedOfBaseline, index => SqlAsync(house,
            "SELECT * FROM queue_items WHERE state = 'Waiting' AND place_state = 'TX' AND risk + 0 >= @risk ORDER BY risk + 0 DESC, received_at LIMIT 50", new { risk = index % 90 }));
        yield return BenchLine.Less("review.queue.p99", P99(queue), "ms", Plain, P99(plainQueue));

        var graph = await TimedAsync(Asked, index => AskAsync<ShowLinks.Request, ShowLinks.Page>(new(ReportId.From(house.Reports[index * 7 % house.Reports.Count]))));
        var plainGraph = await TimedAsync(AskedOfBaseline, index => SqlAsync(house,
            "SELECT DISTINCT b.report_id FROM report_identifiers a JOIN report_identifiers b ON b.value = a.value AND b.kind = a.kind WHERE a.report_id = @id",
            new { id = house.Reports[index * 7 % house.Reports.Count].ToString().ToUpperInvariant() }));
        yield return BenchLine.Less("review.graph.p99", P99(graph), "ms", Plain + ", without a guard against hubs", P99(plainGraph));

        var search = await TimedAsync(Asked, index => AskAsync<Search.Request, Search.Page>(new(Misspelt(house.People[index * 7 % house.People.Count]))));
        var plainSearch = await TimedAsync(AskedOfBaseline, index => SqlAsync(house,
            "SELECT report_id FROM report_persons WHERE given LIKE @given AND family LIKE @family LIMIT 50",
            new { given = house.People[index * 7].Given[..2] + "%", family = house.People[index * 7].Family[..3] + "%" }));
        yield return BenchLine.Less("review.search.p99", P99(search), "ms", Plain + ", by the first letters", P99(plainSearch));

        var courier = house.Services.GetRequiredService<Courier>();
        var match = await TimedAsync(NewEntries, async index =>
        {
            var (given, family, born) = house.People[index * 11 % house.People.Count];
            await EnterAsync(desk, index, given, family, born);
            await courier.DeliverDueAsync(CancellationToken.None);
        });
        var plainMatch = await TimedAsync(AskedOfBaseline, index => SqlAsync(house,
            "SELECT report_id FROM report_persons WHERE (family = @family AND given = @given) OR born = @born",
            new { given = house.People[index * 11].Given, family = house.People[index * 11].Family, born = house.People[index * 11].Born }));
        yield return BenchLine.Less("review.match.p99", P99(match), "ms", Plain + ", exact name or birth date, nothing stored", P99(plainMatch));
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

    /// <summary>One letter dropped, as in a hurry.</summary>
    private static string Misspelt((string Given, string Family, string Born) person) =>
        $"{person.Given} {(person.Family.Length > 4 ? person.Family.Remove(3, 1) : person.Family)}";

    private static Task<int> SqlAsync(FilledHouse house, string sql, object values) => house.WithDbAsync(async db =>
    {
        DbConnection connection = db.Connection();
        return (await connection.QueryAsync(sql, values)).Count();
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

    private static double P99(List<double> sorted) => sorted[(int)Math.Ceiling(sorted.Count * 0.99) - 1];
}
