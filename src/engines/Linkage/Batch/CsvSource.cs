using System.Text;
using Sylvan.Data.Csv;

namespace Homeward.Linkage;

/// <summary>Reads a CSV file into a data set: UTF-8 with or without mark, any line ending, headers trimmed.</summary>
internal static class CsvSource
{
    /// <summary>Letters of one record at most; what is longer is a quote that was never closed.</summary>
    private const int RecordLettersMax = 1 << 22;

    private const long RangesFrom = 1 << 20;

    /// <exception cref="LinkageException">The file is missing or broken; names the line and how to mend it.</exception>
    /// <param name="rangesFrom">From this size on, in bytes, a plain file is read in ranges side by side.</param>
    public static void Read(Dataset data, string path, string source, long rangesFrom = RangesFrom)
    {
        try
        {
            using var reader = Open(path);
            var headers = Headers(path, reader);
            var columns = data.Begin(source, headers);
            if (columns.Length > 1 && new FileInfo(path).Length >= rangesFrom && RangesOf(path, headers) is { } ranges && ranges.TryRead(data, columns))
            {
                data.EndSource();
                return;
            }
            while (reader.Read())
            {
                // A blank line is no record.
                if (reader.RowFieldCount == 1 && columns.Length > 1 && reader.GetFieldSpan(0).Trim().IsEmpty) continue;
                if (reader.RowFieldCount != columns.Length)
                {
                    throw new LinkageException($"{path}, line {LineOf(path, reader.RowNumber)}: {reader.RowFieldCount} fields, but the "
                        + $"header has {columns.Length}. Quote fields that hold a comma.");
                }
                for (var i = 0; i < columns.Length; i++) columns[i].Add(data.RowCount, reader.GetFieldSpan(i));
                data.EndRow();
            }
            data.EndSource();
        }
        catch (CsvMissingHeadersException fault)
        {
            throw new LinkageException($"{path} is empty: the first line must name the columns.", fault);
        }
        catch (CsvInvalidCharacterException fault)
        {
            throw new LinkageException($"{path}, line {LineOf(path, fault.RowNumber)}, field {fault.FieldOrdinal + 1}: a quote is broken. "
                + "Write a quote inside a quoted field twice, and close what was opened.", fault);
        }
        catch (CsvRecordTooLargeException fault)
        {
            throw new LinkageException($"{path}, line {LineOf(path, fault.RowNumber)}: a record of more than {RecordLettersMax:N0} letters; "
                + "probably a quote was never closed.", fault);
        }
        catch (DecoderFallbackException fault)
        {
            throw new LinkageException($"{path}, line {InputChecks.FirstLineNotUtf8(path)} is not UTF-8 ({fault.Message}). Save the file as UTF-8.", fault);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new LinkageException($"{path}: {fault.Message}", fault);
        }
    }

    /// <summary>The ranges behind the first line; null where that line is not plain.</summary>
    private static CsvRanges? RangesOf(string path, List<string> headers)
    {
        var first = new byte[1 << 16];
        using var file = File.OpenHandle(path);
        var line = first.AsSpan(0, RandomAccess.Read(file, first, 0));
        var end = line.IndexOf((byte)'\n');
        if (end < 0) return null;
        line = line[..end];
        var start = line.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        // The delimiter is the one that cuts the line into the headers that the other reader found.
        foreach (var delimiter in ",;\t|"u8)
        {
            var names = Encoding.UTF8.GetString(line[start..]).TrimEnd('\r').Split((char)delimiter);
            if (names.Length == headers.Count && names.Zip(headers).All(pair => pair.First.Trim().Trim('"').Trim() == pair.Second)) return new(path, end + 1, delimiter, headers.Count);
        }
        return null;
    }

    private static CsvDataReader Open(string path) => CsvDataReader.Create(
        new StreamReader(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true),
            detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16),
        new CsvDataReaderOptions { HasHeaders = true, CsvStyle = CsvStyle.Standard, BufferSize = 1 << 16, MaxBufferSize = RecordLettersMax });

    private static List<string> Headers(string path, CsvDataReader reader)
    {
        var headers = new List<string>(reader.FieldCount);
        for (var i = 0; i < reader.FieldCount; i++)
        {
            var header = reader.GetName(i).Trim().TrimStart('\uFEFF');
            if (header.Length == 0) header = $"column {i + 1}";
            if (headers.Contains(header, StringComparer.OrdinalIgnoreCase))
                throw new LinkageException($"{path}, line 1: two columns are named \"{header}\". Give each a name of its own.");
            headers.Add(header);
        }
        return headers;
    }

    /// <summary>The line on which a record begins. Only asked for when something is wrong, so it reads the file again.</summary>
    private static int LineOf(string path, int record)
    {
        if (record <= 0) return 1;
        var lines = 2;
        using var reader = Open(path);
        while (reader.RowNumber < record - 1 && reader.Read())
        {
            lines++;
            for (var i = 0; i < reader.RowFieldCount; i++) lines += reader.GetFieldSpan(i).Count('\n');
        }
        return lines;
    }
}
