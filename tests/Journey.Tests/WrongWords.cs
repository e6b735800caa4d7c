namespace Homeward.Journey.Tests;

/// <summary>What is asked for in a way that could be guessed at is refused, and says how to ask.</summary>
public sealed class WrongWords : IDisposable
{
    private readonly Scratch _scratch = new();

    [Theory]
    [InlineData("08/06/2019")]   // June to some, August to others
    [InlineData("12:00")]
    [InlineData("6 August 2019")]
    public async Task An_instant_is_written_as_ISO_8601(string asOf)
    {
        var ran = await Program.RunAsync(_scratch.Path, "tally", "Anything", "--as-of", asOf);
        (ran.Exit, (string)ran.Line["error"]!["code"]!).ShouldBe((2, "as-of"));
    }

    /// <summary>They are understood: what is wrong is that there is no database.</summary>
    [Theory]
    [InlineData("2019-08-06")]
    [InlineData("9999-12-31")]
    [InlineData("2019-08-06T12:00:00")]
    [InlineData("2019-08-06T12:00Z")]
    [InlineData("2019-08-06T12:00:00.5Z")]
    [InlineData("2019-08-06T12:00:00-05:00")]
    public async Task A_day_and_an_instant_are_understood(string asOf)
    {
        var ran = await Program.RunAsync(_scratch.Path, "tally", "Anything", "--as-of", asOf);
        ran.Exit.ShouldBe(2);
        ((string)ran.Line["error"]!["code"]!).ShouldNotBe("as-of");
    }

    /// <summary>Nobody is let in by a word that was mistyped, and no database is made for it.</summary>
    [Theory]
    [InlineData("A. Name", "--role", "boss", "One of: analyst, supervisor")]
    [InlineData("A. Name", "--role", "provider", "Nobody was invited")]
    [InlineData("A. Name", "--office", "Gotham", "known: Albany")]
    [InlineData("A. Name", "--address", "homeward.example.gov", "Write it as people open it")]
    [InlineData(" ", "--role", "analyst", "Write the person's name")]
    public async Task Who_is_invited_is_written_whole(string name, string option, string word, string mend)
    {
        var ran = await Program.RunAsync(_scratch.Path, "invite", name, option, word, "--database", "house.db");
        ran.Exit.ShouldBe(2);
        ((string)ran.Line["error"]!["mend"]!).ShouldContain(mend);
        File.Exists(_scratch.At("house.db")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("tally", "")]
    [InlineData("release", " ", "--out", "here")]
    public async Task An_empty_name_is_no_initiatives(params string[] words)
    {
        var ran = await Program.RunAsync(_scratch.Path, words);
        ran.Exit.ShouldBe(2);
        ran.Line["error"]!["faults"]!.ToJsonString().ShouldContain("INITIATIVE is empty");
    }

    [Theory]
    [InlineData("1999-05-01", "1999-05-05")]
    [InlineData("9999-12-20", "9999-12-31")]
    public async Task Days_that_cannot_be_reckoned_with_are_a_fault_of_the_file(string from, string to)
    {
        var file = _scratch.Write("far.json", $$"""{"name":"Far","from":"{{from}}","to":"{{to}}","children":{"recovered":1} }""");
        var ran = await Program.RunAsync(_scratch.Path, "demo", "--exit", "--initiative", file);
        ran.Exit.ShouldBe(2, ran.Said);
        ran.Line["error"]!["faults"]!.AsArray().Count.ShouldBe(2);
    }

    public void Dispose() => _scratch.Dispose();
}
