using Homeward.Foundations.Rules;
using Homeward.Kernel;

namespace Homeward.Intake.Retention;

/// <summary>What Intake itself knows of a report that bears on how long it stays.</summary>
/// <param name="PreserveUntil">Last day of the longest preservation term among its versions.</param>
internal sealed record ReportAge(ReportId Id, string Number, DateTimeOffset ReceivedAt, DateOnly PreserveUntil);

/// <summary>Whether a report goes, under which rule, or why it stays.</summary>
/// <param name="Stays">Null: its time is over.</param>
/// <param name="EndsOn">The last day of its term; null while no term runs.</param>
internal sealed record RetentionVerdict(ReportAge Report, Rule? Rule, DateOnly? EndsOn, string? Stays);

/// <summary>Which rule keeps a report, and until when. Everything else that speaks for it wins over the rule.</summary>
internal static class RetentionRule
{
    public const string Held = "hold", OpenDuty = "open-duty", Preserved = "preservation", Unreviewed = "unreviewed", TermRuns = "term";

    public static RetentionVerdict Judge(RuleBook rules, DateOnly today, ReportAge report, IReadOnlyList<ReportStanding> standings, bool isHeld, bool owesDuty)
    {
        if (isHeld) return new(report, null, null, Held);
        if (owesDuty) return new(report, null, null, OpenDuty);
        if (standings.Select(one => one.Stays).FirstOrDefault(stays => stays is not null) is { } use) return new(report, null, null, use);
        if (report.PreserveUntil >= today) return new(report, null, report.PreserveUntil, Preserved);
        // The longest term of all stages that had to do with it.
        var terms = standings.Where(one => one.End is not null).Select(one => Term(rules, one.End!.Value, one.Since)).ToList();
        if (terms.Count == 0) return new(report, null, null, Unreviewed);
        var (rule, endsOn) = terms.MaxBy(term => term.EndsOn);
        return new(report, rule, endsOn, endsOn >= today ? TermRuns : null);
    }

    public static string NameOf(ReportEnd end) => end switch
    {
        ReportEnd.Led => "retain-led",
        ReportEnd.SetAside => "retain-set-aside",
        ReportEnd.NoNexus => "retain-no-nexus",
    };

    private static (Rule Rule, DateOnly EndsOn) Term(RuleBook rules, ReportEnd end, DateTimeOffset? since)
    {
        Ensure.That(since is not null, "an end without its day");
        var day = DateOnly.FromDateTime(since.Value.UtcDateTime);
        var rule = rules.On(NameOf(end), day);
        return (rule, rule.EndsOn(day));
    }
}
