using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Homeward.Exchange.Lines;

/// <summary>A file of one JSON object a line, and how its objects become records and back.</summary>
/// <remarks>Reading is streaming; a bad line is rejected with all its faults and the next is read. Blank lines are passed over.</remarks>
public sealed class JsonLineFormat<T> where T : class
{
    private static readonly JsonDocumentOptions ReadOptions = new() { MaxDepth = 16, AllowDuplicateProperties = false };
    private static readonly JsonWriterOptions WriteOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly Func<JsonRow, T> _read;
    private readonly Action<Utf8JsonWriter, T> _write;

    internal JsonLineFormat(Func<JsonRow, T> read, Action<Utf8JsonWriter, T> write) => (_read, _write) = (read, write);

    /// <summary>Reads record after record; lines are counted from 1.</summary>
    /// <exception cref="IOException">The stream broke: not the content's fault.</exception>
    public IEnumerable<ReadRow<T>> Read(Stream stream)
    {
        var number = 0;
        foreach (var line in LineSplitter.Lines(stream))
        {
            number++;
            if (line is null)
                yield return new(number, Parsed<T>.Rejected(new Rejection(number, 0, "",
                    $"longer than {LineSplitter.LineBytesMax} bytes", "write one record a line")));
            else if (line.Value.Span.ContainsAnyExcept(" \t\r"u8)) yield return new(number, ReadLine(line.Value, number));
        }
    }

    /// <summary>Reads one line.</summary>
    /// <param name="line">UTF-8, without the line's end.</param>
    /// <param name="number">Its number in the file, for the rejection.</param>
    public Parsed<T> ReadLine(ReadOnlyMemory<byte> line, int number = 1)
    {
        if (!Utf8.IsValid(line.Span)) return Refused(number, 0, "the bytes are not UTF-8", "send UTF-8");
        try
        {
            using var json = JsonDocument.Parse(line, ReadOptions);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                return Refused(number, 1, "not an object", "write one object a line");
            var fields = new Fields(number);
            var record = _read(new JsonRow(json.RootElement, "", fields));
            return fields.Faults.Count == 0 ? Parsed<T>.Taken(record, JsonUnread.Of(json.RootElement, fields)) : Parsed<T>.Rejected(fields.Faults);
        }
        catch (JsonException fault)
        {
            return Refused(number, (int)(fault.BytePositionInLine ?? 0) + 1,
                "not well-formed JSON, nested too deep, or a key given twice", "write one whole object a line");
        }
        catch (InvalidOperationException)
        {
            return Refused(number, 0, "a text holds half of a character", "write whole characters");
        }
    }

    /// <inheritdoc cref="ReadLine(ReadOnlyMemory{byte}, int)"/>
    public Parsed<T> ReadLine(string line, int number = 1) => ReadLine(Encoding.UTF8.GetBytes(line), number);

    /// <summary>The record as one line, without the line's end.</summary>
    public string Line(T record)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        WriteTo(record, buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes the records, a line each.</summary>
    public void Write(IEnumerable<T> records, Stream stream)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        foreach (var record in records)
        {
            buffer.ResetWrittenCount();
            WriteTo(record, buffer);
            buffer.Write("\n"u8);
            stream.Write(buffer.WrittenSpan);
        }
    }

    private void WriteTo(T record, IBufferWriter<byte> buffer)
    {
        using var json = new Utf8JsonWriter(buffer, WriteOptions);
        json.WriteStartObject();
        _write(json, record);
        json.WriteEndObject();
    }

    private static Parsed<T> Refused(int line, int column, string reason, string mend) =>
        Parsed<T>.Rejected(new Rejection(line, column, "", reason, mend));
}
