using Homeward.Exchange.Initiatives;
using Homeward.Release.Counting;

namespace Homeward.Release.Wording;

/// <summary>The table of children by office, as the nation announces it.</summary>
internal static class OfficeTable
{
    public const string Others = "All other offices";
    public const string NotPublished = "not published";

    /// <summary>
    /// A house that counts real children prints every office that has one. In an exercise an office that the file gives no
    /// number has an invented one, so that it stands in no line of its own; that there are such is said, lest the table
    /// look whole.
    /// </summary>
    public static IReadOnlyList<TableLine> Of(InitiativePlan plan, Tally tally, SmallCellPolicy policy, int smallBelow, IReadOnlySet<string> knownElsewhere)
    {
        var given = plan.Offices.Where(office => office.Children.IsGiven).Select(office => office.Code).ToHashSet(StringComparer.Ordinal);
        var ofFile = tally.Offices.Where(line => given.Contains(line.Code)).ToList();
        var others = tally.Offices.Where(line => !given.Contains(line.Code) && line.Children.Value is > 0).ToList();
        var printed = tally.Exercise ? ofFile : [.. tally.Offices.Where(line => ofFile.Contains(line) || others.Contains(line))];
        var table = SmallCells.Apply(policy, [.. printed.Select(line => (line.WrittenAs, line.Children.Value))], tally.Value(Measures.Total), smallBelow, knownElsewhere);
        return tally.Exercise && table.Count > 0 && others.Count > 0 ? [.. table, new TableLine(Others, null, NotPublished)] : table;
    }
}
