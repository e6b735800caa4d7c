using System.CommandLine;
using Homeward.Scenario.World;

namespace Homeward.Cli.Commands;

/// <summary><c>homeward world</c>: the invented world's own process, spoken to over its pipes. Not for people.</summary>
internal static class WorldCommand
{
    public static Command Build() => new Command("world", "An invented world over standard input and output, for the demo.") { Hidden = true }
        .Does(async (_, _, cancel) =>
        {
            await WorldProcess.RunAsync(Console.In, Console.Out, cancel);
            return Exit.Done;
        });
}
