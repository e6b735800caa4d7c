namespace Homeward.Linkage.Tests;

/// <summary>The ten lines of the README are these, and they do what they say.</summary>
public sealed class ReadmeTests
{
    private static List<string> TenLines()
    {
        var said = new List<string>();
        void Print(string line) => said.Add(line);

        // <ten-lines>
        var ours = new[] { ("1", "Renata", "Solberg", "2003-04-03"), ("2", "Oda", "Ruiz", "1999-01-01"), ("3", "Elizabeth", "Kowalczyk", "2004") };
        var theirs = new[] { ("a", "Solberg", "Renata", "2003-03-04"), ("b", "Liz", "Kowalczyk", "2004-11-19"), ("c", "Ted", "Ng", "1988-02-02") };

        LinkRecord Record((string Id, string Given, string Family, string Born) row) => new LinkRecord(row.Id)
            .With(PersonSchema.GivenName, row.Given).With(PersonSchema.FamilyName, row.Family).With(PersonSchema.Born, row.Born);

        var linked = Linker.Link(ours.Select(Record), theirs.Select(Record), PersonSchema.Settings with { Threshold = 0.5 });
        foreach (var (left, right, why) in linked.Pairs)
            Print($"{left.Id} is {right.Id}, {WaterfallChart.Chance(why.Probability)}: {why.Summary()}");
        // </ten-lines>
        return said;
    }

    [Fact]
    public void The_ten_lines_link_two_lists()
    {
        var said = TenLines();
        said.Count.ShouldBe(2);
        said.ShouldContain(line => line.StartsWith("1 is a, ", StringComparison.Ordinal) && line.Contains("day and month swapped: 2003-04-03 / 2003-03-04", StringComparison.Ordinal)
            && line.Contains("given and family name swapped", StringComparison.Ordinal));
        said.ShouldContain(line => line.StartsWith("3 is b, ", StringComparison.Ordinal) && line.Contains("short forms of one given name: Elizabeth / Liz", StringComparison.Ordinal));
    }

    [Fact]
    public void The_readme_shows_the_lines_that_are_compiled_here()
    {
        var source = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Readme", "ReadmeTests.cs"));
        var start = source.IndexOf("// <ten-lines>", StringComparison.Ordinal) + "// <ten-lines>".Length;
        var lines = source[start..source.IndexOf("// </ten-lines>", StringComparison.Ordinal)].Split('\n')
            .Select(line => line.StartsWith("        ", StringComparison.Ordinal) ? line[8..].TrimEnd() : line.Trim()).ToList();
        lines.Count(line => line.Length > 0).ShouldBeLessThanOrEqualTo(10);
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Readme", "README.md")).ReplaceLineEndings("\n")
            .ShouldContain(string.Join('\n', lines).Trim('\n').Replace("Print(", "Console.WriteLine(", StringComparison.Ordinal));
    }

    [Fact]
    public void A_list_is_deduped_with_settings_proposed_and_with_sets_of_aliases()
    {
        var records = Enumerable.Range(0, 300).SelectMany(i => (LinkRecord[])
            [Of($"{i}a", i), Of($"{i}b", i)]).ToList();
        var linked = Linker.Dedupe(records);
        linked.Clusters.Count.ShouldBe(300);
        linked.Settings.LearntFrom.ShouldNotBeNull();
        Linker.Dedupe(records, linked.Settings).Clusters.Count.ShouldBe(300);

        var known = new LinkRecord("x").With(PersonSchema.GivenName, "Ana").With(PersonSchema.FamilyName, "Lopez").With(PersonSchema.Alias, ["Mia Cruz", "Rena"]).With(PersonSchema.Born, "2004-05-06");
        var asked = new LinkRecord("y").With(PersonSchema.GivenName, "Mia").With(PersonSchema.FamilyName, "Cruz").With(PersonSchema.Born, "2004-05-06");
        Linker.Link([known], [asked], PersonSchema.Settings with { Threshold = 0.2 }).Pairs.Single().Explanation.For
            .ShouldContain(bar => bar.Level == "an alias is the whole name of the other");

        static LinkRecord Of(string id, int i) => new LinkRecord(id).With("surname", $"Name{i * 7919 % 300}").With("town", $"Town{i % 37}").With("number", $"{100000 + (i * 31)}");
    }
}
