using System.Text.Json.Nodes;

namespace Homeward.Journey.Tests;

/// <summary>Counts a recorded folder's outcomes by the plainest rules, in a way that shares nothing with the house's tally.</summary>
/// <remarks>A child is one by its prints; the strongest kind counts; days are days of the office's zone, roughly by its longitude.</remarks>
internal sealed class PlainRecount
{
    public int Recovered { get; private set; }
    public int Identified { get; private set; }
    public int Located { get; private set; }
    public int TraffickersArrested { get; private set; }
    public int InvestigationsOpened { get; private set; }
    public int AdultsIdentified { get; private set; }

    public static PlainRecount Of(string folder, DateOnly from, DateOnly to)
    {
        var recount = new PlainRecount();
        var children = Lines("children")
            .Where(row => Text(row, "exploitation") != "labor" && InWindow(row))
            .GroupBy(row => Text(row, "biometricRef") ?? Text(row, "record")!)
            .Select(group => group.Max(row => Text(row, "kind") switch { "recovered" => 3, "identified" => 2, _ => 1 }))
            .ToList();
        recount.Recovered = children.Count(kind => kind == 3);
        recount.Identified = children.Count(kind => kind == 2);
        recount.Located = children.Count(kind => kind == 1);
        recount.TraffickersArrested = Lines("arrests").Where(row => Text(row, "kind") == "trafficking" && InWindow(row))
            .Select(row => Text(row, "fbiNumber") ?? Text(row, "record")).Distinct().Count();
        recount.InvestigationsOpened = Lines("investigations").Where(InWindow).Select(row => Text(row, "caseNumber")).Distinct().Count();
        recount.AdultsIdentified = Lines("adults").Where(row => Text(row, "kind") == "identified" && InWindow(row))
            .Select(row => Text(row, "biometricRef") ?? Text(row, "record")).Distinct().Count();
        return recount;

        IEnumerable<JsonObject> Lines(string kind) => File.ReadLines(Path.Combine(folder, "raw", "outcomes", $"{kind}.jsonl"))
            .Where(line => line.Length > 0).Select(line => JsonNode.Parse(line)!.AsObject());

        // The world keeps what must count well inside the window, and what must not well outside: half a day is no matter.
        bool InWindow(JsonObject row)
        {
            var day = DateOnly.FromDateTime(DateTimeOffset.Parse(Text(row, "at")!, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime.AddHours(-7));
            return day >= from.AddDays(-1) && day <= to.AddDays(1);
        }
    }

    private static string? Text(JsonObject row, string key) => row[key]?.GetValue<string>();
}
