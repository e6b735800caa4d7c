using System.CommandLine;
using Homeward.Foundations.Access;
using Homeward.Foundations.Work;
using Homeward.Intake;
using Homeward.Intake.Retention;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Cli.Commands;

/// <summary><c>homeward purge</c>: what would go, by rule, and what stays; with <c>--run</c> what is in force is carried out to its end.</summary>
/// <remarks>Nobody proposes or approves here: that takes two named persons, on the page or by the API.</remarks>
internal static class PurgeCommand
{
    private static readonly Option<bool> _preview = new("--preview") { Description = "Show what would go, and change nothing. This is what it does without a word." };
    private static readonly Option<bool> _run = new("--run") { Description = "Carry out what is in force, from where it was stopped, and prove it." };

    public static Command Build() => new Command("purge", "See what retention would remove, or carry a purge out. Example: homeward purge --preview --json")
        { _preview, _run }.Does(RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, Answer answer, CancellationToken cancel)
    {
        if (parsed.GetValue(_preview) && parsed.GetValue(_run))
            return answer.Refuse(Exit.BadInput, "purge", "--preview and --run do not go together.", "Name one of them.");
        var opened = await House.OpenAsync(House.Options(parsed.GetValue(Common.Database)), cancel);
        if (!opened.TryGet(out var house, out var problem)) return answer.Refuse(problem);
        await using var _ = house;
        var desk = house.GetRequiredService<Desk>();
        // Each step leaves the next one: nothing is due any more when all of it is through.
        if (parsed.GetValue(_run)) await house.GetRequiredService<Courier>().DeliverDueAsync(cancel);

        var (rules, stays, lookedAt) = (new List<ShowRetention.RuleRow>(), new List<ShowRetention.StayRow>(), 0);
        ShowRetention.Page page;
        RetentionPlace? from = RetentionPlace.Start;
        do
        {
            var shown = await desk.DoAsync<ShowRetention.Request, ShowRetention.Page>(TallyCommand.Console, new(from.Kind, from.After), cancel);
            if (!shown.TryGet(out var some, out var hidden)) return answer.Refuse(hidden);
            (page, from, lookedAt) = (some, some.Next, lookedAt + some.LookedAt);
            rules.AddRange(some.Rules);
            stays.AddRange(some.Stays);
        }
        while (from is not null);

        var due = rules.GroupBy(row => row.Name).Select(rows => new
        {
            rule = rows.Key, says = rows.First().Says, source = rows.First().Source, due = rows.Sum(row => row.Due), oldest = rows.Min(row => row.OldestAt),
        }).ToList();
        var kept = stays.GroupBy(row => (row.Kind, row.Why)).Select(rows => new { kind = rows.Key.Kind, why = rows.Key.Why, records = rows.Sum(row => row.Records) }).ToList();
        var holds = page.Holds.Where(hold => hold.LiftedAt is null).Select(hold => new { hold.Id, hold.On, hold.Number, hold.Until, hold.PlacedAt }).ToList();
        var purges = page.Purges.Select(row => new
        {
            row.Id, row.State, row.Records, row.Kinds, row.Purged, row.Kept, list = row.Sha256, row.CertificateSha256, row.Certificate,
        }).ToList();
        var well = page.Purges.All(row => row.Certificate is not { Holds: false } && !(parsed.GetValue(_run) && row.State == PurgeState.Running));
        return answer.Say(well ? Exit.Done : Exit.No, new { lookedAt, due, kept, holds, purges }, output =>
        {
            output.WriteLine($"{lookedAt} records were looked at, of reports those past their preservation.");
            foreach (var row in due) output.WriteLine($"  {row.due,8} due under {row.rule}{(row.oldest is { } at ? $", the oldest of {at:yyyy-MM-dd}" : "")}: {row.says}");
            foreach (var row in stays) output.WriteLine($"  stay: {row.Says}");
            foreach (var row in purges)
                output.WriteLine($"Purge {row.Id:N}: {row.State}, {row.Purged} of {row.Records} purged, {row.Kept} kept{(row.Certificate is { } proof ? proof.Holds ? "; nothing of it is found" : "; SOMETHING OF IT IS FOUND" : "")}");
        });
    }
}
