using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Linkage;

namespace Homeward.Review.Matching;

/// <remarks>Here: who is called so, where one name alone is known, given or family.</remarks>
internal sealed partial class MatchIndex
{
    /// <summary>So long ago may be born who was a child when a report or an entry told of them.</summary>
    private const int YearsBack = 25;

    private static readonly string[] _names = [PersonSchema.GivenName, PersonSchema.FamilyName, PersonSchema.Alias];

    /// <summary>The sought children and the persons of reports of whom one name is like the one that is known, best first. Persons of reports only once they are read.</summary>
    /// <remarks>
    /// No key of the index is a name alone: each birth year is asked for in turn, so that of reports those persons are found
    /// of whom age or birth year is told, or with a town those who are told of there.
    /// </remarks>
    /// <param name="called">With the one name as family name.</param>
    /// <returns>IsCut: there are more, or too many to look at.</returns>
    public (IReadOnlyList<(EntryId Entry, string Why)> Entries, IReadOnlyList<(ReportId Report, int Person, string Why)> Reports, bool IsCut) SearchOneName(
        PersonRecord called, int year, int max)
    {
        // One more than is shown, to know that there are more.
        var options = new QueryOptions { Top = max + 1 };
        var (entries, reports, isCut) = (new List<Candidate>(), new List<Candidate>(), false);
        var read = Volatile.Read(ref _reports);
        foreach (var probe in Asked(called, year))
        {
            entries.AddRange(Entries.Query(probe, options).Candidates.Where(HasTheName));
            if (read?.Query(probe, options) is not { } found) continue;
            reports.AddRange(found.Candidates.Where(HasTheName));
            isCut |= found.KeysSkipped > 0;
        }
        var persons = Best(reports).ToList();
        return (
            [.. Best(entries).Select(one => (EntryOf(one.Id), Why(one))).DistinctBy(one => one.Item1).Take(max)],
            [.. persons.Take(max).Select(one => (ReportOf(one.Id), PersonOf(one.Id), Why(one)))],
            isCut || persons.Count > max);

        static bool HasTheName(Candidate candidate) => candidate.Explanation.For.Any(bar => _names.Contains(bar.Field));
        static IEnumerable<Candidate> Best(List<Candidate> found) =>
            found.OrderByDescending(one => one.Weight).ThenBy(one => one.Id, StringComparer.Ordinal).DistinctBy(one => one.Id);
        // The years were ours to ask for, and are no reason.
        string Why(Candidate candidate) => string.Join("; ", candidate.Explanation.For
            .Where(bar => !called.BornOn.IsUnknown || _names.Contains(bar.Field) || bar.Field == PersonSchema.Place).Select(bar => bar.Sentence));
    }

    /// <summary>The sought children who have it as a part of a name, letter by letter. Each child is looked at once, as in <see cref="SoughtWith"/>.</summary>
    public IReadOnlyList<EntryGist> SoughtCalled(string name, int max)
    {
        var folded = Names.Fold(name);
        return [.. _sought.Values.Select(known => known.Gist)
            .Where(entry => entry.Names.Any(one => Names.Fold($"{one.Given} {one.Family}").Split(' ').Contains(folded, StringComparer.Ordinal)))
            .OrderBy(entry => entry.Nic, StringComparer.Ordinal).Take(max)];
    }

    private static IEnumerable<LinkRecord> Asked(PersonRecord called, int year)
    {
        if (!called.BornOn.IsUnknown || called.City is not null) yield return called.ToRecord();
        if (!called.BornOn.IsUnknown) yield break;
        for (var born = year - YearsBack; born <= year; born++) yield return (called with { BornOn = PartialDate.OfYear(born) }).ToRecord();
    }
}
