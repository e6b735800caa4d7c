using Homeward.Exchange;
using Homeward.Exchange.Missing;
using Homeward.Foundations.Places;
using Homeward.Kernel;

namespace Homeward.Intake.Reading;

/// <summary>What cannot be so in what is said of a child and a place: a form asks again, a feed is told.</summary>
internal static class StatedFaults
{
    /// <summary>Age and birth date are said from memory: so far apart they are two children, or a slip.</summary>
    private const int YearsApartMax = 2;

    /// <param name="on">The day on which it was said.</param>
    /// <returns>By field, <c>child.born</c>, <c>child.age</c>, <c>state</c> or <c>zip</c>, what is wrong, as a sentence without its subject.</returns>
    public static IReadOnlyList<(string Field, string Says)> Of(StatedPerson? child, string? state, string? zip, DateOnly on)
    {
        var faults = new List<(string, string)>();
        if (child?.Born.Earliest > on) faults.Add(("child.born", "lies in the future"));
        else if (child is { Age: { } age } && child.Born.AgeOn(on) is { } born && (age < born.Min - YearsApartMax || age > born.Max + YearsApartMax))
            faults.Add(("child.age", $"does not agree with the birth date, by which the child is {(born.Min == born.Max ? $"{born.Min}" : $"{born.Min} or {born.Max}")}"));
        if (!string.IsNullOrWhiteSpace(state) && States.CodeOf(state) is null) faults.Add(("state", "is no state or territory: its two letters, NE, or its name, Nebraska"));
        if (!string.IsNullOrWhiteSpace(zip) && !IsZip(zip.Trim())) faults.Add(("zip", "is no ZIP: five digits, 68102, or nine, 68102-1234"));
        return faults;
    }

    /// <param name="received">When it came.</param>
    /// <returns>By field of the feed, what is wrong with an entry's dates, as a sentence without its subject.</returns>
    public static IEnumerable<(string Field, string Says)> Of(MissingChildEntry entry, DateTimeOffset received)
    {
        if (entry.Born.Earliest > DateOnly.FromDateTime(received.UtcDateTime)) yield return ("born", "lies in the future");
        else if (entry.LastSeenAt is { } seen && entry.Born.Earliest > DateOnly.FromDateTime(seen.UtcDateTime).AddDays(1)) yield return ("lastSeenAt", "lies before the birth date");
        if (entry.LastSeenAt > received) yield return ("lastSeenAt", "lies after the message itself");
    }

    /// <summary>"Nebraska" as NE; what is no state stays as it was said.</summary>
    public static StatedPlace? WithCode(StatedPlace? place) => place is { State: { } state } && States.CodeOf(state) is { } code ? place with { State = code } : place;

    private static bool IsZip(ReadOnlySpan<char> zip)
    {
        if (zip.Length == 10 && zip[5] == '-') return AreDigits(zip[..5]) && AreDigits(zip[6..]);
        return zip.Length is 5 or 9 && AreDigits(zip);
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
