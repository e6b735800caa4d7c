using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Homeward.Web.Api;

/// <summary>The summaries that stand over types in the source, as the compiler wrote them beside the program.</summary>
internal sealed partial class Docstrings
{
    private readonly Dictionary<string, Dictionary<string, string>> _known = new(StringComparer.Ordinal);

    /// <returns>The type's name in plain words where nothing was written beside the program.</returns>
    public string Of(Type type)
    {
        var assembly = type.Assembly.GetName().Name!;
        if (!_known.TryGetValue(assembly, out var summaries)) _known[assembly] = summaries = Read(Path.Combine(AppContext.BaseDirectory, assembly + ".xml"));
        return summaries.GetValueOrDefault("T:" + type.FullName!.Replace('+', '.')) ?? InWords(type.Name);
    }

    private static Dictionary<string, string> Read(string path) => !File.Exists(path) ? [] :
        XDocument.Load(path).Descendants("member").Where(member => member.Element("summary") is not null)
            .ToDictionary(member => member.Attribute("name")!.Value, member => Plain(member.Element("summary")!), StringComparer.Ordinal);

    /// <summary>What is referred to is named by its last word: <c>T:Homeward.Intake.OpenReport</c> is "open report".</summary>
    private static string Plain(XElement summary) => Blanks().Replace(string.Concat(summary.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "paramref" } see => InWords((see.Attribute("cref") ?? see.Attribute("name") ?? see.Attribute("langword"))?.Value.Split('(')[0].Split('.')[^1] ?? see.Value).ToLowerInvariant(),
        XElement other => other.Value,
        _ => "",
    })), " ").Trim();

    /// <summary><c>ReceiveReports</c> is "Receive reports".</summary>
    private static string InWords(string name) => Humps().Replace(name, found => " " + found.Value.ToLowerInvariant());

    [GeneratedRegex("(?<=[a-z])[A-Z]")]
    private static partial Regex Humps();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
