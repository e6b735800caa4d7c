using System.Text;

namespace Homeward.Exchange.Lines;

/// <summary>A CSV file with a header (RFC 4180, UTF-8), and how its rows become records and back.</summary>
/// <remarks>
/// Columns go by name, in any order; columns that we do not know are not read, and told. A bad row is rejected alone. So is one
/// with fewer or more cells than the header: what a cut row lacks would else be taken as no longer known.
/// </remarks>
public sealed class CsvFormat<T> where T : class
{
    private readonly Func<CsvRow, T> _read;
    private readonly Func<T, string?[]> _write;

    private readonly string[] _needed;
    /// <summary>The header that was read last: rows come one by one, and those of a file have one header.</summary>
    private Known? _last;

    private sealed record Known(string Text, CsvHeader Header, Rejection? Fault);

    /// <param name="optional">Columns, after the others, that a header may lack.</param>
    internal CsvFormat(string[] columns, Func<CsvRow, T> read, Func<T, string?[]> write, string[]? optional = null) =>
        (Columns, _needed, _read, _write) = ([.. columns, .. optional ?? []], columns, read, write);

    /// <summary>The header, in the order in which we write it.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Reads row after row. A file whose header lacks a column yields one rejection and nothing else.</summary>
    /// <exception cref="IOException">The stream broke: not the content's fault.</exception>
    public IEnumerable<ReadRow<T>> Read(Stream stream)
    {
        using var rows = CsvRows.Of(stream).GetEnumerator();
        var (line, header) = (1, (string?)null);
        while (true)
        {
            var isText = true;
            try
            {
                if (!rows.MoveNext()) yield break;
            }
            catch (DecoderFallbackException)
            {
                isText = false;
            }
            if (!isText)
            {
                yield return new(line, Parsed<T>.Rejected(new Rejection(line, 0, "", "the bytes are not UTF-8; nothing after it was read", "save the file as UTF-8")));
                yield break;
            }
            (line, var row) = rows.Current;
            if (header is not null) yield return new(line, row is null ? Parsed<T>.Rejected(CsvRows.TooLong(line)) : ReadRow(header, row, line));
            else if ((row is null ? CsvRows.TooLong(line) : Lacks(row)) is { } lacks)
            {
                yield return new(line, Parsed<T>.Rejected(lacks));
                yield break;
            }
            else header = row;
        }
    }

    /// <summary>What a header lacks; null when it has all that is needed.</summary>
    public Rejection? Lacks(string header) => HeaderOf(header).Fault;

    /// <summary>Reads one row under its file's header; its faults name the line.</summary>
    public Parsed<T> ReadRow(string header, string row, int line)
    {
        if (row.Length > CsvRows.RecordCharsMax) return Parsed<T>.Rejected(CsvRows.TooLong(line));
        if (CsvRows.Cells(row) is not { } cells) return Parsed<T>.Rejected(CsvRows.Malformed(row, line));
        var columns = HeaderOf(header);
        if (cells is [] or [""]) return Parsed<T>.Rejected(new Rejection(line, 0, "", "an empty row", "leave it out"));
        // Before what the header lacks: a row that a map could not turn comes under its own header.
        if (columns.Header.Misfit(cells, line) is { } misfit) return Parsed<T>.Rejected(misfit);
        return columns.Fault is { } lacks ? Parsed<T>.Rejected(lacks with { Line = line }) : RecordOf(columns.Header, cells, line);
    }

    /// <remarks>For any thread: two may read it twice, and both read the same.</remarks>
    private Known HeaderOf(string header)
    {
        if (_last is { } last && last.Text == header) return last;
        var read = new CsvHeader(CsvRows.Cells(header) ?? [], Columns);
        return _last = new Known(header, read, read.Fault(_needed));
    }

    /// <param name="cells">As many as the header has.</param>
    private Parsed<T> RecordOf(CsvHeader header, string[] cells, int line)
    {
        var fields = new Fields(line);
        var record = _read(new CsvRow(header, cells, fields));
        return fields.Faults.Count == 0 ? Parsed<T>.Taken(record, header.Unread(cells)) : Parsed<T>.Rejected(fields.Faults);
    }

    /// <summary>Writes header and rows, lines ended by a line feed.</summary>
    public void Write(IEnumerable<T> records, Stream stream)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        text.WriteLine(string.Join(',', Columns));
        foreach (var record in records) text.WriteLine(string.Join(',', _write(record).Select(CsvRows.Quoted)));
    }
}

/// <summary>One row by column names. A column that the header has not is not stated.</summary>
internal readonly struct CsvRow(CsvHeader header, string[] cells, Fields fields)
{
    private string? Raw(string column) => header.Place(column) is { } place ? cells[place] : null;

    public Fields Fields => fields;
    /// <summary>Of our columns, those that the table has not.</summary>
    public IReadOnlyList<string> Silent => header.Silent;
    public string? Text(string column) => fields.Text(column, Raw(column));
    public string Required(string column) => fields.Required(column, Raw(column));
    public int? Whole(string column, int min, int max) => fields.Whole(column, Raw(column), min, max);
    public DateOnly? Day(string column) => fields.Day(column, Raw(column));
    public DateTimeOffset? Instant(string column) => fields.Instant(column, Raw(column));
    public DateTimeOffset RequiredInstant(string column) => fields.RequiredInstant(column, Raw(column));
    public Kernel.PartialDate PartialDate(string column) => fields.PartialDate(column, Raw(column));
    public string? Sex(string column) => fields.Sex(column, Raw(column));
    public string? Fips(string column) => fields.Fips(column, Raw(column));
    public string? Ori(string column) => fields.Ori(column, Raw(column));
    public string RequiredOri(string column) => fields.RequiredOri(column, Raw(column));
    public string RequiredNic(string column) => fields.RequiredNic(column, Raw(column));
    public TWord? Word<TWord>(string column) where TWord : struct, Enum => fields.Word<TWord>(column, Raw(column));
    public TWord RequiredWord<TWord>(string column) where TWord : struct, Enum => fields.RequiredWord<TWord>(column, Raw(column));

    /// <summary>1 or 0; empty is not stated.</summary>
    public Stated Flag(string column)
    {
        switch (Raw(column)?.Trim())
        {
            case null or "": return Stated.NotStated;
            case "1": return Stated.Yes;
            case "0": return Stated.No;
            default:
                fields.Fault(column, "neither 1 nor 0", "give 1 for yes, 0 for no, or nothing");
                return Stated.NotStated;
        }
    }
}
