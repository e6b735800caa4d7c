using System.Text.Json.Nodes;

namespace Homeward.Journey.Tests;

/// <summary>The whole of July 2019 on both databases, run once for all tests.</summary>
public sealed class July2019 : IAsyncLifetime
{
    private readonly Scratch _scratch = new();

    internal Program.Ran OnSqlite { get; private set; } = null!;
    internal Program.Ran OnPostgres { get; private set; } = null!;
    internal string Recorded => _scratch.At("recorded");
    internal string Folder => _scratch.Path;

    public async ValueTask InitializeAsync()
    {
        OnSqlite = await Program.RunAsync(_scratch.Path, "demo", "--exit", "--record", Recorded);
        await using var postgres = await PostgresDatabase.MakeAsync("july");
        OnPostgres = await Program.RunAsync(_scratch.Path, "demo", "--exit", "--database", postgres.ConnectionString);
    }

    public ValueTask DisposeAsync()
    {
        _scratch.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Operation Independence Day as it was published (FBI and DOJ releases of August 2019): the figures are literals here and nowhere else.</summary>
public sealed class OperationIndependenceDay(July2019 july) : IClassFixture<July2019>
{
    private static readonly (string Office, int Children)[] _published =
    [
        ("Albuquerque", 1), ("Atlanta", 6), ("Boston", 1), ("Buffalo", 1), ("Charlotte", 3), ("Chicago", 2), ("Cincinnati", 1),
        ("Cleveland", 2), ("Columbia", 2), ("Dallas", 13), ("Denver", 4), ("Detroit", 9), ("Honolulu", 1), ("Houston", 3),
        ("Jacksonville", 1), ("Kansas City", 2), ("Knoxville", 2), ("Las Vegas", 14), ("Little Rock", 1), ("Los Angeles", 4),
        ("Memphis", 2), ("Miami", 1), ("Milwaukee", 1), ("New Haven", 1), ("New Orleans", 1), ("Portland", 4), ("Richmond", 1),
        ("Sacramento", 1), ("San Antonio", 4), ("San Diego", 4), ("San Francisco", 2), ("Seattle", 6), ("Washington Field", 2),
    ];

    private JsonObject Tally => july.OnSqlite.Line;

    [Fact]
    public void The_run_says_yes() => july.OnSqlite.Exit.ShouldBe(0, july.OnSqlite.Said);

    [Fact]
    public void The_national_figures_are_the_published_ones()
    {
        var children = Tally["children"]!;
        ((int)children["total"]!).ShouldBe(103);
        ((int)children["recovered"]!).ShouldBe(82);
        ((int)children["identified"]!).ShouldBe(21);
        ((int)children["located"]!).ShouldBe(0);
        ((int)Tally["traffickersArrested"]!).ShouldBe(67);
        ((int)Tally["operations"]!).ShouldBe(161);
        ((int)Tally["taskForces"]!).ShouldBe(86);
        ((int)Tally["agencies"]!).ShouldBeGreaterThan(400);
        ((int)Tally["investigationsOpened"]!).ShouldBe(60);
        Tally["from"]!.GetValue<string>().ShouldBe("2019-07-01");
        Tally["to"]!.GetValue<string>().ShouldBe("2019-07-31");
        Tally["invented"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public void Thirty_three_offices_have_their_children_and_no_other_has_one()
    {
        var counted = Tally["offices"]!.AsArray().Select(row => ((string)row!["office"]!, (int)row["children"]!)).ToList();
        counted.Where(row => row.Item2 > 0).OrderBy(row => row.Item1, StringComparer.Ordinal)
            .ShouldBe(_published.OrderBy(row => row.Office, StringComparer.Ordinal));
        counted.Sum(row => row.Item2).ShouldBe(103);
    }

    [Fact]
    public void Kansas_City_has_two_children_and_thirty_five_adults()
    {
        var office = Tally["offices"]!.AsArray().Single(row => (string)row!["office"]! == "Kansas City")!;
        ((int)office["children"]!).ShouldBe(2);
        ((int)office["adults"]!).ShouldBe(35);
    }

    [Fact]
    public async Task Kansas_Citys_announcement_names_its_six_partners()
    {
        var release = await Program.RunAsync(july.Folder, "release", "Operation Independence Day", "--office", "kansas city", "--format", "html",
            "--out", Path.Combine(july.Folder, "kc"), "--database", Path.Combine(july.Folder, ".homeward", "operation-independence-day.db"));
        release.Exit.ShouldBe(0, release.Said);
        var text = await File.ReadAllTextAsync(Directory.EnumerateFiles(Path.Combine(july.Folder, "kc"), "*.html").Single());
        foreach (var partner in new[]
        {
            "Kansas City Police Department", "Overland Park Police Department", "Wichita Police Department",
            "Sedgwick County Sheriff", "Branson Police Department", "Springfield Police Department",
        }) text.ShouldContain(partner);
        text.ShouldContain("EXERCISE");
    }

    [Fact]
    public void The_house_finds_most_children_itself()
    {
        var viaReview = (int)Tally["children"]!["viaReview"]!;
        viaReview.ShouldBeGreaterThanOrEqualTo(62);   // 60 % of the children
        ((int)Tally["sought"]!).ShouldBeGreaterThanOrEqualTo(309);
        ((int)Tally["stillMissing"]!).ShouldBe((int)Tally["sought"]! - 103);
    }

    [Fact]
    public void The_world_is_harder_than_exact_comparison()
    {
        var score = Tally["score"]!;
        ((double)score["exactBaselineRecall"]!).ShouldBeLessThanOrEqualTo(0.70);
        ((int)score["countedTwice"]!).ShouldBe(0);
        ((int)score["duties"]!["withoutEvidence"]!).ShouldBe(0);
        ((int)score["duties"]!["due"]!).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Both_databases_give_the_same_line() =>
        Program.Comparable(july.OnPostgres.Line, withScore: true).ShouldBe(Program.Comparable(july.OnSqlite.Line, withScore: true));

    [Fact]
    public void A_plain_recount_of_what_the_field_sent_agrees()
    {
        var plain = PlainRecount.Of(july.Recorded, new DateOnly(2019, 7, 1), new DateOnly(2019, 7, 31));
        plain.Recovered.ShouldBe(82);
        plain.Identified.ShouldBe(21);
        plain.TraffickersArrested.ShouldBe(67);
        plain.InvestigationsOpened.ShouldBe(60);
        plain.AdultsIdentified.ShouldBe((int)Tally["adultsIdentified"]!);
    }

    [Fact]
    public void Outsiders_sent_what_a_nation_sends()
    {
        var reports = Directory.EnumerateFiles(Path.Combine(july.Recorded, "raw", "reports"), "*", SearchOption.AllDirectories).ToList();
        reports.Count.ShouldBeGreaterThanOrEqualTo(20_000);
        var xml = reports.Count(path => path.EndsWith(".xml", StringComparison.Ordinal));
        xml.ShouldBeInRange((int)(reports.Count * 0.45), (int)(reports.Count * 0.55));
        File.ReadLines(Path.Combine(july.Recorded, "raw", "missing", "entries.jsonl")).Count().ShouldBeGreaterThanOrEqualTo(5_000);
        Directory.Exists(Path.Combine(july.Recorded, "truth")).ShouldBeFalse();
    }

    [Fact]
    public async Task The_trace_holds()
    {
        var verdict = await Program.RunAsync(july.Folder, "audit", "verify", "--database",
            Path.Combine(july.Folder, ".homeward", "operation-independence-day.db"));
        verdict.Exit.ShouldBe(0, verdict.Said);
        ((long)verdict.Line["entries"]!).ShouldBeGreaterThan(1000);
    }
}
