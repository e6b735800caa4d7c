using Homeward.Exchange.CyberTips;

namespace Homeward.Intake.Reading;

/// <summary>What one version of a report says otherwise than another, field by field, with whose word it is.</summary>
/// <remarks>
/// Versions of one form are compared by place (<see cref="PlacedValues"/>), so that nothing escapes, what no reader knows included. A print and a JSON have
/// no places in common: they are compared by what they say. Free text is told to differ and is not shown; opening it has a trace of its own.
/// </remarks>
internal static class VersionDifference
{
    private const string Words = "free text; the narrative shows it";
    /// <summary>Between several values of one fact: see <see cref="ReportFact"/>.</summary>
    private const string Several = "; ";

    public static IReadOnlyList<ShowReport.Difference> Between(CyberTipReport before, CyberTipReport after) =>
        before.Form == after.Form ? ByPlace(before, after) : ByFact(before, after);

    /// <summary>What <paramref name="print"/> says and <paramref name="leading"/> does not: of several values those that only it has.</summary>
    public static IReadOnlyList<ShowReport.Difference> Added(CyberTipReport leading, CyberTipReport print)
    {
        var (said, added) = FactsOf(leading, print);
        var lists = said.Concat(added).Where(fact => fact.IsList).Select(fact => fact.Field).ToHashSet();
        return [.. Compared(said, added).Select(one => lists.Contains(one.Field) ? Beyond(one) : one).Where(one => one.After is not null)];
    }

    /// <summary>One more of a list takes the place of none that was there.</summary>
    private static ShowReport.Difference Beyond(ShowReport.Difference one)
    {
        var more = one.After?.Split(Several).Except(one.Before?.Split(Several) ?? []).ToList() ?? [];
        return one with { Before = null, After = more.Count == 0 ? null : string.Join(Several, more) };
    }

    private static List<ShowReport.Difference> ByPlace(CyberTipReport before, CyberTipReport after)
    {
        var values = Placed(Grouped(before.Values.Select(value => (Place(value.Path), value.Text))), Grouped(after.Values.Select(value => (Place(value.Path), value.Text))));
        var texts = Placed(Grouped(before.Texts.Select(text => (Place(text.Path), text.Text))), Grouped(after.Texts.Select(text => (Place(text.Path), text.Text))));
        return
        [
            .. values,
            .. texts.Select(one => one with { Before = one.Before is null ? null : Words, After = one.After is null ? null : one.Before is null ? Words : "another " + Words }),
        ];
    }

    private static IEnumerable<ShowReport.Difference> Placed(Dictionary<string, string> old, Dictionary<string, string> now) =>
        PlacedValues.Between(PlacedValues.Of(old), PlacedValues.Of(now))
            .Select(one => new ShowReport.Difference(ReportLayers.Of(one.Place), one.Place, one.Before, one.After, one.Of)).OrderBy(one => one.Layer);

    private static List<ShowReport.Difference> ByFact(CyberTipReport before, CyberTipReport after)
    {
        var (old, now) = FactsOf(before, after);
        return Compared(old, now);
    }

    /// <summary>What both say, of a file of both under one name.</summary>
    private static (IReadOnlyList<ReportFact> Before, IReadOnlyList<ReportFact> After) FactsOf(CyberTipReport before, CyberTipReport after)
    {
        var same = SameFiles.Of(before.Files, after.Files);
        return (ReportFacts.Of(before), ReportFacts.Of(after, file => same[file]?.Name ?? file.Name));
    }

    private static List<ShowReport.Difference> Compared(IReadOnlyList<ReportFact> old, IReadOnlyList<ReportFact> now)
    {
        var layers = old.Concat(now).GroupBy(fact => fact.Field).ToDictionary(group => group.Key, group => group.First().Layer);
        return Compared(Grouped(old.Select(fact => (fact.Field, fact.Value))), Grouped(now.Select(fact => (fact.Field, fact.Value))), field => layers[field]);
    }

    /// <summary>In a print the page is no part of the place: one more line pushes all that follows.</summary>
    private static string Place(string path) => path.EndsWith(')') && path.LastIndexOf(" (page ", StringComparison.Ordinal) is > 0 and var at ? path[..at] : path;

    private static Dictionary<string, string> Grouped(IEnumerable<(string Field, string Text)> values) =>
        values.GroupBy(value => value.Field).ToDictionary(group => group.Key, group => string.Join(Several, group.Select(value => value.Text)));

    private static List<ShowReport.Difference> Compared(Dictionary<string, string> old, Dictionary<string, string> now, Func<string, ReportLayer> layerOf) =>
        [.. old.Keys.Union(now.Keys).Select(field => new ShowReport.Difference(layerOf(field), field, old.GetValueOrDefault(field), now.GetValueOrDefault(field)))
            .Where(one => one.Before != one.After).OrderBy(one => one.Layer)];
}
