using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Homeward.Browser.Tests;

/// <summary>A house that is no demo, from the first administrator on: invited at the machine, others by page, and in by passkey alone.</summary>
[Collection(nameof(Site))]
public sealed class PasskeyJourney(Site site) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("homeward-passkeys-");
    private readonly string _at = $"http://localhost:{Random.Shared.Next(20_000, 40_000)}";
    private Process? _server;

    public async ValueTask InitializeAsync()
    {
        _server = Start("serve", "--urls", _at);
        using var client = new HttpClient();
        for (var tries = 0; tries < 150; tries++)
        {
            try
            {
                if ((await client.GetAsync(new Uri(_at + "/health/ready"))).IsSuccessStatusCode) break;
            }
            catch (HttpRequestException)
            {
                // Not up yet.
            }
            await Task.Delay(200);
        }
    }

    [Fact]
    public async Task People_are_invited_make_a_passkey_sign_in_with_it_and_a_kept_cookie_opens_nothing()
    {
        var (administrator, _, first) = await PersonAsync();
        await administrator.GotoAsync(await InviteAsync("First Administrator"));
        (await administrator.Locator("h1").InnerTextAsync()).ShouldBe("Welcome, First Administrator");
        (await new PageCheck([], isExercise: false).LookAsync(administrator)).ShouldBeEmpty();
        await administrator.Locator("main button.primary").PressAsync("Enter");
        await administrator.WaitForURLAsync(_at + "/");

        await administrator.GotoAsync("/people/users");
        await administrator.Locator("#name").FillAsync("Analyst One");
        await administrator.Locator("#new-role").SelectOptionAsync("Analyst");
        await administrator.Locator("main button.primary").ClickAsync();
        await administrator.Locator("tr", new() { HasText = "Analyst One" }).GetByRole(AriaRole.Button, new() { Name = "Invite Analyst One" }).ClickAsync();
        await administrator.WaitForURLAsync("**/people/invitations/*");
        (await new PageCheck([], isExercise: false).LookAsync(administrator)).ShouldBeEmpty();
        var address = await administrator.Locator(".address code").InnerTextAsync();

        // On a telephone.
        var (analyst, context, second) = await PersonAsync(390);
        await analyst.GotoAsync(address);
        await analyst.Locator("main button.primary").ClickAsync();
        await analyst.WaitForURLAsync(_at + "/");
        await analyst.GotoAsync("/me");
        (await analyst.Locator("tbody th").InnerTextAsync()).ShouldBe("My work computer");
        (await new PageCheck([], isExercise: false).LookAsync(analyst)).ShouldBeEmpty();

        var kept = await context.CookiesAsync();
        await analyst.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await analyst.WaitForURLAsync("**/sign-in");
        (await new PageCheck([], isExercise: false).LookAsync(analyst)).ShouldBeEmpty();
        await context.AddCookiesAsync(kept.Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Domain = cookie.Domain, Path = cookie.Path }));
        await analyst.GotoAsync("/review");
        analyst.Url.ShouldEndWith("/sign-in?next=%2Freview");

        await analyst.Locator("main button.primary").ClickAsync();
        await analyst.WaitForURLAsync("**/review");

        // The invitation was used; and another device has no passkey of this house.
        var (stranger, _, _) = await PersonAsync();
        await stranger.GotoAsync(address);
        (await stranger.Locator("h1").InnerTextAsync()).ShouldBe("This invitation opens nothing");
        await stranger.GotoAsync("/sign-in");
        await stranger.Locator("main button.primary").ClickAsync();
        await Assertions.Expect(stranger.Locator("[data-passkey-told]")).ToContainTextAsync("this device has no passkey of this house");
        // Under a number there are no passkeys: the page says so, and leads to the name.
        await stranger.GotoAsync(_at.Replace("localhost", "127.0.0.1", StringComparison.Ordinal) + "/sign-in");
        (await stranger.GetByRole(AriaRole.Link, new() { Name = "under localhost" }).GetAttributeAsync("href")).ShouldBe(_at + "/sign-in");
        first.Concat(second).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_signed_once_or_by_nobody_opens_nothing()
    {
        var (page, context, _) = await PersonAsync();
        await page.GotoAsync(await InviteAsync("Second Administrator"));
        await page.Locator("main button.primary").ClickAsync();
        await page.WaitForURLAsync(_at + "/");
        // What the browser sends when it signs in, kept by who listens.
        string? sent = null;
        page.Request += (_, request) =>
        {
            if (request.Url.EndsWith("/sign-in/passkey", StringComparison.Ordinal)) sent = request.PostData;
        };
        await page.GotoAsync("/sign-in");
        await page.Locator("main button.primary").ClickAsync();
        await page.WaitForURLAsync(_at + "/");
        sent.ShouldNotBeNull();
        await context.ClearCookiesAsync();
        // The device has signed since: what it signed before is old. (One that does not count is told by the session: SigningInTests.)
        (await SendAsync(sent)).ShouldBe((403, false));

        var forged = JsonNode.Parse(sent)!;
        forged["state"] = "CfDJ8" + (string?)forged["state"];
        (await SendAsync(forged.ToJsonString())).ShouldBe((403, false));
        (await SendAsync("""{"credential":"{}","state":"x"}""")).ShouldBe((403, false));
        (await SendAsync("{}")).ShouldBe((400, false));
        (await SendAsync("[")).ShouldBe((400, false));
        // A form of another site could send no JSON.
        var form = page.APIRequest.CreateFormData();
        form.Set("credential", "{}");
        (await page.APIRequest.PostAsync("/sign-in/passkey", new() { Form = form })).Status.ShouldBe(415);

        async Task<(int Status, bool IsIn)> SendAsync(string json)
        {
            var answer = await page.APIRequest.PostAsync("/sign-in/passkey", new() { DataString = json, Headers = new Dictionary<string, string> { ["Content-Type"] = "application/json", ["Origin"] = _at } });
            return (answer.Status, (await context.CookiesAsync()).Any(cookie => cookie.Name == "homeward"));
        }
    }

    private async Task<string> InviteAsync(string name)
    {
        using var invite = Start("invite", name, "--address", _at, "--json");
        var answer = JsonNode.Parse(await invite.StandardOutput.ReadToEndAsync())!;
        await invite.WaitForExitAsync();
        invite.ExitCode.ShouldBe(0);
        return (string)answer["address"]!;
    }

    /// <summary>A browser of one's own with a device that knows its person.</summary>
    private async Task<(IPage Page, IBrowserContext Context, List<string> Complaints)> PersonAsync(int width = 1280)
    {
        var context = await site.Browser.NewContextAsync(new() { BaseURL = _at, ViewportSize = new() { Width = width, Height = 900 } });
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") complaints.Add(message.Text);
        };
        page.PageError += (_, fault) => complaints.Add(fault);
        var device = await context.NewCDPSessionAsync(page);
        await device.SendAsync("WebAuthn.enable");
        await device.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true,
                ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
        return (page, context, complaints);
    }

    private Process Start(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "homeward.dll"));
        foreach (var word in words) start.ArgumentList.Add(word);
        return Process.Start(start)!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false })
        {
            _server.Kill(entireProcessTree: true);
            await _server.WaitForExitAsync();
        }
        _server?.Dispose();
        _folder.Delete(recursive: true);
    }
}
