using System.Globalization;

namespace Homeward.Linkage;

/// <summary>How far what was learnt can be trusted, in sentences with what to do.</summary>
/// <remarks>
/// A model of two classes with independent comparisons is identified only from three comparisons on that tell the
/// classes apart (Goodman 1974; for linkage Winkler 1993). A level that few matches reached keeps its starting value.
/// </remarks>
public static class TrainingFindings
{
    private const int ComparisonsMin = 3;

    /// <summary>A level rests on its starting value when fewer matching pairs than this taught it.</summary>
    private const double TaughtMin = 3;

    /// <summary>A comparison tells the classes apart when its strongest level weighs at least so many bits.</summary>
    private const double BitsMin = 1;

    /// <summary>Matching pairs for each record from which on the model has probably found something else than persons.</summary>
    private const double MatchesPerRecordMax = 5;

    /// <returns>Nothing when all is well.</returns>
    public static IReadOnlyList<string> Of(TrainingReport report)
    {
        var findings = new List<string>();
        if (!report.Converged)
        {
            findings.Add(string.Create(CultureInfo.InvariantCulture,
                $"training has not converged: m still moved by {(report.Movement is [.., var last] ? last : 0):0.####} in round {report.Rounds}; give more records, or fewer levels"));
        }
        var telling = report.Settings.Comparisons.Where(comparison => comparison.Levels.Any(level => level.Weight >= BitsMin)).ToList();
        if (telling.Count < ComparisonsMin && report.Labelled == 0)
        {
            findings.Add(string.Create(CultureInfo.InvariantCulture,
                $"only {telling.Count} comparison(s) tell matches from others, and fewer than {ComparisonsMin} leave m and prior poorly determined: add columns, or labels"));
        }
        if (report.Settings.LearntFrom is { Records: > 0 } learnt && learnt.Matches > MatchesPerRecordMax * learnt.Records)
        {
            findings.Add(string.Create(CultureInfo.InvariantCulture,
                $"each record would match {2 * learnt.Matches / learnt.Records:N0} others: the fields that agree may tell a household, a town or a group rather than one; leave some out, or give labels"));
        }
        foreach (var comparison in report.Settings.Comparisons.Except(telling))
            findings.Add($"{comparison.Field} hardly tells matches from others: no level of it weighs a bit");
        foreach (var field in report.NotLearnt)
            findings.Add($"m of {field} was learnt from pairs that it helped to find: add a blocking rule without it");
        for (var i = 0; i < report.TaughtBy.Count && i < report.Settings.Comparisons.Count; i++)
        {
            var comparison = report.Settings.Comparisons[i];
            var guessed = comparison.Levels.Where((level, l) => report.TaughtBy[i][l] < TaughtMin && !level.IsSilent)
                .Select(level => level.Label).ToList();
            if (guessed.Count == comparison.Levels.Count) findings.Add($"m of {comparison.Field} rests on its starting values: no matching pair taught it");
            else if (guessed.Count > 0) findings.Add($"few matching pairs taught {comparison.Field}: {string.Join("; ", guessed)}");
        }
        return findings;
    }
}
