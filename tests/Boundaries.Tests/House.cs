using System.Reflection;
using System.Text.RegularExpressions;
using Homeward.Foundations;
using Homeward.Web;

namespace Homeward.Boundaries.Tests;

/// <summary>One stage as the rules see it: its place in the line, its types, and the names that it hands over.</summary>
internal sealed record StagePart(string Name, IReadOnlyList<Type> Types, IReadOnlySet<string> HandedOver);

/// <summary>The house as it stands: one ordered list of stages, one assembly each, the sources beside it.</summary>
internal static partial class House
{
    public static string Root { get; } = Path.GetFullPath(
        typeof(House).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "Root").Value!);

    public static Assembly Foundations => typeof(HouseStage).Assembly;
    public static Assembly Kernel => typeof(Homeward.Kernel.PartialDate).Assembly;
    public static Assembly Scenario => Assembly.Load("Homeward.Scenario");

    public static IReadOnlyList<StagePart> Stages { get; } = [.. Line.Stages.Select(stage =>
    {
        var assembly = stage.GetType().Assembly;
        var name = assembly.GetName().Name!["Homeward.".Length..];
        return new StagePart(name, TypesOf(assembly), HandoverOf(Path.Combine(Root, "src/stages", name, "Handover.cs")));
    })];

    /// <summary>Top-level types; what the compiler makes for itself belongs to them or to nobody.</summary>
    public static IReadOnlyList<Type> TypesOf(Assembly assembly) =>
        [.. assembly.GetTypes().Where(type => type.DeclaringType is null && !type.Name.StartsWith('<') && type.Namespace?.StartsWith("Homeward.", StringComparison.Ordinal) == true)];

    /// <summary>The types that a handover declares, by name.</summary>
    public static IReadOnlySet<string> HandoverOf(string path) =>
        Declaration().Matches(File.ReadAllText(path)).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);

    public static IEnumerable<string> Sources(params string[] patterns) =>
        patterns.SelectMany(pattern => Directory.EnumerateFiles(Path.Combine(Root, "src"), pattern, SearchOption.AllDirectories))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
                && !path.Contains("/node_modules/", StringComparison.Ordinal));

    [GeneratedRegex(@"^public (?:\w+ )*?(?:record struct|record|class|interface|enum|struct) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
