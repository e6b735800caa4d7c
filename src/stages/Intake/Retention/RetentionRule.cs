using Homeward.Foundations.Rules;

namespace Homeward.Intake.Retention;

/// <summary>A kind of record with terms of its own.</summary>
public enum RetainedKind
{
    Report,
    /// <summary>A hotline tip or an agency's referral.</summary>
    Door,
    /// <summary>The receipt of dropped files.</summary>
    Arrival,
    Alert,
    /// <summary>What came in and could not be taken.</summary>
    Reject,
}

/// <summary>A record whose time may be over.</summary>
/// <param name="Number">As people know it; empty where it has none.</param>
/// <param name="PreserveUntil">Last day of the longest preservation term among a report's versions.</param>
internal sealed record Retained(RetainedKind Kind, Guid Id, string Number, DateTimeOffset ReceivedAt, DateOnly? PreserveUntil = null);

/// <summary>A term that runs: the rule's name, and since when.</summary>
internal sealed record RunningTerm(string Rule, DateTimeOffset Since);

/// <summary>Whether a record goes, under which rule, or why it stays.</summary>
/// <param name="Stays">Null: its time is over.</param>
/// <param name="EndsOn">The last day of its term; null while no term runs.</param>
internal sealed record RetentionVerdict(Retained Record, Rule? Rule, DateOnly? EndsOn, string? Stays);

/// <summary>Which rule keeps a record, and until when. Everything else that speaks for it wins over the rule.</summary>
internal static class RetentionRule
{
    public const string Held = "hold", OpenDuty = "open-duty", Preserved = "preservation", Unreviewed = "unreviewed", TermRuns = "term";
    public const string Led = "retain-led", SetAside = "retain-set-aside", NoNexus = "retain-no-nexus", Tip = "retain-tip", Receipt = "retain-receipt",
        Alert = "retain-alert", Reject = "retain-reject";

    /// <summary>In the order of the page.</summary>
    public static readonly string[] All = [Led, SetAside, NoNexus, Tip, Receipt, Alert, Reject];

    /// <summary>Of intelligence on suspects: a term of no kind of record that is purged here.</summary>
    public const string Intelligence = "validate-intelligence";

    /// <param name="stays">What else must keep it, as a code, the weightiest first.</param>
    /// <param name="terms">Those that run, of all that had to do with it: the longest counts.</param>
    public static RetentionVerdict Judge(RuleBook rules, DateOnly today, Retained record, bool isHeld, bool owesDuty, IEnumerable<string?> stays, IReadOnlyList<RunningTerm> terms)
    {
        if (isHeld) return new(record, null, null, Held);
        if (owesDuty) return new(record, null, null, OpenDuty);
        if (stays.FirstOrDefault(one => one is not null) is { } use) return new(record, null, null, use);
        // The provider's term says how long more can be asked of it: of what has no nexus nobody asks.
        if (record.PreserveUntil >= today && (terms.Count == 0 || terms.Any(term => term.Rule != NoNexus))) return new(record, null, record.PreserveUntil, Preserved);
        if (terms.Count == 0) return new(record, null, null, Unreviewed);
        var (rule, endsOn) = terms.Select(term => Of(rules, term)).MaxBy(term => term.EndsOn);
        return new(record, rule, endsOn, endsOn >= today ? TermRuns : null);
    }

    /// <summary>The shortest term of a name among the dated rules, in days from today: whose own is longer is kept by its own.</summary>
    public static int DaysMin(RuleBook rules, string name, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return rules.All.Where(rule => rule.Name == name).Min(rule => rule.EndsOn(today).DayNumber - today.DayNumber);
    }

    public static string NameOf(ReportEnd end) => end switch
    {
        ReportEnd.Led => Led,
        ReportEnd.SetAside => SetAside,
        ReportEnd.NoNexus => NoNexus,
    };

    private static (Rule Rule, DateOnly EndsOn) Of(RuleBook rules, RunningTerm term)
    {
        var day = DateOnly.FromDateTime(term.Since.UtcDateTime);
        var rule = rules.On(term.Rule, day);
        return (rule, rule.EndsOn(day));
    }
}
