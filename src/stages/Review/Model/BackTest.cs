using Homeward.Foundations.Access;
using Homeward.Kernel;

namespace Homeward.Review;

/// <summary>One measuring of a version of the rules against what an initiative came to.</summary>
public readonly record struct BackTestId(Guid Value) : IStrongId<BackTestId>
{
    public static BackTestId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

public enum BackTestState
{
    Running,
    Done,
    /// <summary>It could not be measured; the log of the house says why.</summary>
    Failed,
}

/// <summary>A back-test that somebody asked for, and what it came to. Kept as it was found: rules and outcomes move on.</summary>
internal sealed class BackTest
{
    public required BackTestId Id { get; init; }
    public required Guid Initiative { get; init; }
    public required string InitiativeName { get; init; }
    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }
    public required string Version { get; init; }
    /// <summary>The version that was in force, to compare with.</summary>
    public required string InForce { get; init; }
    public required UserId AskedBy { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public required BackTestState State { get; set; }
    /// <summary>Reports that were read so far.</summary>
    public int Read { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
    /// <summary>A <see cref="BackTesting.BackTestResult"/> as JSON; small counts were taken out before it was stored.</summary>
    public string? Result { get; set; }
}
