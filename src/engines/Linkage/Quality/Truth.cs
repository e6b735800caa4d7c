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

    /// <param name="group">The number of each row's group; below 0 for a row of none.</param>
    /// <param name="sourceOf">The source of a row, when only pairs between sources count; else null.</param>
    public PairSum(int[] group, Func<int, int>? sourceOf)
    {
        (_group, _sizes) = (group, new int[group.Length == 0 ? 0 : group.Max() + 1]);
        foreach (var number in group) if (number >= 0) _sizes[number]++;
        _inside = sourceOf is null ? null : new(CutBySource(group, _sizes.Length, sourceOf), null);
        Pairs = _sizes.Sum(size => size * (size - 1.0) / 2) - (_inside?.Pairs ?? 0);
    }

    public double Pairs { get; }

    /// <summary>Pairs with at least one of these rows: the k-th of a group of n makes n − k pairs that no earlier one has made.</summary>
    public double Touching(bool[] rows)
    {
        var (taken, pairs) = (new int[_sizes.Length], 0.0);
        for (var row = 0; row < rows.Length; row++)
            if (rows[row] && _group[row] is >= 0 and var number) pairs += _sizes[number] - ++taken[number];
        return pairs - (_inside?.Touching(rows) ?? 0);
    }

    /// <summary>The same groups, each cut by source. Rows of one source lie together.</summary>
    private static int[] CutBySource(int[] group, int groups, Func<int, int> sourceOf)
    {
        var (cut, source, number, numbers) = (new int[group.Length], new int[groups], new int[groups], 0);
        for (var row = 0; row < group.Length; row++)
        {
            if ((cut[row] = group[row]) < 0) continue;
            var own = sourceOf(row) + 1;
            if (source[group[row]] != own) (source[group[row]], number[group[row]]) = (own, numbers++);
            cut[row] = number[group[row]];
        }
        return cut;
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
        // Rows whose person is not known are left out of the measure: -1.
        var ofText = pattern is null ? [.. Enumerable.Range(-1, column.DistinctCount + 1)] : Persons(column, Compile(pattern));
        if (ofText.Max() < 0) throw new LinkageException($"--truth: no row of \"{name}\" says who it is.");
        var person = new int[column.Codes.Count];
        for (var row = 0; row < person.Length; row++) person[row] = ofText[column.CodesSpan[row]];
        return new(person);
    }

    /// <summary>The person of each text, as an expression finds it.</summary>
    private static int[] Persons(DataColumn column, Regex regex)
    {
        var persons = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. column.Texts.Select((text, code) =>
        {
            var match = regex.Match(text);
            if (code == 0 || !match.Success) return -1;
            var person = match.Groups.Count > 1 ? match.Groups[1].Value : match.Value;
            persons.TryAdd(person, persons.Count);
            return persons[person];
        })];
    }

    /// <summary>The number of the person of a row; -1 where the truth does not say.</summary>
    public int PersonOf(int row) => _person[row];

    /// <summary>Rows whose person is known, person by person; those who stand alone included.</summary>
    public IEnumerable<ArraySegment<int>> Persons()
    {
        var starts = new int[_person.Length == 0 ? 1 : _person.Max() + 2];
        foreach (var person in _person) if (person >= 0) starts[person + 1]++;
        for (var person = 1; person < starts.Length; person++) starts[person] += starts[person - 1];
        var (rows, next) = (new int[starts[^1]], starts.ToArray());
        for (var row = 0; row < _person.Length; row++) if (_person[row] is >= 0 and var person) rows[next[person]++] = row;
        for (var person = 0; person + 1 < starts.Length; person++)
            if (starts[person + 1] > starts[person]) yield return new(rows, starts[person], starts[person + 1] - starts[person]);
    }

    /// <summary>The same with the clusters that each person's rows are in, and how many in each. The list is the next person's too.</summary>
    public IEnumerable<(ArraySegment<int> Rows, List<(int Cluster, int Count)> Parts)> Parted(int[] clusters)
    {
        var (counts, parts) = (new int[clusters.Length == 0 ? 0 : clusters.Max() + 1], new List<(int Cluster, int Count)>());
        foreach (var person in Persons())
        {
            parts.Clear();
            foreach (var row in person) counts[clusters[row]]++;
            foreach (var row in person)
            {
                if (counts[clusters[row]] is > 0 and var count) parts.Add((clusters[row], count));
                counts[clusters[row]] = 0;
            }
            yield return (person, parts);
        }
    }

    /// <summary>How many rows of each cluster have a known person.</summary>
    public int[] KnownInCluster(int[] clusters)
    {
        var known = new int[clusters.Length == 0 ? 0 : clusters.Max() + 1];
        for (var row = 0; row < clusters.Length; row++) if (_person[row] >= 0) known[clusters[row]]++;
        return known;
    }

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
        var (both, implied, parts) = (new int[_person.Length], new int[_person.Length], 0);
        Array.Fill(both, -1);
        for (var row = 0; row < implied.Length; row++) implied[row] = _person[row] < 0 ? -1 : clusters[row];
        foreach (var (rows, inClusters) in Parted(clusters))
        {
            foreach (var row in rows) both[row] = parts + inClusters.FindIndex(part => part.Cluster == clusters[row]);
            parts += inClusters.Count;
        }
        var grouped = (new PairSum(both, sourceOf), new PairSum(implied, sourceOf), new PairSum(_person, sourceOf));
        _grouped = grouped;
        return grouped;
    }

    /// <summary>B-cubed (Bagga and Baldwin 1998): the same, as seen by the average record.</summary>
    public Quality OfClusters(int[] clusters)
    {
        var (known, precision, recall, rows) = (KnownInCluster(clusters), 0.0, 0.0, 0);
        foreach (var (person, parts) in Parted(clusters))
        {
            rows += person.Count;
            foreach (var (cluster, count) in parts)
            {
                // Each of these rows sees so many of its own.
                precision += (double)count * count / known[cluster];
                recall += (double)count * count / person.Count;
            }
        }
        return new(precision / rows, recall / rows);
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
