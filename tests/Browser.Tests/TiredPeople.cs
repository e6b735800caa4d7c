using Homeward.Exchange.Tests.Alerts;
using Microsoft.Playwright;

namespace Homeward.Browser.Tests;

/// <summary>What a person under pressure does: keys alone, no scripts, a form that comes back.</summary>
[Collection(nameof(Site))]
public sealed class TiredPeople(Site site)
{
    [Fact]
    public async Task The_first_tab_stop_leads_past_the_navigation()
    {
        var (page, _) = await site.SignedInAsync("analyst");
        await page.Keyboard.PressAsync("Tab");
        (await page.EvaluateAsync<string>("document.activeElement.getAttribute('href')")).ShouldEndWith("#main");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_role_is_signed_in_by_one_press()
    {
        var page = await (await site.Browser.NewContextAsync(new() { BaseURL = site.At })).NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.Locator("button[name=role][value=officer]").ClickAsync();
        await page.Locator("form[action='/sign-out']").WaitForAsync();
        (await page.Locator(".me").InnerTextAsync()).ShouldContain("Kansas City");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_slash_goes_to_the_search_box()
    {
        var (page, _) = await site.SignedInAsync("analyst");
        await page.Keyboard.PressAsync("/");
        (await page.EvaluateAsync<string>("document.activeElement.getAttribute('type')")).ShouldBe("search");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_question_mark_tells_the_keys_of_the_page_and_a_key_without_its_reason_leads_to_the_reason()
    {
        var (page, _) = await site.SignedInAsync("analyst");
        await page.GotoAsync("/review");
        await page.Locator("tbody th a").First.ClickAsync();
        var park = page.Locator("button[data-key=p]");
        await park.WaitForAsync();
        await page.Keyboard.PressAsync("?");
        (await page.Locator("#keys").InnerTextAsync()).ShouldContain("Park");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("p");
        (await page.EvaluateAsync<string>("document.activeElement.getAttribute('name')")).ShouldBe("reason");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Several_reports_are_chosen_by_keys_and_nothing_happens_before_the_look_at_each_is_confirmed()
    {
        var (page, _) = await site.SignedInAsync("analyst");
        await page.GotoAsync("/review");
        await page.Locator("tbody th a").First.FocusAsync();
        await page.Keyboard.PressAsync("x");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("x");
        (await page.Locator("input[type=checkbox]:checked").CountAsync()).ShouldBe(2);
        await page.Keyboard.PressAsync("p");
        await page.WaitForURLAsync("**/review/aside*");
        (await page.Locator("h1").InnerTextAsync()).ShouldEndWith("of 2");
        (await page.Locator("main tbody tr").CountAsync()).ShouldBe(2);
        (await new PageCheck([]).LookAsync(page)).ShouldBeEmpty();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_filter_that_is_kept_under_a_name_stands_above_the_queue_and_is_taken_away_again()
    {
        var (page, _) = await site.SignedInAsync("analyst");
        await page.GotoAsync("/review?placeState=KS");
        await page.Locator("summary:has-text('Keep this filter')").ClickAsync();
        await page.Locator("#search-name").FillAsync("Kansas");
        await page.Locator("form[action='/review/searches'] button").ClickAsync();
        var saved = page.Locator("nav[aria-label='My searches'] a[aria-current=page]");
        await saved.WaitForAsync();
        page.Url.ShouldContain("placeState=KS");
        await page.GotoAsync("/review");
        await page.Locator("nav[aria-label='My searches'] a").First.ClickAsync();
        await saved.WaitForAsync();
        (await new PageCheck([]).LookAsync(page)).ShouldBeEmpty();
        await page.Locator("form[action$='/delete'] button").ClickAsync();
        await page.Locator("summary:has-text('Keep this filter')").WaitForAsync();
        (await page.Locator("nav[aria-label='My searches'] a").CountAsync()).ShouldBe(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_needs_scripts_is_not_offered_without_them()
    {
        var (page, _) = await site.SignedInAsync("analyst", scripts: false);
        foreach (var button in await page.Locator("[data-opens], [data-print]").AllAsync()) (await button.IsVisibleAsync()).ShouldBeFalse(await button.InnerTextAsync());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_was_said_of_a_match_is_told_as_stored_and_its_reason_is_on_paper()
    {
        var (page, _) = await site.SignedInAsync("supervisor");
        await OpenDecidedMatchAsync(page);
        await page.Locator("#undo").FillAsync("looked at the wrong line (invented)");
        await page.Locator("form:has(#undo) button").PressAsync("Enter");
        var told = page.Locator("p[role=status]:has-text('Stored.')");
        await told.WaitForAsync();
        // A screen reader reads the title of a page that comes, and no status that it comes with.
        (await page.TitleAsync()).ShouldStartWith("Stored: ");
        (await new PageCheck([]).LookAsync(page)).ShouldBeEmpty();

        await page.EmulateMediaAsync(new() { Media = Media.Print });
        (await page.Locator(".kept-text:has-text('looked at the wrong line (invented)')").BoundingBoxAsync()).ShouldNotBeNull().Height.ShouldBeGreaterThan(0);
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        await page.Keyboard.PressAsync("b");
        await page.Locator("h1:has-text('Report ')").WaitForAsync();
        await page.Context.CloseAsync();
    }

    /// <summary>A match on which somebody's decision stands; a no rather than a yes, on which a lead rests.</summary>
    private static async Task OpenDecidedMatchAsync(IPage page)
    {
        var queue = await (await page.APIRequest.GetAsync("/api/review?state=decided")).JsonAsync();
        var ids = new List<(bool IsYes, string Id)>();
        foreach (var report in queue!.Value.GetProperty("rows").EnumerateArray().Take(20))
        {
            var shown = await (await page.APIRequest.GetAsync($"/api/review/reports/{report.GetProperty("id").GetString()}")).JsonAsync();
            ids.AddRange(shown!.Value.GetProperty("matches").EnumerateArray().Select(match => (match.GetProperty("state").GetString() == "confirmed", match.GetProperty("id").GetString()!)));
        }
        foreach (var (_, id) in ids.OrderBy(one => one.IsYes))
        {
            await page.GotoAsync($"/review/matches/{id}");
            if (await page.Locator("#undo").CountAsync() > 0) return;
        }
        Assert.Fail("nobody's decision stands");
    }

    [Fact]
    public async Task An_operation_is_planned_on_the_clock_of_its_office_without_scripts()
    {
        var (page, _) = await site.SignedInAsync("coordinator", scripts: false);
        var day = TimeProvider.System.GetUtcNow().AddDays(7).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await page.GotoAsync("/operations/plan");
        await page.Locator("input[name=kind][value=proactive]").CheckAsync();
        await page.Locator("[name=from]").FillAsync(day + "T20:00");
        await page.Locator("[name=to]").FillAsync(day + "T23:00");
        await page.Locator("[name='place.city']").FillAsync("Kansas City");
        await page.Locator("[name='place.state']").FillAsync("MO");
        await page.Locator("[name='place.zip']").FillAsync("64106");
        await page.Locator("input[name='source.kind'][value=observation]").CheckAsync();
        await page.Locator("[name='source.reference']").FillAsync("seen by an officer (invented)");
        await page.Locator("[name=specialistException]").FillAsync("nobody is free that night (invented)");
        await page.Locator("main button.primary").ClickAsync();
        await page.Locator("h2:text-is('Deconfliction')").WaitForAsync();
        (await page.Locator("ol.timeline").First.InnerTextAsync()).ShouldMatch("20:00 C[DS]T");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_national_board_works_without_scripts_and_shows_the_map_and_its_table()
    {
        var (page, _) = await site.SignedInAsync("national", scripts: false);
        await page.GotoAsync("/board");
        (await page.Locator("svg").CountAsync()).ShouldBeGreaterThan(0);
        (await page.Locator("table").CountAsync()).ShouldBeGreaterThan(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_tip_that_was_refused_comes_back_with_what_was_typed()
    {
        var (page, _) = await site.SignedInAsync("analyst");
        await page.GotoAsync("/intake/hotline");
        var form = page.Locator("form[action='/intake/hotline']");
        var text = form.Locator("textarea").First;
        await text.FillAsync("narrative withheld, and long enough to be worth keeping");
        // A value that no browser would let through, sent as a person sends it: by the form's own way.
        await form.EvaluateAsync("form => { form.noValidate = true; form.elements['child.born'].value = '31/02/2003'; }");
        await form.Locator("button.primary").ClickAsync();
        await page.Locator("[role=alert]").WaitForAsync();
        (await page.ContentAsync()).ShouldContain("narrative withheld, and long enough to be worth keeping");
        (await page.Locator("[role=alert]").CountAsync()).ShouldBe(1);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task Files_that_are_chosen_lead_to_their_receipt_with_and_without_scripts(bool scripts)
    {
        var (page, _) = await site.SignedInAsync("analyst", scripts: scripts);
        await page.GotoAsync("/intake/receive");
        await page.Locator("#files").SetInputFilesAsync((FilePayload[])
        [
            new() { Name = "100200300.json", MimeType = "application/json", Buffer = System.Text.Encoding.UTF8.GetBytes("""{"reportId":"100200300","reportedInformation":{"intendedRecipients":[{"emails":[{"value":"one@example.com"}]}],"uploadedFiles":[{"filename":"1.bin"},{"filename":"2.bin"}]}}""") },
            new() { Name = "100200301.json", MimeType = "application/json", Buffer = System.Text.Encoding.UTF8.GetBytes("""{"reportId":"100200301","reportedInformation":{"intendedRecipients":[{"emails":[{"value":"one@example.com"}]}]}}""") },
            new() { Name = "1.bin", MimeType = "application/octet-stream", Buffer = new byte[100_000] },
            new() { Name = "broken.zip", MimeType = "application/zip", Buffer = [1, 2, 3] },
        ]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Receive them" }).PressAsync("Enter");
        await page.WaitForURLAsync("**/intake/receive/*");
        var words = await page.Locator("main").InnerTextAsync();
        words.ShouldContain("2 reports read, 2 files sealed, 1 not read.");
        words.ShouldContain("Named, not in the package");
        words.ShouldContain("broken.zip: the ZIP is broken");
        if (scripts) (await new PageCheck([]).LookAsync(page)).ShouldBeEmpty();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task An_alert_that_is_dropped_is_decided_by_keyboard_and_says_what_it_claims()
    {
        var (page, _) = await site.SignedInAsync("analyst");
        await page.GotoAsync("/intake/receive");
        var info = CapGiven.Info(parameters: CapGiven.Parameter("VehiclePlate", "EX 0000"));
        await page.Locator("#files").SetInputFilesAsync(
            new FilePayload { Name = "alert.xml", MimeType = "application/xml", Buffer = CapGiven.Bytes(CapGiven.Xml(info: info)) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Receive them" }).PressAsync("Enter");
        await page.WaitForURLAsync("**/intake/receive/*");
        await page.Locator("main a[href^='/intake/alerts/']").PressAsync("Enter");
        await page.Locator("h1:text-is('AMBER alert')").WaitForAsync();
        (await page.Locator("main").InnerTextAsync()).ShouldContain("EX 0000");
        (await new PageCheck([]).LookAsync(page)).ShouldBeEmpty();
        await page.Locator("#entry-reason").FillAsync("asked the agency (invented)");
        await page.Locator("form:has(#entry-reason) button").PressAsync("Enter");
        await page.Locator("h2:text-is('Decisions')").WaitForAsync();
        (await page.Locator("main").InnerTextAsync()).ShouldContain("Entry owed by the agency");
        (await new PageCheck([]).LookAsync(page)).ShouldBeEmpty();
        await page.GotoAsync("/intake/alerts");
        (await page.Locator("main table").InnerTextAsync()).ShouldContain("no entry yet");
        (await new PageCheck([]).LookAsync(page)).ShouldBeEmpty();
        await page.Context.CloseAsync();
    }
}
