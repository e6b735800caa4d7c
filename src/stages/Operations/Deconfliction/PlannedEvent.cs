using Homeward.Foundations.Places;
using Homeward.Kernel;

namespace Homeward.Operations;

/// <summary>What is compared of an event: where, when, whom. Never what is done there, or why.</summary>
/// <param name="Id">Its name among the events that are compared.</param>
/// <param name="RadiusKm">Radius of its kind, in kilometres.</param>
/// <param name="Margin">Time added before and after.</param>
/// <param name="Subjects">Keys of phones, accounts and persons; two that are equal speak of one subject.</param>
public sealed record PlannedEvent(
    string Id, GeoPoint At, double RadiusKm, DateTimeOffset From, DateTimeOffset To, TimeSpan Margin, IReadOnlyList<string> Subjects)
{
    /// <summary>From here on its margin included.</summary>
    public DateTimeOffset Opens => From - Margin;
    public DateTimeOffset Ends => To + Margin;
}

/// <summary>Two events that meet.</summary>
/// <param name="DistanceKm">Between the two places; null where they meet by subject only.</param>
/// <param name="Overlap">How long both are there, margins included; null where they meet by subject only.</param>
/// <param name="Subjects">The subjects that both name.</param>
public sealed record FoundConflict(string One, string Other, double? DistanceKm, TimeSpan? Overlap, IReadOnlyList<string> Subjects)
{
    public bool IsByPlace => DistanceKm is not null;
    public bool IsBySubject => Subjects.Count > 0;
}

/// <summary>When two events meet: their circles touch while their windows overlap, or they name a subject in common.</summary>
public static class Meeting
{
    /// <summary>Compares two events; the order does not matter.</summary>
    /// <remarks>
    /// Circles and windows are closed: who touches, meets. A subject in common is a conflict whatever the place and time,
    /// as target deconfliction has it (the same person, phone or account in two cases).
    /// </remarks>
    /// <returns>Null when they do not meet.</returns>
    public static FoundConflict? Of(PlannedEvent one, PlannedEvent other)
    {
        Ensure.That(one.From <= one.To && other.From <= other.To);
        IReadOnlyList<string> subjects = one.Subjects.Count == 0 || other.Subjects.Count == 0
            ? []
            : [.. one.Subjects.Intersect(other.Subjects, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var opens = one.Opens > other.Opens ? one.Opens : other.Opens;
        var ends = one.Ends < other.Ends ? one.Ends : other.Ends;
        if (opens <= ends)
        {
            var distance = one.At.KilometresTo(other.At);
            if (distance <= one.RadiusKm + other.RadiusKm) return new(one.Id, other.Id, distance, ends - opens, subjects);
        }
        return subjects.Count > 0 ? new(one.Id, other.Id, null, null, subjects) : null;
    }
}
