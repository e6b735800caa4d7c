using System.Text;
using System.Text.Unicode;
using Homeward.Exchange;
using Homeward.Exchange.Lines;
using Homeward.Exchange.Missing;
using Homeward.Intake;
using Homeward.Kernel;

namespace Homeward.Cli.Importing;

/// <summary>Files of a feed as its lines: JSON lines as they stand, and of missing children's tables each row with its header, under our columns where a map tells them.</summary>
internal static class FeedLines
{
    /// <returns>The map, none where no file is named; or why it cannot be used.</returns>
    public static (ColumnMap? Map, Problem? Unread) ReadMap(string? path)
    {
        if (path is null) return (null, null);
        if (!File.Exists(path)) return (null, Problem.Invalid("no-map", $"{path} is not there.", "Name a JSON file that says which column is which."));
        if (ColumnMap.Read(File.ReadAllBytes(path), MissingChildEntries.Csv.Columns).TryGet(out var map, out var faults)) return (map, null);
        return (null, Problem.Invalid("bad-map", $"{path} cannot be used: {string.Join(" · ", faults)}.", "Mend it; docs/running.md has one that works."));
    }

    /// <param name="rejected">Told of lines that are no text of ours: which, why, and how to mend it.</param>
    public static IEnumerable<RawLine> OfLines(string path, string source, Action<RefusedLine> rejected)
    {
        using var file = File.OpenRead(path);
        var number = 0;
        foreach (var line in LineSplitter.Lines(file))
        {
            number++;
            if (line is not { } bytes) Reject($"the line is longer than {LineSplitter.LineBytesMax:N0} bytes", "write each record on a line of its own, and leave out what is not of the record");
            else if (!Utf8.IsValid(bytes.Span)) Reject("the bytes are not UTF-8", "save the file as UTF-8 and import it again");
            else if (Encoding.UTF8.GetString(bytes.Span).Trim() is { Length: > 0 } text) yield return new RawLine(source, text, number);
        }

        void Reject(string why, string mend) => rejected(new(source, number, [new Rejection(number, 0, "", why, mend)]));
    }

    /// <param name="notRead">Told of a file that holds nothing, or of what is left of it, that is passed over: why, and how to mend it.</param>
    /// <param name="unread">Told of columns that the map leaves out: what they say is not kept.</param>
    /// <param name="rejected">Told of rows that are too long: which, and how to mend it.</param>
    public static IEnumerable<RawLine> OfTable(string path, string source, ColumnMap? map, Action<string> notRead, Action<string> unread, Action<RefusedLine> rejected)
    {
        using var file = File.OpenRead(path);
        using var rows = CsvRows.Of(file).GetEnumerator();
        var isRead = true;
        if (!MoveNext())
        {
            if (isRead) notRead($"{path}: the file is empty; nothing was taken of it");
            yield break;
        }
        if (rows.Current.Text is not { } header)
        {
            notRead($"{path}: its first line is longer than {CsvRows.LineCharsMax:N0} characters; a table has its header there, and each row on a line of its own");
            yield break;
        }
        MappedRows? mapped = null;
        if (map is not null)
        {
            var over = map.Over(header);
            if (!over.TryGet(out mapped, out var faults))
            {
                foreach (var fault in faults) notRead($"{path}: {fault.Reason}; {fault.Mend}");
                yield break;
            }
            foreach (var column in over.Unread) unread($"{source}: the map does not name the column \"{column}\", so it is neither read nor kept");
        }
        if (MissingChildEntries.Csv.Lacks(mapped?.Header ?? header) is { } lacks)
        {
            notRead($"{path}: {lacks.Reason}; {lacks.Mend}, or say with --map which of its columns they are");
            yield break;
        }
        if (!MoveNext())
        {
            if (isRead) notRead($"{path}: no row stands under its header; nothing was taken of it");
            yield break;
        }
        // A row that cannot be turned goes on under its own header, so that it is rejected for what it is.
        do
        {
            if (rows.Current.Text is not { } row)
                rejected(new(source, rows.Current.Line, [new Rejection(rows.Current.Line, 0, "", $"the row is longer than {CsvRows.LineCharsMax:N0} characters", "write each row on a line of its own")]));
            else yield return mapped?.Of(row) is { } ours ? new RawLine(source, ours, rows.Current.Line, mapped.Header) : new RawLine(source, row, rows.Current.Line, header);
        }
        while (MoveNext());

        bool MoveNext()
        {
            try
            {
                return rows.MoveNext();
            }
            catch (DecoderFallbackException)
            {
                notRead($"{path}: the bytes are not UTF-8; save it as \"CSV UTF-8\" and import it again");
                return isRead = false;
            }
        }
    }
}
