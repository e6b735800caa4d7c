using System.Globalization;
using Homeward.Exchange.CyberTips;
using Homeward.Foundations.Rules;
using Homeward.Kernel;

namespace Homeward.Intake.Reading;

/// <summary>Small lists in one column, an item a line.</summary>
internal static class Lists
{
    public static string Join(IEnumerable<string> items) =>
        string.Join('\n', items.Where(item => item.Length > 0).Select(item => item.ReplaceLineEndings(" ")));

    /// <summary>An item of several parts, parted by tabs; one within a part is a space.</summary>
    public static string Item(params IEnumerable<string?> parts) => string.Join('\t', parts.Select(part => part?.Replace('\t', ' ').Trim()));

    public static IReadOnlyList<string> Split(string joined) => joined.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Screen names as the house keeps them: <c>service:name</c>, both folded; the service is empty where nobody says it.</summary>
internal static class ScreenNames
{
    public static string? Of(string? service, string name) =>
        NormalForms.ScreenName(name, service) is { } normal ? ServiceFirst(normal) : null;

    /// <summary>From Exchange's <c>name@service</c>. A name may hold an @, a folded service never does.</summary>
    public static string ServiceFirst(string normal)
    {
        var at = normal.LastIndexOf('@');
        return string.Concat(normal.AsSpan(at + 1), ":", normal.AsSpan(0, at));
    }
}

internal static class Days
{
    /// <summary>The UTC day, <c>2019-07-01</c>.</summary>
    public static string Utc(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>How long a provider preserves what it reported .</summary>
internal static class PreservationClock
{
    /// <summary>House rule: warned of when so many days are left.</summary>
    public static IReadOnlyList<int> WarningDays { get; } = [60, 30, 7];

    /// <summary>No two clocks differ by more.</summary>
    private static readonly TimeSpan _clocksDiffer = TimeSpan.FromMinutes(5);

    /// <summary>Whether NCMEC is said to have received a report after it came here: counted from then, the contents would seem to be kept longer than they are.</summary>
    public static bool IsAhead(DateTimeOffset? receivedAt, DateTimeOffset arrivedAt) => receivedAt > arrivedAt + _clocksDiffer;

    /// <summary>From when it is counted: the submission; where nobody says when that was, the first moment by which the report certainly was submitted.</summary>
    /// <remarks>
    /// That is when it came here, or when NCMEC made it available to somebody, if that was earlier. The true clock may have begun before, and never after.
    /// What the provider saw and when it happened lie before the submission, nobody knows how long: they are no beginning.
    /// </remarks>
    public static DateTimeOffset StartsAt(DateTimeOffset? submittedAt, CyberTipReport report, DateTimeOffset arrivedAt) =>
        submittedAt ?? report.Handovers.Select(one => one.At?.At).OfType<DateTimeOffset>().Append(arrivedAt).Min();

    public static Rule RuleFor(RuleBook rules, DateTimeOffset startsAt) =>
        rules.On("preserve", DateOnly.FromDateTime(startsAt.UtcDateTime));

    /// <summary>The last day on which the contents are preserved.</summary>
    /// <remarks>The statute says one year, not 365 days: from 29 February it ends on 28 February (T-49).</remarks>
    public static DateOnly EndsOn(RuleBook rules, DateTimeOffset startsAt) =>
        RuleFor(rules, startsAt).EndsOn(DateOnly.FromDateTime(startsAt.UtcDateTime));
}
