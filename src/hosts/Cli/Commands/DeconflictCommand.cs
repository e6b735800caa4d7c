using System.CommandLine;
using Homeward.Operations;

namespace Homeward.Cli.Commands;

/// <summary><c>homeward deconflict FILE</c>: which events meet, in place and time or by subject. It never says "clear".</summary>
internal static class DeconflictCommand
{
    private static readonly Argument<FileInfo> _file = new("FILE") { Description = "Events, one JSON object a line." };

    public static Command Build() => new Command("deconflict", "Find conflicts among events. Example: homeward deconflict events.jsonl") { _file }
        .Does(async (parsed, answer, cancel) =>
        {
            var (events, faults) = EventLines.Read(await File.ReadAllLinesAsync(parsed.GetValue(_file)!.FullName, cancel));
            if (faults.Count > 0)
                return answer.Refuse(Exit.BadInput, "event-faults", "Some lines are no events; nothing was compared.", "Mend them all, then try again.",
                    [.. faults.Select(fault => $"line {fault.Line}: {fault.What}; {fault.Mend}")]);
            var conflicts = ConflictFinder.Among(events);
            return answer.Say(conflicts.Count == 0 ? Exit.Done : Exit.No, new
            {
                events = events.Count,
                conflicts = conflicts.Select(one => new
                {
                    one.One, one.Other, one.DistanceKm, overlapMinutes = one.Overlap?.TotalMinutes, one.Subjects,
                }),
                says = "Checked among the events of this file only. Ask the regional system as well.",
            }, output =>
            {
                foreach (var one in conflicts) output.WriteLine($"{one.One} meets {one.Other}{(one.DistanceKm is { } km ? $", {km:0.00} km apart" : "")}{(one.IsBySubject ? ", same subject" : "")}");
                output.WriteLine($"{conflicts.Count} conflicts among {events.Count} events. Checked among the events of this file only; ask the regional system as well.");
            });
        });
}
