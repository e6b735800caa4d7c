using System.Text.Json;
using Homeward.Foundations.Access;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Homeward.Review.Ranking;

namespace Homeward.Review;

/// <summary>A version of the rules by which the queue is ranked, that somebody proposed.</summary>
public readonly record struct RuleVersionId(Guid Value) : IStrongId<RuleVersionId>
{
    public static RuleVersionId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

public enum RuleVersionState
{
    Proposed,
    /// <summary>A second person put it in force. The newest one of these ranks; the older ones stay readable.</summary>
    Approved,
    Refused,
}

/// <summary>A changed set of rules, with who proposed it, why, and who put it in force. Its rules never change.</summary>
internal sealed class RuleVersion
{
    public required RuleVersionId Id { get; init; }
    /// <summary>2, 3 …; the first version came with the program. Names it: <c>risk-2</c>.</summary>
    public required int Ordinal { get; init; }
    /// <summary>The version that it changes: only while that one is in force may it take its place.</summary>
    public required string Based { get; init; }
    /// <summary>A <see cref="RiskRuleSet"/> as JSON.</summary>
    public required string Rules { get; init; }
    /// <summary>Encrypted, bound to <c>rule-version/…id…</c>.</summary>
    public required byte[] Why { get; init; }
    public required UserId Author { get; init; }
    public required DateTimeOffset ProposedAt { get; init; }
    public required RuleVersionState State { get; set; }
    public UserId? DecidedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    /// <summary>Why it was refused; encrypted, bound to <c>rule-version/…id…/decision</c>.</summary>
    public byte[]? DecisionReason { get; set; }
    public required Guid Revision { get; set; }

    public string Name => NameOf(Ordinal);

    public RiskRuleSet Set => JsonSerializer.Deserialize<RiskRuleSet>(Rules, WorkItem.Json) ?? throw new BrokenInvariantException($"{Name} has no rules");

    public static string NameOf(int ordinal) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"risk-{ordinal}");
    public static string Write(RiskRuleSet rules) => JsonSerializer.Serialize(rules, WorkItem.Json);
}

/// <summary>How far the open reports were ranked again by a version that came in force.</summary>
internal sealed class Reranking
{
    public required Guid Id { get; init; }
    public required string Version { get; init; }
    /// <summary>Open reports when it began.</summary>
    public required int Total { get; init; }
    public int Done { get; set; }
    /// <summary>Of them, whose risk changed.</summary>
    public int Changed { get; set; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; set; }
    /// <summary>It ended because a newer version came in force.</summary>
    public bool Overtaken { get; set; }
}
