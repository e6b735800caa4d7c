using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Homeward.Linkage;

/// <summary>How right an answer is: 0 to 1.</summary>
public sealed record Quality(double Precision, double Recall)
{
    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);
}

/// <summary>Pairs that are joined and true, that are joined, and that are true.</summary>
internal readonly record struct PairCounts(double Both, double Implied, double Meant)
{
    public Quality Quality => new(Implied == 0 ? 1 : Both / Implied, Meant == 0 ? 1 : Both / Meant);
}

/// <summary>Pairs within groups of rows, all of them or those that touch some rows; with sources only pairs across.</summary>
internal sealed class PairSum
{
    private readonly int[] _group;
    private readonly int[] _sizes;

    /// <summary>The same rows by group and source: pairs of one source that do not count.</summary>
    private readonly PairSum? _inside;

    private PairSum(int[] group, int count, PairSum? inside)
    {
        (_group, _inside, _sizes) = (group, inside, new int[count]);
        foreach (var number in group) if (number >= 0) _sizes[number]++;
        Pairs = _sizes.Sum(size => size * (size - 1.0) / 2) - (inside?.Pairs ?? 0);
    }

    public double Pairs { get; }

    /// <param name="keyOf">What rows of one group share; below 0 for a row of none.</param>
    public static PairSum Of(Func<int, (int First, int Second)> keyOf, int rows, Func<int, int>? sourceOf)
    {
        var (group, count) = Numbered(row => keyOf(row) is { First: >= 0 } key ? key : null, rows);
        if (sourceOf is null) return new(group, count, null);
        var (inside, insideCount) = Numbered(row => group[row] < 0 ? null : (group[row], sourceOf(row)), rows);
        return new(group, count, new(inside, insideCount, null));
    }

    /// <summary>Pairs with at least one of these rows: the k-th of a group of n makes n − k pairs that no earlier one has made.</summary>
    public double Touching(bool[] rows)
    {
        var (taken, pairs) = (new int[_sizes.Length], 0.0);
        for (var row = 0; row < rows.Length; row++)
            if (rows[row] && _group[row] is >= 0 and var number) pairs += _sizes[number] - ++taken[number];
        return pairs - (_inside?.Touching(rows) ?? 0);
    }

    private static (int[] Group, int Count) Numbered(Func<int, (int, int)?> keyOf, int rows)
    {
        var (numbers, group) = (new Dictionary<(int, int), int>(), new int[rows]);
        for (var row = 0; row < rows; row++)
        {
            if (keyOf(row) is not { } key)
            {
                group[row] = -1;
                continue;
            }
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, key, out var known);
            if (!known) number = numbers.Count - 1;
            group[row] = number;
        }
        return (group, numbers.Count);
    }
}

/// <summary>Who each record truly is, from a column: <c>cluster</c>, or <c>rec_id=rec-(\d+)-</c> with the person in the first group.</summary>
internal sealed class Truth
{
    private static readonly TimeSpan MatchTimeMax = TimeSpan.FromSeconds(1);

    private readonly int[] _person;
    private (PairSum, PairSum, PairSum)? _grouped;
    private int[]? _groupedOf;

    private Truth(int[] person) => _person = person;

    /// <summary>The column that a truth option names.</summary>
    public static string ColumnOf(string option) => Split(option).Column;

    /// <exception cref="LinkageException">No such column, no regular expression, or nothing that it takes.</exception>
    public static Truth Read(Dataset data, string option)
    {
        var (name, pattern) = Split(option);
        var column = data.Columns.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new LinkageException($"--truth: no column \"{name}\"; the columns are {string.Join(", ", data.Columns.Select(known => known.Name))}.");
        var regex = pattern is null ? null : Compile(pattern);
        var persons = new Dictionary<string, int>(StringComparer.Ordinal);
        // Rows whose person is not known are left out of the measure: -1.
        var ofText = column.Texts.Select((text, code) =>
        {
            if (code == 0) return -1;
            var person = text;
            if (regex is not null)
            {
                var match = regex.Match(text);
                if (!match.Success) return -1;
                person = match.Groups.Count > 1 ? match.Groups[1].Value : match.Value;
            }
            persons.TryAdd(person, persons.Count);
            return persons[person];
        }).ToArray();
        if (persons.Count == 0) throw new LinkageException($"--truth: no row of \"{name}\" says who it is.");
        return new([.. column.Codes.Select(code => ofText[code])]);
    }

    /// <summary>The number of the person of a row; -1 where the truth does not say.</summary>
    public int PersonOf(int row) => _person[row];

    /// <summary>Rows whose person is known, person by person; those who stand alone included.</summary>
    public IEnumerable<IReadOnlyList<int>> Persons() =>
        Known().GroupBy(row => _person[row]).OrderBy(group => group.Key).Select(group => (IReadOnlyList<int>)[.. group]);

    /// <summary>Of all pairs that the clusters imply, how many are true, and of the true ones how many they imply.</summary>
    /// <param name="sourceOf">The source of a row, when only pairs between sources count; else null.</param>
    public Quality OfPairs(int[] clusters, Func<int, int>? sourceOf)
    {
        var (both, implied, meant) = Grouped(clusters, sourceOf);
        return new PairCounts(both.Pairs, implied.Pairs, meant.Pairs).Quality;
    }

    /// <summary>The same over pairs of which at least one record is of a group.</summary>
    public PairCounts OfPairs(int[] clusters, Func<int, int>? sourceOf, bool[] isOfGroup)
    {
        var (both, implied, meant) = Grouped(clusters, sourceOf);
        return new(both.Touching(isOfGroup), implied.Touching(isOfGroup), meant.Touching(isOfGroup));
    }

    /// <summary>Rows by cluster and person, by cluster, by person; remembered, for every group of names asks for it.</summary>
    private (PairSum Both, PairSum Implied, PairSum Meant) Grouped(int[] clusters, Func<int, int>? sourceOf)
    {
        if (_grouped is { } known && ReferenceEquals(_groupedOf, clusters)) return known;
        _groupedOf = clusters;
        var grouped = (PairSum.Of(row => _person[row] < 0 ? (-1, 0) : (clusters[row], _person[row]), _person.Length, sourceOf),
            PairSum.Of(row => _person[row] < 0 ? (-1, 0) : (clusters[row], 0), _person.Length, sourceOf),
            PairSum.Of(row => _person[row] < 0 ? (-1, 0) : (_person[row], 0), _person.Length, sourceOf));
        _grouped = grouped;
        return grouped;
    }

    /// <summary>B-cubed (Bagga and Baldwin 1998): the same, as seen by the average record.</summary>
    public Quality OfClusters(int[] clusters)
    {
        var rows = Known().ToArray();
        var together = Count(rows, row => (clusters[row], _person[row]));
        var inCluster = Count(rows, row => (clusters[row], 0));
        var ofPerson = Count(rows, row => (0, _person[row]));
        return new(
            rows.Average(row => (double)together[(clusters[row], _person[row])] / inCluster[(clusters[row], 0)]),
            rows.Average(row => (double)together[(clusters[row], _person[row])] / ofPerson[(0, _person[row])]));
    }

    private IEnumerable<int> Known() => Enumerable.Range(0, _person.Length).Where(row => _person[row] >= 0);

    private static Dictionary<TKey, int> Count<TKey>(IEnumerable<int> rows, Func<int, TKey> key) where TKey : notnull
    {
        var counts = new Dictionary<TKey, int>();
        foreach (var row in rows)
            CollectionsMarshal.GetValueRefOrAddDefault(counts, key(row), out _)++;
        return counts;
    }

    private static (string Column, string? Pattern) Split(string option)
    {
        var equals = option.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (option.Trim(), null) : (option[..equals].Trim(), option[(equals + 1)..]);
    }

    private static Regex Compile(string pattern)
    {
        try
        {
            return new(pattern, RegexOptions.CultureInvariant, MatchTimeMax);
        }
        catch (ArgumentException fault)
        {
            throw new LinkageException($"--truth: \"{pattern}\" is no regular expression: {fault.Message}", fault);
        }
    }
}
