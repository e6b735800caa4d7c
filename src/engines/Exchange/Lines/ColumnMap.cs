using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Homeward.Exchange.Lines;

/// <summary>Which column of somebody else's CSV file is which of ours, and how its cells become what we read.</summary>
/// <remarks>
/// A JSON object: for each of our columns the name of theirs, or an object with <c>column</c> or <c>columns</c> (several
/// become a list, or with <c>"as": "parts"</c> the parts of one item), <c>is</c> (the same for all rows), <c>values</c> (their word: ours), <c>as</c> (see <see cref="CellForms"/>),
/// <c>format</c> (one or several, as .NET writes them), <c>zone</c> (an IANA name) and <c>otherwise</c> (for an empty cell). What it does not
/// name is read from a column with our name, where there is one. A cell that cannot be turned into ours stays as it is: its
/// row is then rejected with the reason.
/// </remarks>
public sealed class ColumnMap
{
    private const string Parts = "parts";

    private readonly IReadOnlyList<string> _ours;
    private readonly Dictionary<string, Rule> _rules;

    private ColumnMap(IReadOnlyList<string> ours, Dictionary<string, Rule> rules) => (_ours, _rules) = (ours, rules);

    private sealed record Rule(IReadOnlyList<string> Columns, string? Is, string? Otherwise, IReadOnlyDictionary<string, string> Values, bool AreParts, Func<string, string?>? Form);

    /// <param name="json">UTF-8.</param>
    /// <param name="ours">The columns that may be named.</param>
    /// <returns>The map; or each fault with its JSON pointer.</returns>
    public static Parsed<ColumnMap> Read(ReadOnlyMemory<byte> json, IReadOnlyList<string> ours)
    {
        var (faults, rules) = (new List<Rejection>(), new Dictionary<string, Rule>(StringComparer.OrdinalIgnoreCase));
        if (!Utf8.IsValid(json.Span)) return Parsed<ColumnMap>.Rejected(new Rejection(0, 0, "", "the bytes are not UTF-8", "save it as UTF-8"));
        try
        {
            using var document = JsonDocument.Parse(json.Span.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (document.RootElement.ValueKind != JsonValueKind.Object) faults.Add(new(0, 0, "", "not a JSON object", "write {\"nic\": \"THEIR COLUMN\"}"));
            else
            {
                foreach (var member in document.RootElement.EnumerateObject())
                {
                    if (!ours.Contains(member.Name, StringComparer.OrdinalIgnoreCase)) Fault(member.Name, "no column of ours", $"name one of {string.Join(", ", ours)}");
                    else if (RuleOf(member.Value, (field, reason, mend) => Fault($"{member.Name}{field}", reason, mend)) is { } rule) rules[member.Name] = rule;
                }
            }
        }
        catch (JsonException fault)
        {
            faults.Add(new((int)(fault.LineNumber ?? 0) + 1, (int)(fault.BytePositionInLine ?? 0) + 1, "", "not JSON", "mend it here"));
        }
        return faults.Count > 0 ? Parsed<ColumnMap>.Rejected(faults) : Parsed<ColumnMap>.Taken(new(ours, rules));

        void Fault(string field, string reason, string mend) => faults.Add(new(0, 0, $"/{field}", reason, mend));
    }

    /// <summary>The map over a file with this header.</summary>
    /// <returns>What turns its rows into ours, with the columns that neither the map nor their name says to be ours; or which of the columns that are named it lacks.</returns>
    public Parsed<MappedRows> Over(string header)
    {
        var theirs = (CsvRows.Cells(header) ?? []).Select(name => name.Trim()).ToList();
        var faults = _rules.SelectMany(rule => rule.Value.Columns.Where(column => Place(column) < 0).Select(column => new Rejection(
            1, 0, column, $"the map reads {rule.Key} from a column \"{column}\", which the header lacks", $"name one of {string.Join(", ", theirs)}"))).ToList();
        faults.AddRange(_rules.SelectMany(rule => rule.Value.Columns.Where(IsTwice).Select(column => new Rejection(
            1, 0, column, $"the map reads {rule.Key} from a column \"{column}\", which the header names twice", "rename one of the two"))));
        if (faults.Count > 0) return Parsed<MappedRows>.Rejected(faults);
        return Parsed<MappedRows>.Taken(new(string.Join(',', _ours.Select(our => _rules.ContainsKey(our) || Place(our) >= 0 ? our : CsvHeader.NameOfNone(our))), theirs.Count, [.. _ours.Select(Cell)]), [.. theirs.Where(IsUnread)]);

        bool IsTwice(string column) => theirs.Count(name => name.Equals(column, StringComparison.OrdinalIgnoreCase)) > 1;

        bool IsUnread(string name) => name.Length > 0 && !_rules.Values.Any(rule => rule.Columns.Contains(name, StringComparer.OrdinalIgnoreCase))
            && (_rules.ContainsKey(name) || !_ours.Contains(name, StringComparer.OrdinalIgnoreCase));

        int Place(string column) => theirs.FindIndex(name => name.Equals(column, StringComparison.OrdinalIgnoreCase));

        Func<string[], string?> Cell(string our)
        {
            if (!_rules.TryGetValue(our, out var rule))
            {
                var same = Place(our);
                return cells => At(cells, same);
            }
            if (rule.Is is not null) return _ => rule.Is;
            var places = rule.Columns.Select(Place).ToArray();
            return cells =>
            {
                if (rule.AreParts) return Array.Exists(places, place => !string.IsNullOrWhiteSpace(At(cells, place))) ? Cells.Parts([[.. places.Select(place => Turned(At(cells, place), rule))]]) : rule.Otherwise;
                var given = places.Select(place => Turned(At(cells, place), rule)).Where(cell => cell.Length > 0).ToList();
                return given.Count == 0 ? rule.Otherwise : places.Length == 1 ? given[0] : Cells.List(given);
            };
        }
    }

    private static string? At(string[] cells, int place) => place >= 0 && place < cells.Length ? cells[place] : null;

    private static string Turned(string? cell, Rule rule)
    {
        if (cell?.Trim() is not { Length: > 0 } text) return "";
        if (rule.Values.TryGetValue(text, out var word)) return word;
        return rule.Form?.Invoke(text) ?? text;
    }

    private static Rule? RuleOf(JsonElement said, Action<string, string, string> fault)
    {
        if (said.ValueKind == JsonValueKind.String) return new([said.GetString()!.Trim()], null, null, new Dictionary<string, string>(), false, null);
        if (said.ValueKind != JsonValueKind.Object)
        {
            fault("", "neither a column's name nor an object", "write \"THEIR COLUMN\" or {\"column\": \"THEIR COLUMN\"}");
            return null;
        }
        var (columns, formats) = (new List<string>(), new List<string>());
        string? only = null, otherwise = null, form = null, zone = null;
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in said.EnumerateObject())
        {
            switch (member.Name)
            {
                case "column" or "columns": columns.AddRange(Texts(member)); break;
                case "format": formats.AddRange(Texts(member)); break;
                case "is": only = Text(member.Value, $"/{member.Name}"); break;
                case "otherwise": otherwise = Text(member.Value, $"/{member.Name}"); break;
                case "as": form = Text(member.Value, $"/{member.Name}"); break;
                case "zone": zone = Text(member.Value, $"/{member.Name}"); break;
                case "values" when member.Value.ValueKind == JsonValueKind.Object:
                    foreach (var word in member.Value.EnumerateObject()) values[word.Name] = Text(word.Value, $"/values/{word.Name}");
                    break;
                default: fault($"/{member.Name}", "not known here", "column, columns, is, values, as, format, zone and otherwise are"); break;
            }
        }
        if ((columns.Count == 0) == (only is null)) fault("", "it needs a column, or what it is for all rows, and not both", "write \"column\" or \"is\"");
        return new([.. columns.Select(column => column.Trim())], only, otherwise, values, form == Parts, form == Parts ? null : CellForms.Of(form, formats, zone, fault));

        IEnumerable<string> Texts(JsonProperty member) => member.Value.ValueKind == JsonValueKind.Array
            ? [.. member.Value.EnumerateArray().Select(one => Text(one, $"/{member.Name}"))] : [Text(member.Value, $"/{member.Name}")];

        string Text(JsonElement value, string field)
        {
            if (value.ValueKind == JsonValueKind.String) return value.GetString()!;
            fault(field, "not a text", "put it in quotes");
            return "";
        }
    }
}

/// <summary>Turns rows of a file into rows with our columns.</summary>
public sealed class MappedRows
{
    private readonly int _theirs;
    private readonly IReadOnlyList<Func<string[], string?>> _columns;

    /// <param name="theirs">How many cells a row of the file has.</param>
    internal MappedRows(string header, int theirs, IReadOnlyList<Func<string[], string?>> columns) => (Header, _theirs, _columns) = (header, theirs, columns);

    /// <summary>Our columns; in brackets those that neither the map nor the file's header names.</summary>
    public string Header { get; }

    /// <returns>The row under our columns; null when it is not well-formed or has not as many cells as its header: under that it is rejected for it.</returns>
    public string? Of(string row) => CsvRows.Cells(row) is { } cells && cells.Length == _theirs ? string.Join(',', _columns.Select(column => CsvRows.Quoted(column(cells)))) : null;
}
