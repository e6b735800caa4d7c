using Homeward.Kernel;

namespace Homeward.Foundations.Places;

/// <summary>All field offices of the record, open or closed, and how people call them.</summary>
public sealed class FieldOffices
{
    // What people put around the name of an office; tried only when the words as written are no office.
    private static readonly string[] Wrappings = ["fbi", "field office", "field", "division", "office"];

    private readonly Dictionary<string, FieldOffice> _byCode;
    private readonly Dictionary<string, List<FieldOffice>> _byName = [];

    internal FieldOffices(ReferenceFolder folder)
    {
        var aliases = folder.Rows("field-office-aliases.csv")
            .ToLookup(row => row.GetString(0), row => row.GetString(1), StringComparer.Ordinal);
        All = [.. folder.Rows("field-offices.csv").Select(row => new FieldOffice(
            Code: row.GetString(0), Name: row.GetString(1), City: row.GetString(2), State: row.GetString(3),
            At: row.Point(4) ?? throw new InvalidDataException($"{row.GetString(0)}: an office without a point"),
            Circuits: row.Words(6), States: row.Words(7), Districts: row.Words(8),
            Aliases: [.. aliases[row.GetString(0)]], Zone: row.GetString(9),
            ValidFrom: row.Day(10) ?? DateOnly.MinValue, ValidTo: row.Day(11), Successor: row.TextOrNull(12)))
            .OrderBy(office => office.Name, StringComparer.Ordinal)];
        _byCode = All.ToDictionary(office => office.Code, StringComparer.OrdinalIgnoreCase);
        foreach (var office in All)
            foreach (var name in office.Aliases.Append(office.Name))
            {
                var named = _byName.GetOrAdd(PlaceNames.Key(name));
                if (!named.Contains(office)) named.Add(office);
            }
    }

    /// <summary>Every office of the record, closed ones included, by name.</summary>
    public IReadOnlyList<FieldOffice> All { get; }

    /// <summary>The first day for which an office is on record.</summary>
    public DateOnly OnRecordFrom => All.Min(office => office.ValidFrom);

    /// <summary>The offices that are open on a day, by name.</summary>
    public IReadOnlyList<FieldOffice> On(DateOnly date) => [.. All.Where(office => office.IsOpenOn(date))];

    /// <summary>The office with this code, open or not; null if there is none.</summary>
    public FieldOffice? WithCode(string? code) => code is null ? null : _byCode.GetValueOrDefault(code.Trim());

    /// <summary>The office that someone means, by code, name or alias, whatever the case and the accents.</summary>
    /// <returns>
    /// The office, if it is open on at least one day of the window; else <c>no-such-office</c> (the problem lists
    /// those that are known), <c>office-not-open</c> (it says when it was) or <c>office-ambiguous</c>.
    /// </returns>
    public Result<FieldOffice> Resolve(string? text, DateOnly from, DateOnly to)
    {
        var meant = Meant(text);
        if (meant.Count == 0)
            return Problem.Invalid("no-such-office", $"\"{text}\": no such office",
                $"known: {string.Join(", ", All.Where(o => o.IsOpenWithin(from, to)).Select(o => o.Name))}");

        var open = meant.Where(office => office.IsOpenWithin(from, to)).ToList();
        return open.Count switch
        {
            1 => open[0],
            0 => Problem.Invalid("office-not-open", $"\"{text}\": not open from {from:yyyy-MM-dd} to {to:yyyy-MM-dd}",
                string.Join("; ", meant.Select(Tenure))),
            _ => Problem.Invalid("office-ambiguous", $"\"{text}\": more than one office is called so",
                $"write one of the codes {string.Join(", ", open.Select(o => o.Code))}"),
        };
    }

    /// <summary>The open offices by distance of their cities, nearest first. Distance does not decide territory.</summary>
    public IReadOnlyList<(FieldOffice Office, double Kilometres)> Nearest(GeoPoint point, DateOnly date, int countMax) =>
        [.. On(date).Select(o => (Office: o, Kilometres: o.At.KilometresTo(point)))
            .OrderBy(near => near.Kilometres).ThenBy(near => near.Office.Code, StringComparer.Ordinal).Take(countMax)];

    private List<FieldOffice> Meant(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return [];
        if (WithCode(text) is { } coded) return [coded];
        var key = PlaceNames.Key(text);
        if (_byName.TryGetValue(key, out var named)) return named;

        foreach (var wrapping in Wrappings)
        {
            if (key.StartsWith(wrapping + " ", StringComparison.Ordinal)) key = key[(wrapping.Length + 1)..];
            if (key.EndsWith(" " + wrapping, StringComparison.Ordinal)) key = key[..^(wrapping.Length + 1)];
            if (_byName.TryGetValue(key, out named)) return named;
        }
        return [];
    }

    private string Tenure(FieldOffice office) => office switch
    {
        { ValidTo: { } end, Successor: { } heir } =>
            $"{office.Name} closed on {end:yyyy-MM-dd}; its territory went to {WithCode(heir)?.Name ?? heir}",
        { ValidTo: { } end } => $"{office.Name} closed on {end:yyyy-MM-dd}",
        _ => $"{office.Name} is on record from {office.ValidFrom:yyyy-MM-dd}",
    };
}
