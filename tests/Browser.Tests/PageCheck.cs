using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Homeward.Browser.Tests;

/// <summary>What is asked of every page.</summary>
/// <param name="seen">Looks that axe has judged: it takes its time, and tells the same of a page with the same parts.</param>
/// <param name="isExercise">Of a house that is none, no page may say that it is one.</param>
internal sealed class PageCheck(ConcurrentDictionary<string, bool> seen, bool isExercise = true)
{
    /// <summary>Two pages of one kind look alike to axe where they hold the same kinds of parts: a role that is offered another form is another look.</summary>
    private const string PartsOfThePage = """
        () => [...new Set([...document.querySelectorAll('main *')].map(e => e.localName + '.' + e.className.toString() + (e.localName === 'form'
            ? (e.getAttribute('action') ?? '').replace(/[0-9a-f]{32}/g, '*') : '')))].sort().join(' ')
        """;

    private static readonly string _axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>Asked in the page itself, and only faults are brought out: Deque's wrapper for Playwright carries every node to a second page and back, and took ten times as long.</summary>
    /// <remarks>Nothing is preloaded: only a rule that is off would read it, and the browser complains of each sheet that axe copies, at times when the next page is open already.</remarks>
    private const string Violations = """
        async () => (await axe.run(document, { resultTypes: ['violations'], preload: false })).violations
            .map(v => `${v.id}: ${v.help} (${v.nodes.slice(0, 2).map(node => node.html).join('; ')})`)
        """;

    /// <returns>The faults of the page that is open, none when all is well. Leaves the window at 320 px.</returns>
    public async Task<List<string>> LookAsync(IPage page)
    {
        var faults = new List<string>();
        if (seen.TryAdd(await page.EvaluateAsync<string>(PartsOfThePage), true))
        {
            await page.EvaluateAsync(_axe);
            faults.AddRange(await page.EvaluateAsync<string[]>(Violations));
        }
        faults.AddRange(await page.EvaluateAsync<string[]>(WhatIsAmiss, isExercise));
        await page.SetViewportSizeAsync(320, 800);
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (overflow > 0) faults.Add($"at 320 px it scrolls sideways by {overflow} px: {await page.EvaluateAsync<string>(WhatIsTooWide)}");
        return faults;
    }

    /// <summary>Asked in one go: each question to the page costs a tenth of a second while three are walked.</summary>
    private const string WhatIsAmiss = """
        isExercise => {
            const heads = document.querySelectorAll('h1').length;
            const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
            const twice = [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))];
            return [
                heads !== 1 && `it has ${heads} h1 and not one`,
                document.body.textContent.includes('EXERCISE') !== isExercise && `it ${isExercise ? 'does not say' : 'says'} EXERCISE`,
                !document.title && 'it has no title',
                // A label names the first thing of its id alone: axe does not ask.
                twice.length > 0 && `ids stand twice: ${twice.join(', ')}`,
            ].filter(Boolean);
        }
        """;

    /// <summary>Names the innermost part that sticks out, so that a failure on another machine says where to look.</summary>
    private const string WhatIsTooWide = """
        () => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1
            && !e.closest('.table-wrap, .rail')).slice(-1).map(e => e.outerHTML.slice(0, 200)).join('')
        """;
}
