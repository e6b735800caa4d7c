namespace Homeward.Linkage;

/// <summary>The values of a data set, row after row in one array, so that a row is one stretch of memory.</summary>
internal sealed class RowTable
{
    /// <summary>As if so many more rows had other values: in a list of four a name that stands twice is not thereby common.</summary>
    private const double UnseenRows = 20;

    /// <summary>Between the values of a set, such as aliases, in one cell; a semicolon is read as well.</summary>
    public const char SetSeparator = '|';

    private readonly Value?[] _cells;
    private readonly int _width;

    /// <exception cref="LinkageException">A field of the settings is no column.</exception>
    public RowTable(Dataset data, LinkageSettings settings)
    {
        RowCount = data.RowCount;
        _width = settings.Fields.Count;
        _cells = new Value?[checked(RowCount * _width)];
        for (var field = 0; field < _width; field++)
        {
            var column = data[settings.Fields[field].Name] ?? throw new LinkageException(
                $"No column \"{settings.Fields[field].Name}\"; the columns are {string.Join(", ", data.Columns.Select(known => known.Name))}.");
            Fill(column, settings.Fields[field], field);
        }
    }

    public int RowCount { get; }

    public ReadOnlySpan<Value?> this[int row] => _cells.AsSpan(row * _width, _width);

    private void Fill(DataColumn column, Field field, int place)
    {
        var values = new Value?[column.Texts.Count];
        // Texts that fold alike are one value: "ANA" and "Ana" are equally frequent.
        var byFolded = new Dictionary<string, Value>(StringComparer.Ordinal);
        for (var code = 1; code < values.Length; code++)
        {
            if (field.IsSet && column.Texts[code].AsSpan().IndexOfAny(SetSeparator, ';') >= 0)
            {
                values[code] = SetOf(field, column.Texts[code], byFolded);
                continue;
            }
            if (ValueReader.Read(field, column.Texts[code]) is not { } value) continue;
            if (!byFolded.TryGetValue(value.Folded, out var known)) byFolded[value.Folded] = known = value;
            values[code] = known;
        }
        var counts = column.Count();
        var total = 0;
        for (var code = 1; code < values.Length; code++)
        {
            if (values[code] is not { } value) continue;
            foreach (var member in value is SetValue set ? set.Members : [value]) member.RowCount += counts[code];
            total += counts[code];
        }
        if (field.Frequency == FrequencySource.Records)
            foreach (var value in byFolded.Values) value.Share = (double)value.RowCount / (total + UnseenRows);
        for (var row = 0; row < RowCount; row++) _cells[(row * _width) + place] = values[column.Codes[row]];
    }

    private static Value? SetOf(Field field, string text, Dictionary<string, Value> byFolded)
    {
        var members = new List<Value>();
        foreach (var part in text.Split([SetSeparator, ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (ValueReader.Read(field, part) is not { } value) continue;
            if (!byFolded.TryGetValue(value.Folded, out var known)) byFolded[value.Folded] = known = value;
            if (!members.Contains(known)) members.Add(known);
        }
        return members.Count switch { 0 => null, 1 => members[0], _ => new SetValue([.. members]) };
    }
}
