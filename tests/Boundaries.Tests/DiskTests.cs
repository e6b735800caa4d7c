using System.Text.RegularExpressions;

namespace Homeward.Boundaries.Tests;

/// <summary>What the house writes into files of its own goes by one way (<c>Disk</c>): there it is synced, and there tests cut the power.</summary>
public sealed partial class DiskTests
{
    /// <summary>Who writes past it, and why that promises nothing.</summary>
    private static readonly Dictionary<string, string> _others = new(StringComparer.Ordinal)
    {
        ["src/foundations/Storage/Disk.cs"] = "it is the way",
        ["src/foundations/Storage/HardLink.cs"] = "what Disk uses where the system has no links",
        ["src/foundations/Audit/VerifyStoredTrace.cs"] = "a copy of the trace for the length of a check, and nothing rests on it",
        ["src/stages/Intake/Packages/BlindFile.cs"] = "gone when it is closed, and nobody can open what a killed process leaves",
    };

    [Fact]
    public void Foundations_and_stages_write_files_by_one_way() =>
        House.Sources("*.cs").Select(path => Path.GetRelativePath(House.Root, path))
            .Where(path => path.StartsWith("src/foundations/", StringComparison.Ordinal) || path.StartsWith("src/stages/", StringComparison.Ordinal))
            .Where(path => !_others.ContainsKey(path) && Writes().IsMatch(File.ReadAllText(Path.Combine(House.Root, path)))).ShouldBeEmpty();

    [Fact]
    public void Who_is_let_off_is_there_and_writes() =>
        _others.Keys.ShouldAllBe(path => Writes().IsMatch(File.ReadAllText(Path.Combine(House.Root, path))));

    [Theory]
    [InlineData("File.Move(a, b);", true), InlineData("await File.WriteAllTextAsync(a, b);", true), InlineData("using var file = new FileStream(a, FileMode.Open);", true)]
    [InlineData("disk.Move(a, b);", false), InlineData("File.ReadAllText(a);", false), InlineData("File.OpenRead(a);", false)]
    public void The_rule_sees_who_writes(string line, bool isSeen) => Writes().IsMatch(line).ShouldBe(isSeen);

    [GeneratedRegex(@"new FileStream\(|\bFile\.(?:Move|Copy|Create|Append|WriteAll|OpenWrite|Open\(|Delete|Replace)")]
    private static partial Regex Writes();
}
