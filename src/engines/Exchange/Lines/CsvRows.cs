using System.Text;
using Sylvan.Data.Csv;

namespace Homeward.Exchange.Lines;

/// <summary>A CSV file as its rows in their own text: each is kept, judged and mended alone.</summary>
/// <remarks>
/// RFC 4180: a quote opens a quoted cell at the cell's start and is a character like others elsewhere (<c>SC 2" L ARM</c>).
/// Where an opened one is not closed, its line is a row by itself, which is then rejected for it, and the next line is read
/// as if nothing were open: whatever stands in the file, each of its lines is of one row.
/// </remarks>
public static class CsvRows
{
    /// <summary>Longest row of several lines, in characters: behind a quote that nobody closed all that follows would be one.</summary>
    private const int RowCharsMax = 64 * 1024;
    internal const int RecordCharsMax = 1024 * 1024;

    /// <summary>Prose has this many commas in a line now and then: where rows have no more, a line inside quotes is not known to be a row.</summary>
    private const int ProseCommasMax = 3;

    private enum Quoting { Closed, Open, Broken }

    /// <summary>The rows, the header first, each without its end and with its first line's number, from 1. Empty lines are passed over.</summary>
    /// <returns>Null in place of a line that is longer than <see cref="RecordCharsMax"/> characters.</returns>
    /// <exception cref="DecoderFallbackException">The bytes are not UTF-8: of a name nothing is guessed.</exception>
    public static IEnumerable<(int Line, string? Text)> Of(Stream stream)
    {
        using var text = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var lines = new TextLines(text, RecordCharsMax);
        var ahead = new LinkedList<string?>();
        var (number, header) = (1, (string?)null);
        var cells = 0;
        while (After(null) is { } first)
        {
            var (row, more) = first.Value is { } begun ? RowFrom(first, begun) : (null, 0);
            if (row is not "")
            {
                if (header is null) (header, cells) = (row ?? "", row is null ? 0 : Cells(row)?.Length ?? 0);
                yield return (number, row);
            }
            for (var taken = 0; taken <= more; taken++, number++) ahead.RemoveFirst();
        }

        // The line after one that was read ahead; the first of those that are not yet given, after none.
        LinkedListNode<string?>? After(LinkedListNode<string?>? line)
        {
            if ((line is null ? ahead.First : line.Next) is { } known) return known;
            return lines.TryRead(out var read) ? ahead.AddLast(read) : null;
        }

        // The row that a line begins, and how many more lines it has.
        (string Row, int More) RowFrom(LinkedListNode<string?> first, string begun)
        {
            if (Ends(begun, isQuoted: false) != Quoting.Open) return (begun, 0);
            var (row, more) = (new StringBuilder(begun), 0);
            var commas = header is null ? 0 : cells - 1;
            for (var line = After(first); line?.Value is { } next && row.Length + next.Length < RowCharsMax; line = After(line))
            {
                more++;
                row.Append('\n').Append(next);
                // Two lines that each have the commas of a whole row are two rows, whatever stands in the first.
                if (commas > ProseCommasMax && begun.AsSpan().Count(',') >= commas && next.AsSpan().Count(',') >= commas) break;
                var ends = Ends(next, isQuoted: true);
                if (ends == Quoting.Broken) break;
                if (ends == Quoting.Open) continue;
                var whole = row.ToString();
                if (header is not null && Cells(whole)?.Length != cells) break;
                return (whole, more);
            }
            return (begun, 0);
        }
    }

    /// <returns>The cells of a row; null when it is not one well-formed row.</returns>
    public static string[]? Cells(string row)
    {
        if (Ends(row, isQuoted: false) != Quoting.Closed) return null;
        using var text = new StringReader(row);
        try
        {
            using var csv = CsvDataReader.Create(text, Options);
            var cells = csv.Read() ? Cells(csv) : [];
            // A second row under the first would vanish.
            return csv.Read() ? null : cells;
        }
        catch (Exception fault) when (IsBroken(fault))
        {
            return null;
        }
    }

    /// <summary>Why a line is not held.</summary>
    public static Rejection TooLong(int line) => new(line, 0, "", $"the row is longer than {RecordCharsMax:N0} characters", "leave out what is not of the record");

    /// <summary>Why a row has no cells.</summary>
    internal static Rejection Malformed(string row, int line) => Ends(row, isQuoted: false) == Quoting.Open
        ? new(line, 0, "", "a quote opens a cell and none closes it; the next line was read as a row of its own", "close it; write a quote inside such a cell as two")
        : new(line, 0, "", "not well-formed CSV", "close every quote; write a quote inside as two");

    internal static string Quoted(string? cell) => cell is null ? ""
        : cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : cell;

    /// <summary>The header is read as a row, so that a wrong one is a rejection and no exception.</summary>
    private static CsvDataReaderOptions Options => new()
    {
        HasHeaders = false,
        Delimiter = ',',
        CsvStyle = CsvStyle.Standard,
        // Else a row that begins with # would be passed over in silence.
        Comment = '\0',
        MaxBufferSize = RecordCharsMax,
        OwnsReader = false,
    };

    private static bool IsBroken(Exception fault) => fault is FormatException or CsvFormatException or InvalidDataException or NotSupportedException;

    private static string[] Cells(CsvDataReader csv)
    {
        var cells = new string[csv.RowFieldCount];
        for (var i = 0; i < cells.Length; i++) cells[i] = csv.GetString(i);
        return cells;
    }

    /// <summary>How a text leaves its row: whole, inside a quoted cell, or with something behind a closing quote, which no row has.</summary>
    /// <param name="isQuoted">Whether it begins inside a quoted cell; else it begins with a cell.</param>
    private static Quoting Ends(ReadOnlySpan<char> text, bool isQuoted)
    {
        while (true)
        {
            if (!isQuoted && !text.StartsWith('"'))
            {
                var comma = text.IndexOf(',');
                if (comma < 0) return Quoting.Closed;
                text = text[(comma + 1)..];
                continue;
            }
            if (!isQuoted) text = text[1..];
            var quote = text.IndexOf('"');
            if (quote < 0) return Quoting.Open;
            text = text[(quote + 1)..];
            if (text.IsEmpty) return Quoting.Closed;
            if (text[0] is not ('"' or ',')) return Quoting.Broken;
            // Two quotes are one that belongs to the text.
            isQuoted = text[0] == '"';
            text = text[1..];
        }
    }
}
