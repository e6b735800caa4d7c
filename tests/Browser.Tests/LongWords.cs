using Microsoft.Playwright;

namespace Homeward.Browser.Tests;

/// <summary>What a machine says may quote words without an end; a page is as wide as its window all the same.</summary>
[Collection(nameof(Site))]
public sealed class LongWords(Site site)
{
    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task The_list_of_rejects_fits_its_window(int width)
    {
        var (page, _) = await site.SignedInAsync("supervisor", width);
        await page.GotoAsync("/intake/receive");
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload
        {
            Name = "alert.xml", MimeType = "application/xml", Buffer = "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.1\"><identifier>A-1</identifier></alert>"u8.ToArray(),
        });
        await page.GetByRole(AriaRole.Button, new() { Name = "Receive them" }).ClickAsync();
        await page.WaitForURLAsync("**/intake/receive/*");
        await page.GotoAsync("/intake/rejects");
        (await page.GetByText("xmlns=").CountAsync()).ShouldBeGreaterThan(0);
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, "the page scrolls sideways");
        (await page.EvaluateAsync<int>("(() => { const wrap = document.querySelector('.table-wrap'); return wrap.scrollWidth - wrap.clientWidth; })()")).ShouldBe(0, "columns are cut");
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task A_file_whose_name_has_no_end_cuts_no_column_off(int width)
    {
        var (page, _) = await site.SignedInAsync("supervisor", width);
        var report = """{"reportId":"100900NNN","reportedInformation":{"reportingEsp":{"espName":"Example Platform"},"incidentSummary":{"incidentType":"TYPE"},"uploadedFiles":{"uploadedFiles":[{"filename":"NAME"}]}}}"""
            .Replace("NNN", $"{width % 1000}", StringComparison.Ordinal).Replace("TYPE", new string('t', 120), StringComparison.Ordinal).Replace("NAME", new string('f', 240), StringComparison.Ordinal);
        await page.GotoAsync("/intake/receive");
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = new string('n', 120) + ".json", MimeType = "application/json", Buffer = System.Text.Encoding.UTF8.GetBytes(report) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Receive them" }).ClickAsync();
        await page.WaitForURLAsync("**/intake/receive/*");
        var receipt = new Uri(page.Url).PathAndQuery;
        var own = await page.Locator("main a[href^='/intake/reports/']").First.GetAttributeAsync("href");
        foreach (var path in new[] { receipt, own!, "/intake/receive" })
        {
            await page.GotoAsync(path);
            (await page.GetByText("fffffff").Or(page.GetByText("nnnnnnn")).CountAsync()).ShouldBeGreaterThan(0, path);
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, path);
            (await page.EvaluateAsync<int>("[...document.querySelectorAll('.table-wrap')].filter(wrap => wrap.scrollWidth > wrap.clientWidth).length")).ShouldBe(0, path);
        }
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Forced_colours_tell_the_page_that_one_is_on_from_the_others()
    {
        var (page, _) = await site.SignedInAsync("supervisor", 1280);
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        await page.GotoAsync("/intake/missing");
        var lines = await page.EvaluateAsync<string[]>("[document.querySelector('.subnav a[aria-current]'), document.querySelector('.subnav a:not([aria-current])'), document.querySelector('main')].map((e, at) => getComputedStyle(e)[at < 2 ? 'borderBottomColor' : 'backgroundColor'])");
        lines[0].ShouldNotBe(lines[1]);
        await page.Context.CloseAsync();
    }
}
