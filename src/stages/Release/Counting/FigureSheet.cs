using Homeward.Foundations.Places;
using Homeward.Foundations.Rules;

namespace Homeward.Release.Counting;

/// <summary>Gathers what is counted and lays it out by nation and by office.</summary>
internal sealed class FigureSheet(TallyInput input)
{
    private readonly Dictionary<string, List<CountedItem>> _items = [];
    private readonly HashSet<(string Measure, string? Office)> _reported = [];

    public void Put(string measure, CountedItem item)
    {
        if (!_items.TryGetValue(measure, out var items)) _items[measure] = items = [];
        items.Add(item);
    }

    /// <summary>The office filed something of this measure; so did the nation.</summary>
    public void NoteReported(string measure, string? office)
    {
        _reported.Add((measure, office));
        _reported.Add((measure, null));
    }

    public Dictionary<string, Figure> Nation()
    {
        foreach (var word in input.Certified) NoteReported(word.Measure, word.Office);
        return Measures.OfNation.ToDictionary(measure => measure, measure => FigureOf(measure, null, _items.GetValueOrDefault(measure, [])), StringComparer.Ordinal);
    }

    /// <summary>Every office of the file in its order, then any other with a count, by name.</summary>
    public IReadOnlyList<OfficeLine> Offices()
    {
        var listed = input.FileOffices.Select(office => office.Code).ToHashSet(StringComparer.Ordinal);
        var others = Measures.OfOffice.SelectMany(measure => _items.GetValueOrDefault(measure, [])).Select(item => item.Office).OfType<string>()
            .Distinct(StringComparer.Ordinal).Where(code => !listed.Contains(code))
            .Select(code => new FileOffice(code, Gazetteer.Default.Offices.WithCode(code)?.Name ?? code))
            .OrderBy(office => office.WrittenAs, StringComparer.Ordinal);
        return [.. input.FileOffices.Concat(others).Select(office => new OfficeLine(office.Code, office.WrittenAs,
            Of(Measures.Total, office.Code), Of(Measures.Adults, office.Code), Of(Measures.Traffickers, office.Code),
            Of(Measures.Operations, office.Code), Of(Measures.Shared, office.Code), Of(Measures.Investigations, office.Code)))];
    }

    private Figure Of(string measure, string office) =>
        FigureOf(measure, office, [.. _items.GetValueOrDefault(measure, []).Where(item => item.Office == office)]);

    private Figure FigureOf(string measure, string? office, List<CountedItem> items) =>
        new(measure, office, items.Count > 0 || IsReported(measure, office) ? items.Count : null, RuleOf(measure), items);

    private bool IsReported(string measure, string? office) => measure switch
    {
        // The house itself keeps operations: an office without one has none.
        Measures.Operations => true,
        // All kinds of children are reported together, all arrests too.
        Measures.Recovered or Measures.Identified or Measures.Located or Measures.ViaReview or Measures.ReportedMissing or Measures.Episodes
            or Measures.Labor or Measures.Undetermined or Measures.Shared => _reported.Contains((Measures.Total, office)),
        Measures.Buyers or Measures.OtherArrests or Measures.VictimsInCustody => _reported.Contains((Measures.Traffickers, office)),
        Measures.Encounters => _reported.Contains((Measures.Adults, office)),
        _ => _reported.Contains((measure, office)),
    };

    private Rule RuleOf(string measure) => input.Rules.On(Measures.RuleOf(measure), input.Initiative.To);
}
