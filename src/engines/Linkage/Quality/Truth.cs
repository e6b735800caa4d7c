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

/// <summary>Who each record truly is, from a column: <c>cluster</c>, or <c>rec_id=rec-(\d+)-</c> with the person in the first group.</summary>
internal sealed class Truth
{
    private static readonly TimeSpan MatchTimeMax = TimeSpan.FromSeconds(1);

    private readonly int[] _person;
    private int[] _both = [];
    private int[]? _bothOf;

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
        var counts = CountPairs(clusters, sourceOf, static _ => true);
        return counts.Quality;
    }

    /// <summary>The same over pairs of which at least one record is of a group.</summary>
    public PairCounts OfPairs(int[] clusters, Func<int, int>? sourceOf, Func<int, bool> isOfGroup)
    {
        // Pairs that touch the group are all pairs less those that lie outside of it.
        var (all, outside) = (CountPairs(clusters, sourceOf, static _ => true), CountPairs(clusters, sourceOf, row => !isOfGroup(row)));
        return new(all.Both - outside.Both, all.Implied - outside.Implied, all.Meant - outside.Meant);
    }

    private PairCounts CountPairs(int[] clusters, Func<int, int>? sourceOf, Func<int, bool> takes) => new(
        PairsWithin(Both(clusters), sourceOf, takes), PairsWithin(clusters, sourceOf, takes), PairsWithin(_person, sourceOf, takes));

    /// <summary>For each row the number of its cluster and person taken together; remembered, for every group of names asks for it.</summary>
    private int[] Both(int[] clusters)
    {
        if (ReferenceEquals(_bothOf, clusters)) return _both;
        var numbers = new Dictionary<(int, int), int>();
        _both = new int[clusters.Length];
        for (var row = 0; row < clusters.Length; row++)
        {
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, (clusters[row], _person[row]), out var known);
            if (!known) number = numbers.Count - 1;
            _both[row] = number;
        }
        _bothOf = clusters;
        return _both;
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

    private double PairsWithin(int[] group, Func<int, int>? sourceOf, Func<int, bool> takes)
    {
        var sizes = new int[group.Length == 0 ? 0 : group.Max() + 1];
        var bySource = sourceOf is null ? null : new Dictionary<(int, int), int>();
        for (var row = 0; row < group.Length; row++)
        {
            if (_person[row] < 0 || !takes(row)) continue;
            sizes[group[row]]++;
            if (bySource is not null) CollectionsMarshal.GetValueRefOrAddDefault(bySource, (group[row], sourceOf!(row)), out _)++;
        }
        return Pairs(sizes) - (bySource is null ? 0 : Pairs(bySource.Values));

        static double Pairs(IEnumerable<int> sizes) => sizes.Sum(size => size * (size - 1.0) / 2);
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
