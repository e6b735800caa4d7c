using System.CommandLine;
using System.Globalization;
using Homeward.Cli;
using Homeward.Cli.Commands;

// One culture for numbers and dates in files and answers, whatever the machine's is.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

var root = new RootCommand("Homeward: the system with which a country runs a child-recovery initiative.");
root.Options.Add(Common.Database);
root.Options.Add(Common.Json);
root.Subcommands.Add(DemoCommand.Build());
root.Subcommands.Add(ScenarioCommand.Build());
root.Subcommands.Add(WorldCommand.Build());
root.Subcommands.Add(ServeCommand.Build());
root.Subcommands.Add(InviteCommand.Build());
root.Subcommands.Add(ImportCommand.Build());
root.Subcommands.Add(LinkCommand.Build());
root.Subcommands.Add(DeconflictCommand.Build());
root.Subcommands.Add(TallyCommand.Build());
root.Subcommands.Add(ReleaseCommand.Build());
root.Subcommands.Add(AuditCommand.Build());
root.Subcommands.Add(SealCommand.Build());
root.Subcommands.Add(PurgeCommand.Build());
root.Subcommands.Add(ReextractCommand.Build());
root.Subcommands.Add(UpkeepCommands.Migrate());
root.Subcommands.Add(UpkeepCommands.Doctor());
root.Subcommands.Add(UpkeepCommands.Backup());
root.Subcommands.Add(UpkeepCommands.Restore());
return await Common.RunAsync(root, args);
