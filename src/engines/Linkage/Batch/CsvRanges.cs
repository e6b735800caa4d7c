using System.Buffers;
using System.Text.Unicode;

namespace Homeward.Linkage;

/// <summary>Reads the records of a large CSV file on all processors, each a range of it.</summary>
/// <remarks>
/// A range begins after the first line break behind its cut. That is right if the break lies outside of quotes,
/// which is known once all ranges before have been read: each must end outside of quotes at the next one's start.
/// Where that fails, and wherever a file is not plain (a quote out of place, a ragged row, bytes that are no
/// UTF-8), nothing is taken over and the file is left to the reader that names the line: <see cref="CsvSource"/>.
/// Texts get the numbers that they would have got from front to back.
/// </remarks>
internal sealed class CsvRanges(string path, long start, byte delimiter, int columnCount)
{
    private const int BufferBytes = 1 << 20;

    /// <summary>A record longer than this is left to the other reader.</summary>
    private const int RecordBytesMax = 1 << 24;
    private const int RowsPerPage = 1 << 14;

    /// <summary>Records whose texts are looked up together; a part of a page.</summary>
    private const int RecordsAtOnce = 64;

    private readonly SearchValues<byte> _ends = SearchValues.Create([delimiter, (byte)'\n', (byte)'\r', (byte)'"']);

    /// <summary>What one range holds: for each column its texts and, page by page, the number of each row's.</summary>
    private sealed class Part(int columnCount)
    {
        public TextTable[] Texts { get; } = [.. Enumerable.Range(0, columnCount).Select(_ => new TextTable())];
        public List<int[]>[] Codes { get; } = [.. Enumerable.Range(0, columnCount).Select(_ => new List<int[]>())];
        public int RowCount { get; set; }

        /// <summary>The fields of records that have been split and not yet been added.</summary>
        public Range[] Fields { get; } = new Range[RecordsAtOnce * columnCount];
    }

    /// <returns>False where the file is not plain; nothing has been added then.</returns>
    public bool TryRead(Dataset data, DataColumn[] columns)
    {
        using var file = File.OpenHandle(path);
        var length = RandomAccess.GetLength(file);
        var cuts = Cuts(file, length, Environment.ProcessorCount);
        var parts = new Part?[cuts.Length - 1];
        Parallel.For(0, parts.Length, Cores.All, (i, state) =>
        {
            parts[i] = Read(file, cuts[i], cuts[i + 1]);
            if (parts[i] is null) state.Stop();
        });
        if (Array.Exists(parts, part => part is null)) return false;
        Parallel.For(0, columns.Length, Cores.All, column =>
        {
            var row = data.RowCount;
            columns[column].Expect(row + parts.Sum(part => part!.RowCount));
            foreach (var part in parts)
            {
                columns[column].Add(row, part!.Texts[column], part.Codes[column], part.RowCount);
                row += part.RowCount;
                part.Codes[column].Clear();
            }
        });
        data.EndRows(parts.Sum(part => part!.RowCount));
        return true;
    }

    /// <summary>Where ranges begin, and the end: each after a line break.</summary>
    private long[] Cuts(Microsoft.Win32.SafeHandles.SafeFileHandle file, long length, int count)
    {
        var cuts = new List<long> { start };
        var buffer = new byte[BufferBytes];
        for (var i = 1; i < count; i++)
        {
            var from = start + ((length - start) / count * i);
            var read = buffer.AsSpan(0, RandomAccess.Read(file, buffer, from));
            if (read.IndexOf((byte)'\n') is >= 0 and var at && from + at + 1 > cuts[^1] && from + at + 1 < length) cuts.Add(from + at + 1);
        }
        return [.. cuts, length];
    }

    private Part? Read(Microsoft.Win32.SafeHandles.SafeFileHandle file, long from, long to)
    {
        var part = new Part(columnCount);
        var (buffer, held) = (new byte[BufferBytes], 0);
        while (from < to || held > 0)
        {
            var read = from < to ? RandomAccess.Read(file, buffer.AsSpan(held, (int)Math.Min(buffer.Length - held, to - from)), from) : 0;
            from += read;
            var isLast = read == 0 || from >= to;
            var filled = buffer.AsSpan(0, held + read);
            if (TakeRecords(filled, isLast, part) is not (>= 0 and var taken)) return null;
            if (isLast && taken < filled.Length) return null;
            filled[taken..].CopyTo(buffer);
            held = filled.Length - taken;
            if (held < buffer.Length) continue;
            if (buffer.Length >= RecordBytesMax) return null;
            Array.Resize(ref buffer, buffer.Length * 2);
        }
        return part;
    }

    /// <summary>Takes the whole records of a buffer.</summary>
    /// <param name="isLast">True where the range ends with the buffer: the last record needs no line break.</param>
    /// <returns>How many bytes were taken; -1 where something is not plain.</returns>
    private int TakeRecords(ReadOnlySpan<byte> bytes, bool isLast, Part part)
    {
        var (at, waiting) = (0, 0);
        while (at < bytes.Length)
        {
            var fields = part.Fields.AsSpan(waiting * columnCount, columnCount);
            var next = Split(bytes, at, isLast, fields, out var count);
            if (next < 0) return -1;
            if (next == at) break;
            at = next;
            // A blank line is no record; a line of signs in the first place may be a comment to the other reader.
            if (count == 1 && columnCount > 1 && bytes[fields[0]].Trim((byte)' ').IsEmpty) continue;
            if (count != columnCount) return -1;
            if (++waiting < RecordsAtOnce) continue;
            Add(bytes, part, waiting);
            waiting = 0;
        }
        Add(bytes, part, waiting);
        return Utf8.IsValid(bytes[..at]) ? at : -1;
    }

    /// <summary>Finds the fields of the record that begins at a place; quoted ones with their quotes.</summary>
    /// <returns>Where the next begins; the same place where the record is not whole, -1 where it is not plain.</returns>
    private int Split(ReadOnlySpan<byte> bytes, int start, bool isLast, Span<Range> fields, out int count)
    {
        count = 0;
        if (bytes[start] == (byte)'#') return -1;
        for (var at = start; ;)
        {
            var from = at;
            if (at < bytes.Length && bytes[at] == (byte)'"')
            {
                if (EndOfQuoted(bytes, at) is not (>= 0 and var close)) return isLast ? -1 : start;
                at = close + 1;
            }
            else
            {
                var end = bytes[at..].IndexOfAny(_ends);
                at = end < 0 ? bytes.Length : at + end;
            }
            if (count == fields.Length) return -1;
            fields[count++] = from..at;
            if (at == bytes.Length) return isLast ? at : start;
            switch (bytes[at])
            {
                case (byte)'\n':
                    return at + 1;
                case (byte)'\r':
                    if (at + 1 < bytes.Length) return bytes[at + 1] == (byte)'\n' ? at + 2 : -1;
                    return isLast ? -1 : start;
                case var sign when sign == delimiter:
                    at++;
                    break;
                default:
                    return -1;
            }
        }
    }

    private static int EndOfQuoted(ReadOnlySpan<byte> bytes, int open)
    {
        for (var at = open + 1; ; at += 2)
        {
            var quote = bytes[Math.Min(at, bytes.Length)..].IndexOf((byte)'"');
            if (quote < 0) return -1;
            at += quote;
            if (at + 1 >= bytes.Length || bytes[at + 1] != (byte)'"') return at;
        }
    }

    /// <summary>Adds records column by column: where each text may be known already is asked of memory for all of them at once.</summary>
    private void Add(ReadOnlySpan<byte> bytes, Part part, int records)
    {
        Span<uint> hashes = stackalloc uint[RecordsAtOnce];
        for (var column = 0; column < columnCount; column++)
        {
            var (texts, codes) = (part.Texts[column], part.Codes[column]);
            for (var i = 0; i < records; i++) texts.PrefetchSlot(hashes[i] = TextTable.Hash(Text(bytes[part.Fields[(i * columnCount) + column]])));
            for (var i = 0; i < records; i++) texts.PrefetchText(hashes[i]);
            for (var i = 0; i < records; i++)
            {
                var (page, place) = ((part.RowCount + i) / RowsPerPage, (part.RowCount + i) % RowsPerPage);
                if (page == codes.Count) codes.Add(new int[RowsPerPage]);
                codes[page][place] = texts.Add(Text(bytes[part.Fields[(i * columnCount) + column]]), hashes[i]);
            }
        }
        part.RowCount += records;
    }

    /// <summary>The text of a field: out of its quotes, and trimmed.</summary>
    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> field)
    {
        if (field.IsEmpty) return field;
        if (field[0] == (byte)'"')
        {
            field = field[1..^1];
            if (field.Contains((byte)'"')) field = System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(field).Replace("\"\"", "\"", StringComparison.Ordinal));
            if (field.IsEmpty) return field;
        }
        // What may be white is trimmed as a string is: marks of other scripts too.
        return IsInk(field[0]) && IsInk(field[^1]) ? field : System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(field).Trim());

        static bool IsInk(byte letter) => letter is > (byte)' ' and < 0x7F;
    }
}
