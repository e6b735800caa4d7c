using Homeward.Exchange;

namespace Homeward.Scenario.World.Field;

/// <summary>Whether an operation went out for somebody, or to see who is there.</summary>
public enum OperationKind { Lead, Proactive }

/// <summary>One operation as the house planned and ran it.</summary>
/// <param name="Reference">Its own name, <c>KC-01/2019-07-12/1</c>; the same one is answered once.</param>
/// <param name="Office">Code of the field office in whose name it ran.</param>
/// <param name="TaskForce">Code of the task force.</param>
/// <param name="Agencies">ORIs of those that took part.</param>
/// <param name="StartsAt">UTC.</param>
/// <param name="EndsAt">UTC.</param>
/// <param name="Seeking">Whom it went out for, by what the house knew; empty for a proactive one.</param>
public sealed record OperationRun(
    string Reference, string Office, string? TaskForce, IReadOnlyList<string> Agencies,
    DateTimeOffset StartsAt, DateTimeOffset EndsAt, StatedPlace? Place, OperationKind Kind, IReadOnlyList<Sought> Seeking)
{
    /// <summary>An instant within it, whole seconds.</summary>
    internal DateTimeOffset At(double share)
    {
        var seconds = Math.Max(0, (EndsAt - StartsAt).TotalSeconds);
        return StartsAt.ToUniversalTime().AddSeconds(Math.Floor(seconds * share));
    }
}

/// <summary>A child whom an operation seeks: by entry, by reports, or both.</summary>
/// <param name="Nic">NIC number of the matched entry; null where there is none.</param>
/// <param name="Reports">CyberTipline numbers that led there.</param>
public sealed record Sought(string? Nic, IReadOnlyList<string> Reports);
