using System.Text.Json.Nodes;
using Homeward.Foundations.Places;
using Homeward.Scenario.World;
using Homeward.Scenario.World.Truth;

namespace Homeward.World.Tests;

public class WireTests
{
    [Fact]
    public async Task The_wire_begins_sends_answers_and_scores()
    {
        var file = Given.Carried("operation-river-bend");
        var world = Given.World(file, seed: 4, scale: 0.05);
        var child = world.Truth.Matchable.First(child => child.Office.Office.Code == "NV");
        var report = child.Evidence[0];
        var ran = new JsonObject
        {
            ["do"] = "ran",
            ["operation"] = new JsonObject
            {
                ["reference"] = "NV-01/2024-10-10/1", ["office"] = "NV", ["taskForce"] = "NV-01", ["agencies"] = new JsonArray("XX0000001"),
                ["startsAt"] = "2024-10-10T20:00:00Z", ["endsAt"] = "2024-10-11T01:00:00Z", ["kind"] = "lead",
                ["place"] = new JsonObject { ["city"] = "Nashville", ["state"] = "TN" },
                ["seeking"] = new JsonArray(new JsonObject { ["nic"] = null, ["reports"] = new JsonArray(report.Number) }),
            },
        };
        var answers = await Ask(
            new JsonObject { ["do"] = "until", ["at"] = "2024-09-20T00:00:00Z" },
            new JsonObject { ["do"] = "begin", ["initiative"] = JsonNode.Parse(file), ["seed"] = 4, ["scale"] = 0.05 },
            new JsonObject { ["do"] = "until", ["at"] = "2024-09-20T00:00:00Z" },
            ran,
            new JsonObject
            {
                ["do"] = "score",
                ["house"] = new JsonObject
                {
                    ["proposals"] = new JsonArray(new JsonObject { ["report"] = report.Number, ["ranked"] = new JsonArray("M1", child.Nic) }),
                    ["confirmed"] = new JsonArray(new JsonObject { ["report"] = report.Number, ["nic"] = child.Nic }, new JsonObject { ["report"] = "1", ["nic"] = "M1" }),
                    ["queue"] = new JsonArray(new JsonObject { ["report"] = report.Number, ["arrival"] = 9, ["rank"] = 1 }),
                    ["dismissed"] = new JsonArray(),
                    ["counted"] = new JsonArray(),
                },
            },
            new JsonObject { ["do"] = "dance" },
            new JsonObject { ["do"] = "end" });

        answers[0]["error"]!.GetValue<string>().ShouldContain("begin first");
        answers[1]["manifest"]!["format"]!.GetValue<string>().ShouldBe("homeward-raw/1");
        answers[1]["sends"]!.AsArray().Count.ShouldBeGreaterThan(100);
        answers[2]["sends"]!.AsArray().Last()!["at"]!.GetValue<string>().ShouldEndWith("Z");
        var found = answers[3]["answers"]!.AsArray().First(answer => answer!["path"]!.GetValue<string>() == "outcomes/children.jsonl");
        found!["body"]!.GetValue<string>().ShouldContain("NV-01/2024-10-10/1");
        var score = answers[4]["score"]!;
        score["confirmed"]!.GetValue<int>().ShouldBe(1);
        score["wronglyConfirmed"]!.GetValue<int>().ShouldBe(1);
        score["medianRankGain"]!.GetValue<int>().ShouldBe(8);
        score["top3Recall"]!.GetValue<double>().ShouldBeGreaterThan(0);
        answers[5]["error"].ShouldNotBeNull();
        answers.Count.ShouldBe(6);
    }

    [Fact]
    public async Task A_faulty_initiative_is_answered_with_its_faults()
    {
        var answers = await Ask(new JsonObject
        {
            ["do"] = "begin",
            ["initiative"] = JsonNode.Parse("""{"name":"X","from":"2019-07-01","to":"2019-07-02","children":{"total":1},"offices":[{"office":"Gotham"}]}"""),
        });
        answers[0]["faults"]!.AsArray().Single()!.GetValue<string>().ShouldStartWith("offices[0].office: \"Gotham\": no such office");
    }

    [Fact]
    public void A_wrong_lead_finds_nobody_and_the_right_one_once()
    {
        var world = Given.World(Given.Carried("operation-independence-day"), scale: 0.02);
        var child = world.Truth.Matchable.First(child => child.Office.Office.Code == "LV" && !child.IsIdentifiedFirst);
        var at = world.Plan.Office("LV")!.Window.At(0.3);
        string? Record(string reference, string office, params string[] reports) => world.Ran(new(reference, office, $"{office}-01", [], at, at.AddHours(2),
                null, Scenario.World.Field.OperationKind.Lead, [new(null, reports)]))
            .FirstOrDefault(sent => sent.Path == "outcomes/children.jsonl")?.Body;

        Record("a", "DL", child.Evidence[0].Number).ShouldBeNull();
        Record("b", "LV", "100000001").ShouldBeNull();
        Record("c", "LV", child.Evidence[0].Number)!.ShouldContain(world.Field.RecordsOf(child)[0]);
        Record("d", "LV", child.Evidence[0].Number).ShouldBeNull();
        Record("c", "LV", child.Evidence[0].Number).ShouldBeNull();
    }

    [Fact]
    public void A_child_counted_in_two_groups_is_counted_twice()
    {
        var world = Given.World(Given.Carried("operation-river-bend"), scale: 0.05);
        var child = world.Truth.Children.First(child => child.ClaimedAgainBy is not null);
        var records = world.Field.RecordsOf(child);
        world.Score(new(null, null, null, [new([records[0]]), new([records[2]])])).CountedTwice.ShouldBe(1);
        world.Score(new(null, null, null, [new([records[0], records[2]])])).CountedTwice.ShouldBe(0);
    }

    [Fact]
    public async Task The_folder_holds_what_outsiders_send_and_no_outcome()
    {
        var folder = Directory.CreateTempSubdirectory("homeward-world-").FullName;
        try
        {
            await WorldFiles.WriteAsync(Given.World(Given.Carried("operation-short-light"), scale: 0.05), folder, TestContext.Current.CancellationToken);
            File.Exists(Path.Combine(folder, "raw", "partners", "agencies.csv")).ShouldBeTrue();
            File.ReadLines(Path.Combine(folder, "raw", "missing", "entries.jsonl")).Count().ShouldBeGreaterThan(50);
            Directory.Exists(Path.Combine(folder, "raw", "outcomes")).ShouldBeFalse();
            Directory.EnumerateFiles(Path.Combine(folder, "raw", "reports"), "*", SearchOption.AllDirectories).Count().ShouldBeGreaterThan(50);
            JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "manifest.json"), TestContext.Current.CancellationToken))!["exercise"]!.GetValue<bool>().ShouldBeTrue();
            File.Exists(Path.Combine(folder, "truth", "truth.json")).ShouldBeTrue();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<List<JsonNode>> Ask(params JsonObject[] questions)
    {
        using var answers = new StringWriter();
        using var asked = new StringReader(string.Join('\n', questions.Select(question => question.ToJsonString())));
        await WorldProcess.RunAsync(asked, answers, TestContext.Current.CancellationToken);
        return [.. answers.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }
}
