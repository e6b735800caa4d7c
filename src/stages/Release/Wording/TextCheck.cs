using System.Globalization;
using System.Text.RegularExpressions;
using Homeward.Kernel;
using Homeward.Release.Counting;

namespace Homeward.Release.Wording;

/// <summary>What a text must not say, and of whom.</summary>
/// <param name="Victims">Names of victims, given and family.</param>
/// <param name="Uncharged">Names of arrested persons against whom no charge is on record.</param>
/// <param name="IsExercise">No real office is given a rank in what is invented (R-80).</param>
internal sealed record TextFacts(
    Tally Tally, IReadOnlyList<(string Given, string Family)> Victims, IReadOnlyList<(string Given, string Family)> Uncharged,
    IReadOnlyList<PublishedFigure> Printable, bool IsExercise);

/// <summary>Refuses what an announcement must not hold (R-54); each finding says what to write instead.</summary>
/// <remarks>28 CFR 50.2, Justice Manual 1-7 and 18 USC 3509(d) stand behind it. A net under counsel's eye, not instead of it.</remarks>
internal static partial class TextCheck
{
    public static IReadOnlyList<string> Faults(string text, TextFacts facts)
    {
        var faults = new List<string>();
        var folded = $" {Names.Fold(text.ReplaceLineEndings(" "))} ";
        if (facts.Victims.Any(name => Holds(folded, name))) faults.Add("It names a victim. Take the name out.");
        if (facts.Uncharged.Any(name => Holds(folded, name))) faults.Add("It names a person who is not charged. Take the name out.");
        if (Initials().IsMatch(text)) faults.Add("Initials with an age point to one child. Take them out.");
        if (Address().IsMatch(text)) faults.Add("It holds an exact address. Name the city or nothing.");
        if (School().IsMatch(text)) faults.Add("It names a school. Take it out.");
        if (Rescued().IsMatch(text)) faults.Add(AskForKinds(facts));
        if (Charges().IsMatch(text) && !text.Contains("presumed innocent", StringComparison.OrdinalIgnoreCase))
            faults.Add("It speaks of arrests or charges without the presumption of innocence. Add the line.");
        faults.AddRange(RankFaults(text, facts));
        faults.AddRange(NumberFaults(text, facts));
        return faults;
    }

    private static string AskForKinds(TextFacts facts)
    {
        var (recovered, identified) = (facts.Tally[Measures.Recovered].Shown, facts.Tally[Measures.Identified].Shown);
        return $"\"Rescued\" is no kind of finding. Write what was counted: {recovered} recovered, {identified} identified.";
    }

    private static bool Holds(string folded, (string Given, string Family) name)
    {
        var (given, family) = (Names.Fold(name.Given), Names.Fold(name.Family));
        if (given.Length == 0 || family.Length == 0 || Names.IsPlaceholder(name.Given) || Names.IsPlaceholder(name.Family)) return false;
        return folded.Contains($" {given} {family} ", StringComparison.Ordinal) || folded.Contains($" {family} {given} ", StringComparison.Ordinal);
    }

    /// <summary>"A majority came from Las Vegas and Dallas" is computed, not believed.</summary>
    private static IEnumerable<string> RankFaults(string text, TextFacts facts)
    {
        foreach (var sentence in text.Split(['.', '\n', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            var word = Rank().Match(sentence);
            if (!word.Success) continue;
            var named = facts.Tally.Offices.Where(line => sentence.Contains(line.WrittenAs, StringComparison.OrdinalIgnoreCase)).ToList();
            if (facts.IsExercise && named.Count > 0)
            {
                yield return $"\"{word.Value}\": no real office is given a rank in an exercise. Take it out.";
                continue;
            }
            var total = facts.Tally.Value(Measures.Total) ?? 0;
            var share = named.Sum(line => line.Children.Value ?? 0);
            var supported = named.Count > 0 && total > 0 && (IsMajority(word.Value)
                ? share * 2 > total
                : named.Count == 1 && facts.Tally.Offices.All(line => line == named[0] || (line.Children.Value ?? 0) < (named[0].Children.Value ?? 0)));
            if (!supported)
                yield return named.Count == 0
                    ? $"\"{word.Value}\" is supported by no figure. Take it out."
                    : string.Create(CultureInfo.InvariantCulture,
                        $"\"{word.Value}\" is not so: {string.Join(" and ", named.Select(line => line.WrittenAs))} have {share} of {total}, {(total == 0 ? 0 : 100.0 * share / total):0} %.");
        }
    }

    private static bool IsMajority(string word) => word.StartsWith("major", StringComparison.OrdinalIgnoreCase) || word.StartsWith("most", StringComparison.OrdinalIgnoreCase);

    /// <summary>A number beside a measure's word must be one that may be printed.</summary>
    private static IEnumerable<string> NumberFaults(string text, TextFacts facts)
    {
        foreach (Match match in Counted().Matches(text))
        {
            var written = int.Parse(match.Groups[1].Value.Replace(",", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture);
            string[] measures = match.Groups[3].Value.ToLowerInvariant() switch
            {
                "children" or "child" or "juveniles" or "minors" => [Measures.Total, Measures.Recovered, Measures.Identified, Measures.Located, Measures.Labor, Measures.ReportedMissing],
                "adults" or "adult" => [Measures.Adults],
                "agencies" => [Measures.Agencies, Measures.AgenciesActed],
                "operations" or "operation" => [Measures.Operations],
                "investigations" => [Measures.Investigations],
                "traffickers" => [Measures.Traffickers],
                "victims" => [],
                _ => [Measures.TaskForces],
            };
            // Children and adults are never added up (R-40).
            if (measures.Length == 0)
            {
                var (children, adults) = (facts.Tally.Value(Measures.Total), facts.Tally.Value(Measures.Adults));
                var saysWhich = match.Groups[2].Value.Contains("adult", StringComparison.OrdinalIgnoreCase) || match.Groups[2].Value.Contains("child", StringComparison.OrdinalIgnoreCase);
                if (!saysWhich && children > 0 && adults > 0 && children + adults == written) yield return $"{written} adds adults to children. Give the two numbers apart.";
                continue;
            }
            if (match.Groups[2].Success && match.Groups[2].Value.Contains("more than", StringComparison.OrdinalIgnoreCase)) continue;
            if (facts.Printable.Any(figure => measures.Contains(figure.Measure) && figure.Number == written)) continue;
            // What no file gives is a figure of a release only where it is no exercise's invention.
            if (!facts.IsExercise && measures.Any(measure => measure is Measures.Labor or Measures.ReportedMissing or Measures.Located && facts.Tally.Value(measure) == written)) continue;
            if (facts.Printable.Any(figure => measures.Contains(figure.Measure) && figure is { Number: null, Text: { } floor }
                && text.Contains($"{floor} ", StringComparison.Ordinal) && floor.EndsWith(match.Groups[1].Value, StringComparison.Ordinal))) continue;
            yield return $"{match.Groups[1].Value} {match.Groups[3].Value} is no figure of this release. Leave numbers to the generated text.";
        }
    }

    [GeneratedRegex(@"\b[A-Z]\.\s?[A-Z]\.?,?\s+(?:\(?\d{1,2}\)?|(?:age|aged)\s+\d{1,2})\b", RegexOptions.CultureInvariant)]
    private static partial Regex Initials();

    [GeneratedRegex(@"\b\d{1,6}\s+(?:[NSEW]\.?\s+)?(?:[A-Z][\w'-]*\s+){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Dr|Lane|Ln|Court|Ct|Highway|Hwy|Way|Place|Pl)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(@"\b(?:[A-Z][\w'-]*\s+)+(?:High|Middle|Elementary|Junior High|Preparatory)\s+School\b|\b[A-Z][\w'-]*\s+Academy\b", RegexOptions.CultureInvariant)]
    private static partial Regex School();

    [GeneratedRegex(@"\brescu(?:e|es|ed|ing)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Rescued();

    [GeneratedRegex(@"\b(?:arrest(?:s|ed)?|charge(?:s|d)?|indict(?:ed|ment|ments)?)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Charges();

    [GeneratedRegex(@"\b(?:majority|most of|most children|highest|largest|leading|record number|top|first (?:in|among|of|place))\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Rank();

    [GeneratedRegex(@"(?<![\d-])(\d{1,3}(?:,\d{3})+|\d+)\s+((?:[a-z]+\s+){0,2})(children|child|juveniles|minors|adults|adult|agencies|operations|operation|investigations|traffickers|victims|task forces)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Counted();
}
