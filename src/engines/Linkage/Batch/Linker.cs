namespace Homeward.Linkage;

/// <summary>Two records of lists that are of one person.</summary>
/// <param name="Left">The record of the earlier list.</param>
/// <param name="Right">The record of the later one, or of the same where duplicates inside were asked for.</param>
/// <param name="Explanation">Why; its weight and probability are the pair's.</param>
public sealed record LinkedPair(LinkRecord Left, LinkRecord Right, Explanation Explanation);

/// <summary>What came of linking lists in memory.</summary>
/// <param name="Pairs">Pairs at or above the threshold whose records are together in the end, the heaviest first.</param>
/// <param name="Clusters">Every record once: those of one person together.</param>
/// <param name="Settings">As they were used; where they were proposed and trained, to be kept for the next time.</param>
public sealed record LinkedLists(
    IReadOnlyList<LinkedPair> Pairs, IReadOnlyList<IReadOnlyList<LinkRecord>> Clusters, LinkageSettings Settings);

/// <summary>Links or dedupes lists that are in memory, by the same steps as files.</summary>
public static class Linker
{
    /// <summary>Finds who of one list is who of another.</summary>
    /// <param name="left">Records; their fields need no order, and what is missing counts neither way.</param>
    /// <param name="right">The other list.</param>
    /// <param name="settings">Null proposes them from the records and trains them; <see cref="PersonSchema.Settings"/> need no training.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="LinkageException">Nothing can be compared, or far too much would be.</exception>
    public static LinkedLists Link(
        IEnumerable<LinkRecord> left, IEnumerable<LinkRecord> right, LinkageSettings? settings = null,
            CancellationToken cancel = default) =>
        Link([left, right], settings, within: false, cancel);

    /// <summary>Finds records of one list that are of one person.</summary>
    /// <exception cref="LinkageException">Nothing can be compared, or far too much would be.</exception>
    public static LinkedLists Dedupe(IEnumerable<LinkRecord> records, LinkageSettings? settings = null,
        CancellationToken cancel = default) =>
        Link([records], settings, within: true, cancel);

    private static LinkedLists Link(
        IReadOnlyList<IEnumerable<LinkRecord>> lists, LinkageSettings? settings, bool within, CancellationToken cancel)
    {
        List<List<LinkRecord>> sources = [.. lists.Select(list => list.ToList())];
        var records = sources.SelectMany(source => source).ToList();
        var data = DataOf(sources, settings);
        string[] names = [.. sources.Select((_, i) => $"list {i + 1}")];
        var linked = new Linking(new() { Files = names, Settings = settings, WithinFiles = within }, data, static _ => { }, cancel).Link();
        var scorer = linked.Rows is null ? null : new Scorer(linked.Settings);
        return new(
            [.. linked.Pairs.Where(pair => linked.Clusters[pair.Left] == linked.Clusters[pair.Right])
                .Select(pair => new LinkedPair(records[pair.Left], records[pair.Right],
                    scorer!.Explain(linked.Rows![pair.Left], linked.Rows[pair.Right])))],
            [.. records.Select((record, row) => (record, Cluster: linked.Clusters[row])).GroupBy(pair => pair.Cluster, pair => pair.record)
                .Select(cluster => (IReadOnlyList<LinkRecord>)[.. cluster])],
            linked.Settings);
    }

    private static Dataset DataOf(IReadOnlyList<List<LinkRecord>> sources, LinkageSettings? settings)
    {
        var data = new Dataset();
        string[] fields = settings is not null
            ? [.. settings.Fields.Select(field => field.Name)]
            : [.. sources.SelectMany(source => source).SelectMany(record => record.Values.ToArray()
                .Select(value => value.Field)).Distinct()];
        for (var i = 0; i < sources.Count; i++)
        {
            var columns = data.Begin($"list {i + 1}", fields);
            foreach (var record in sources[i])
            {
                for (var field = 0; field < fields.Length; field++)
                    columns[field].Add(data.RowCount, string.Join(RowTable.SetSeparator, record[fields[field]]));
                data.EndRow();
            }
            data.EndSource();
        }
        return data;
    }
}
