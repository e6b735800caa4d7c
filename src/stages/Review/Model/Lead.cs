using System.Text.Json;
using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Foundations.Places;
using Homeward.Foundations.Work;
using Homeward.Intake;

namespace Homeward.Review;

/// <summary>A reviewed reason to act for a child. At most one is open for each child .</summary>
internal sealed class Lead : IScoped
{
    public required LeadId Id { get; init; }
    public required string Number { get; init; }
    public required LeadOrigin Origin { get; init; }
    public required LeadState State { get; set; }
    public PersonRecordId? Child { get; init; }
    public EntryId? Entry { get; init; }
    public string? Nic { get; init; }
    public DoorId? Door { get; set; }
    /// <summary>Where the child may be, best founded first: JSON.</summary>
    public required string Places { get; set; }
    public required double Risk { get; set; }
    /// <summary>In words, one a line.</summary>
    public required string RiskReasons { get; set; }
    public required bool ViaReview { get; set; }
    public required bool Imminent { get; set; }
    public required bool CurrentAbuse { get; set; }
    public required DateTimeOffset RaisedAt { get; init; }
    public required UserId RaisedBy { get; init; }
    public required int Version { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    /// <summary>A code: <c>child-found</c>, <c>not-there</c>, <c>child-located</c>, <c>match-undone</c>, <c>withdrawn</c>.</summary>
    public string? Outcome { get; set; }
    public string? OfficeCode { get; init; }
    public string? TaskForce { get; init; }
    public string? AgencyOri { get; init; }
    public UserId? AssignedTo { get; init; }
    public required Guid Revision { get; set; }

    public IReadOnlyList<PlaceQuery> PlaceList => JsonSerializer.Deserialize<List<PlaceQuery>>(Places, WorkItem.Json) ?? [];
    public IReadOnlyList<string> ReasonList => RiskReasons.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static string Write(IReadOnlyList<PlaceQuery> places) => JsonSerializer.Serialize(places, WorkItem.Json);
}

/// <summary>One piece of what a lead rests on, with where it comes from.</summary>
internal sealed class LeadEvidence
{
    public required Guid Id { get; init; }
    public required LeadId Lead { get; init; }
    public MatchId? Match { get; init; }
    public ReportId? Report { get; init; }
    /// <summary>CyberTipline number, or the number of the tip or referral.</summary>
    public required string Source { get; init; }
    /// <summary>Of the report, or the message of the tip or referral.</summary>
    public int? ReportVersion { get; init; }
    /// <summary>Where in the original it stands.</summary>
    public string? Path { get; init; }
    public required UserId AddedBy { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    /// <summary>The lead's version that it came with.</summary>
    public required int LeadVersion { get; init; }
    /// <summary>When its match was undone; it stays on record.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }
}

/// <summary>The last number given out in a year.</summary>
internal sealed class LeadCounter
{
    public required int Year { get; init; }
    public required int Last { get; set; }
}
