using System.Text;
using Sylvan.Data.Csv;

namespace Homeward.Exchange.Lines;

/// <summary>A CSV file as its rows in their own text: each is kept, judged and mended alone.</summary>
public static class CsvRows
{
    /// <summary>Longest row, in characters: behind a quote that nobody closed all that follows would be one.</summary>
    private const int RowCharsMax = 64 * 1024;
    internal const int RecordCharsMax = 1024 * 1024;

    /// <summary>Longest line, in characters: what has no line feed at all would be held whole.</summary>
    public const int LineCharsMax = RecordCharsMax;

    /// <summary>
    /// The rows, the header among them, each without its end and with its first line's number, from 1; null in place of one with a line that
    /// is too long. Empty ones are passed over.
    /// </summary>
    /// <exception cref="DecoderFallbackException">The bytes are not UTF-8: of a name nothing is guessed.</exception>
    public static IEnumerable<(int Line, string? Text)> Of(Stream stream)
    {
        using var text = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var lines = new BoundedLines(text, LineCharsMax);
        var (number, row) = (0, new StringBuilder());
        while (lines.TryRead(out var line))
        {
            var (first, isWhole) = (++number, line is not null);
            var isOpen = IsOdd(line);
            row.Append(line);
            while (isOpen && row.Length < RowCharsMax && lines.TryRead(out var more))
            {
                number++;
                isWhole &= more is not null;
                isOpen ^= IsOdd(more);
                row.Append('\n').Append(more);
            }
            if (!isWhole) yield return (first, null);
            else if (row.Length > 0) yield return (first, row.ToString());
            row.Clear();
        }
    }

    /// <returns>The cells of a row; null when it is not well-formed.</returns>
    public static string[]? Cells(string row)
    {
        using var text = new StringReader(row);
        try
        {
            using var csv = CsvDataReader.Create(text, Options);
            return csv.Read() ? Cells(csv) : [];
        }
        catch (Exception fault) when (IsBroken(fault))
        {
            return null;
        }
    }

    /// <summary>The header is read as a row, so that a wrong one is a rejection and no exception.</summary>
    internal static CsvDataReaderOptions Options => new()
    {
        HasHeaders = false,
        Delimiter = ',',
        CsvStyle = CsvStyle.Standard,
        // Else a row that begins with # would be passed over in silence.
        Comment = '\0',
        MaxBufferSize = RecordCharsMax,
        OwnsReader = false,
    };

    internal static bool IsBroken(Exception fault) => fault is FormatException or CsvFormatException or InvalidDataException or NotSupportedException;

    internal static string[] Cells(CsvDataReader csv)
    {
        var cells = new string[csv.RowFieldCount];
        for (var i = 0; i < cells.Length; i++) cells[i] = csv.GetString(i);
        return cells;
    }

    internal static string Quoted(string? cell) => cell is null ? ""
        : cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : cell;

    /// <summary>Whether a quote is opened and not closed, or closed and not opened.</summary>
    private static bool IsOdd(string? line) => line.AsSpan().Count('"') % 2 == 1;
}
