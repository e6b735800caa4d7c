using System.Text.Json.Nodes;

namespace Homeward.Journey.Tests;

/// <summary>A fortnight, run once and recorded for all tests.</summary>
public sealed class ShortLight : IAsyncLifetime
{
    internal const string Short = """
        {"name":"Operation Short Light","from":"2022-08-01","to":"2022-08-14","operations":9,"traffickersArrested":4,
         "children":{"total":6},"offices":[{"office":"Denver","children":2,"arrests":1},{"office":"Washington Field","children":1}]}
        """;
    private readonly Scratch _scratch = new();

    internal Program.Ran Ran { get; private set; } = null!;
    internal string File => _scratch.Write("short.json", Short);
    internal string Recorded => _scratch.At("recorded");

    public async ValueTask InitializeAsync() =>
        Ran = await Program.RunAsync(_scratch.Path, "demo", "--exit", "--initiative", File, "--record", Recorded);

    public ValueTask DisposeAsync()
    {
        _scratch.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Runs without truth, and runs that were broken off, against the whole run.</summary>
public sealed class RunsAgain(ShortLight shortLight) : IClassFixture<ShortLight>, IDisposable
{
    private readonly Scratch _scratch = new();

    [Fact]
    public async Task A_recorded_folder_gives_the_same_tally_without_truth_and_moves_by_exactly_what_is_changed_in_it()
    {
        var (first, recorded) = (shortLight.Ran, shortLight.Recorded);
        first.Exit.ShouldBe(0, first.Said);
        ((int)first.Line["children"]!["total"]!).ShouldBe(6);

        var replayed = await Program.RunAsync(_scratch.Path, "demo", "--exit", "--raw", recorded);
        replayed.Line.ContainsKey("score").ShouldBeFalse();
        Program.Comparable(replayed.Line, withScore: false).ShouldBe(Program.Comparable(first.Line, withScore: false));

        var arrests = File.ReadAllLines(Path.Combine(recorded, "raw", "outcomes", "arrests.jsonl"));
        var lone = LoneArrest(arrests);
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

    [Fact]
    public async Task What_offices_file_late_is_imported_counts_once_and_never_overwrites()
    {
        var recorded = shortLight.Recorded;
        var outcomes = Path.Combine(recorded, "raw", "outcomes");
        var arrests = File.ReadAllLines(Path.Combine(outcomes, "arrests.jsonl"));
        var lone = LoneArrest(arrests);
        var record = (string)lone["record"]!;
        var tally = await WithArrestsAsync(recorded, arrests.Where(line => !line.Contains(record, StringComparison.Ordinal)), "--database", "late.db");
        ((int)tally["traffickersArrested"]!).ShouldBe((int)shortLight.Ran.Line["traffickersArrested"]! - 1);

        // The whole folder: the late one is new, all others are there, whichever task force they left to the office.
        var late = await ImportAsync(outcomes);
        late.Exit.ShouldBe(0, late.Said);
        Kinds(late).ShouldBe((1, 0));
        ((int)late.Line["kinds"]!["outcomes"]!["repeats"]!).ShouldBe(Directory.GetFiles(outcomes, "*.jsonl").Sum(file => File.ReadAllLines(file).Length) - 1);
        var recounted = await TallyAsync();
        ((int)recounted["traffickersArrested"]!).ShouldBe((int)shortLight.Ran.Line["traffickersArrested"]!);
        recounted["children"]!.ToJsonString().ShouldBe(shortLight.Ran.Line["children"]!.ToJsonString());

        // Other content under the same number is its office's to correct, an operation that nobody planned leads to nothing; the rest is taken.
        lone["kind"] = "other";
        var stray = JsonNode.Parse(arrests[0])!;
        (stray["record"], stray["operation"]) = ("R-1", "XX-01/2022-08-02/9");
        var file = _scratch.Write("arrests-more.jsonl", $"{lone.ToJsonString()}\n{stray.ToJsonString()}\n{{\"record\":\n{arrests[0]}\n");
        var refused = await ImportAsync(file);
        refused.Exit.ShouldBe(0, refused.Said);
        Kinds(refused).ShouldBe((0, 3));
        var told = File.ReadAllLines(_scratch.At("rejects.jsonl")).Select(line => JsonNode.Parse(line)!).ToList();
        told.Select(one => (int)one["line"]!).ShouldBe([1, 2, 3]);
        ((string)told[0]["reason"]!).ShouldContain("is here already with other content");
        ((string)told[1]["reason"]!).ShouldContain("There is no operation XX-01/2022-08-02/9");
        (await TallyAsync()).ToJsonString().ShouldBe(recounted.ToJsonString());

        // What does not say of what it is, is not guessed.
        var unnamed = await ImportAsync(_scratch.Write("more.jsonl", arrests[0]));
        unnamed.Exit.ShouldBe(2);
        unnamed.Line["notRead"]!.ToJsonString().ShouldContain("begin it with children, adults, arrests");

        Task<Program.Ran> ImportAsync(string path) => Program.RunAsync(_scratch.Path, "import", "outcomes", path, "--database", "late.db");
        static (int New, int Rejected) Kinds(Program.Ran ran) => ((int)ran.Line["kinds"]!["outcomes"]!["new"]!, (int)ran.Line["kinds"]!["outcomes"]!["rejected"]!);
        async Task<JsonObject> TallyAsync()
        {
            var line = (await Program.RunAsync(_scratch.Path, "tally", "Operation Short Light", "--database", "late.db")).Line;
            line.Remove("seconds");
            return line;
        }
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("KILL", 137)]
    public async Task An_interrupted_run_is_gone_on_with_and_counts_the_same(string signal, int exit)
    {
        string[] words = ["demo", "--exit", "--initiative", shortLight.File, "--database", "stopped.db"];
        (await Program.StopAsync(_scratch.Path, signal, "2022-08-06 is over", words)).ShouldBe(exit);

        var rest = await Program.RunAsync(_scratch.Path, [.. words, "--keep"]);
        rest.Exit.ShouldBe(0, rest.Said);
        rest.Said.ShouldContain("Going on where the last run stopped");
        if (signal == "INT") Program.Comparable(rest.Line, withScore: true).ShouldBe(Program.Comparable(shortLight.Ran.Line, withScore: true));
        ((int)rest.Line["children"]!["total"]!).ShouldBe(6);
        (await Program.RunAsync(_scratch.Path, "audit", "verify", "--contents", "--database", "stopped.db")).ShouldSatisfyAllConditions(
            verdict => verdict.Exit.ShouldBe(0, verdict.Line.ToJsonString()), verdict => ((long)verdict.Line["contents"]!["originals"]!).ShouldBeGreaterThan(0));

        // Once it has run its course, it says again what it came to.
        var again = await Program.RunAsync(_scratch.Path, [.. words, "--keep"]);
        again.Line.ToJsonString().ShouldBe(rest.Line.ToJsonString());
    }

    /// <summary>The first arrest of a trafficker that stands alone under its number.</summary>
    private static JsonNode LoneArrest(string[] arrests) => arrests.Select(line => JsonNode.Parse(line)!).GroupBy(row => (string?)row["fbiNumber"])
        .First(group => group.Count() == 1 && (string?)group.First()["kind"] == "trafficking"
            && ((string)group.First()["at"]!).StartsWith("2022-08-", StringComparison.Ordinal)).First();

    private async Task<JsonObject> WithArrestsAsync(string recorded, IEnumerable<string> arrests, params string[] words)
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
        return (await Program.RunAsync(_scratch.Path, ["demo", "--exit", "--raw", copy, .. words])).Line;
    }

    /// <summary>Takes one arrest from the nation and from its office, as the tally prints them.</summary>
    private static void MoveArrest(JsonObject tally, string officeCode)
    {
        tally["traffickersArrested"] = (int)tally["traffickersArrested"]! - 1;
        var name = Foundations.Places.Gazetteer.Default.Offices.WithCode(officeCode)!.Name;
        var row = tally["offices"]!.AsArray().Single(one => ((string)one!["office"]!).StartsWith(name.Split(' ')[0], StringComparison.Ordinal))!;
        row["arrests"] = (int)row["arrests"]! - 1;
    }

    public void Dispose() => _scratch.Dispose();
}
