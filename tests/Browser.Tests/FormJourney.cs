using Microsoft.Playwright;

namespace Homeward.Browser.Tests;

/// <summary>A form on a bad day: the session has ended, the line is slow, the finger presses twice, the answer is no.</summary>
[Collection(nameof(Site))]
public sealed class FormJourney(Site site)
{
    private const string Claim = "narrative withheld, taken down word by word";

    [Fact]
    public async Task What_was_typed_outlasts_the_session_and_what_has_arrived_does_not_come_back()
    {
        var (page, _) = await site.SignedInAsync("analyst");
        await page.GotoAsync("/intake/hotline");
        await page.Locator("#claim").FillAsync(Claim);
        await page.Context.ClearCookiesAsync();
        await page.Locator("main button.primary").PressAsync("Enter");
        await page.Locator("[data-drafts-kept]").WaitForAsync();
        var says = await page.Locator("[role=status]").InnerTextAsync();
        says.ShouldContain("Your session has ended. What you sent last was not stored.");
        says.ShouldContain("What you typed is kept in this tab.");
        (await new PageCheck([]).LookAsync(page)).ShouldBeEmpty();
        await page.Locator("button[name=role][value=analyst]").ClickAsync();
        await page.WaitForURLAsync("**/intake/hotline");
        (await page.Locator("#claim").InputValueAsync()).ShouldBe(Claim);

        await page.Locator("main button.primary").PressAsync("Enter");
        await page.Locator("main [role=status] strong").WaitForAsync();
        (await page.Locator("#claim").InputValueAsync()).ShouldBeEmpty();
        await page.GoBackAsync();
        (await page.Locator("#claim").InputValueAsync()).ShouldBeEmpty();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_was_typed_is_gone_when_somebody_else_signs_in()
    {
        var (page, _) = await site.SignedInAsync("analyst");
        await page.GotoAsync("/intake/hotline");
        await page.Locator("#claim").FillAsync(Claim);
        await page.Context.ClearCookiesAsync();
        await page.Locator("main button.primary").PressAsync("Enter");
        await page.Locator("button[name=role][value=supervisor]").ClickAsync();
        await page.WaitForURLAsync("**/intake/hotline");
        (await page.Locator("#claim").InputValueAsync()).ShouldBeEmpty();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_button_that_is_pressed_twice_on_a_slow_line_sends_once_and_keeps_the_focus()
    {
        var (page, _) = await site.SignedInAsync("analyst");
        await page.GotoAsync("/intake/hotline");
        await page.Locator("#claim").FillAsync(Claim);
        await page.Locator("main button.primary").ScrollIntoViewIfNeededAsync();
        await SlowAsync(page, latencyMs: 700);
        // Kept by the page: it may be gone before it can be asked.
        await page.EvaluateAsync("document.addEventListener('submit', () => sessionStorage.setItem('probe', document.activeElement.outerHTML))");
        var sent = 0;
        page.Request += (_, request) => sent += request.Method == "POST" ? 1 : 0;
        // By the mouse itself: a locator waits for the page that follows.
        var button = await page.Locator("main button.primary").BoundingBoxAsync();
        await page.Mouse.DblClickAsync(button!.X + 5, button.Y + 5);
        await page.Locator("main [role=status] strong").WaitForAsync();
        sent.ShouldBe(1);
        (await page.EvaluateAsync<string>("sessionStorage.getItem('probe')")).ShouldBe("<button class=\"primary\" aria-disabled=\"true\">Take it down</button>");
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task A_refused_form_is_the_same_form_and_its_reason_leads_to_the_field(bool scripts)
    {
        var (page, _) = await site.SignedInAsync("analyst", scripts: scripts);
        await page.GotoAsync("/intake/hotline");
        await page.Locator("#claim").FillAsync(Claim);
        await page.Locator("#born").FillAsync("31/02/2003");
        await page.Locator("#sex").SelectOptionAsync("F");
        await page.Locator("[name=callerNamed]").CheckAsync();
        await page.Locator("main button.primary").ClickAsync();
        await page.Locator("[data-refused]:focus").WaitForAsync();
        (await page.Locator("#claim").InputValueAsync(), await page.Locator("#sex").InputValueAsync(), await page.Locator("[name=callerNamed]").IsCheckedAsync(), await page.Locator("[name=imminent]").IsCheckedAsync())
            .ShouldBe((Claim, "F", true, false));
        await page.Locator("[data-refused] a").PressAsync("Enter");
        await page.Locator("#born:focus").WaitForAsync();
        (await page.Locator("#born").InputValueAsync()).ShouldBe("31/02/2003");
        await page.Locator("#born").FillAsync("2003");
        await page.Locator("main button.primary").ClickAsync();
        await page.Locator("main [role=status] strong").WaitForAsync();
        if (scripts) (await new PageCheck([]).LookAsync(page)).ShouldBeEmpty();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_refused_form_is_a_page_that_everybody_can_use()
    {
        var (page, _) = await site.SignedInAsync("supervisor");
        await page.GotoAsync("/intake/retention");
        await page.GetByLabel("Its number").FillAsync("none");
        await page.GetByLabel("Reason", new() { Exact = true }).FillAsync("Reason withheld.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Place the hold" }).PressAsync("Enter");
        await page.Locator("[data-refused]:focus").WaitForAsync();
        (await new PageCheck([]).LookAsync(page)).ShouldBeEmpty();
        (await page.GetByLabel("Reason", new() { Exact = true }).InputValueAsync()).ShouldBe("Reason withheld.");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task An_upload_is_cancelled_by_keyboard_and_warns_before_it_is_left()
    {
        var (page, _) = await site.SignedInAsync("analyst");
        await page.GotoAsync("/intake/receive");
        await page.Locator("#files").SetInputFilesAsync(new FilePayload { Name = "slow.bin", MimeType = "application/octet-stream", Buffer = new byte[2_000_000] });
        await SlowAsync(page, uploadBytesPerSecond: 50_000);
        await page.GetByRole(AriaRole.Button, new() { Name = "Receive them" }).PressAsync("Enter");
        var warned = new TaskCompletionSource<string>();
        page.Dialog += async (_, dialog) =>
        {
            await dialog.DismissAsync();
            warned.TrySetResult(dialog.Type);
        };
        await page.Locator("footer a[href='/about']").ClickAsync();
        (await warned.Task.WaitAsync(TimeSpan.FromSeconds(10))).ShouldBe("beforeunload");
        await page.GetByRole(AriaRole.Button, new() { Name = "Receive them" }).FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        (await page.Locator("[data-upload-status]").InnerTextAsync()).ShouldBe("Cancelled. What had not arrived to its end was not kept. You may look at what was received.");
        (await page.GetByRole(AriaRole.Button, new() { Name = "Receive them" }).And(page.Locator(":focus")).CountAsync()).ShouldBe(1);
        (await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).CountAsync()).ShouldBe(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_line_that_breaks_once_the_files_have_arrived_says_that_it_does_not_know()
    {
        var (page, _) = await site.SignedInAsync("analyst");
        await page.GotoAsync("/intake/receive");
        await page.RouteAsync("**/intake/receive", async route =>
        {
            if (route.Request.Method == "POST") await route.FetchAsync(new() { MaxRedirects = 0 });
            await route.AbortAsync();
        });
        await page.Locator("#files").SetInputFilesAsync(new FilePayload { Name = "one.bin", MimeType = "application/octet-stream", Buffer = [1] });
        await page.GetByRole(AriaRole.Button, new() { Name = "Receive them" }).PressAsync("Enter");
        await page.GetByText("It is not known whether the files were kept").WaitForAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Files_that_are_sent_after_the_session_has_ended_are_said_not_to_be_received()
    {
        var (page, _) = await site.SignedInAsync("analyst");
        await page.GotoAsync("/intake/receive");
        await page.Context.ClearCookiesAsync();
        await page.Locator("#files").SetInputFilesAsync(new FilePayload { Name = "one.bin", MimeType = "application/octet-stream", Buffer = [1] });
        await page.GetByRole(AriaRole.Button, new() { Name = "Receive them" }).PressAsync("Enter");
        await page.WaitForURLAsync("**/sign-in?*");
        (await page.Locator("[role=status]").InnerTextAsync()).ShouldContain("The files were not received: once you are signed in, choose them again.");
        await page.Locator("button[name=role][value=analyst]").ClickAsync();
        await page.WaitForURLAsync("**/intake/receive");
        await page.Context.CloseAsync();
    }

    private static async Task SlowAsync(IPage page, int latencyMs = 0, int uploadBytesPerSecond = -1)
    {
        var line = await page.Context.NewCDPSessionAsync(page);
        await line.SendAsync("Network.enable");
        await line.SendAsync("Network.emulateNetworkConditions", new Dictionary<string, object> { ["offline"] = false, ["latency"] = latencyMs, ["downloadThroughput"] = -1, ["uploadThroughput"] = uploadBytesPerSecond });
    }
}
