namespace Homeward.Linkage;

/// <summary>Union–find over numbered records, with pairs of groups that must not join.</summary>
internal sealed class Groups
{
    private readonly int[] _parents;
    private readonly int[] _sizes;
    private readonly Dictionary<int, HashSet<int>> _forbidden = [];
    private readonly Dictionary<int, HashSet<string>> _sources = [];

    public Groups(int count)
    {
        _parents = new int[count];
        _sizes = new int[count];
        for (var i = 0; i < count; i++) (_parents[i], _sizes[i]) = (i, 1);
    }

    public int Find(int record)
    {
        while (_parents[record] != record)
        {
            _parents[record] = _parents[_parents[record]];
            record = _parents[record];
        }
        return record;
    }

    public int SizeOf(int record) => _sizes[Find(record)];

    public void SetSource(int record, string source) => _sources[Find(record)] = [source];

    /// <summary>The groups of these two never join.</summary>
    public void Forbid(int left, int right)
    {
        (left, right) = (Find(left), Find(right));
        Set(left).Add(right);
        Set(right).Add(left);

        HashSet<int> Set(int group) => _forbidden.TryGetValue(group, out var set) ? set : _forbidden[group] = [];
    }

    /// <returns>False, with the reason, when the two groups must stay apart.</returns>
    public bool TryJoin(int left, int right, bool heedSources, out string reason)
    {
        reason = "";
        (left, right) = (Find(left), Find(right));
        if (left == right) return true;
        if (_forbidden.TryGetValue(left, out var apart) && apart.Contains(right))
        {
            reason = "a person decided that members of the two groups are not the same";
            return false;
        }
        if (heedSources && SharedSource(left, right) is { } source)
        {
            reason = $"both groups hold a record of the exclusive source \"{source}\"";
            return false;
        }
        if (_sizes[left] < _sizes[right]) (left, right) = (right, left);
        (_parents[right], _sizes[left]) = (left, _sizes[left] + _sizes[right]);
        Absorb(left, right);
        return true;
    }

    private string? SharedSource(int left, int right) =>
        _sources.TryGetValue(left, out var one) && _sources.TryGetValue(right, out var other)
            ? one.Where(other.Contains).Order(StringComparer.Ordinal).FirstOrDefault()
            : null;

    private void Absorb(int left, int right)
    {
        if (_forbidden.Remove(right, out var apart))
        {
            foreach (var third in apart)
            {
                _forbidden[third].Remove(right);
                Forbid(left, third);
            }
        }
        if (!_sources.Remove(right, out var sources)) return;
        if (_sources.TryGetValue(left, out var mine)) mine.UnionWith(sources);
        else _sources[left] = sources;
    }
}
