using System.Globalization;

namespace Homeward.Exchange.CyberTips;

/// <summary>Paths as strings, made once: a million reports have a few hundred different paths.</summary>
/// <remarks>One for each thread. Bounded, because the ordinals in paths come from outside.</remarks>
internal sealed class PathCache
{
    private const int PathsMax = 8192;
    private readonly Dictionary<(string Parent, string Name, int Ordinal), string> _paths = [];

    [ThreadStatic]
    private static PathCache? _mine;
    public static PathCache Mine => _mine ??= new();

    /// <summary>XPath of a child element; ordinal 0 where the form allows only one.</summary>
    public string Element(string parent, string name, int ordinal) => Of(parent, name, ordinal);

    /// <summary>JSON pointer of a member.</summary>
    public string Member(string parent, string name) => Of(parent, name, 0);

    /// <summary>JSON pointer of an array's item, from 0.</summary>
    public string Item(string parent, int index) => Of(parent, "", index + 1);

    private string Of(string parent, string name, int ordinal)
    {
        if (_paths.TryGetValue((parent, name, ordinal), out var path)) return path;
        path = name.Length == 0 ? string.Create(CultureInfo.InvariantCulture, $"{parent}/{ordinal - 1}")
            : ordinal == 0 ? $"{parent}/{name}"
            : string.Create(CultureInfo.InvariantCulture, $"{parent}/{name}[{ordinal}]");
        if (_paths.Count == PathsMax) _paths.Clear();
        _paths[(parent, name, ordinal)] = path;
        return path;
    }
}
