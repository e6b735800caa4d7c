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
}
