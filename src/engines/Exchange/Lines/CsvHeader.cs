namespace Homeward.Exchange.Lines;

/// <summary>The first row of a CSV file: where each of our columns stands, and what else stands there.</summary>
internal sealed class CsvHeader
{
    private readonly Dictionary<string, int> _places = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(int Place, string Name)> _unknown = [];
    private readonly HashSet<string> _none = new(StringComparer.OrdinalIgnoreCase);
    private readonly string? _twice;
    private readonly string? _parting;
    private readonly int _cells;

    private static readonly (char Sign, string Name)[] _partings = [(';', "semicolons"), ('\t', "tabs"), ('|', "the sign |")];

    /// <param name="ours">The columns that we know.</param>
    public CsvHeader(string[] cells, IReadOnlyList<string> ours)
    {
        _cells = cells.Length;
        foreach (var (place, cell) in cells.Index())
        {
            var name = cell.Trim();
            if (name is ['(', .. var none, ')'] && ours.Contains(none, StringComparer.OrdinalIgnoreCase)) _none.Add(none);
            else if (!ours.Contains(name, StringComparer.OrdinalIgnoreCase)) _unknown.Add((place, name.Length > 0 ? name : $"column {place + 1}, which has no name"));
            else if (!_places.TryAdd(name, place)) _twice ??= name;
        }
        // A spreadsheet of another country, or one that was saved as text.
        if (_cells == 1 && _places.Count == 0)
            _parting = _partings.FirstOrDefault(one => cells[0].Split(one.Sign).Count(name => ours.Contains(name.Trim(' ', '"'), StringComparer.OrdinalIgnoreCase)) > 1).Name;
        Silent = [.. ours.Where(column => !_places.ContainsKey(column))];
    }

    /// <summary>As a header names a column of ours that its table does not have: <c>(custody)</c>. A header that only leaves one out is told.</summary>
    public static string NameOfNone(string column) => $"({column})";

    /// <summary>Of our columns, those of which this table can say nothing: a cell that is empty for want of a column unsays nothing.</summary>
    public IReadOnlyList<string> Silent { get; }

    public int? Place(string column) => _places.TryGetValue(column, out var place) ? place : null;

    /// <summary>What the header lacks, or names twice so that nobody knows which is meant; null when it can be used.</summary>
    public Rejection? Fault(IReadOnlyList<string> needed)
    {
        var missing = needed.Where(column => !_places.ContainsKey(column) && !_none.Contains(column)).ToArray();
        if (missing.Length > 0 && _parting is not null) return new(1, 0, "", $"the cells are parted by {_parting} and not by commas", "save it with commas, as \"CSV UTF-8\"");
        if (missing.Length > 0) return new(1, 0, missing[0], $"the header lacks {string.Join(", ", missing)}", $"give the header {string.Join(",", needed)}");
        return _twice is null ? null : new(1, 0, _twice, $"the header names {_twice} twice", "leave one of the two out");
    }

    /// <summary>Why a row is not one of this header's; null when it has as many cells.</summary>
    public Rejection? Misfit(string[] cells, int line) => cells.Length == _cells ? null : new(line, 0, "",
        $"{cells.Length} cells where the header has {_cells}", cells.Length < _cells ? "send the row whole: it is cut, or lacks commas" : "put texts with commas in quotes");

    /// <summary>The columns that we do not know and in which this row says something.</summary>
    public IReadOnlyList<string> Unread(string[] cells) => [.. _unknown.Where(one => !string.IsNullOrWhiteSpace(cells[one.Place])).Select(one => one.Name)];
}
