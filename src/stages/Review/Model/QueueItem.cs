using Homeward.Foundations.Access;
using Homeward.Intake;

namespace Homeward.Review;

/// <summary>Where a report stands in the queue. Whether somebody has it open is a lease beside it.</summary>
public enum QueueState
{
    Waiting,
    /// <summary>Every proposed match was decided on.</summary>
    Decided,
    /// <summary>Put aside for later, with a reason.</summary>
    Parked,
    Dismissed,
}

/// <summary>Whether the report has to do with the United States, as the program proposes it. It hides nothing.</summary>
public enum Nexus
{
    /// <summary>No place is stated, or places that say nothing of it.</summary>
    Open,
    UnitedStates,
    /// <summary>All its places lie abroad and it matches nobody: "no nexus proposed".</summary>
    NoneProposed,
}

/// <summary>Where a report without a nexus went, as a person decided.</summary>
public enum NexusWay
{
    /// <summary>Back to the clearing house, which knows where else it belongs.</summary>
    Returned,
    /// <summary>To the police of another country.</summary>
    Referred,
}

/// <summary>A report as it stands in the queue: its rank with every reason, and what was done with it.</summary>
/// <remarks>Written in bulk when reports arrive; changed by people afterwards.</remarks>
internal sealed class QueueItem : IScoped
{
    public required ReportId Id { get; init; }
    public required string Number { get; init; }
    public required int Version { get; set; }
    public required string Form { get; init; }
    public required string Provider { get; init; }
    public required string IncidentType { get; set; }
    public required DateTimeOffset ReceivedAt { get; init; }
    /// <summary>A provider's escalation or NCMEC's first priority: a bare claim .</summary>
    public required bool ImminentClaimed { get; set; }
    public string? Disposition { get; set; }
    public int? Priority { get; set; }
    public string? Bundle { get; set; }
    /// <summary>City and state as the report puts them; null when it names no place of ours.</summary>
    public string? Place { get; set; }
    public string? PlaceState { get; set; }
    public required Nexus Nexus { get; set; }

    /// <summary>The published indicators that hold, as <see cref="Ranking.Indicators"/> numbers them; of a decided report, those on which it was decided.</summary>
    public required long Indicators { get; set; }
    /// <summary>0 to 100, by the published rules of <see cref="RulesVersion"/>.</summary>
    public required double Risk { get; set; }
    /// <summary>Each reason in words with its points, one a line.</summary>
    public required string Reasons { get; set; }
    public required string RulesVersion { get; set; }
    /// <summary>At or above the referral threshold: a no, a park or a dismissal gets a blind second reader .</summary>
    public required bool AboveThreshold { get; set; }
    /// <summary>Proposed matches that nobody has decided on for good.</summary>
    public required int OpenMatches { get; set; }
    /// <summary>Match weight of the best of them, in bits.</summary>
    public double? TopWeight { get; set; }

    public required QueueState State { get; set; }
    public UserId? LeasedBy { get; set; }
    public DateTimeOffset? LeasedUntil { get; set; }
    public DateTimeOffset? OpenedAt { get; set; }
    public UserId? OpenedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    public UserId? DecidedBy { get; set; }
    /// <summary>Why it was parked or dismissed: encrypted, bound to <c>queue/…id…</c>.</summary>
    public byte[]? Reason { get; set; }

    /// <summary>Null while nobody has returned or referred it.</summary>
    public NexusWay? NexusWay { get; set; }
    /// <summary>To whom it went, as the person who decided wrote it.</summary>
    public string? NexusTo { get; set; }

    /// <summary>Names the duty to report abuse (one for each child, incident and place); null when no identifiable child is named.</summary>
    public string? AbuseKey { get; set; }
    public bool AbuseDutyStarted { get; set; }

    public string? OfficeCode { get; init; }
    public string? TaskForce { get; init; }
    public string? AgencyOri { get; init; }
    /// <summary>In whose hands it lies while it is parked: of the one who parked it, or of the one to whom it was handed over.</summary>
    public UserId? AssignedTo { get; set; }
    public required Guid Revision { get; set; }

    public IReadOnlyList<string> ReasonList => Reasons.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public bool IsLeasedToAnother(UserId user, DateTimeOffset now) => LeasedBy is { } holder && holder != user && LeasedUntil > now;
}
