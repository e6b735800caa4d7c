using Homeward.Foundations.Access;
using Homeward.Foundations.Places;

namespace Homeward.Operations.Model;

/// <summary>An event as deconfliction knows it. It names an operation and carries nothing of its case.</summary>
internal sealed class DeconflictionEvent : IScoped
{
    public required Guid Id { get; init; }
    public required OperationId Operation { get; init; }
    public string? OfficeCode { get; init; }
    public string? TaskForce { get; init; }
    public string? AgencyOri => null;
    public UserId? AssignedTo { get; init; }
    /// <summary>Whom the other party calls.</summary>
    public required UserId Contact { get; init; }
    public required string Type { get; init; }
    public required double Latitude { get; set; }
    public required double Longitude { get; set; }
    /// <summary>Radius of its kind on the day, widened where only a town or a county is known, in kilometres.</summary>
    public required double RadiusKm { get; set; }
    public required int MarginMinutes { get; set; }
    public required DateTimeOffset From { get; set; }
    public required DateTimeOffset To { get; set; }
    /// <summary>The operation's version that it stands for.</summary>
    public required int Version { get; set; }
    public required bool Withdrawn { get; set; }
    /// <summary>Committed and not yet compared: a crash between the two is made good from this mark.</summary>
    public required bool CheckOwed { get; set; }
    public DateTimeOffset? CheckedAt { get; set; }
    public required DateTimeOffset SubmittedAt { get; init; }
    /// <summary>RISSafe, Case Explorer or SAFETNet.</summary>
    public RegionalSystem? System { get; set; }
    public string? RegionalNumber { get; set; }
    public RegionalAnswer? RegionalAnswer { get; set; }
    public DateTimeOffset? RegionalAt { get; set; }
    public required Guid Revision { get; set; }

    public PlannedEvent Planned(IReadOnlyList<string> subjects) => new(
        Id.ToString("N"), new GeoPoint(Latitude, Longitude), RadiusKm, From, To, TimeSpan.FromMinutes(MarginMinutes), subjects);
}

/// <summary>Where an event is filed: by cell and day, as <see cref="GridCells"/> gives the keys.</summary>
internal sealed class EventCell
{
    public required long Key { get; init; }
    public required Guid Event { get; init; }
}

/// <summary>A subject of an event: a keyed hash, which nobody can turn back or compare outside of the house.</summary>
internal sealed class EventSubject
{
    public required string Key { get; init; }
    public required Guid Event { get; init; }
}

internal enum ConflictState
{
    Open,
    /// <summary>Both parties agreed.</summary>
    Settled,
    /// <summary>A supervisor decided, with a reason.</summary>
    Overridden,
    /// <summary>One of the events moved or was called off.</summary>
    Lapsed,
}

/// <summary>Two events that meet, each in one version.</summary>
internal sealed class EventConflict
{
    public required Guid Id { get; init; }
    /// <summary>The smaller id of the two: a pair has one order.</summary>
    public required Guid One { get; init; }
    public required int OneVersion { get; init; }
    public required Guid Other { get; init; }
    public required int OtherVersion { get; init; }
    public required bool ByPlace { get; init; }
    public required bool BySubject { get; init; }
    public double? DistanceKm { get; init; }
    public double? OverlapMinutes { get; init; }
    public required ConflictState State { get; set; }
    public required DateTimeOffset FoundAt { get; init; }
    public UserId? ReleasedBy { get; set; }
    public DateTimeOffset? ReleasedAt { get; set; }
    public UserId? OneAgreedBy { get; set; }
    public DateTimeOffset? OneAgreedAt { get; set; }
    public UserId? OtherAgreedBy { get; set; }
    public DateTimeOffset? OtherAgreedAt { get; set; }
    /// <summary>What was agreed, or why it was overridden; encrypted, bound to <c>conflict/…id…</c>.</summary>
    public byte[]? Agreement { get; set; }
    public UserId? OverriddenBy { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public required Guid Revision { get; set; }
}
