using System.Collections.Concurrent;
using Homeward.Intake.Model;

namespace Homeward.Intake.Reading;

/// <summary>What was just stored, for the first who asks: later stages hear of a batch at once and need not read it back.</summary>
/// <remarks>
/// Each is given out once, and never for good by itself: <see cref="Gists"/>, or who works ahead of an act, asks the database whether
/// it stands and is still the newest version, so that neither an act that was undone nor another node's newer version is
/// missed. Bounded; what was pushed out is read from its rows. Safe for many threads.
/// </remarks>
internal sealed class FreshReports
{
    private const int ReportsMax = 16_384;

    private readonly ConcurrentDictionary<ReportId, ReportVersion> _kept = new();
    private readonly ConcurrentQueue<ReportId> _order = new();

    public void Keep(IReadOnlyList<ReportVersion> versions)
    {
        foreach (var version in versions)
        {
            // Both versions of one batch: the newer stays.
            _kept[version.Id] = version;
            _order.Enqueue(version.Id);
        }
        while (_order.Count > ReportsMax && _order.TryDequeue(out var oldest)) _kept.TryRemove(oldest, out _);
    }

    public ReportVersion? Take(ReportId id) => _kept.TryRemove(id, out var version) ? version : null;

    /// <summary>All of these or, where one is not kept or is a later version, none: then the others stay.</summary>
    public IReadOnlyList<ReportVersion>? TakeFirst(IReadOnlyCollection<ReportId> ids)
    {
        var versions = new List<ReportVersion>(ids.Count);
        foreach (var id in ids)
        {
            if (!_kept.TryGetValue(id, out var version) || version.Version != 1) return null;
            versions.Add(version);
        }
        foreach (var id in ids) _kept.TryRemove(id, out _);
        return versions;
    }
}
