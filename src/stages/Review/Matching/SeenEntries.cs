using Homeward.Intake;
using Homeward.Kernel;

namespace Homeward.Review.Matching;

/// <summary>How the entries stood when somebody looked last, as far as one looks back: so that who finds the same need not read them again.</summary>
/// <remarks>
/// After an import of a nation's entries all of them are as near as one looks back (<see cref="SeenIds"/>), and each batch of reports
/// would read them again. They are the same when there are as many and their versions add up: no entry ever goes, and
/// with each new revision its version grows. Not for use from several threads.
/// </remarks>
internal sealed class SeenEntries
{
    private readonly SeenIds _revisions = new();
    private readonly Dictionary<EntryId, EntryChange> _near = [];

    /// <inheritdoc cref="SeenIds.LookFrom"/>
    public Guid LookFrom => _revisions.LookFrom;

    /// <summary>Before what was read first nothing is asked for, but for what one looks back to.</summary>
    public void Begin(Guid lastRevision) => _revisions.Add(lastRevision);

    /// <summary>Whether these are the ones that are known.</summary>
    /// <param name="from">From where they were counted.</param>
    public bool AreKnown(Guid from, (int Count, long Versions) found)
    {
        var (count, versions) = (0, 0L);
        foreach (var one in _near.Values)
            if (one.Revision.CompareTo(from) > 0) (count, versions) = (count + 1, versions + one.Version);
        return (count, versions) == found;
    }

    /// <summary>Those of all from <see cref="LookFrom"/> on that stand otherwise than is known. Asked again they are the same, until they are <see cref="Seen"/>.</summary>
    public IReadOnlyList<EntryId> NewsOf(IReadOnlyList<EntryChange> changes) =>
        [.. changes.Where(change => !_revisions.Knows(change.Revision)).Select(change => change.Entry)];

    /// <summary>All from <see cref="LookFrom"/> on were taken in, as they stood at this time by the house's clock.</summary>
    public void Seen(IReadOnlyList<EntryChange> changes, DateTimeOffset at)
    {
        _near.Clear();
        foreach (var change in changes)
        {
            _near[change.Entry] = change;
            _revisions.Add(change.Revision);
        }
        _revisions.Looked(at);
    }

    /// <inheritdoc cref="SeenIds.Looked"/>
    public void Looked(DateTimeOffset at) => _revisions.Looked(at);
}
