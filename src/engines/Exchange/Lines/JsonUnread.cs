using System.Text.Json;

namespace Homeward.Exchange.Lines;

/// <summary>What stands in a line under keys that its reader never asked for: a sender's feed grows new ones, and none may vanish untold.</summary>
internal static class JsonUnread
{
    private const int ToldMax = 50;
    private const int NameCharsMax = 100;

    /// <returns>Each name once, a list's items as one: <c>names[].nick</c>. Null states nothing and is not told.</returns>
    public static IReadOnlyList<string> Of(JsonElement line, Fields fields)
    {
        List<string>? unread = null;
        Walk(line, "", "");
        return unread ?? [];

        void Walk(JsonElement at, string path, string name)
        {
            if (at.ValueKind == JsonValueKind.Array)
            {
                var index = 0;
                foreach (var item in at.EnumerateArray()) Walk(item, $"{path}[{index++}]", $"{name}[]");
            }
            if (at.ValueKind != JsonValueKind.Object) return;
            foreach (var member in at.EnumerateObject())
            {
                if (fields.Asked.Contains(Below(path, member.Name))) Walk(member.Value, Below(path, member.Name), Below(name, member.Name));
                else if (member.Value.ValueKind != JsonValueKind.Null) Tell(Below(name, member.Name));
            }
        }

        void Tell(string name)
        {
            if (name.Length > NameCharsMax) name = name[..NameCharsMax];
            if ((unread ??= []).Count < ToldMax && !unread.Contains(name)) unread.Add(name);
        }
    }

    private static string Below(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
