using System.Globalization;
using System.Runtime.CompilerServices;

namespace Homeward.Exchange.CyberTips;

/// <summary>Paths as strings, made once: a million reports have a few hundred different paths.</summary>
/// <remarks>
/// One for each thread. Bounded, because the ordinals in paths come from outside. Looked up by reference: parents come
/// from this cache, names from a name table or the program, and hashing their characters was a tenth of all reading.
/// The same name as another object only makes a second entry.
/// </remarks>
internal sealed class PathCache
{
    private const int PathsMax = 8192;
    private readonly Dictionary<Key, string> _paths = [];

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
        var key = new Key(parent, name, ordinal);
        if (_paths.TryGetValue(key, out var path)) return path;
        path = name.Length == 0 ? string.Create(CultureInfo.InvariantCulture, $"{parent}/{ordinal - 1}")
            : ordinal == 0 ? $"{parent}/{name}"
            : string.Create(CultureInfo.InvariantCulture, $"{parent}/{name}[{ordinal}]");
        if (_paths.Count == PathsMax) _paths.Clear();
        _paths[key] = path;
        return path;
    }

    private readonly struct Key(string parent, string name, int ordinal) : IEquatable<Key>
    {
        private readonly string _parent = parent;
        private readonly string _name = name;
        private readonly int _ordinal = ordinal;

        public bool Equals(Key other) => ReferenceEquals(_parent, other._parent)
            && ReferenceEquals(_name, other._name) && _ordinal == other._ordinal;
        public override bool Equals(object? obj) => obj is Key other && Equals(other);
        public override int GetHashCode() =>
            (((RuntimeHelpers.GetHashCode(_parent) * 31) + RuntimeHelpers.GetHashCode(_name)) * 31) + _ordinal;
    }
}
