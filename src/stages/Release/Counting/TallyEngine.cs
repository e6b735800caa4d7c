using Homeward.Foundations.People;
using Homeward.Foundations.Places;
using Homeward.Foundations.Rules;
using Homeward.Outcomes;

namespace Homeward.Release.Counting;

/// <summary>Turns facts into figures. Pure: the same input gives the same figures, to the last record.</summary>
/// <remarks>
/// Counts persons, not records, as people decided who is who (R-33). A figure that nobody reported on is null and stays it
/// through every sum (R-42): an office has reported on a measure when it filed a record of it, or certified that all are in.
/// </remarks>
internal static class TallyEngine
{
    /// <summary>A record typed later than this after its act says so wherever it is counted (T-35).</summary>
    private static readonly TimeSpan _lateAfter = TimeSpan.FromDays(1);

    private const int LastsMax = 12;

    public static Tally Count(TallyInput input)
    {
        var initiative = input.Initiative;
        var cutOff = input.Rules.On("count-cut-off", initiative.To);
        var window = new WindowRule(initiative.From, initiative.To, TimeSpan.FromHours((double)cutOff.Value), input.Operations, input.AsOf);
        var sheet = new FigureSheet(input);

        var children = CountedChildren.Of(input.Facts.Children, input.Persons, window);
        CountChildren(sheet, input, window, children);
        CountAdults(sheet, input, window, children);
        CountArrests(sheet, input, window);
        CountInvestigations(sheet, input, window);
        CountPartners(sheet, input, window);
        CountSought(sheet, input, children);

        return new Tally(initiative.Name, initiative.From, initiative.To, input.AsOf, initiative.Exercise, sheet.Nation(), sheet.Offices(), cutOff, LastsOf(input));
    }

    private static void CountChildren(FigureSheet sheet, TallyInput input, WindowRule window, IReadOnlyList<ChildFigure> children)
    {
        foreach (var fact in input.Facts.Children) sheet.NoteReported(Measures.Total, fact.Base.OfficeCode);
        var viaReview = new ViaReview(input);
        var sought = input.Sought.Select(input.Persons.PersonOf).ToHashSet();
        foreach (var child in children)
        {
            var item = ItemOf(child);
            if (child.IsLaborOnly) sheet.Put(Measures.Labor, item);
            if (child.IsLocatedOnly) sheet.Put(Measures.Located, item);
            if (!child.IsCounted) continue;
            sheet.Put(Measures.Total, item);
            sheet.Put(child.Kind == OutcomeKind.Recovered ? Measures.Recovered : Measures.Identified, item);
            if (viaReview.Led(child)) sheet.Put(Measures.ViaReview, item);
            if (child.WasLocated || sought.Contains(child.Person)) sheet.Put(Measures.ReportedMissing, item);
            for (var episode = 0; episode < child.Episodes; episode++) sheet.Put(Measures.Episodes, item);
            foreach (var office in child.SharedWith) sheet.Put(Measures.Shared, item with { Office = office });
        }
        var undetermined = input.Facts.Children.Where(fact => fact.Age == AgeAtAct.Undetermined && window.Holds(fact.Base));
        foreach (var child in undetermined.GroupBy(fact => input.Persons.PersonOf(fact.Person)))
            sheet.Put(Measures.Undetermined, ItemOf(child.Key, [.. child.Select(fact => fact.Base)]));
    }

    private static void CountAdults(FigureSheet sheet, TallyInput input, WindowRule window, IReadOnlyList<ChildFigure> children)
    {
        foreach (var fact in input.Facts.Adults) sheet.NoteReported(Measures.Adults, fact.Base.OfficeCode);
        // Who was a child at an act of the initiative is a child in its count, and nobody stands in both (T-22).
        var minors = children.Where(child => child.IsCounted || child.IsLaborOnly).Select(child => child.Person).ToHashSet();
        foreach (var adult in input.Facts.Adults.Where(fact => window.Holds(fact.Base)).GroupBy(fact => input.Persons.PersonOf(fact.Person)))
        {
            if (minors.Contains(adult.Key)) continue;
            var findings = adult.Where(fact => fact.Victim).Select(fact => fact.Base).ToList();
            if (findings.Count > 0) sheet.Put(Measures.Adults, ItemOf(adult.Key, findings));
            else sheet.Put(Measures.Encounters, ItemOf(adult.Key, [.. adult.Select(fact => fact.Base)]));
        }
    }

    private static void CountArrests(FigureSheet sheet, TallyInput input, WindowRule window)
    {
        foreach (var fact in input.Facts.Arrests.Where(fact => fact.Kind != ArrestKind.VictimCustody))
            sheet.NoteReported(Measures.Traffickers, fact.Base.OfficeCode);
        var inWindow = input.Facts.Arrests.Where(fact => window.Holds(fact.Base)).ToList();
        foreach (var (measure, kind) in new[]
        {
            (Measures.Traffickers, ArrestKind.Trafficking), (Measures.Buyers, ArrestKind.Buyer),
            (Measures.OtherArrests, ArrestKind.Other), (Measures.VictimsInCustody, ArrestKind.VictimCustody),
        })
        {
            foreach (var person in inWindow.Where(fact => fact.Kind == kind).GroupBy(fact => input.Persons.PersonOf(fact.Person)))
                sheet.Put(measure, ItemOf(person.Key, [.. person.Select(fact => fact.Base)]));
        }
    }

    private static void CountInvestigations(FigureSheet sheet, TallyInput input, WindowRule window)
    {
        foreach (var fact in input.Facts.Investigations) sheet.NoteReported(Measures.Investigations, fact.Base.OfficeCode);
        foreach (var opened in input.Facts.Investigations.Where(fact => window.Holds(fact.Base)).GroupBy(fact => fact.CaseNumber, StringComparer.Ordinal))
            sheet.Put(Measures.Investigations, ItemOf(opened.Key, [.. opened.Select(fact => fact.Base)]));
    }

    /// <summary>
    /// Operations the house itself keeps, so that none is 0 and never "not reported". Task forces and agencies it knows from
    /// lists: without one they are not reported, until the nation says that all is in.
    /// </summary>
    private static void CountPartners(FigureSheet sheet, TallyInput input, WindowRule window)
    {
        sheet.NoteReported(Measures.Operations, null);
        foreach (var operation in window.Began)
            sheet.Put(Measures.Operations, new CountedItem(operation.Reference, operation.OfficeCode, [operation.Reference], [], ""));
        foreach (var agency in window.Began.SelectMany(operation => operation.Agencies.Select(ori => (Ori: ori, operation.Reference))).GroupBy(pair => pair.Ori, StringComparer.Ordinal))
            sheet.Put(Measures.AgenciesActed, new CountedItem(agency.Key, null, [.. agency.Select(pair => pair.Reference).Distinct()], [], ""));
        sheet.NoteReported(Measures.AgenciesActed, null);

        var seats = input.Seats.Where(seat => seat.IsIn(input.Initiative.From, input.Initiative.To)).ToList();
        if (input.Seats.Count == 0) return;
        sheet.NoteReported(Measures.TaskForces, null);
        sheet.NoteReported(Measures.Agencies, null);
        foreach (var force in seats.GroupBy(seat => seat.TaskForce, StringComparer.Ordinal))
            sheet.Put(Measures.TaskForces, new CountedItem(force.Key, null, [.. force.Select(seat => seat.AgencyOri).Order(StringComparer.Ordinal)], [], ""));
        foreach (var agency in seats.GroupBy(seat => seat.AgencyOri, StringComparer.Ordinal))
            sheet.Put(Measures.Agencies, new CountedItem(agency.Key, null, [.. agency.Select(seat => seat.TaskForce).Order(StringComparer.Ordinal)], [],
                agency.Count() > 1 ? $"{agency.Count()} seats" : ""));
    }

    private static void CountSought(FigureSheet sheet, TallyInput input, IReadOnlyList<ChildFigure> children)
    {
        var found = input.Facts.Children.Where(fact => fact.Age != AgeAtAct.Adult).Select(fact => input.Persons.PersonOf(fact.Person)).ToHashSet();
        var counted = children.Where(child => child.IsCounted || child.IsLocatedOnly).Select(child => child.Person).ToHashSet();
        var sought = input.Sought.Select(input.Persons.PersonOf).ToHashSet();
        // Found outside of the count (after the window, or of labor trafficking alone): nobody searches on for a child who is
        // there, and sought less still missing must be what the initiative counts.
        sought.ExceptWith(found);
        sought.UnionWith(counted);
        sheet.NoteReported(Measures.Sought, null);
        sheet.NoteReported(Measures.StillMissing, null);
        foreach (var person in sought.OrderBy(person => person.Value))
        {
            var item = new CountedItem(person.ToString(), null, [], [], counted.Contains(person) ? "found" : "");
            sheet.Put(Measures.Sought, item);
            if (!counted.Contains(person)) sheet.Put(Measures.StillMissing, item);
        }
    }

    /// <summary>What came in last, for the board; a victim's custody is not among it.</summary>
    private static IReadOnlyList<Recorded> LastsOf(TallyInput input) =>
    [
        .. input.Facts.Children.Select(fact => (fact.Base, What: $"child {fact.Kind.ToString().ToLowerInvariant()}"))
            .Concat(input.Facts.Adults.Select(fact => (fact.Base, What: fact.Victim ? "adult victim identified" : "adult encountered")))
            .Concat(input.Facts.Arrests.Where(fact => fact.Kind == ArrestKind.Trafficking).Select(fact => (fact.Base, What: "trafficker arrested")))
            .Concat(input.Facts.Investigations.Select(fact => (fact.Base, What: "investigation opened")))
            .OrderByDescending(one => one.Base.EnteredAt).ThenByDescending(one => one.Base.Id.Value).Take(LastsMax)
            .Select(one => new Recorded(one.Base.EnteredAt, one.Base.OfficeCode, one.What)),
    ];

    private static CountedItem ItemOf(ChildFigure child)
    {
        var notes = new List<string>();
        if (child.SharedWith.Count > 0) notes.Add($"shared with {string.Join(", ", child.SharedWith.Select(NameOf))}");
        if (child.Kind == OutcomeKind.Recovered && child.Findings.Any(fact => fact.Kind == OutcomeKind.Identified)) notes.Add("first identified, then recovered");
        if (child.Counting.Base.EnteredAt - child.Counting.Base.At > _lateAfter) notes.Add("typed late");
        return new CountedItem(child.Person.ToString(), child.CreditedOffice, [.. child.Findings.Select(fact => fact.Base.Record)],
            [.. child.Findings.Select(fact => fact.Base.Id.Value)], string.Join("; ", notes), child.Counting.Base.State);
    }

    private static CountedItem ItemOf(PersonRecordId person, IReadOnlyList<FactBase> facts) => ItemOf(person.ToString(), facts);

    /// <summary>The office of the first record is credited, so that offices sum to the nation.</summary>
    private static CountedItem ItemOf(string subject, IReadOnlyList<FactBase> facts)
    {
        var ordered = facts.OrderBy(fact => fact.At).ThenBy(fact => fact.EnteredAt).ThenBy(fact => fact.Record, StringComparer.Ordinal).ToList();
        return new CountedItem(subject, ordered[0].OfficeCode, [.. ordered.Select(fact => fact.Record)], [.. ordered.Select(fact => fact.Id.Value)], "");
    }

    private static string NameOf(string code) => Gazetteer.Default.Offices.WithCode(code)?.Name ?? code;
}
