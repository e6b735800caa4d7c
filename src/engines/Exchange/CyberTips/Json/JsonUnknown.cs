using System.Text;
using System.Text.Json;

namespace Homeward.Exchange.CyberTips.Json;

/// <summary>What stands in the agency's JSON where the reader knows nothing of the kind: kept beside as it stands, and told.</summary>
/// <remarks>
/// A form without a public schema grows new keys, and has known ones at new places. Each is judged by its place
/// (<see cref="JsonShape"/>). A document in which all is known costs one quick pass.
/// </remarks>
internal static class JsonUnknown
{
    private const int ToldMax = 50;
    private const int KeptMax = 2_000;
    private const int KeyBytesMax = 64;

    /// <summary>One quick pass over a document: how many values and names it holds, and whether anything stands where it is not known.</summary>
    /// <exception cref="JsonException">It is not well-formed.</exception>
    public static (int Elements, bool IsAny) Scan(ReadOnlySpan<byte> document, int depthMax)
    {
        Span<char> key = stackalloc char[KeyBytesMax];
        // Of each depth the object that is open, and what may come next.
        var (open, next) = (new JsonShape?[depthMax + 1], new JsonShape?[depthMax + 1]);
        next[0] = JsonShape.Report;
        var (elements, isAny) = (0, false);
        var json = new Utf8JsonReader(document, new JsonReaderOptions { MaxDepth = depthMax });
        while (json.Read())
        {
            elements++;
            if (isAny) continue;
            var depth = json.CurrentDepth;
            switch (json.TokenType)
            {
                case JsonTokenType.PropertyName:
                    next[depth] = json.ValueSpan.Length > KeyBytesMax || json.ValueIsEscaped ? null : open[depth]!.Member(key[..Encoding.UTF8.GetChars(json.ValueSpan, key)]);
                    isAny = next[depth] is null;
                    break;
                case JsonTokenType.StartObject:
                    open[depth + 1] = next[depth];
                    isAny = next[depth]!.Members is null;
                    break;
                case JsonTokenType.StartArray:
                    next[depth + 1] = next[depth]!.Items;
                    isAny = next[depth + 1] is null;
                    break;
                case JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                    isAny = !next[depth]!.IsValue;
                    break;
            }
        }
        return (elements, isAny);
    }

    public static CyberTipReport Keep(JsonElement root, CyberTipReport report)
    {
        List<FreeText> texts = [.. report.Texts];
        List<Remark> remarks = [.. report.Remarks];
        var count = 0;
        Walk(root, JsonShape.Report, "");
        if (count > ToldMax) remarks.Add(new("", $"{count - ToldMax} more elements are not known here; kept beside"));
        return report with { Texts = texts, Remarks = remarks };

        void Walk(JsonElement at, JsonShape shape, string path)
        {
            switch (at.ValueKind)
            {
                // Null states nothing.
                case JsonValueKind.Null or JsonValueKind.Undefined:
                    break;
                case JsonValueKind.Array when shape.Items is { } items:
                    var index = 0;
                    foreach (var item in at.EnumerateArray()) Walk(item, items, $"{path}/{index++}");
                    break;
                case JsonValueKind.Object when shape.Members is not null:
                    foreach (var member in at.EnumerateObject())
                    {
                        var place = $"{path}/{member.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
                        if (shape.Member(member.Name) is { } known) Walk(member.Value, known, place);
                        else if (member.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)) Take(place, member.Value, "this element is not known here; kept beside");
                    }
                    break;
                case JsonValueKind.Array or JsonValueKind.Object:
                    Take(path, at, "another kind of value than is known here; kept beside");
                    break;
                default:
                    if (!shape.IsValue) Take(path, at, "another kind of value than is known here; kept beside");
                    break;
            }
        }

        void Take(string path, JsonElement value, string what)
        {
            // What is beyond the bound lies in the original alone.
            if (++count <= KeptMax) texts.Add(new FreeText(TextKind.Unread, value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText(), null, path));
            if (count <= ToldMax) remarks.Add(new Remark(path, what));
        }
    }
}
