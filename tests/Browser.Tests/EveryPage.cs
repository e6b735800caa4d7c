using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Homeward.Browser.Tests;

/// <summary>Walks the pages of each role, from links as a person would, and asks the same of every one.</summary>
[Collection(nameof(Site))]
public sealed class EveryPage(Site site)
{
    private const int PagesMax = 14;
    private const int OfOneKindMax = 1;

    private static readonly string[] _always = ["analyst", "victim-specialist", "public-affairs", "auditor", "advocate", "administrator"];
    private static readonly string[] _whenLong = ["supervisor", "coordinator", "officer", "deconfliction", "prosecutor", "national", "counsel"];

    /// <summary>A walk takes most of a minute: half of the roles always, all of them with <c>./test --long</c>.</summary>
    public static TheoryData<string> RolesThatWork =>
        [.. Environment.GetEnvironmentVariable("HOMEWARD_TEST_LONG") == "1" ? _always.Concat(_whenLong) : _always];

    [Theory]
    [MemberData(nameof(RolesThatWork))]
    public async Task Is_accessible_fits_a_phone_and_gives_the_browser_nothing_to_complain_of(string role)
    {
        var (page, complaints) = await site.SignedInAsync(role);
        var faults = new List<string>();
        foreach (var path in await WalkAsync(page))
        {
            await page.SetViewportSizeAsync(1280, 900);
            complaints.Clear();
            await page.GotoAsync(path);
            // A page that says "not for your role" is a page like any other: its status is no complaint.
            faults.AddRange(complaints.Where(complaint => !complaint.Contains("status of 40", StringComparison.Ordinal)).Select(complaint => $"{path}: {complaint}"));
            // What axe does to the page to look at it is not the page's: complaints are taken before.
            faults.AddRange(await LookAsync(page, path));
            await page.SetViewportSizeAsync(320, 800);
            var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (overflow > 0) faults.Add($"{path}: at 320 px it scrolls sideways by {overflow} px");
        }
        faults.ShouldBeEmpty();
        await page.Context.CloseAsync();
    }

    private static async Task<List<string>> LookAsync(IPage page, string path)
    {
        var faults = new List<string>();
        var axe = await page.RunAxe();
        faults.AddRange(axe.Violations.Select(violation =>
            $"{path}: {violation.Id}: {violation.Help} ({string.Join("; ", violation.Nodes.Take(2).Select(node => node.Html))})"));
        if (await page.Locator("h1").CountAsync() != 1) faults.Add($"{path}: it has not exactly one h1");
        if (!(await page.ContentAsync()).Contains("EXERCISE", StringComparison.Ordinal)) faults.Add($"{path}: it does not say EXERCISE");
        if (await page.TitleAsync() is not { Length: > 0 }) faults.Add($"{path}: it has no title");
        return faults;
    }

    /// <summary>Pages that can be reached by links from home, a few of each kind: an address with an id stands for its kind.</summary>
    private static async Task<List<string>> WalkAsync(IPage page)
    {
        var found = new List<string> { "/" };
        var ofKind = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var index = 0; index < found.Count && found.Count < PagesMax; index++)
        {
            await page.GotoAsync(found[index]);
            var links = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('a[href^=\"/\"]')].map(a => a.getAttribute('href').split('#')[0])");
            foreach (var link in links.Where(link => link.Length > 0 && !found.Contains(link)))
            {
                if (link.StartsWith("/lib/", StringComparison.Ordinal) || link.StartsWith("/api", StringComparison.Ordinal) || link.StartsWith("/openapi", StringComparison.Ordinal) || link.Contains("format=", StringComparison.Ordinal)) continue;
                var kind = System.Text.RegularExpressions.Regex.Replace(link.Split('?')[0], "[0-9a-f]{32}|[0-9]{3,}", "*");
                if (ofKind.GetValueOrDefault(kind) >= OfOneKindMax || found.Count >= PagesMax) continue;
                ofKind[kind] = ofKind.GetValueOrDefault(kind) + 1;
                found.Add(link);
            }
        }
        return found;
    }

    [Fact]
    public async Task The_check_finds_a_planted_fault()
    {
        var page = await (await site.Browser.NewContextAsync()).NewPageAsync();
        await page.SetContentAsync("<html lang=en><title>x</title><main><h1>x</h1><img src='data:,'><input></main></html>");
        (await page.RunAxe()).Violations.Select(violation => violation.Id).ShouldContain("image-alt");
    }
}
