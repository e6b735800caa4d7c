using System.CommandLine;
using System.Text.Json;
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

    private static readonly Option<string?> _out = new("--out")
        { Description = "Write each record that was looked at to this file, one a line in JSON: its number, its rule and last day, or why it stays." };

    /// <summary>Numbers that are named with each rule in words: so many as one reads. All are in <c>--json</c>, and in the file.</summary>
    private const int NamedMax = 20;

    public static Command Build() => new Command("purge", "See what retention would remove, or carry a purge out. Example: homeward purge --preview --json")
        { _preview, _run, _out }.Does(RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, Answer answer, CancellationToken cancel)
    {
        if (parsed.GetValue(_preview) && parsed.GetValue(_run))
            return answer.Refuse(Exit.BadInput, "purge", "--preview and --run do not go together.", "Name one of them.");
        var opened = await House.OpenThereAsync(House.Options(parsed.GetValue(Common.Database)), cancel);
        if (!opened.TryGet(out var house, out var problem)) return answer.Refuse(problem);
        await using var _ = house;
        var desk = house.GetRequiredService<Desk>();
        // Each step leaves the next one: nothing is due any more when all of it is through.
        if (parsed.GetValue(_run)) await house.GetRequiredService<Courier>().DeliverDueAsync(cancel);

        await using var file = parsed.GetValue(_out) is { } path ? new StreamWriter(path) : null;
        var records = new List<ShowRetention.RecordRow>();
        var (rules, stays, lookedAt) = (new List<ShowRetention.RuleRow>(), new List<ShowRetention.StayRow>(), 0);
        ShowRetention.Page page;
        RetentionPlace? from = RetentionPlace.Start;
        do
        {
            var shown = await desk.DoAsync<ShowRetention.Request, ShowRetention.Page>(TallyCommand.Console, new(from.Kind, from.After, Named: true), cancel);
            if (!shown.TryGet(out var some, out var hidden)) return answer.Refuse(hidden);
            (page, from, lookedAt) = (some, some.Next, lookedAt + some.LookedAt);
            rules.AddRange(some.Rules);
            stays.AddRange(some.Stays);
            records.AddRange(some.Records!.Where(row => row.Stays is null));
            if (file is not null)
                foreach (var row in some.Records!) await file.WriteLineAsync(JsonSerializer.Serialize(row, WorkItem.Json));
            if (from is not null) answer.Tell($"{lookedAt:N0} records looked at, {records.Count:N0} of them due");
        }
        while (from is not null);

        var named = records.ToLookup(row => row.Rule!);
        var due = rules.GroupBy(row => row.Name).Select(rows => new
        {
            rule = rows.Key, says = rows.First().Says, source = rows.First().Source, due = rows.Sum(row => row.Due), oldest = rows.Min(row => row.OldestAt),
            records = named[rows.Key].Select(row => new { row.Kind, row.Id, row.Number, row.ReceivedAt, row.EndsOn }).ToList(),
        }).ToList();
        var kept = stays.GroupBy(row => (row.Kind, row.Why)).Select(rows => new { kind = rows.Key.Kind, why = rows.Key.Why, records = rows.Sum(row => row.Records) }).ToList();
        var holds = page.Holds.Where(hold => hold.LiftedAt is null).Select(hold => new { hold.Id, hold.On, hold.Number, hold.Until, hold.PlacedAt }).ToList();
        var purges = page.Purges.Select(row => new
        {
            row.Id, row.State, row.Records, row.Kinds, row.Purged, row.Kept, list = row.Sha256, row.CertificateSha256, row.Certificate,
        }).ToList();
        var well = page.Purges.All(row => row.Certificate is not { Holds: false } && !(parsed.GetValue(_run) && row.State == PurgeState.Running));
        if (parsed.GetValue(_run)) await House.SignOffAsync(house, answer, cancel);
        return answer.Say(well ? Exit.Done : Exit.No, new { lookedAt, due, kept, holds, purges }, output =>
        {
            output.WriteLine($"{lookedAt} records were looked at, of reports those past their preservation or, of no nexus, past their own term.");
            foreach (var row in due)
            {
                output.WriteLine($"  {row.due,8} due under {row.rule}{(row.oldest is { } at ? $", the oldest of {at:yyyy-MM-dd}" : "")}: {row.says}");
                if (row.due > 0) output.WriteLine($"           {Numbers(named[row.rule])}");
            }
            foreach (var row in stays) output.WriteLine($"  stay: {row.Says}");
            foreach (var row in purges)
                output.WriteLine($"Purge {row.Id:N}: {row.State}, {row.Purged} of {row.Records} purged, {row.Kept} kept{(row.Certificate is { } proof ? Proved(proof) : "")}");
        });
    }

    /// <summary>The first of them; a record without a number is named by its id.</summary>
    private static string Numbers(IEnumerable<ShowRetention.RecordRow> rows)
    {
        var all = rows.Select(row => row.Number.Length > 0 ? row.Number : row.Id.ToString("N")).ToList();
        return string.Join(", ", all.Take(NamedMax)) + (all.Count > NamedMax ? $" and {all.Count - NamedMax} more: --json names all" : "");
    }

    /// <summary>No more than was looked at.</summary>
    private static string Proved(PurgeCertificate proof) => (proof.Holds, proof.Files) switch
    {
        (false, _) => "; SOMETHING OF IT IS FOUND",
        (true, PurgedFiles.Rewritten) => "; no row and no sealed file of it is found, and the database's file was written anew",
        (true, PurgedFiles.NotReached) => "; no row and no sealed file of it is found; PostgreSQL's own files were not looked at",
        (true, _) => "; no row and no sealed file of it is found",
    };
}
