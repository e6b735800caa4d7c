using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Homeward.Browser.Tests;

/// <summary>Walks all roles at once, a few side by side, each from its home along every link that it is shown.</summary>
public sealed partial class Walks : IDisposable
{
    /// <summary>More only wait for each other on two cores.</summary>
    private const int SideBySide = 3;
    /// <summary>Of each kind of page one is looked at in the browser, and so many more are asked whether they open.</summary>
    private const int AskedOfAKind = 3;

    internal static readonly string[] Roles =
    [
        "analyst", "supervisor", "coordinator", "officer", "deconfliction", "victim-specialist", "prosecutor", "national", "public-affairs", "auditor",
        "counsel", "advocate", "administrator",
    ];
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turns = new(SideBySide);
    private readonly Lock _gate = new();
    private Dictionary<string, Task<List<string>>>? _walks;

    /// <returns>The faults of a role's pages.</returns>
    internal Task<List<string>> OfAsync(Site site, string role)
    {
        lock (_gate) _walks ??= Roles.ToDictionary(one => one, one => InTurnAsync(site, one), StringComparer.Ordinal);
        return _walks[role];
    }

    private async Task<List<string>> InTurnAsync(Site site, string role)
    {
        await _turns.WaitAsync();
        try
        {
            var (page, complaints) = await site.SignedInAsync(role);
            var faults = await WalkAsync(page, complaints);
            await page.Context.CloseAsync();
            return faults;
        }
        finally
        {
            _turns.Release();
        }
    }

    private async Task<List<string>> WalkAsync(IPage page, List<string> complaints)
    {
        var faults = new List<string>();
        var check = new PageCheck(_seen);
        var from = new Dictionary<string, string>(StringComparer.Ordinal) { ["/"] = "the start" };
        var ofKind = new Dictionary<string, int>(StringComparer.Ordinal) { ["/"] = 1 };
        var toLookAt = new Queue<string>(["/"]);
        while (toLookAt.TryDequeue(out var path))
        {
            complaints.Clear();
            await page.SetViewportSizeAsync(1280, 900);
            var answer = await page.GotoAsync(path);
            if (answer is not { Status: 200 })
            {
                faults.Add($"{path}: linked from {from[path]}, and answers {answer?.Status}");
                continue;
            }
            faults.AddRange(complaints.Select(complaint => $"{path}: {complaint}"));
            var links = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('a[href^=\"/\"]')].map(a => a.getAttribute('href').split('#')[0])");
            faults.AddRange((await check.LookAsync(page)).Select(fault => $"{path}: {fault}"));
            foreach (var link in links.Where(IsPage))
            {
                if (!from.TryAdd(link, path)) continue;
                var count = ofKind[KindOf(link)] = ofKind.GetValueOrDefault(KindOf(link)) + 1;
                if (count == 1)
                {
                    toLookAt.Enqueue(link);
                }
                else if (count <= AskedOfAKind)
                {
                    var asked = await page.APIRequest.GetAsync(link);
                    if (asked.Status != 200) faults.Add($"{link}: linked from {path}, and answers {asked.Status}");
                }
            }
        }
        if (ofKind.Count < 3) faults.Add("the walk went nowhere");
        return faults;
    }

    public void Dispose() => _turns.Dispose();

    private static bool IsPage(string link) => link.Length > 0 && !NoPage().IsMatch(link);

    /// <summary>An address with an id, a number, an office's code or a measure stands for its kind; so does one with a filter.</summary>
    private static string KindOf(string link) => PartThatVaries().Replace(link.Split('?')[0], "*");

    [GeneratedRegex("^/(lib|api|openapi)(/|$)|[?&]format=")]
    private static partial Regex NoPage();

    [GeneratedRegex("[0-9a-f]{32}|[0-9]{3,}|(?<=^/release/offices/).+|(?<=^/release/tally/).+")]
    private static partial Regex PartThatVaries();
}
