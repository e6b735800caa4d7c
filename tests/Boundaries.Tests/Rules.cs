using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Homeward.Boundaries.Tests;

/// <summary>The rules themselves. Each answers with its offenders by name, so that a planted one can be expected by name.</summary>
internal static class Rules
{
    /// <summary>A stage uses only what earlier stages hand over, and nothing of later ones.</summary>
    public static IEnumerable<string> StageReadsHandoversOfEarlierStages(StagePart stage, IReadOnlyList<StagePart> line)
    {
        var place = line.ToList().IndexOf(stage);
        var owners = line.SelectMany((part, index) => part.Types.Select(type => (type, part, index)))
            .ToDictionary(one => one.type, one => (one.part, one.index));
        return from type in stage.Types
               from used in TypeUses.Of(type)
               where owners.ContainsKey(used)
               let owner = owners[used]
               where owner.part != stage
               where owner.index > place || !owner.part.HandedOver.Contains(Regex.Replace(used.Name, "`.*", ""))
               select $"{type.FullName} uses {used.FullName}";
    }

    /// <summary>None of the subjects uses a type that is forbidden to them.</summary>
    public static IEnumerable<string> UseNone(IEnumerable<Type> subjects, Func<Type, bool> isForbidden) =>
        from type in subjects from used in TypeUses.Of(type) where isForbidden(used) select $"{type.FullName} uses {used.FullName}";

    /// <summary>Project references follow the line: engines, foundations, stages in order, hosts.</summary>
    /// <param name="projects">Name and text of each project file.</param>
    public static IEnumerable<string> ProjectReferences(IReadOnlyDictionary<string, string> projects, IReadOnlyList<string> stages)
    {
        foreach (var (name, text) in projects)
        {
            foreach (var target in XDocument.Parse(text).Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'))))
            {
                if (Place(target) >= Place(name) && !(IsHost(name) && IsHost(target))) yield return $"{name} refers to {target}";
                else if (name == "Foundations" && target != "Kernel") yield return $"{name} refers to {target}";
            }
        }
        bool IsHost(string name) => Place(name) == int.MaxValue;
        int Place(string name) => name switch
        {
            "Kernel" => 0,
            "Linkage" or "Exchange" => 1,
            "Foundations" => 2,
            _ => stages.ToList().IndexOf(name) is >= 0 and var place ? 3 + place : int.MaxValue,
        };
    }

    /// <summary>Each word that may not stand in a source, with where it stands. Comments count: nobody copies from them.</summary>
    public static IEnumerable<string> BannedWords(string path, string text)
    {
        (string Pattern, string Instead)[] banned =
        [
            (@"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b", "the TimeProvider that was handed in"),
            (@"\bGuid\.NewGuid\b|\bGuid\.CreateVersion7\(\)", "IIdSource"),
            (@"\bRandom\.Shared\b|\bnew Random\(\)", "a seed"),
            (@"\bThread\.Sleep\b", "the clock"),
            (@"\b(TODO|FIXME|HACK)\b", "an issue"),
            (@"#pragma warning disable RS0030|NoWarn>[^<]*RS0030", "the rule that it silences"),
        ];
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            foreach (var (pattern, instead) in banned)
                if (Regex.Match(line, pattern) is { Success: true } match) yield return $"{path}:{number} {match.Value}: use {instead}";
        }
    }

    /// <summary>Table and house agree: no row that nothing names, no use case and no page that has no row.</summary>
    public static IEnumerable<string> TableAndHouse(IEnumerable<string> table, IEnumerable<string> named)
    {
        var (rows, names) = (table.ToHashSet(StringComparer.Ordinal), named.ToHashSet(StringComparer.Ordinal));
        return rows.Except(names).Select(action => $"{action} has a row and nothing names it")
            .Concat(names.Except(rows).Select(action => $"{action} is named and has no row"));
    }

    /// <summary>Folders, list and solution name the same stages, and each has its whole cast.</summary>
    public static IEnumerable<string> StagesOnDisk(string stagesFolder, IReadOnlyCollection<string> listed, string solution)
    {
        var folders = Directory.GetDirectories(stagesFolder).Select(Path.GetFileName).ToHashSet(StringComparer.Ordinal);
        foreach (var stage in folders.Union(listed).Select(name => name!).Order(StringComparer.Ordinal))
        {
            if (!folders.Contains(stage)) yield return $"{stage} is in the list and not on disk";
            if (!listed.Contains(stage)) yield return $"{stage} is on disk and not in the list";
            if (!solution.Contains($"src/stages/{stage}/{stage}.csproj", StringComparison.Ordinal)) yield return $"{stage} is not in the solution";
            foreach (var file in new[] { "README.md", $"{stage}Stage.cs", "Handover.cs" })
                if (!File.Exists(Path.Combine(stagesFolder, stage, file))) yield return $"{stage} has no {file}";
        }
    }
}
