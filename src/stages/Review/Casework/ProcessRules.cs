using Homeward.Kernel;

namespace Homeward.Review.Casework;

/// <summary>What one kind of process reaches, through which steps it goes and by when, in a span of days.</summary>
/// <param name="Confirmed">False where counsel has still to check the primary text: pages say so.</param>
/// <param name="Steps">State to state, such as <c>Draft&gt;Served</c>. Withdrawn can be whatever is open.</param>
/// <param name="Asks">The kinds of records that it reaches; what goes beyond is refused.</param>
/// <param name="KeepsDays">How long the holder preserves, counted from service; the clock runs on when it has answered.</param>
/// <param name="Renewals">How often that may be prolonged by as much.</param>
/// <param name="ServeDays">Days from the grant within which it is served or executed.</param>
/// <param name="AnswerDays">Days from then within which it is answered or returned.</param>
/// <param name="NeedsDue">A day for the answer is named at service.</param>
/// <param name="AnswerEnds">A complete answer closes it.</param>
/// <param name="WarnDays">Days before the end of a clock at which people are warned, most first.</param>
internal sealed record ProcessRule(
    LegalRequestKind Kind, DateOnly From, DateOnly? To, string Authority, string Says, string Source, bool Confirmed,
    IReadOnlyList<string> Steps, IReadOnlyList<RecordKind> Asks, bool AnswerEnds, IReadOnlyList<int> WarnDays, int? KeepsDays = null,
    int Renewals = 0, int? ServeDays = null, int? AnswerDays = null, bool NeedsDue = false, bool IsForFile = false)
{
    public bool Allows(LegalRequestState from, LegalRequestState to) => Steps.Contains($"{from}>{to}");

    /// <summary>Where a return leaves the request.</summary>
    public LegalRequestState After(ReturnOutcome outcome) => outcome switch
    {
        ReturnOutcome.Partial => LegalRequestState.Served,
        ReturnOutcome.Complete => AnswerEnds ? LegalRequestState.Answered : LegalRequestState.Served,
        ReturnOutcome.Refused or ReturnOutcome.Nothing => LegalRequestState.Answered,
    };

    /// <summary>When the clock that begins with a state runs out; null where the table sets none.</summary>
    public DateTimeOffset? Clock(LegalRequestState state, DateTimeOffset at, TimeZoneInfo zone) => (state, this) switch
    {
        (LegalRequestState.Granted, { ServeDays: { } days }) => Deadlines.RunsOut(at, days, 0, zone),
        (LegalRequestState.Served, { KeepsDays: { } days }) => Deadlines.RunsOut(at, days, 0, zone),
        (LegalRequestState.Served, { AnswerDays: { } days }) => Deadlines.RunsOut(at, days, 0, zone),
        _ => null,
    };
}

/// <summary>The one table of legal process: dated, sourced, edited by counsel.</summary>
internal static class ProcessRules
{
    private sealed record Table(string Version, string Note, IReadOnlyList<ProcessRule> Rules);

    private static readonly Table _table = EmbeddedJson.Read<Table>(typeof(ProcessRules), "Homeward.Review.legal-process.json");

    public static string Version => _table.Version;
    public static IReadOnlyList<ProcessRule> All => _table.Rules;

    /// <returns>Null where the table holds no such process on that day.</returns>
    public static ProcessRule? On(LegalRequestKind kind, DateOnly day) =>
        _table.Rules.SingleOrDefault(rule => rule.Kind == kind && rule.From <= day && (rule.To is null || day <= rule.To));

    /// <summary>The rule by which a request was drafted.</summary>
    public static ProcessRule Of(LegalRequest request)
    {
        var rule = On(request.Kind, request.RuleOn);
        Ensure.That(rule is not null, $"process {request.Kind} on {request.RuleOn:O}");
        return rule;
    }
}
