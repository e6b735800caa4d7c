using System.Text.Json.Nodes;

namespace Homeward.Journey.Tests;

/// <summary>Invented initiatives: the change of territory, and a file with faults.</summary>
public sealed class SmallerInitiatives : IDisposable
{
    private const string AcrossTheChange = """
        {"name":"Operation River Bend","from":"2024-09-16","to":"2024-10-15","taskForces":9,"agencies":40,"operations":14,
         "traffickersArrested":6,"investigationsOpened":5,"adultsIdentified":7,"children":{"recovered":7,"identified":3,"located":1},
         "offices":[{"office":"Memphis","children":2},{"office":"Knoxville","children":1,"arrests":1},{"office":"Nashville","children":3},
                    {"office":"Kansas City","children":1,"adults":3,"operations":2}]}
        """;
    private readonly Scratch _scratch = new();

    private static JsonNode Office(JsonObject tally, string name) => tally["offices"]!.AsArray().Single(row => (string)row!["office"]! == name)!;

    [Fact]
    public async Task Children_of_Memphis_and_Nashville_are_counted_where_they_were_found()
    {
        var file = _scratch.Write("river.json", AcrossTheChange);
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
    public async Task A_file_with_a_mark_before_it_and_few_forces_comes_out_and_its_release_prints_no_invented_office()
    {
        var file = _scratch.Write("few.json", "\uFEFF" + """
            {"name":"Few Agencies","from":"2022-04-01","to":"2022-04-10","taskForces":4,"agencies":2,"operations":4,"children":{"recovered":2},
             "offices":[{"office":"Boston","children":1,"operations":1}]}
            """);
        var ran = await Program.RunAsync(_scratch.Path, "demo", "--exit", "--initiative", file, "--database", _scratch.At("few.db"));
        ran.Exit.ShouldBe(0, ran.Said);
        ((int)ran.Line["taskForces"]!, (int)ran.Line["agencies"]!, (int)ran.Line["operations"]!).ShouldBe((4, 2, 4));

        var opened = await Program.RunAsync(_scratch.Path, "tally", "Few Agencies", "--open", "offices", "--database", _scratch.At("few.db"));
        opened.Exit.ShouldBe(2);
        ((string)opened.Line["error"]!["mend"]!).ShouldContain("children.total");
        var release = await Program.RunAsync(_scratch.Path, "release", "Few Agencies", "--format", "csv", "--out", _scratch.At("out"), "--database", _scratch.At("few.db"));
        release.Exit.ShouldBe(0, release.Said);
        var rows = await File.ReadAllLinesAsync(Directory.EnumerateFiles(_scratch.At("out")).Single());
        rows.Where(row => !row.StartsWith("national,", StringComparison.Ordinal)).ShouldBe(
            ["scope,measure,value,shown,exercise", "Boston,children.total,1,1,EXERCISE", "All other offices,children.total,,not published,EXERCISE"]);
    }

    [Fact]
    public async Task No_task_force_and_no_agency_are_counted_as_none()
    {
        var file = _scratch.Write("none.json", """
            {"name":"Zero All","from":"2021-06-01","to":"2021-06-10","operations":0,"taskForces":0,"agencies":0,"children":{"total":0}}
            """);
        var ran = await Program.RunAsync(_scratch.Path, "demo", "--exit", "--initiative", file);
        ran.Exit.ShouldBe(0, ran.Said);
        ((int)ran.Line["taskForces"]!, (int)ran.Line["agencies"]!).ShouldBe((0, 0));
    }

    [Fact]
    public async Task An_initiative_with_faults_is_refused_with_all_of_them()
    {
        var file = _scratch.Write("bad.json", """
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
