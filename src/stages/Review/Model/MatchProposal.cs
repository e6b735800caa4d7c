using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Intake;
using Homeward.Kernel;

namespace Homeward.Review;

/// <summary>A proposed match of a person in a report with a missing-child entry.</summary>
public readonly record struct MatchId(Guid Value) : IStrongId<MatchId>
{
    public static MatchId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

public enum MatchState
{
    Open,
    /// <summary>One person said that it is the child; another must say so without seeing that.</summary>
    AwaitsSecond,
    /// <summary>A no above the referral threshold: its blind second reader was drawn .</summary>
    AwaitsReader,
    /// <summary>Not enough to say, by the one who looked.</summary>
    Unsure,
    /// <summary>Two people disagree, or the reader could not say: a supervisor settles it with both views.</summary>
    Disputed,
    Confirmed,
    Dismissed,
    /// <summary>Needs no decision any more: the child was found, or the person is another child.</summary>
    Closed,
    /// <summary>A newer version of the evidence stands in its place.</summary>
    Superseded,
}

/// <summary>The program's explained suggestion that a person in a report is a missing child. A person decides.</summary>
/// <remarks>What it says never changes: other evidence makes another proposal .</remarks>
internal sealed class MatchProposal : IScoped
{
    public required MatchId Id { get; init; }
    public required ReportId ReportId { get; init; }
    public required string ReportNumber { get; init; }
    /// <summary>The newest version that says what was compared: a correction that leaves the person as it was changes nothing else.</summary>
    public required int ReportVersion { get; set; }
    /// <summary>Which person of the report; see <see cref="ReportPerson.Index"/>.</summary>
    public required int Person { get; init; }
    public required EntryId Entry { get; init; }
    public required string Nic { get; init; }
    public required PersonRecordId Child { get; init; }
    /// <summary>1 = the best candidate for this person of the report.</summary>
    public required int Rank { get; set; }
    /// <summary>Bits: log2 of the odds.</summary>
    public required double Weight { get; init; }
    public required double Probability { get; init; }
    /// <summary>A <see cref="Matching.Waterfall"/> as JSON.</summary>
    public required string Waterfall { get; init; }
    /// <summary>Hash of what both sides said: the same hash is the same evidence.</summary>
    public required string Evidence { get; init; }
    public required string ExtractorVersion { get; init; }
    public required string IndexVersion { get; init; }
    public required DateTimeOffset ProposedAt { get; init; }
    /// <summary>An earlier proposal of the same pair, on other evidence.</summary>
    public MatchId? Reopens { get; init; }
    public required MatchState State { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }

    public string? OfficeCode { get; init; }
    public string? TaskForce { get; init; }
    public string? AgencyOri { get; init; }
    public UserId? AssignedTo { get; init; }
    public required Guid Revision { get; set; }

    /// <summary>Somebody still has to say something.</summary>
    public bool IsUndecided => State is MatchState.Open or MatchState.AwaitsSecond or MatchState.AwaitsReader or MatchState.Disputed;
}
