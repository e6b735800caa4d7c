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
    public async Task A_slash_goes_to_the_search_box()
    {
        var (page, _) = await site.SignedInAsync("analyst");
        await page.Keyboard.PressAsync("/");
        (await page.EvaluateAsync<string>("document.activeElement.getAttribute('type')")).ShouldBe("search");
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
        await form.EvaluateAsync("form => { form.noValidate = true; form.querySelectorAll('[name]').forEach(field => { if (field.tagName !== 'TEXTAREA' && !field.name.startsWith('__')) field.value = field.type === 'number' ? '-5' : field.value; }); }");
        await form.EvaluateAsync("form => { const bad = document.createElement('input'); bad.name = 'child.born'; bad.value = '31/02/2003'; form.append(bad); form.submit(); }");
        await page.WaitForLoadStateAsync();
        (await page.ContentAsync()).ShouldContain("narrative withheld, and long enough to be worth keeping");
        (await page.Locator("[role=alert]").CountAsync()).ShouldBe(1);
        await page.Context.CloseAsync();
    }
}
