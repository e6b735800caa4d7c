using System.Text.Json;
using System.Text.Unicode;
using Homeward.Kernel;

namespace Homeward.Exchange.Initiatives;

/// <summary>Reads an initiative file, strictly: a slip in it would become a published figure.</summary>
/// <remarks>Unknown keys, keys given twice and sums that do not meet are faults; all faults come at once.</remarks>
public static class InitiativeFile
{
    /// <summary>Largest file, in bytes.</summary>
    public const int BytesMax = 4 * 1024 * 1024;

    /// <summary>Reads the file.</summary>
    /// <param name="document">UTF-8, with or without mark.</param>
    /// <param name="offices">Who knows offices and agencies.</param>
    /// <param name="plan">The plan; null when there are faults.</param>
    /// <returns>The faults, in the order of the file; empty when it is good.</returns>
    public static IReadOnlyList<InitiativeFault> Read(ReadOnlyMemory<byte> document, IOfficeNames offices, out InitiativePlan? plan)
    {
        plan = null;
        document = WithoutMark(document);
        if (document.Length > BytesMax) return [new("file", "", $"larger than {BytesMax} bytes", "one file holds one initiative")];
        if (!Utf8.IsValid(document.Span)) return [new("file", "", "the bytes are not UTF-8", "save it as UTF-8")];
        try
        {
            using var json = JsonDocument.Parse(document, new JsonDocumentOptions { MaxDepth = 16 });
            var reading = new InitiativeReading(offices);
            var read = reading.Plan(json.RootElement);
            Ensure.That(read is not null || reading.Faults.Count > 0);
            if (reading.Faults.Count == 0) plan = read;
            return reading.Faults;
        }
        catch (JsonException fault)
        {
            return [new("file", "", $"not well-formed JSON at line {(fault.LineNumber ?? 0) + 1}, "
                + $"column {(fault.BytePositionInLine ?? 0) + 1}", "mend the JSON there")];
        }
    }

    /// <summary>The file without the byte-order mark that some editors put before it.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> document) =>
        document.Span.StartsWith("\uFEFF"u8) ? document[3..] : document;
}
