using Homeward.Foundations.People;
using Homeward.Outcomes;

namespace Homeward.Release.Counting;

/// <summary>One child with the findings that count, as the ledger joins them.</summary>
/// <param name="Findings">Inside the window, as a minor; first to last.</param>
internal sealed record ChildFigure(PersonRecordId Person, IReadOnlyList<ChildFact> Findings)
{
    /// <summary>Findings of sex trafficking: only these make a child of the total; labor stands apart .</summary>
    private IEnumerable<ChildFact> Trafficking => Findings.Where(fact => fact.Kind != OutcomeKind.Located && fact.Exploitation == Exploitation.Sex);

    /// <summary>The strongest kind of a counted child; null for one who is not of the total .</summary>
    public OutcomeKind? Kind => Trafficking.Select(fact => (OutcomeKind?)fact.Kind).Max();

    public bool IsCounted => Kind is not null;
    public bool IsLaborOnly => !IsCounted && Findings.Any(fact => fact.Kind != OutcomeKind.Located && fact.Exploitation == Exploitation.Labor);
    public bool IsLocatedOnly => !IsCounted && !IsLaborOnly && WasLocated;
    public bool WasLocated => Findings.Any(fact => fact.Kind == OutcomeKind.Located);

    /// <summary>The finding that made the figure: the first of the winning kind. Its office is credited.</summary>
    public ChildFact Counting => IsCounted ? Trafficking.First(fact => fact.Kind == Kind) : Findings[0];
    public string CreditedOffice => Counting.Base.OfficeCode;

    /// <summary>Other offices with a finding of the same child that would have counted.</summary>
    public IReadOnlyList<string> SharedWith => !IsCounted ? [] :
        [.. Trafficking.Select(fact => fact.Base.OfficeCode).Where(code => code != CreditedOffice).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Separate removals in time: children 1, episodes 2 (T-13).</summary>
    public int Episodes => Trafficking.Where(fact => fact.Kind == OutcomeKind.Recovered)
        .Select(fact => fact.Base.Operation is { } operation ? operation.Value : fact.Base.Id.Value).Distinct().Count();
}

/// <summary>Joins findings to children by what people decided, and counts each child once.</summary>
internal static class CountedChildren
{
    public static IReadOnlyList<ChildFigure> Of(IEnumerable<ChildFact> facts, Persons persons, WindowRule window) =>
        [.. facts.Where(fact => fact.Age is AgeAtAct.Minor or AgeAtAct.MinorAgeUnknown && window.Holds(fact.Base))
            .GroupBy(fact => persons.PersonOf(fact.Person))
            .Select(child => new ChildFigure(child.Key,
                [.. child.OrderBy(fact => fact.Base.At).ThenBy(fact => fact.Base.EnteredAt).ThenBy(fact => fact.Base.Record, StringComparer.Ordinal)]))
            .OrderBy(child => child.Findings[0].Base.At).ThenBy(child => child.Findings[0].Base.Record, StringComparer.Ordinal)];
}
