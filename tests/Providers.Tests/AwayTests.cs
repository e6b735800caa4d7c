using System.Diagnostics;
using System.Net;
using System.Text;
using Homeward.Bench.Intake;
using Homeward.Foundations;
using Homeward.Intake.Model;
using Homeward.Intake.Providers;
using Homeward.Providers.Tests.Media;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Homeward.Providers.Tests;

/// <summary>The database goes away in the middle: senders and people are told at once, and all goes on by itself when it is back.</summary>
public sealed class AwayTests(ITestOutputHelper output)
{
    private const int Senders = 6;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    /// <remarks>A server of its own that syncs as one in production does, is stopped as in a crash, and recovers.</remarks>
    [Fact]
    public async Task A_server_that_stops_under_load_and_comes_back()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("HOMEWARD_TEST_POSTGRES") is null, "HOMEWARD_TEST_POSTGRES names no server");
        await using var server = await PostgresServer.StartAsync(output.WriteLine, "-c shared_buffers=32MB");
        server.ShouldNotBeNull();
        var folder = Directory.CreateTempSubdirectory("homeward-away-").FullName;
        try
        {
            await using var house = await LineHouse.OpenAsync(DatabaseKind.Postgres, site: new(folder, server.Connection));
            using var person = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = house.Address };
            using var probe = new HttpClient { BaseAddress = house.Address };
            (await person.PostAsync("/demo/sign-in", new FormUrlEncodedContent([new("role", "analyst")]))).EnsureSuccessStatusCode();
            var (opened, finished) = (new List<string>(), new List<string>());
            var load = Enumerable.Range(0, Senders).Select(_ => Task.Run(() => SendUntilRefusedAsync(house.As(), opened, finished))).ToArray();
            await UntilAsync(() => Task.FromResult(Count(finished) > 50));
            await server.StopAsync();

            var refusals = await Task.WhenAll(load);
            refusals.ShouldAllBe(refusal => refusal.Status == HttpStatusCode.ServiceUnavailable && refusal.Code == 1100);
            var started = Stopwatch.GetTimestamp();
            var answer = await house.As().SendAsync(HttpMethod.Post, "submit", new StringContent(Sample.Report(), Encoding.UTF8, "text/xml"));
            (await Reply.ReadAsync(answer)).ShouldBe(1100, HttpStatusCode.ServiceUnavailable).Description!.ShouldContain("the database does not answer");
            answer.Headers.RetryAfter.ShouldNotBeNull();
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(_patience);
            (await TextAsync(probe, "/health/ready")).ShouldBe((HttpStatusCode.ServiceUnavailable, "the database does not answer; nothing is taken until it is mended, and then by itself"));
            var (status, page) = await TextAsync(person, "/intake");
            status.ShouldBe(HttpStatusCode.ServiceUnavailable);
            page.ShouldContain("The database does not answer");
            (await TextAsync(person, "/api/intake/missing")).Body.ShouldContain("homeward:status-503");
            await Should.ThrowAsync<Exception>(house.TurnAsync());

            await server.StartAgainAsync();
            await UntilAsync(async () => (await TextAsync(probe, "/health/ready")).Status == HttpStatusCode.OK);
            var numbers = await house.WithDbAsync(db => db.Set<Submission>().Select(row => row.Number).ToListAsync());
            var reports = await house.WithDbAsync(db => db.Set<ReportVersion>().Select(row => row.Number).ToListAsync());
            opened.Except(numbers.Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture))).ShouldBeEmpty();
            finished.Except(reports).ShouldBeEmpty();
            reports.Count.ShouldBe(reports.Distinct().Count());
            (await TextAsync(person, "/intake")).Status.ShouldBe(HttpStatusCode.OK, "the session went on");
            (await house.As().FinishAsync(await house.As().OpenAsync())).ShouldSucceed();
            await house.TurnAsync();
            (await house.WithDbAsync(db => db.Database.SqlQuery<int>($"SELECT attempts AS \"Value\" FROM work WHERE attempts > 0").CountAsync())).ShouldBe(0, "no work pays for it");
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_wire_that_goes_dead_without_a_word()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("HOMEWARD_TEST_POSTGRES") is null, "HOMEWARD_TEST_POSTGRES names no server");
        await using var database = await LineDatabase.CreateAsync();
        await using var wire = new Wire(new NpgsqlConnectionStringBuilder(database.Connection).Port);
        var through = new NpgsqlConnectionStringBuilder(database.Connection) { Host = "127.0.0.1", Port = wire.Port, CommandTimeout = 0, Timeout = 2 };
        var folder = Directory.CreateTempSubdirectory("homeward-wire-").FullName;
        try
        {
            var line = new ClearingHouseOptions(TestAccount: true) { AnswerWithin = TimeSpan.FromMilliseconds(500) };
            await using var house = await LineHouse.OpenAsync(DatabaseKind.Postgres, line, new(folder, through.ConnectionString));
            var number = await house.As().OpenAsync();
            wire.GoDead();
            // The driver waits for ever here: only the house's own patience answers. The bound is for a house that has none.
            var answers = Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => house.As().FinishAsync(number)));
            var isAnswered = await Task.WhenAny(answers, Task.Delay(TimeSpan.FromMinutes(1))) == answers;
            wire.Mend();
            isAnswered.ShouldBeTrue();
            (await answers).ShouldAllBe(call => call.Status == HttpStatusCode.ServiceUnavailable && call.Code == 1100);
            // Not known whether it stands is not the same as lost: the sender asks again and is told.
            await UntilAsync(async () => (await house.As().FinishAsync(number)).Code is 0 or 5102);
            (await house.WithDbAsync(db => db.Set<ReportVersion>().CountAsync())).ShouldBe(1);
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Count(List<string> list) { lock (list) return list.Count; }

    private static async Task<Reply> SendUntilRefusedAsync(Provider provider, List<string> opened, List<string> finished)
    {
        while (true)
        {
            var submitted = await provider.XmlAsync("submit", Sample.Report());
            if (submitted.Code != 0) return submitted;
            lock (opened) opened.Add(submitted.ReportId!);
            var done = await provider.FinishAsync(submitted.ReportId!);
            if (done.Code != 0) return done;
            lock (finished) finished.Add(submitted.ReportId!);
        }
    }

    private static async Task<(HttpStatusCode Status, string Body)> TextAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var started = Stopwatch.GetTimestamp(); !await isSo(); await Task.Delay(20)) Stopwatch.GetElapsedTime(started).ShouldBeLessThan(_patience);
    }
}
