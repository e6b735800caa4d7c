using System.Diagnostics;
using Microsoft.Playwright;

namespace Homeward.Browser.Tests;

/// <summary>Four hundred reports before lunch, by keys alone. The presses are counted; the time is only told.</summary>
[Collection(nameof(Site))]
public sealed class QueueJourney(Site site, ITestOutputHelper output)
{
    private const int PressesMax = 2;
    /// <summary>Every so many-th may lead somewhere, and is left for a slower look.</summary>
    private const int LeftEvery = 10;
    private static readonly int _reports = Environment.GetEnvironmentVariable("HOMEWARD_TEST_LONG") == "1" ? 400 : 40;

    [Fact]
    public async Task Reports_that_lead_nowhere_take_at_most_two_presses_each()
    {
        await site.LetWaitAsync(_reports);
        var (page, complaints) = await site.SignedInAsync("analyst");
        await page.GotoAsync("/review?matched=false");
        var started = Stopwatch.GetTimestamp();
        await PressAsync(page, "j");
        var (seen, left, presses) = (new HashSet<string>(), 0, 1);
        for (var count = 1; count <= _reports; count++)
        {
            var before = presses;
            seen.Add(await HeadAsync(page)).ShouldBeTrue("a report comes up once");
            // Nothing has to be clicked or brought into view first.
            (await page.EvaluateAsync<bool>("document.activeElement === document.body && scrollY === 0")).ShouldBeTrue();
            var mayLead = count % LeftEvery == 0;
            await PressAsync(page, mayLead ? "j" : (1 + (count % 4)).ToString(System.Globalization.CultureInfo.InvariantCulture));
            presses++;
            if (mayLead) left++;
            else (presses - before).ShouldBeLessThanOrEqualTo(PressesMax);
        }
        output.WriteLine($"{_reports} reports, {left} of them left, {presses} presses, {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
        presses.ShouldBe(_reports + 1);
        complaints.ShouldBeEmpty();

        // What was left waits on, and is not open at anybody; what was dismissed has the reason of its key.
        await page.GotoAsync("/review?matched=false");
        (await page.Locator("tbody th a").AllInnerTextsAsync()).Intersect(seen).Count().ShouldBe(left);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_key_that_is_held_dismisses_no_report_that_nobody_has_read()
    {
        await site.LetWaitAsync(2);
        var (page, _) = await site.SignedInAsync("analyst");
        await page.GotoAsync("/review?matched=false");
        await PressAsync(page, "j");
        var (first, address) = (await HeadAsync(page), page.Url);
        // In the page's own turn: what the key does, it would have done when this comes back.
        (await page.EvaluateAsync<bool>("document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '4', repeat: true, bubbles: true, cancelable: true }))")).ShouldBeTrue("nobody took it");
        page.Url.ShouldBe(address);
        await PressAsync(page, "4");
        (await HeadAsync(page)).ShouldNotBe(first);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_dismissal_is_taken_back_by_one_key_and_the_list_goes_on_from_there()
    {
        await site.LetWaitAsync(3);
        var (page, _) = await site.SignedInAsync("analyst");
        await page.GotoAsync("/review?matched=false");
        await PressAsync(page, "j");
        var first = await HeadAsync(page);
        await PressAsync(page, "4");
        var second = await HeadAsync(page);
        second.ShouldNotBe(first);
        // A screen reader reads the title of a page that comes, and no status that it comes with.
        (await page.TitleAsync()).ShouldStartWith("Set aside. ");
        await PressAsync(page, "u");
        (await HeadAsync(page)).ShouldBe(first);
        await PressAsync(page, "1");
        (await HeadAsync(page)).ShouldBe(second);
        page.Url.ShouldContain("matched=false", Case.Sensitive, "the list that was chosen is the list that goes on");
        (await new PageCheck([]).LookAsync(page)).ShouldBeEmpty();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_report_that_was_set_aside_meanwhile_is_named_with_the_reason_why_it_was_not_dismissed_again()
    {
        await site.LetWaitAsync(3);
        var (page, _) = await site.SignedInAsync("analyst");
        await page.GotoAsync("/review?matched=false");
        await PressAsync(page, "j");
        var (first, address) = (await HeadAsync(page), page.Url);
        var older = await page.Context.NewPageAsync();
        await older.GotoAsync(address);
        await PressAsync(page, "4");
        await PressAsync(older, "3");
        (await older.TitleAsync()).ShouldStartWith("Not dismissed. ");
        (await older.Locator("p[role=status]").InnerTextAsync()).ShouldContain("It was set aside so already.");
        await older.Locator("p[role=status] a").ClickAsync();
        await older.Locator($"h1:text-is('Report {first}')").WaitForAsync();
        await page.Context.CloseAsync();
    }

    private static async Task<string> HeadAsync(IPage page) => (await page.Locator("h1").InnerTextAsync()).Replace("Report ", "", StringComparison.Ordinal);

    private static async Task PressAsync(IPage page, string key)
    {
        var before = page.Url;
        await page.Keyboard.PressAsync(key);
        await page.WaitForURLAsync(url => url != before, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
    }
}
