using System.Collections.Frozen;
using System.Text;

namespace Homeward.Exchange.Lines;

/// <summary>An enumeration as files spell it: <c>ChildFound</c> is <c>child-found</c>.</summary>
internal static class Words<T> where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Written = Enum.GetValues<T>().ToFrozenDictionary(value => value, Spell);
    private static readonly FrozenDictionary<string, T> Read = Written.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>All words, for the answer to a wrong one.</summary>
    public static string Known { get; } = string.Join(", ", Enum.GetValues<T>().Select(Spell));

    public static bool TryRead(string text, out T value) => Read.TryGetValue(text, out value);
    public static string Of(T value) => Written[value];

    private static string Spell(T value)
    {
        var name = value.ToString();
        var spelled = new StringBuilder(name.Length + 2);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && spelled.Length > 0) spelled.Append('-');
            spelled.Append(char.ToLowerInvariant(c));
        }
        return spelled.ToString();
    }
}
