using System.Text;
using System.Text.Json;
using Homeward.Exchange.Lines;
using Homeward.Intake;

namespace Homeward.Cli.Importing;

/// <summary>A <c>.json</c> file of a feed as its lines: one object, a list of objects, or an object a line after all.</summary>
internal static class JsonFile
{
    /// <summary>It is read whole; what is larger is written an object a line.</summary>
    private const int BytesMax = 64 * 1024 * 1024;

    /// <param name="notRead">Told of the file when it cannot be read: why, and how to mend it.</param>
    /// <param name="rejected">As in <see cref="FeedLines.OfLines"/>.</param>
    public static IEnumerable<RawLine> Lines(string path, string source, Action<string> notRead, Action<RefusedLine> rejected)
    {
        if (new FileInfo(path).Length > BytesMax)
        {
            notRead($"{path}: longer than {BytesMax / 1024 / 1024} MiB; write one object a line, and name it .jsonl");
            return [];
        }
        var bytes = File.ReadAllBytes(path);
        if (bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[Encoding.UTF8.Preamble.Length..];
        try
        {
            return Records(bytes, source);
        }
        catch (JsonException fault)
        {
            if (IsWhole(bytes.AsSpan(0, bytes.AsSpan().IndexOf((byte)'\n') is > 0 and var end ? end : 0))) return FeedLines.OfLines(path, source, rejected);
            notRead($"{path}: not well-formed JSON at line {(fault.LineNumber ?? 0) + 1}; write one object, a list of objects, or one object a line");
            return [];
        }
    }

    /// <exception cref="JsonException">It is no one JSON text.</exception>
    private static List<RawLine> Records(byte[] bytes, string source)
    {
        var records = new List<RawLine>();
        var json = new Utf8JsonReader(bytes);
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray) Take(ref json);
        else while (json.Read() && json.TokenType != JsonTokenType.EndArray) Take(ref json);
        // What follows the end is a fault, too.
        json.Read();
        return records;

        void Take(ref Utf8JsonReader json)
        {
            var start = (int)json.TokenStartIndex;
            json.Skip();
            records.Add(new RawLine(source, Encoding.UTF8.GetString(bytes.AsSpan(start, (int)json.BytesConsumed - start)), 1 + bytes.AsSpan(0, start).Count((byte)'\n')));
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> line)
    {
        try
        {
            var json = new Utf8JsonReader(line);
            return json.Read() && json.TokenType == JsonTokenType.StartObject && json.TrySkip() && !json.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
