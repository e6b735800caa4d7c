using System.Globalization;

namespace Homeward.Linkage;

/// <summary>What a record is called in decisions, labels and reports: its id, or file and row.</summary>
internal sealed class RecordNames
{
    private const int FaultsMax = 20;

    /// <summary>A column called an id with fewer distinct values than this share of its rows does not mean the record.</summary>
    private const double NearlyUnique = 0.95;

    private readonly Dataset _data;
    private readonly DataColumn? _column;
    private readonly bool _needsFile;
    private Dictionary<string, int>? _rows;

    private RecordNames(Dataset data, DataColumn? column)
    {
        (_data, _column) = (data, column);
        _needsFile = data.Sources.Count > 1 && (column is null || column.DistinctCount < data.RowCount);
    }

    /// <summary>The column that names records; null where file and row do.</summary>
    public string? Column => _column?.Name;

    /// <param name="data">The records.</param>
    /// <param name="id">The column that was asked for; null looks for one.</param>
    /// <param name="tell">Takes a line where a column looks like an id and is none.</param>
    /// <exception cref="LinkageException">The column is not there, or two rows of a file have one id; names them.</exception>
    public static RecordNames Of(Dataset data, string? id, Action<string> tell)
    {
        if (id is not null)
        {
            var column = data.Columns.FirstOrDefault(known => string.Equals(known.Name, id, StringComparison.OrdinalIgnoreCase))
                ?? throw new LinkageException([new("--id", $"no column \"{id}\".",
                    JsonWalk.Suggest(id, [.. data.Columns.Select(known => known.Name)]))]);
            return IsUnique(data, column) ? new(data, column) : throw new LinkageException([.. Repeated(data, column).Take(FaultsMax)]);
        }
        foreach (var column in data.Columns.Where(LooksLikeId))
        {
            if (IsUnique(data, column)) return new(data, column);
            if (column.DistinctCount >= NearlyUnique * data.RowCount && column.DistinctCount < data.RowCount && data.Sources.Count == 1)
                tell($"{column.Name} looks like an id, but does not name each row: {Repeated(data, column).First()}");
        }
        return new(data, null);
    }

    /// <summary>The name of a row: <c>rec-7</c>, <c>b.csv:rec-7</c>, or <c>row 7</c> and <c>b.csv row 7</c>.</summary>
    public string this[int row]
    {
        get
        {
            var file = _needsFile ? _data.Sources[_data.SourceOf(row)].Name : "";
            if (_column is { } column) return _needsFile ? $"{file}:{column[row]}" : column[row];
            var number = _data.NumberInSource(row).ToString(CultureInfo.InvariantCulture);
            return _needsFile ? $"{file} row {number}" : $"row {number}";
        }
    }

    /// <summary>Writes the name of a row as the next cell.</summary>
    public void WriteTo(TableWriter table, int row)
    {
        if (_column is { } column && !_needsFile) table.Text(column.Bytes(row));
        else table.Text(this[row]);
    }

    /// <returns>The row of that name; -1 where there is none.</returns>
    public int Find(string name)
    {
        if (_rows is null)
        {
            _rows = new(_data.RowCount, StringComparer.Ordinal);
            for (var row = 0; row < _data.RowCount; row++) _rows[this[row]] = row;
        }
        if (_rows.TryGetValue(name, out var found)) return found;
        // A bare number is a row where nothing else names the rows of the one file.
        return _column is null && !_needsFile && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 1 && number <= _data.RowCount ? number - 1 : -1;
    }

    private static bool LooksLikeId(DataColumn column) =>
        ColumnProfile.HeaderWords(column.Name).Overlaps(["id", "uid", "recid", "rowid", "uniqueid", "recordid", "uuid", "guid"]);

    /// <summary>Each row of a file has a value of its own; without a set of values, for there may be fifty million.</summary>
    private static bool IsUnique(Dataset data, DataColumn column)
    {
        if (data.Sources.Count == 1) return column.DistinctCount == data.RowCount;
        var lastSource = new int[column.DistinctCount + 1];
        for (var row = 0; row < data.RowCount; row++)
        {
            var (code, source) = (column.Codes[row], data.SourceOf(row) + 1);
            if (code == 0 || lastSource[code] == source) return false;
            lastSource[code] = source;
        }
        return true;
    }

    private static IEnumerable<LinkageFault> Repeated(Dataset data, DataColumn column)
    {
        var seen = new Dictionary<(int Source, int Code), int>();
        for (var row = 0; row < data.RowCount; row++)
        {
            var (source, code, number) = (data.SourceOf(row), column.Codes[row], data.NumberInSource(row));
            var where = $"{data.Sources[source].Name}, row {number.ToString(CultureInfo.InvariantCulture)}";
            if (code == 0) yield return new(where, $"has no {column.Name}.", "Give each row an id, or name another column.");
            else if (!seen.TryAdd((source, code), number))
                yield return new(where,
                    $"has the {column.Name} \"{column[row]}\" of row {seen[(source, code)].ToString(CultureInfo.InvariantCulture)}.", "Give each row an id of its own, or name another column.");
        }
    }
}
