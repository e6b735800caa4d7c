using System.Collections.Concurrent;
using System.Globalization;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Homeward.Browser.Tests;

/// <summary>What is asked of every page.</summary>
/// <param name="seen">Looks that axe has judged: it takes a second, and tells the same of a page with the same parts.</param>
internal sealed class PageCheck(ConcurrentDictionary<string, bool> seen)
{
    /// <summary>Two pages of one kind look alike to axe where they hold the same kinds of parts: a role that is offered another form is another look.</summary>
    private const string PartsOfThePage = """
        () => [...new Set([...document.querySelectorAll('main *')].map(e => e.localName + '.' + e.className.toString() + (e.localName === 'form'
            ? (e.getAttribute('action') ?? '').replace(/[0-9a-f]{32}/g, '*') : '')))].sort().join(' ')
        """;

    /// <summary>What is in order is not written out.</summary>
    private static readonly AxeRunOptions _onlyViolations = new() { ResultTypes = new HashSet<ResultType> { ResultType.Violations } };

    /// <returns>The faults of the page that is open, none when all is well. Leaves the window at 320 px.</returns>
    public async Task<List<string>> LookAsync(IPage page)
    {
        var faults = new List<string>();
        if (seen.TryAdd(await page.EvaluateAsync<string>(PartsOfThePage), true))
        {
            var axe = await page.RunAxe(_onlyViolations);
            faults.AddRange(axe.Violations.Select(violation =>
                $"{violation.Id}: {violation.Help} ({string.Join("; ", violation.Nodes.Take(2).Select(node => node.Html))})"));
        }
        if (await page.Locator("h1").CountAsync() is not 1 and var heads) faults.Add($"it has {heads.ToString(CultureInfo.InvariantCulture)} h1 and not one");
        if (!(await page.ContentAsync()).Contains("EXERCISE", StringComparison.Ordinal)) faults.Add("it does not say EXERCISE");
        if (await page.TitleAsync() is not { Length: > 0 }) faults.Add("it has no title");
        await page.SetViewportSizeAsync(320, 800);
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (overflow > 0) faults.Add($"at 320 px it scrolls sideways by {overflow} px: {await page.EvaluateAsync<string>(WhatIsTooWide)}");
        return faults;
    }

    /// <summary>Names the innermost part that sticks out, so that a failure on another machine says where to look.</summary>
    private const string WhatIsTooWide = """
        () => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1
            && !e.closest('.table-wrap, .rail')).slice(-1).map(e => e.outerHTML.slice(0, 200)).join('')
        """;
}
