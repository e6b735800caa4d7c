using System.Globalization;
using Homeward.Exchange.Initiatives;
using Homeward.Foundations.Places;
using Homeward.Outcomes;
using Homeward.Release.Counting;

namespace Homeward.Release.Wording;

/// <summary>An announcement as text: every number in it was computed, none was typed.</summary>
/// <param name="Addition">The author's own words; the only part that a person wrote.</param>
public sealed record ReleaseText(
    string Heading, IReadOnlyList<string> Paragraphs, string TableTitle, IReadOnlyList<TableLine> Table,
    IReadOnlyList<PublishedFigure> Figures, IReadOnlyList<string> Partners, string Addition, string? Correction)
{
    /// <summary>All that is read, for the check.</summary>
    public string Whole => string.Join('\n', new[] { Heading, Correction ?? "" }.Concat(Paragraphs).Append(Addition));
}

/// <summary>Writes announcements from figures. It knows no number of its own.</summary>
internal static class ComposeRelease
{
    private const string Presumption = "An arrest or a charge is merely an allegation; every person is presumed innocent until proven guilty.";

    public static ReleaseText Nation(InitiativePlan plan, Tally tally, SmallCellPolicy policy, int smallBelow, IReadOnlySet<string> knownElsewhere, string addition)
    {
        var figures = FiguresOf(plan, tally);
        var paragraphs = new List<string> { Opening(plan, figures.Single(figure => figure.Measure == Measures.Total)) };
        if (Kinds(figures) is { } kinds) paragraphs.Add(kinds);
        if (figures.Single(figure => figure.Measure == Measures.Located) is { Text: { } located, Number: not 0 } beside)
            paragraphs.Add($"Apart from these, {located} missing {(beside.Number == 1 ? "child was" : "children were")} located, with no finding of exploitation.");
        if (!tally.Exercise) paragraphs.AddRange(NoFilesFigures(tally, count => policy != SmallCellPolicy.Show && count < smallBelow));
        paragraphs.AddRange(Sentences(figures));
        paragraphs.Add(Definitions());
        paragraphs.Add($"Counting rule: {tally.CutOff.Says}");
        if (Printed(figures, Measures.Traffickers) is not null) paragraphs.Add(Presumption);
        var table = OfficeTable.Of(plan, tally, policy, smallBelow, knownElsewhere);
        return new ReleaseText($"{plan.Name}: results", paragraphs, "Children recovered or identified, by FBI field office", table, figures, [], addition, null);
    }

    public static ReleaseText Office(InitiativePlan plan, Tally tally, PlannedOffice office, IReadOnlyList<string> partners, string addition)
    {
        var line = tally.Office(office.Code);
        PublishedFigure[] figures =
        [
            PublishedFigure.Of(Measures.Total, line?.Children.Value, office.Children), PublishedFigure.Of(Measures.Adults, line?.Adults.Value, office.Adults),
            PublishedFigure.Of(Measures.Traffickers, line?.Arrests.Value, office.Arrests), PublishedFigure.Of(Measures.Operations, line?.Operations.Value, office.Operations),
        ];
        var name = Gazetteer.Default.Offices.WithCode(office.Code)?.Name ?? office.WrittenAs;
        var paragraphs = new List<string>();
        if (Printed(figures, Measures.Total) is { } children)
            paragraphs.Add($"In {plan.Name}, {Days(plan)}, the {name} field office and its partners recovered or identified {children} {(figures[0].Number == 1 ? "child" : "children")}.");
        if (Printed(figures, Measures.Adults) is { } adults)
            paragraphs.Add($"They identified {adults} {(figures[1].Number == 1 ? "adult victim" : "adult victims")} of trafficking. Adults are counted apart from children.");
        if (Printed(figures, Measures.Traffickers) is { } arrested)
        {
            paragraphs.Add($"{arrested} {(figures[2].Number == 1 ? "person was" : "persons were")} arrested for trafficking.");
            paragraphs.Add(Presumption);
        }
        if (Printed(figures, Measures.Operations) is { } operations) paragraphs.Add($"The office ran {operations} {(figures[3].Number == 1 ? "operation" : "operations")}.");
        paragraphs.Add(Definitions());
        if (partners.Count > 0) paragraphs.Add($"Partners: {string.Join("; ", partners)}.");
        return new ReleaseText($"{plan.Name}: results of the {name} field office", paragraphs, "", [], figures, partners, addition, null);
    }

    private static string Opening(InitiativePlan plan, PublishedFigure total) =>
        $"In {plan.Name}, {Days(plan)}, the FBI and its partners recovered or identified {total.Text ?? "no published number of"} "
        + $"{(total.Number == 1 ? "child who was a victim" : "children who were victims")} of sex trafficking.";

    private static string? Kinds(IReadOnlyList<PublishedFigure> figures)
    {
        if (Printed(figures, Measures.Recovered) is not { } recovered || Printed(figures, Measures.Identified) is not { } identified) return null;
        string Were(string measure) => figures.Single(figure => figure.Measure == measure).Number == 1 ? "was" : "were";
        return figures.Single(figure => figure.Measure == Measures.Total).Number switch
        {
            0 => null,
            1 => recovered == "0" ? "The child was identified." : "The child was recovered.",
            _ => $"Of these children, {recovered} {Were(Measures.Recovered)} recovered and {identified} {Were(Measures.Identified)} identified.",
        };
    }

    /// <summary>
    /// Figures for which a file has no key (T-39, T-40): a house that counts real children tells of them; in an exercise they
    /// are the scenario's own, and nobody may print them as published.
    /// </summary>
    private static IEnumerable<string> NoFilesFigures(Tally tally, Func<int, bool> isSmall)
    {
        if (tally.Value(Measures.ReportedMissing) is > 0 and var missing && tally.Value(Measures.Located) is > 0)
            yield return isSmall(missing)
                ? "Some of the children in the first number had been reported missing; how many is too few to be shown."
                : $"{Number(missing)} of the children in the first number had been reported missing.";
        if (tally.Value(Measures.Labor) is > 0 and var labor)
            yield return isSmall(labor)
                ? "Apart from these, children were found exploited for labor; how many is too few to be shown."
                : $"Apart from these, {Number(labor)} {(labor == 1 ? "child was" : "children were")} found exploited for labor.";
    }

    private static IEnumerable<string> Sentences(IReadOnlyList<PublishedFigure> figures)
    {
        if (Printed(figures, Measures.Traffickers) is { } arrested) yield return $"Traffickers arrested: {arrested}.";
        if (Printed(figures, Measures.Operations) is { } operations) yield return $"Operations: {operations}.";
        if (Printed(figures, Measures.TaskForces) is { } forces) yield return $"FBI-led child exploitation and human trafficking task forces: {forces}.";
        if (Printed(figures, Measures.Agencies) is { } agencies) yield return $"Agencies that are members of these task forces: {agencies}.";
        if (Printed(figures, Measures.Investigations) is { } opened) yield return $"Federal investigations opened: {opened}.";
        if (Printed(figures, Measures.Adults) is { } adults) yield return $"Adult victims identified, counted apart from children: {adults}.";
    }

    private static List<PublishedFigure> FiguresOf(InitiativePlan plan, Tally tally) =>
    [
        .. new[]
        {
            (Measures.Total, plan.Children.Total), (Measures.Recovered, plan.Children.Recovered), (Measures.Identified, plan.Children.Identified),
            (Measures.Located, plan.Children.Located), (Measures.Traffickers, plan.TraffickersArrested), (Measures.Operations, plan.Operations),
            (Measures.TaskForces, plan.TaskForces), (Measures.Agencies, plan.Agencies), (Measures.Investigations, plan.InvestigationsOpened),
            (Measures.Adults, plan.AdultsIdentified),
        }.Select(pair => PublishedFigure.Of(pair.Item1, tally.Value(pair.Item1), pair.Item2)),
    ];

    private static string Definitions() =>
        $"Recovered means {KindWords.DefinitionOf(OutcomeKind.Recovered)}. Identified means {KindWords.DefinitionOf(OutcomeKind.Identified)}.";

    private static string? Printed(IEnumerable<PublishedFigure> figures, string measure) => figures.Single(figure => figure.Measure == measure).Text;

    private static string Days(InitiativePlan plan) => plan.From == plan.To
        ? string.Create(CultureInfo.InvariantCulture, $"on {plan.From:MMMM d, yyyy}")
        : plan.From.Year == plan.To.Year
        ? string.Create(CultureInfo.InvariantCulture, $"{plan.From:MMMM d} to {plan.To:MMMM d, yyyy}")
        : string.Create(CultureInfo.InvariantCulture, $"{plan.From:MMMM d, yyyy} to {plan.To:MMMM d, yyyy}");

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
