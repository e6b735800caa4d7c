using Homeward.Foundations.Access;
using Homeward.Kernel;

namespace Homeward.Review;

/// <summary>What one analyst gave into another's hands at the end of a shift.</summary>
public readonly record struct HandOverId(Guid Value) : IStrongId<HandOverId>
{
    public static HandOverId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

internal sealed class HandOver
{
    public required HandOverId Id { get; init; }
    public required UserId Giver { get; init; }
    public required UserId Taker { get; init; }
    public required DateTimeOffset At { get; init; }
    /// <summary>Encrypted, bound to <c>hand-over/…id…</c>.</summary>
    public required byte[] Note { get; init; }
}

/// <summary>One report of a hand-over.</summary>
internal sealed class HandOverReport
{
    public required HandOverId HandOver { get; init; }
    public required Intake.ReportId Report { get; init; }
    public required string Number { get; init; }
    /// <summary>True: parked; false: it lay open at the giver.</summary>
    public required bool WasParked { get; init; }
}

/// <summary>A task or a request for records that was handed over with the reports.</summary>
internal sealed class HandOverWork
{
    public required HandOverId HandOver { get; init; }
    /// <summary>Of the task or the request.</summary>
    public required Guid Work { get; init; }
    public required bool IsTask { get; init; }
    /// <summary>A request's reference; the number of that on which a task hangs.</summary>
    public required string Number { get; init; }
    public required string Link { get; init; }
}
