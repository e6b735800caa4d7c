using System.Runtime.InteropServices;
using Homeward.Kernel;

namespace Homeward.Operations;

/// <summary>Finds which events meet, among many, in memory. Finds what comparing every pair would find.</summary>
/// <remarks>Not safe for use from several threads at once.</remarks>
public sealed class ConflictFinder
{
    private readonly List<PlannedEvent> _events = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<long, List<int>> _byCell = [];
    private readonly Dictionary<string, List<int>> _bySubject = new(StringComparer.Ordinal);

    public int Count => _events.Count;

    /// <summary>Files an event. Each has a name of its own.</summary>
    public void Add(PlannedEvent planned)
    {
        Ensure.That(_ids.Add(planned.Id));
        var index = _events.Count;
        _events.Add(planned);
        foreach (var key in GridCells.Of(planned)) File(_byCell, key, index);
        foreach (var subject in planned.Subjects.Distinct(StringComparer.Ordinal)) File(_bySubject, subject, index);
    }

    /// <summary>The events filed so far that meet this one, in the order in which they were filed; itself is left out.</summary>
    public IReadOnlyList<FoundConflict> Find(PlannedEvent planned)
    {
        var near = new SortedSet<int>();
        foreach (var key in GridCells.Of(planned))
            if (_byCell.TryGetValue(key, out var filed)) near.UnionWith(filed);
        foreach (var subject in planned.Subjects)
            if (_bySubject.TryGetValue(subject, out var filed)) near.UnionWith(filed);
        var found = new List<FoundConflict>();
        foreach (var index in near)
            if (_events[index].Id != planned.Id && Meeting.Of(planned, _events[index]) is { } conflict) found.Add(conflict);
        return found;
    }

    /// <summary>All pairs that meet, each once, in the order of the events.</summary>
    public static IReadOnlyList<FoundConflict> Among(IEnumerable<PlannedEvent> events)
    {
        var finder = new ConflictFinder();
        var found = new List<FoundConflict>();
        foreach (var planned in events)
        {
            found.AddRange(finder.Find(planned).Select(one => one with { One = one.Other, Other = one.One }));
            finder.Add(planned);
        }
        return found;
    }

    private static void File<TKey>(Dictionary<TKey, List<int>> filing, TKey key, int index) where TKey : notnull
    {
        ref var filed = ref CollectionsMarshal.GetValueRefOrAddDefault(filing, key, out _);
        (filed ??= new List<int>(1)).Add(index);
    }
}
