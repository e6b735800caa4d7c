using System.Text.Json.Nodes;
using Homeward.Exchange.Initiatives;

namespace Homeward.Cli;

/// <summary>Compares a counted tally with its initiative file: the demo's exit code rests on it, and nothing else does.</summary>
internal static class Expectations
{
    /// <returns>One line for each figure that the file gives and the count does not meet.</returns>
    public static IReadOnlyList<string> Differences(InitiativePlan plan, JsonNode tally)
    {
        var differences = new List<string>();
        Compare("children.total", plan.Children.Total, tally["children"]!["total"]);
        Compare("children.recovered", plan.Children.Recovered, tally["children"]!["recovered"]);
        Compare("children.identified", plan.Children.Identified, tally["children"]!["identified"]);
        Compare("children.located", plan.Children.Located, tally["children"]!["located"]);
        Compare("taskForces", plan.TaskForces, tally["taskForces"]);
        Compare("agencies", plan.Agencies, tally["agencies"]);
        Compare("operations", plan.Operations, tally["operations"]);
        Compare("traffickersArrested", plan.TraffickersArrested, tally["traffickersArrested"]);
        Compare("investigationsOpened", plan.InvestigationsOpened, tally["investigationsOpened"]);
        Compare("adultsIdentified", plan.AdultsIdentified, tally["adultsIdentified"]);
        foreach (var office in plan.Offices)
        {
            var row = tally["offices"]!.AsArray().FirstOrDefault(one => one!["office"]!.GetValue<string>() == office.WrittenAs);
            Compare($"{office.WrittenAs}.children", office.Children, row?["children"]);
            Compare($"{office.WrittenAs}.adults", office.Adults, row?["adults"]);
            Compare($"{office.WrittenAs}.arrests", office.Arrests, row?["arrests"]);
            Compare($"{office.WrittenAs}.operations", office.Operations, row?["operations"]);
        }
        return differences;

        void Compare(string what, Measure expected, JsonNode? counted)
        {
            if (!expected.IsGiven) return;
            var value = counted?.GetValue<int>();
            if (value is not { } number || !expected.Allows(number)) differences.Add($"{what}: {expected} in the file, {value?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "not reported"} counted");
        }
    }
}
