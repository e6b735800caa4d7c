namespace Homeward.Providers.Tests;

/// <summary>What the program says of a database and keys as it finds them, before it does anything with them.</summary>
public sealed class FirstLookTests
{
    [Theory]
    [InlineData("import", "reports", "inbox")]
    [InlineData("serve")]
    [InlineData("migrate")]
    public async Task A_file_that_is_no_database_is_told_and_left_as_it_is(params string[] words)
    {
        using var folder = new Scratch();
        Directory.CreateDirectory(folder.At("inbox"));
        await File.WriteAllTextAsync(folder.At("notes.txt"), "not a database");
        var (exit, said) = await CommandLine.RunAsync(folder, [.. words, "--database", folder.At("notes.txt"), "--json"]);
        (exit, said.Contains("database-unreadable", StringComparison.Ordinal)).ShouldBe((2, true), said);
        (await File.ReadAllTextAsync(folder.At("notes.txt"))).ShouldBe("not a database");
    }

    [Fact]
    public async Task An_empty_file_is_a_database_with_nothing_in_it()
    {
        using var folder = new Scratch();
        await File.WriteAllTextAsync(folder.At("house.db"), "");
        (await CommandLine.RunAsync(folder, "migrate", "--database", folder.At("house.db"), "--json")).Exit.ShouldBe(0);
    }

    [Fact]
    public async Task A_private_key_of_the_clearing_unit_beside_what_is_sealed_is_told_of_until_it_is_gone()
    {
        using var folder = new Scratch();
        var (database, key) = (folder.At("house.db"), folder.At("house.keys", "holder", "clearing-unit-private.pem"));
        Directory.CreateDirectory(Path.GetDirectoryName(key)!);
        await File.WriteAllTextAsync(key, "a key");
        var (exit, said) = await CommandLine.RunAsync(folder, "doctor", "--database", database, "--json");
        (exit, said.Contains("clearing-unit-private.pem", StringComparison.Ordinal)).ShouldBe((0, true), said);
        File.Delete(key);
        (await CommandLine.RunAsync(folder, "doctor", "--database", database, "--json")).Said.ShouldNotContain("clearing-unit-private.pem");
    }
}
