using System.Text.Json;

namespace Homeward.Exchange.CyberTips.Json;

/// <summary>Why a document is not taken, and where: the parser says of a key given twice no place, and of nothing which of its rules was broken.</summary>
internal static class JsonFaults
{
    /// <param name="fault">Its message quotes text around the fault, so that only its place is used.</param>
    public static (string Reason, (int Line, int Column) At) Of(ReadOnlySpan<byte> document, int depthMax, JsonException fault)
    {
        var json = new Utf8JsonReader(document, new JsonReaderOptions { MaxDepth = depthMax + 1 });
        var open = new Stack<HashSet<string>>();
        try
        {
            while (json.Read())
            {
                if (json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    open.Push(new(StringComparer.Ordinal));
                    if (open.Count > depthMax) return ($"nested deeper than {depthMax} levels", Place(document, json.TokenStartIndex));
                }
                else if (json.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray) open.Pop();
                else if (json.TokenType == JsonTokenType.PropertyName && !open.Peek().Add(json.GetString()!))
                    return ("a key is given twice, and which of the two holds nobody can tell", Place(document, json.TokenStartIndex));
            }
        }
        catch (JsonException broken)
        {
            fault = broken;
        }
        catch (InvalidOperationException)
        {
            // A key that holds half of a character: its own fault stands first.
        }
        return ("not well-formed JSON", ((int)(fault.LineNumber ?? 0) + 1, (int)(fault.BytePositionInLine ?? 0) + 1));
    }

    private static (int Line, int Column) Place(ReadOnlySpan<byte> document, long at)
    {
        var before = document[..(int)at];
        return (before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'));
    }
}
