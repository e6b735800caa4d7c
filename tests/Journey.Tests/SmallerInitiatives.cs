using System.Text.Json.Nodes;

namespace Homeward.Journey.Tests;

/// <summary>Invented initiatives: the change of territory, replays without truth, and stages that refuse.</summary>
public sealed class SmallerInitiatives : IDisposable
{
    private const string AcrossTheChange = """
        {"name":"Operation River Bend","from":"2024-09-16","to":"2024-10-15","taskForces":9,"agencies":40,"operations":14,
         "traffickersArrested":6,"investigationsOpened":5,"adultsIdentified":7,"children":{"recovered":7,"identified":3,"located":1},
         "offices":[{"office":"Memphis","children":2},{"office":"Knoxville","children":1,"arrests":1},{"office":"Nashville","children":3},
                    {"office":"Kansas City","children":1,"adults":3,"operations":2}]}
        """;
    private const string Short = """
        {"name":"Operation Short Light","from":"2022-08-01","to":"2022-08-14","operations":9,"traffickersArrested":4,
         "children":{"total":6},"offices":[{"office":"Denver","children":2,"arrests":1},{"office":"Washington Field","children":1}]}
        """;
    private readonly Scratch _scratch = new();

    private string Write(string name, string initiative)
    {
        var path = _scratch.At(name);
        File.WriteAllText(path, initiative);
        return path;
    }

    private static JsonNode Office(JsonObject tally, string name) => tally["offices"]!.AsArray().Single(row => (string)row!["office"]! == name)!;

    [Fact]
    public async Task Children_of_Memphis_and_Nashville_are_counted_where_they_were_found()
    {
        var file = Write("river.json", AcrossTheChange);
        var sqlite = await Program.RunAsync(_scratch.Path, "demo", "--exit", "--initiative", file);
        sqlite.Exit.ShouldBe(0, sqlite.Said);
        ((int)sqlite.Line["children"]!["total"]!).ShouldBe(10);
        ((int)sqlite.Line["children"]!["recovered"]!).ShouldBe(7);
        ((int)sqlite.Line["children"]!["located"]!).ShouldBe(1);
        ((int)sqlite.Line["operations"]!).ShouldBe(14);
        ((int)sqlite.Line["traffickersArrested"]!).ShouldBe(6);
        ((int)sqlite.Line["investigationsOpened"]!).ShouldBe(5);
        ((int)sqlite.Line["adultsIdentified"]!).ShouldBe(7);
        ((int)sqlite.Line["taskForces"]!).ShouldBe(9);
        ((int)sqlite.Line["agencies"]!).ShouldBe(40);
        ((int)Office(sqlite.Line, "Memphis")["children"]!).ShouldBe(2);
        ((int)Office(sqlite.Line, "Knoxville")["children"]!).ShouldBe(1);
        ((int)Office(sqlite.Line, "Nashville")["children"]!).ShouldBe(3);
        ((int)Office(sqlite.Line, "Kansas City")["adults"]!).ShouldBe(3);
        ((int)Office(sqlite.Line, "Kansas City")["operations"]!).ShouldBe(2);

        await using var postgres = await PostgresDatabase.MakeAsync("river");
        var again = await Program.RunAsync(_scratch.Path, "demo", "--exit", "--initiative", file, "--database", postgres.ConnectionString);
        Program.Comparable(again.Line, withScore: true).ShouldBe(Program.Comparable(sqlite.Line, withScore: true));
    }

    [Fact]
    public async Task A_recorded_folder_gives_the_same_tally_without_truth_and_moves_by_exactly_what_is_changed_in_it()
    {
        var file = Write("short.json", Short);
        var recorded = _scratch.At("recorded");
        var first = await Program.RunAsync(_scratch.Path, "demo", "--exit", "--initiative", file, "--record", recorded);
        first.Exit.ShouldBe(0, first.Said);
        ((int)first.Line["children"]!["total"]!).ShouldBe(6);

        var replayed = await Program.RunAsync(_scratch.Path, "demo", "--exit", "--raw", recorded);
        replayed.Line.ContainsKey("score").ShouldBeFalse();
        Program.Comparable(replayed.Line, withScore: false).ShouldBe(Program.Comparable(first.Line, withScore: false));

        // The first arrest of a trafficker that stands alone under its number.
        var arrests = File.ReadAllLines(Path.Combine(recorded, "raw", "outcomes", "arrests.jsonl"));
        var lone = arrests.Select(line => JsonNode.Parse(line)!).GroupBy(row => (string?)row["fbiNumber"])
            .First(group => group.Count() == 1 && (string?)group.First()["kind"] == "trafficking"
                && ((string)group.First()["at"]!).StartsWith("2022-08-", StringComparison.Ordinal)).First();
        var record = (string)lone["record"]!;
        var office = (string)lone["office"]!;

        // One record deleted: one arrest fewer, and nothing else moves.
        var deleted = await WithArrestsAsync(recorded, arrests.Where(line => !line.Contains(record, StringComparison.Ordinal)));
        var expected = replayed.Line.DeepClone().AsObject();
        MoveArrest(expected, office);
        Comparable(deleted).ShouldBe(Comparable(expected));

        // The same record twice: nothing moves.
        var doubled = await WithArrestsAsync(recorded, arrests.SelectMany(line =>
            line.Contains(record, StringComparison.Ordinal) ? new[] { line, line } : [line]));
        Comparable(doubled).ShouldBe(Comparable(replayed.Line));

        // Re-dated out of the window: as if deleted.
        var redated = await WithArrestsAsync(recorded, arrests.Select(line => line.Contains(record, StringComparison.Ordinal)
            ? line.Replace((string)lone["at"]!, "2022-09-20T12:00:00Z", StringComparison.Ordinal) : line));
        Comparable(redated).ShouldBe(Comparable(expected));

        static string Comparable(JsonObject tally) => Program.Comparable(tally, withScore: false);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("KILL", 137)]
    public async Task An_interrupted_run_is_gone_on_with_and_counts_the_same(string signal, int exit)
    {
        var file = Write("short.json", Short);
        string[] words = ["demo", "--exit", "--initiative", file, "--database", "stopped.db"];
        var whole = await Program.RunAsync(_scratch.Path, "demo", "--exit", "--initiative", file);
        (await Program.StopAsync(_scratch.Path, signal, "2022-08-06 is over", words)).ShouldBe(exit);

        var rest = await Program.RunAsync(_scratch.Path, [.. words, "--keep"]);
        rest.Exit.ShouldBe(0, rest.Said);
        rest.Said.ShouldContain("Going on where the last run stopped");
        if (signal == "INT") Program.Comparable(rest.Line, withScore: true).ShouldBe(Program.Comparable(whole.Line, withScore: true));
        ((int)rest.Line["children"]!["total"]!).ShouldBe(6);
        (await Program.RunAsync(_scratch.Path, "audit", "verify", "--database", "stopped.db")).Exit.ShouldBe(0);

        // Once it has run its course, it says again what it came to.
        var again = await Program.RunAsync(_scratch.Path, [.. words, "--keep"]);
        again.Line.ToJsonString().ShouldBe(rest.Line.ToJsonString());
    }

    private async Task<JsonObject> WithArrestsAsync(string recorded, IEnumerable<string> arrests)
    {
        var copy = _scratch.At("changed");
        if (Directory.Exists(copy)) Directory.Delete(copy, recursive: true);
        foreach (var path in Directory.EnumerateFiles(recorded, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(recorded, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }
        await File.WriteAllLinesAsync(Path.Combine(copy, "raw", "outcomes", "arrests.jsonl"), arrests);
        return (await Program.RunAsync(_scratch.Path, "demo", "--exit", "--raw", copy)).Line;
    }

    /// <summary>Takes one arrest from the nation and from its office, as the tally prints them.</summary>
    private static void MoveArrest(JsonObject tally, string officeCode)
    {
        tally["traffickersArrested"] = (int)tally["traffickersArrested"]! - 1;
        var name = Foundations.Places.Gazetteer.Default.Offices.WithCode(officeCode)!.Name;
        var row = tally["offices"]!.AsArray().Single(one => ((string)one!["office"]!).StartsWith(name.Split(' ')[0], StringComparison.Ordinal))!;
        row["arrests"] = (int)row["arrests"]! - 1;
    }

    [Theory]
    [InlineData("intake")]
    [InlineData("review")]
    [InlineData("referral")]
    [InlineData("operations")]
    [InlineData("outcomes")]
    [InlineData("care")]
    [InlineData("release")]
    public async Task When_a_stage_refuses_nothing_of_it_appears_further_on(string stage)
    {
        var file = Write("short.json", Short);
        var ran = await Program.RunAsync(_scratch.Path, "demo", "--exit", "--initiative", file, "--close", stage);
        var line = ran.Line;
        switch (stage)
        {
            case "intake":
                // Nothing came in: no report can lead to a child, and no door opens.
                ((int)line["children"]!["viaReview"]!).ShouldBe(0);
                ((int)line["sought"]!).ShouldBe((int)line["children"]!["total"]!);
                break;
            case "review":
                ((int)line["children"]!["viaReview"]!).ShouldBe(0);
                break;
            case "referral":
                ((int)line["children"]!["viaReview"]!).ShouldBe(0);
                break;
            case "operations":
                line.ContainsKey("error").ShouldBeTrue("without Operations there is no initiative to count");
                break;
            case "outcomes":
                ((int)line["children"]!["total"]!).ShouldBe(0);
                ((int)line["traffickersArrested"]!).ShouldBe(0);
                ((int)line["investigationsOpened"]!).ShouldBe(0);
                break;
            case "care":
                ((int)line["score"]!["duties"]!["metInTime"]!).ShouldBeLessThan((int)line["score"]!["duties"]!["due"]!);
                break;
            case "release":
                line.ContainsKey("error").ShouldBeTrue("without Release there is no tally");
                break;
        }
    }

    [Fact]
    public async Task An_initiative_with_faults_is_refused_with_all_of_them()
    {
        var file = Write("bad.json", """
            {"name":"X","from":"2019-07-31","to":"2019-07-01","colour":"blue","children":{"recovered":-1},
             "offices":[{"office":"Kansas City"},{"office":"Gotham","children":2}]}
            """);
        var ran = await Program.RunAsync(_scratch.Path, "demo", "--exit", "--initiative", file);
        ran.Exit.ShouldBe(2);
        var faults = ran.Line["error"]!["faults"]!.AsArray().Select(fault => (string)fault!).ToList();
        faults.Count.ShouldBeGreaterThanOrEqualTo(3);
        faults.ShouldContain(fault => fault.StartsWith("colour", StringComparison.Ordinal));
    }

    public void Dispose() => _scratch.Dispose();
}
