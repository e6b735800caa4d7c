using System.CommandLine;
using System.Diagnostics;
using Homeward.Foundations.Access;
using Homeward.Foundations.Work;
using Homeward.Intake;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Cli.Commands;

/// <summary><c>homeward reextract</c>: what an older extractor drew out of originals is drawn anew; <c>--preview</c> only says what would differ.</summary>
/// <remarks>Each step is an act of its own and marks its reports: a run that was stopped is simply started again.</remarks>
internal static class ReextractCommand
{
    private const int UnreadNamed = 20;

    private static readonly Option<bool> _preview = new("--preview") { Description = "Say how many reports would differ and how, and change nothing." };

    public static Command Build() => new Command("reextract", "Draw reports anew out of their originals where an older extractor read them. Example: homeward reextract --preview --json")
        { _preview }.Does(RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, Answer answer, CancellationToken cancel)
    {
        var opened = await House.OpenThereAsync(House.Options(parsed.GetValue(Common.Database)) with { IsForBulk = true }, cancel);
        if (!opened.TryGet(out var house, out var problem)) return answer.Refuse(problem);
        await using var _ = house;
        var (desk, preview, watch) = (house.GetRequiredService<Desk>(), parsed.GetValue(_preview), Stopwatch.StartNew());
        var (versions, differ, changes, unread) = (0, 0, new SortedDictionary<string, int>(StringComparer.Ordinal), new List<string>());
        var (extractor, last) = (0, (ReportId?)null);
        do
        {
            var done = await desk.DoAsync<ReextractReports.Request, ReextractReports.Receipt>(TallyCommand.Console, new(last, preview), cancel);
            if (!done.TryGet(out var step, out var refused)) return answer.Refuse(refused);
            (extractor, last, versions, differ) = (step.Extractor, step.Last, versions + step.Versions, differ + step.Differ);
            foreach (var (what, count) in step.Changes) changes[what] = changes.GetValueOrDefault(what) + count;
            unread.AddRange(step.Unread);
            if (step.Versions > 0) answer.Tell($"{versions} looked at, {differ} differ");
        }
        while (last is not null);
        // Later stages look anew at what now says otherwise.
        if (!preview)
        {
            await house.GetRequiredService<Courier>().DeliverDueAsync(cancel);
            await House.SignOffAsync(house, answer, cancel);
        }
        var told = new { extractor, preview, versions, differ, changes, unread = unread.Count, unreadNumbers = unread.Take(UnreadNamed), seconds = Math.Round(watch.Elapsed.TotalSeconds, 1) };
        return answer.Say(Exit.Done, told, output =>
        {
            output.WriteLine($"{versions} versions of reports were read anew by extractor {extractor}; {differ} {(preview ? "would say" : "say")} otherwise{(preview ? ". Nothing was changed." : ", each with the difference on its page.")}");
            foreach (var (what, count) in changes) output.WriteLine($"  {count,8} {what}");
            if (unread.Count > 0) output.WriteLine($"  {unread.Count} do not open or are no longer taken by their reader, and stay as they are: {string.Join(", ", unread.Take(UnreadNamed))}. homeward audit verify --contents tells which of them were damaged.");
        });
    }
}
