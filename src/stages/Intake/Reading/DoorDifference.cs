using System.Text.Json;

namespace Homeward.Intake.Reading;

/// <summary>What one message under the number of a tip or referral says otherwise than another, field by field, those that nobody reads among them.</summary>
internal static class DoorDifference
{
    public static IReadOnlyList<ShowDoor.Change> Between(ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after)
    {
        var (old, now) = (Says(before), Says(after));
        return [.. old.Keys.Concat(now.Keys).Distinct().Where(field => old.GetValueOrDefault(field) != now.GetValueOrDefault(field))
            .Select(field => new ShowDoor.Change(field, old.GetValueOrDefault(field), now.GetValueOrDefault(field)))];
    }

    /// <summary>Whether a field is told in its sender's words: opened by itself (<see cref="ShowClaim"/>), and each time on record.</summary>
    public static bool IsFreeText(string field) => field is "claim" or "note";

    /// <returns>Its fields in their order: <c>child.given</c>, <c>child.phones[0]</c>. Null states nothing.</returns>
    public static IReadOnlyDictionary<string, string> Says(ReadOnlyMemory<byte> line)
    {
        var said = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        using var document = JsonDocument.Parse(line);
        Walk(document.RootElement, "");
        return said;

        void Walk(JsonElement at, string path)
        {
            switch (at.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var member in at.EnumerateObject()) Walk(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}");
                    break;
                case JsonValueKind.Array:
                    foreach (var (index, item) in at.EnumerateArray().Index()) Walk(item, $"{path}[{index}]");
                    break;
                case JsonValueKind.Null: break;
                default: said[path] = at.ToString(); break;
            }
        }
    }
}
