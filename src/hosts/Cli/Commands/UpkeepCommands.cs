using System.CommandLine;
using Homeward.Foundations.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Cli.Commands;

/// <summary><c>migrate</c>, <c>doctor</c>, <c>backup</c> and <c>restore</c>: keeping the house.</summary>
internal static class UpkeepCommands
{
    private static readonly Argument<string> _folder = new("DIR") { Description = "The folder of the backup.", Validators = { Common.MayBeFolder } };

    public static Command Migrate() => new Command("migrate", "Bring the database to this version. Example: homeward migrate --database house.db")
        .Does(async (parsed, answer, cancel) =>
        {
            var opened = await House.OpenAsync(House.Options(parsed.GetValue(Common.Database)), cancel);
            if (!opened.TryGet(out var house, out var problem)) return answer.Refuse(problem);
            await using var _ = house;
            await using var scope = house.CreateAsyncScope();
            var applied = await scope.ServiceProvider.GetRequiredService<HomewardDb>().Database.GetAppliedMigrationsAsync(cancel);
            return answer.Say(Exit.Done, new { migrations = applied.ToList() }, output => output.WriteLine("The database is of this version."));
        });

    public static Command Doctor() => new Command("doctor", "Look whether all that Homeward needs is there. Example: homeward doctor")
        .Does(async (parsed, answer, cancel) =>
        {
            var findings = await Examination.RunAsync(House.Options(parsed.GetValue(Common.Database)), cancel);
            var well = findings.All(finding => finding.State != "fault");
            return answer.Say(well ? Exit.Done : Exit.No, new { well, findings }, output =>
            {
                foreach (var finding in findings)
                    output.WriteLine($"{finding.State,-7} {finding.What}: {finding.Says}{(finding.Mend.Length > 0 ? " " + finding.Mend : "")}");
            });
        });

    public static Command Backup() => new Command("backup", "Write a backup of database, sealed files and keys into a new folder. Example: homeward backup /safe/2026-11-24") { _folder }
        .Does(async (parsed, answer, cancel) =>
        {
            var made = await BackupFolder.WriteAsync(House.Options(parsed.GetValue(Common.Database)), parsed.GetValue(_folder)!, answer.Tell, cancel);
            return made.TryGet(out var manifest, out var problem)
                ? answer.Say(Exit.Done, manifest, output =>
                {
                    output.WriteLine($"Written: {parsed.GetValue(_folder)} ({manifest.Files.Count} files)");
                    if (manifest.Missing > 0) output.WriteLine($"{manifest.Missing} sealed files are named in the database and were not there.");
                })
                : answer.Refuse(problem);
        });

    public static Command Restore() => new Command("restore", "Bring a backup back, on this or another machine. Example: homeward restore /safe/2026-11-24 --database house.db") { _folder }
        .Does(async (parsed, answer, cancel) =>
        {
            var done = await BackupFolder.RestoreAsync(House.Options(parsed.GetValue(Common.Database)), parsed.GetValue(_folder)!, cancel);
            return done.TryGet(out var manifest, out var problem)
                ? answer.Say(Exit.Done, manifest, output => output.WriteLine("Restored. Run homeward audit verify --contents to see that the trace and what is stored hold."))
                : answer.Refuse(problem);
        });
}
