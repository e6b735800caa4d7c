using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Homeward.Operations;
using Homeward.Release.Counting;

namespace Homeward.Release;

public readonly record struct SnapshotId(Guid Value) : IStrongId<SnapshotId>
{
    public static SnapshotId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

public readonly record struct AnnouncementId(Guid Value) : IStrongId<AnnouncementId>
{
    public static AnnouncementId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

/// <summary>Where an announcement stands.</summary>
public enum AnnouncementState { Draft, Approved, Published }

/// <summary>What happens to small counts of offices in a release .</summary>
public enum SmallCellPolicy { Show, Suppress, Combine }

/// <summary>What hosts may read of Release: figures as of any instant.</summary>
public interface ITally
{
    /// <summary>Counts now, from the database, as of an instant.</summary>
    Task<Tally> CountAsync(HomewardDb db, InitiativeGist initiative, DateTimeOffset asOf, CancellationToken cancel);

    /// <summary>The figures of this moment, at most a second of real time old: for pages that many watch.</summary>
    Task<Tally> LiveAsync(HomewardDb db, InitiativeGist initiative, CancellationToken cancel);
}
