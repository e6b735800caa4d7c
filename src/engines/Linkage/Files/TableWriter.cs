using System.Buffers;
using System.Globalization;
using System.Text;
using Parquet;
using Parquet.Schema;

namespace Homeward.Linkage;

/// <summary>What a column of a written table holds.</summary>
internal enum CellKind { Text, Count, Measure }

/// <summary>Writes one table row by row, cell by cell, in the order of its columns.</summary>
internal abstract class TableWriter : IDisposable
{
    public abstract void Text(ReadOnlySpan<char> text);

    /// <param name="text">In UTF-8.</param>
    public virtual void Text(ReadOnlySpan<byte> text) => Text(Encoding.UTF8.GetString(text));
    public abstract void Count(long count);

    /// <param name="measure">NaN is an empty cell.</param>
    public abstract void Measure(double measure);
    public abstract void EndRow();
    public abstract void Dispose();

    /// <summary>Writes rows piece by piece, in their order.</summary>
    /// <param name="count">How many rows there are.</param>
    /// <param name="write">Writes the rows of a piece, from the first number up to but without the last. Pieces may be written side by side.</param>
    public virtual void Rows(int count, Action<TableWriter, int, int> write) => write(this, 0, count);

    /// <summary>A table without its ending, in each of the forms.</summary>
    public static TableWriter Open(string path, TableForms forms, IReadOnlyList<(string Name, CellKind Kind)> columns) => forms switch
    {
        TableForms.Csv => new CsvTable(path + ".csv", columns),
        TableForms.Parquet => new ParquetTable(path + ".parquet", columns),
        _ => new BothTables(new CsvTable(path + ".csv", columns), new ParquetTable(path + ".parquet", columns)),
    };
}

/// <summary>UTF-8 without mark, LF, quotes where needed.</summary>
internal sealed class CsvTable : TableWriter
{
    private const int RowsPerPiece = 1 << 13;
    private const int Million = 1_000_000;

    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");
    private static readonly SearchValues<byte> SpecialBytes = SearchValues.Create(",\"\r\n"u8);

    /// <summary>Null for a piece, which is kept whole until its turn comes.</summary>
    private readonly FileStream? _file;
    private byte[] _buffer = new byte[1 << 16];
    private int _used;
    private bool _startsRow = true;

    public CsvTable(string path, IReadOnlyList<(string Name, CellKind Kind)> columns)
    {
        _file = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        foreach (var (name, _) in columns) Text(name);
        EndRow();
    }

    private CsvTable()
    {
    }

    public override void Rows(int count, Action<TableWriter, int, int> write)
    {
        // As many pieces at once as are soon written: what waits for its turn is held in memory.
        var pieces = new CsvTable[2 * Environment.ProcessorCount];
        for (var i = 0; i < pieces.Length; i++) pieces[i] = new();
        for (var from = 0; from < count; from += pieces.Length * RowsPerPiece)
        {
            var first = from;
            Parallel.For(0, Math.Min(pieces.Length, (count - first + RowsPerPiece - 1) / RowsPerPiece), Cores.All,
                piece => write(pieces[piece], first + (piece * RowsPerPiece), Math.Min(count, first + ((piece + 1) * RowsPerPiece))));
            Flush();
            foreach (var piece in pieces)
            {
                _file!.Write(piece._buffer, 0, piece._used);
                piece._used = 0;
            }
        }
    }

    public override void Text(ReadOnlySpan<char> text)
    {
        Separate();
        if (text.IndexOfAny(Special) < 0) Write(text);
        else Write($"\"{text.ToString().Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
    }

    public override void Text(ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAny(SpecialBytes) >= 0)
        {
            Text(Encoding.UTF8.GetString(text));
            return;
        }
        Separate();
        Room(text.Length);
        text.CopyTo(_buffer.AsSpan(_used));
        _used += text.Length;
    }

    public override void Count(long count)
    {
        Separate();
        Room(24);
        count.TryFormat(_buffer.AsSpan(_used), out var written, provider: CultureInfo.InvariantCulture);
        _used += written;
    }

    /// <summary>Six decimals at most, as <c>0.######</c> writes them, for a tenth of its time.</summary>
    public override void Measure(double measure)
    {
        Separate();
        if (double.IsNaN(measure)) return;
        Room(400);
        if (!(Math.Abs(measure) < 1e9))
        {
            measure.TryFormat(_buffer.AsSpan(_used), out var formatted, "0.######", CultureInfo.InvariantCulture);
            _used += formatted;
            return;
        }
        var millionths = (long)Math.Round(Math.Abs(measure) * Million, MidpointRounding.AwayFromZero);
        if (measure < 0 && millionths > 0) _buffer[_used++] = (byte)'-';
        var (whole, rest) = Math.DivRem(millionths, Million);
        whole.TryFormat(_buffer.AsSpan(_used), out var written, provider: CultureInfo.InvariantCulture);
        _used += written;
        if (rest == 0) return;
        _buffer[_used++] = (byte)'.';
        for (var digit = Million / 10; rest > 0; digit /= 10)
        {
            _buffer[_used++] = (byte)('0' + (rest / digit));
            rest %= digit;
        }
    }

    public override void EndRow()
    {
        Room(1);
        _buffer[_used++] = (byte)'\n';
        _startsRow = true;
    }

    public override void Dispose()
    {
        Flush();
        _file!.Dispose();
    }

    private void Separate()
    {
        if (!_startsRow)
        {
            Room(1);
            _buffer[_used++] = (byte)',';
        }
        _startsRow = false;
    }

    private void Write(ReadOnlySpan<char> text)
    {
        // Three bytes a letter at most.
        Room(text.Length * 3);
        _used += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_used));
    }

    private void Room(int bytes)
    {
        if (_buffer.Length - _used >= bytes) return;
        if (_file is not null) Flush();
        if (_buffer.Length - _used < bytes) Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _used + bytes));
    }

    private void Flush()
    {
        _file!.Write(_buffer, 0, _used);
        _used = 0;
    }
}

/// <summary>Flat columns, a row group for every so many rows.</summary>
internal sealed class ParquetTable : TableWriter
{
    private const int RowsPerGroup = 1 << 17;

    private readonly FileStream _file;
    private readonly ParquetWriter _writer;
    private readonly DataField[] _fields;
    private readonly List<string>?[] _texts;
    private readonly List<long>?[] _counts;
    private readonly List<double?>?[] _measures;
    private int _column;
    private int _rows;

    public ParquetTable(string path, IReadOnlyList<(string Name, CellKind Kind)> columns)
    {
        _fields = [.. columns.Select(column => (DataField)(column.Kind switch
        {
            CellKind.Text => new DataField<string>(column.Name),
            CellKind.Count => new DataField<long>(column.Name),
            CellKind.Measure => new DataField<double?>(column.Name),
        }))];
        _texts = [.. columns.Select(column => column.Kind == CellKind.Text ? new List<string>() : null)];
        _counts = [.. columns.Select(column => column.Kind == CellKind.Count ? new List<long>() : null)];
        _measures = [.. columns.Select(column => column.Kind == CellKind.Measure ? new List<double?>() : null)];
        _file = new(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
        _writer = ParquetWriter.CreateAsync(new ParquetSchema(_fields.Cast<Parquet.Schema.Field>().ToArray()), _file)
            .GetAwaiter().GetResult();
    }

    public override void Text(ReadOnlySpan<char> text) => _texts[_column++]!.Add(text.ToString());
    public override void Count(long count) => _counts[_column++]!.Add(count);
    public override void Measure(double measure) => _measures[_column++]!.Add(double.IsNaN(measure) ? null : measure);

    public override void EndRow()
    {
        _column = 0;
        if (++_rows == RowsPerGroup) WriteGroup();
    }

    public override void Dispose()
    {
        if (_rows > 0) WriteGroup();
        _writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _file.Dispose();
    }

    // The library is asynchronous only; a linkage is one long computation on a thread of its own.
    private void WriteGroup() => WriteGroupAsync().GetAwaiter().GetResult();

    private async Task WriteGroupAsync()
    {
        using var group = _writer.CreateRowGroup();
        for (var i = 0; i < _fields.Length; i++)
        {
            if (_texts[i] is { } texts) await group.WriteAsync(_fields[i], texts.ToArray());
            else if (_counts[i] is { } counts) await group.WriteAsync<long>(_fields[i], counts.ToArray());
            else await group.WriteAsync<double>(_fields[i], _measures[i]!.ToArray());
            _texts[i]?.Clear();
            _counts[i]?.Clear();
            _measures[i]?.Clear();
        }
        _rows = 0;
    }
}

/// <summary>The same table twice.</summary>
internal sealed class BothTables(TableWriter one, TableWriter other) : TableWriter
{
    public override void Text(ReadOnlySpan<char> text)
    {
        one.Text(text);
        other.Text(text);
    }

    public override void Text(ReadOnlySpan<byte> text)
    {
        one.Text(text);
        other.Text(text);
    }

    public override void Count(long count)
    {
        one.Count(count);
        other.Count(count);
    }

    public override void Measure(double measure)
    {
        one.Measure(measure);
        other.Measure(measure);
    }

    public override void EndRow()
    {
        one.EndRow();
        other.EndRow();
    }

    public override void Dispose()
    {
        one.Dispose();
        other.Dispose();
    }
}
