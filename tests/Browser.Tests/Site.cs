using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;

namespace Homeward.Browser.Tests;

/// <summary>A finished small initiative, served by the real program to a real browser.</summary>
public sealed class Site : IAsyncLifetime
{
    private const string Initiative = """
        {"name":"Operation Short Light","from":"2022-08-01","to":"2022-08-14","operations":9,"traffickersArrested":4,"investigationsOpened":3,
         "children":{"recovered":5,"identified":2},"offices":[{"office":"Kansas City","children":2,"adults":3,"arrests":1,"partners":["MOKPD0000"]}]}
        """;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("homeward-browser-");
    private Process? _server;
    private IPlaywright? _playwright;

    private string Database => Path.Combine(_folder.FullName, ".homeward", "operation-short-light.db");

    public string At { get; } = $"http://127.0.0.1:{Random.Shared.Next(20_000, 40_000)}";
    internal IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var file = Path.Combine(_folder.FullName, "initiative.json");
        await File.WriteAllTextAsync(file, Initiative);
        using (var run = Start("demo", "--exit", "--initiative", file))
        {
            await run.WaitForExitAsync();
            run.ExitCode.ShouldBe(0);
        }
        _server = Start("serve", "--demo", "--urls", At, "--database", Database);
        using var client = new HttpClient();
        for (var tries = 0; tries < 150; tries++)
        {
            try
            {
                if ((await client.GetAsync(new Uri(At + "/health/ready"))).IsSuccessStatusCode) break;
            }
            catch (HttpRequestException)
            {
                // Not up yet.
            }
            await Task.Delay(200);
        }
        await LeaveCaseworkAsync();
        await AskForBackTestAsync();
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("HOMEWARD_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>The scripted people ask no provider for anything: one request that was served and one task are left, so that their pages are there to walk.</summary>
    private async Task LeaveCaseworkAsync()
    {
        using var client = new HttpClient { BaseAddress = new Uri(At) };
        using var role = new FormUrlEncodedContent([new("role", "analyst")]);
        (await client.PostAsync(new Uri("/demo/sign-in", UriKind.Relative), role)).EnsureSuccessStatusCode();
        var queue = await client.GetFromJsonAsync<JsonElement>("/api/review?state=decided");
        foreach (var report in queue.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("id").GetString()))
        {
            var work = await client.GetFromJsonAsync<JsonElement>($"/api/review/case?report={report}");
            if (work.GetProperty("accounts").EnumerateArray().ToList() is not [var account, ..]) continue;
            var asked = await PostAsync("/review/requests", new
            {
                kind = "preservation", holder = "Example Service", signatory = "A. Signatory", signatoryTitle = "Special Agent", report,
                accounts = new[] { account.GetProperty("mark").GetString() }, asks = new[] { "subscriber" },
            });
            // By the house's clock, which a finished initiative may have left in its own month.
            var now = (await client.GetFromJsonAsync<JsonElement>("/api/home")).GetProperty("now").GetDateTimeOffset();
            await PostAsync($"/review/requests/{asked.GetProperty("id").GetString()}/serve", new { happenedAt = now.AddMinutes(-1), how = "portal" });
            var person = work.GetProperty("people")[0].GetProperty("id").GetString();
            await PostAsync("/review/tasks", new { what = "Call the custodian of records.", dueAt = now.AddDays(2), person, report });
            await PostAsync("/review/notes", new { text = "Narrative withheld.", @base = 0, report });
            return;
        }
        throw new InvalidOperationException("No decided report holds an account.");

        async Task<JsonElement> PostAsync(string path, object body)
        {
            using var answer = await client.PostAsJsonAsync(path, body);
            if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{path}: {await answer.Content.ReadAsStringAsync()}");
            return await answer.Content.ReadFromJsonAsync<JsonElement>();
        }
    }

    /// <summary>A back-test that was run, and a change of the rules that waits for its second person: pages that are empty without.</summary>
    private async Task AskForBackTestAsync()
    {
        using var client = new HttpClient { BaseAddress = new Uri(At) };
        (await client.PostAsync("/demo/sign-in", new FormUrlEncodedContent([new("role", "supervisor")]))).IsSuccessStatusCode.ShouldBeTrue();
        var proposed = await client.PostAsJsonAsync("/review/rules", new { based = "risk-1", why = "a change to look at (invented)", referralThreshold = 45 });
        proposed.IsSuccessStatusCode.ShouldBeTrue(await proposed.Content.ReadAsStringAsync());
        var tests = await client.GetFromJsonAsync<JsonObject>("/api/review/back-tests");
        var asked = await client.PostAsJsonAsync("/review/back-tests", new { initiative = (string?)tests!["initiatives"]![0]!["id"], version = "risk-2" });
        asked.IsSuccessStatusCode.ShouldBeTrue(await asked.Content.ReadAsStringAsync());
        var id = (string?)(await asked.Content.ReadFromJsonAsync<JsonObject>())!["id"];
        for (var tries = 0; tries < 150; tries++)
        {
            var test = await client.GetFromJsonAsync<JsonObject>($"/api/review/back-tests/{id}");
            if ((string?)test!["test"]!["state"] == "done") return;
            await Task.Delay(200);
        }
        Assert.Fail("the back-test was never done");
    }

    /// <summary>Reports that were dismissed wait again: a morning's queue.</summary>
    internal async Task LetWaitAsync(int reports)
    {
        await using var db = new SqliteConnection($"Data Source={Database}");
        await db.OpenAsync();
        await using var update = db.CreateCommand();
        update.CommandText = """
            UPDATE queue_items SET state = 'Waiting', decided_at = NULL, decided_by = NULL
            WHERE id IN (SELECT id FROM queue_items WHERE state = 'Dismissed' ORDER BY risk DESC, id LIMIT $reports)
            """;
        update.Parameters.AddWithValue("$reports", reports);
        (await update.ExecuteNonQueryAsync()).ShouldBe(reports);
    }

    private Process Start(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "homeward.dll"));
        foreach (var word in words) start.ArgumentList.Add(word);
        var process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync();
        return process;
    }

    /// <summary>A page signed in as a role, with everything that the browser complains of.</summary>
    internal async Task<(IPage Page, List<string> Complaints)> SignedInAsync(string role, int width = 1280, bool scripts = true)
    {
        var context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = At, ViewportSize = new ViewportSize { Width = width, Height = 900 }, JavaScriptEnabled = scripts,
        });
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") complaints.Add(message.Text);
        };
        page.PageError += (_, fault) => complaints.Add(fault);
        // Signed in beside the page: what is tested begins signed in, and does not wait for another page's pictures. TiredPeople signs in by hand.
        var form = page.APIRequest.CreateFormData();
        form.Set("role", role);
        (await page.APIRequest.PostAsync("/demo/sign-in", new() { Form = form })).Ok.ShouldBeTrue();
        await page.GotoAsync("/");
        return (page, complaints);
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null) await Browser.DisposeAsync();
        _playwright?.Dispose();
        if (_server is { HasExited: false })
        {
            _server.Kill(entireProcessTree: true);
            await _server.WaitForExitAsync();
        }
        _server?.Dispose();
        _folder.Delete(recursive: true);
    }
}

[CollectionDefinition(nameof(Site))]
public sealed class SiteCollection : ICollectionFixture<Site>;
