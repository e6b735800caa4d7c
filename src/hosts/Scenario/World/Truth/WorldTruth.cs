namespace Homeward.Scenario.World.Truth;

/// <summary>All that is so in one world: the children at risk, the entries, and which report means whom.</summary>
internal sealed class WorldTruth
{
    public required IReadOnlyList<TruthChild> Children { get; init; }
    public required IReadOnlyList<EntryPlan> Entries { get; init; }

    /// <summary>How often each trap was laid, by its name.</summary>
    public required SortedDictionary<string, int> Traps { get; init; }

    public IReadOnlyDictionary<string, TruthChild> ByReport => _byReport ??= Children
        .SelectMany(child => child.Evidence.Select(evidence => (evidence.Number, child)))
        .ToDictionary(each => each.Number, each => each.child, StringComparer.Ordinal);
    private Dictionary<string, TruthChild>? _byReport;

    public IReadOnlyDictionary<string, TruthChild> ByNic => _byNic ??= Children
        .Where(child => child.Nic is not null).ToDictionary(child => child.Nic!, StringComparer.Ordinal);
    private Dictionary<string, TruthChild>? _byNic;

    public IReadOnlyDictionary<string, EntryPlan> EntryByNic => _entryByNic ??=
        Entries.ToDictionary(entry => entry.Nic, StringComparer.Ordinal);
    private Dictionary<string, EntryPlan>? _entryByNic;

    public IEnumerable<TruthChild> Matchable => Children.Where(child => child.IsMatchable);

    /// <summary>Children at risk in the sense of the tally: all but those of other counts.</summary>
    public int Sought => Children.Count(child => child.Fate != Fate.FoundInLabor);
}
