using System.Runtime.InteropServices;

namespace Homeward.Linkage;

/// <summary>Records of one or more sources by column: every distinct text once, and for each row its number.</summary>
internal sealed class Dataset
{
    private readonly List<DataColumn> _columns = [];
    private readonly List<(string Name, int Start)> _sources = [];

    public IReadOnlyList<DataColumn> Columns => _columns;
    public int RowCount { get; private set; }
    public IReadOnlyList<(string Name, int Start)> Sources => _sources;

    public DataColumn? this[string name] => _columns.Find(column => column.Name == name);

    /// <summary>Begins a source. Columns that it does not have stay empty for its rows.</summary>
    /// <returns>The columns in the order of the source's headers.</returns>
    public DataColumn[] Begin(string source, IReadOnlyList<string> headers)
    {
        _sources.Add((source, RowCount));
        var begun = new DataColumn[headers.Count];
        for (var i = 0; i < begun.Length; i++)
        {
            var known = _columns.Find(column => string.Equals(column.Name, headers[i], StringComparison.OrdinalIgnoreCase));
            if (known is null) _columns.Add(known = new(headers[i]));
            begun[i] = known;
        }
        return begun;
    }

    /// <summary>Ends a row whose texts have been added.</summary>
    public void EndRow() => RowCount++;

    /// <summary>Ends rows whose texts have been added to all columns at once.</summary>
    public void EndRows(int count) => RowCount += count;

    /// <summary>Fills the rows that a column's source does not have, so that all are equally long.</summary>
    public void EndSource()
    {
        foreach (var column in _columns) column.Pad(RowCount);
    }

    /// <summary>All sources have been read, most likely: gives back what reading took.</summary>
    public void Close()
    {
        foreach (var column in _columns) column.Close();
    }

    public int SourceOf(int row)
    {
        var source = _sources.Count - 1;
        while (_sources[source].Start > row) source--;
        return source;
    }

    /// <summary>1 for the first row of a source.</summary>
    public int NumberInSource(int row) => row - _sources[SourceOf(row)].Start + 1;
}

/// <summary>One column: distinct texts, and the number of each row's text. 0 is "empty".</summary>
internal sealed class DataColumn(string name)
{
    private TextTable _texts = new();
    private readonly List<int> _codes = [];

    public string Name { get; } = name;

    /// <summary>The distinct texts; the first is the empty one. Made anew whenever asked for.</summary>
    public IReadOnlyList<string> Texts => _texts;
    public TextTable Table => _texts;
    public IReadOnlyList<int> Codes => _codes;
    public ReadOnlySpan<int> CodesSpan => CollectionsMarshal.AsSpan(_codes);
    public int DistinctCount => _texts.Count - 1;

    public string this[int row] => _texts[_codes[row]];

    /// <summary>The UTF-8 of a row's text.</summary>
    public ReadOnlySpan<byte> Bytes(int row) => _texts.Bytes(_codes[row]);

    /// <summary>Adds the next row's text, trimmed.</summary>
    /// <param name="row">The row's number: rows of sources without this column are filled as empty.</param>
    public void Add(int row, ReadOnlySpan<char> text)
    {
        Pad(row);
        _codes.Add(_texts.Add(text.Trim()));
    }

    /// <summary>Adds rows that were read elsewhere, by their numbers in a table of its own.</summary>
    public void Add(int row, TextTable texts, IReadOnlyList<int[]> codes, int count)
    {
        Pad(row);
        int[]? numbers = null;
        if (DistinctCount == 0)
        {
            _texts = texts;
        }
        else
        {
            numbers = _texts.AddAll(texts);
            texts.Close();
        }
        var start = _codes.Count;
        CollectionsMarshal.SetCount(_codes, start + count);
        var to = CollectionsMarshal.AsSpan(_codes)[start..];
        foreach (var page in codes)
        {
            var length = Math.Min(page.Length, to.Length);
            if (numbers is null) page.AsSpan(0, length).CopyTo(to);
            else for (var i = 0; i < length; i++) to[i] = numbers[page[i]];
            to = to[length..];
        }
    }

    /// <summary>All rows have been read, most likely: gives back what reading took.</summary>
    public void Close() => _texts.Close();

    /// <summary>Makes room at once, where the number of rows is known.</summary>
    public void Expect(int rows) => _codes.EnsureCapacity(rows);

    public void Pad(int rows)
    {
        while (_codes.Count < rows) _codes.Add(0);
    }

    /// <summary>How many rows have each text.</summary>
    public int[] Count()
    {
        var counts = new int[_texts.Count];
        foreach (var code in CodesSpan) counts[code]++;
        return counts;
    }
}
