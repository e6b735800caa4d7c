using Homeward.Intake.Model;
using Homeward.Kernel;

namespace Homeward.Intake.Reading;

/// <summary>Whom a report names, over all that stands of it: those of the leading version, with what others add of them, and those whom only others name.</summary>
/// <remarks>
/// Two are one person where they have the same part in the report and an identifier or a name in common, or where each version
/// knows one of that part alone and their names do not differ. In doubt both stand: nobody is left out for being like another.
/// </remarks>
internal static class StandingPersons
{
    /// <param name="standing">The leading version first.</param>
    public static IReadOnlyList<ReportPerson> Of(IReadOnlyList<ReportParts> standing)
    {
        List<ReportPerson> persons = [.. All(standing[0])];
        for (var beside = 1; beside < standing.Count; beside++)
        {
            var (others, known) = (All(standing[beside]).ToList(), persons.Count);
            var taken = new HashSet<int>();
            foreach (var other in others.Where(TellsSomething))
            {
                var same = Enumerable.Range(0, known).Where(place => !taken.Contains(place) && persons[place].Role == other.Role).ToList();
                var place = same.FindIndex(one => ShareIdentifier(persons[one], other)) is >= 0 and var shared ? same[shared]
                    : same.FindIndex(one => AreCalledAlike(persons[one], other)) is >= 0 and var alike ? same[alike]
                    : same.Count == 1 && others.Count(one => one.Role == other.Role) == 1 && !(IsNamed(persons[same[0]]) && IsNamed(other)) ? same[0] : -1;
                if (place < 0)
                {
                    persons.Add(other with { Index = persons.Count });
                    continue;
                }
                taken.Add(place);
                persons[place] = Filled(persons[place], other);
            }
        }
        return persons;
    }

    /// <summary>One more than the last place at which any of these versions can have put somebody.</summary>
    public static int Most(IEnumerable<ReportParts> versions) => versions.Sum(one => one.Persons.Length);

    private static IEnumerable<ReportPerson> All(ReportParts parts) => parts.Persons.Select((person, ordinal) => Gists.Gist(ordinal, person, parts.Identifiers));

    private static bool TellsSomething(ReportPerson one) => IsNamed(one) || one.OtherNames.Count > 0 || !one.Born.IsUnknown || one.Age is not null || one.Place is not null
        || one.Phones.Count > 0 || one.Emails.Count > 0 || one.ScreenNames.Count > 0 || one.AccountIds.Count > 0;

    private static bool IsNamed(ReportPerson one) => one.Given.Length > 0 || one.Family.Length > 0;

    private static bool ShareIdentifier(ReportPerson one, ReportPerson other) => one.Phones.Intersect(other.Phones).Any() || one.Emails.Intersect(other.Emails).Any()
        || one.ScreenNames.Intersect(other.ScreenNames).Any() || one.AccountIds.Intersect(other.AccountIds).Any();

    private static bool AreCalledAlike(ReportPerson one, ReportPerson other) => NamesOf(one).Intersect(NamesOf(other)).Any();

    /// <summary>Without spaces: a print breaks lines within names.</summary>
    private static IEnumerable<string> NamesOf(ReportPerson one) =>
        new[] { $"{one.Given}{one.Family}" }.Concat(one.OtherNames).Select(name => Names.Fold(name).Replace(" ", "", StringComparison.Ordinal)).Where(name => name.Length > 0);

    private static ReportPerson Filled(ReportPerson leading, ReportPerson other)
    {
        var names = leading.OtherNames.Concat(other.OtherNames);
        if (IsNamed(leading) && IsNamed(other) && Names.Fold($"{leading.Given} {leading.Family}") != Names.Fold($"{other.Given} {other.Family}"))
            names = names.Append($"{other.Given} {other.Family}".Trim());
        return leading with
        {
            Given = IsNamed(leading) ? leading.Given : other.Given, Family = IsNamed(leading) ? leading.Family : other.Family, OtherNames = [.. names.Distinct()],
            Born = leading.Born.IsUnknown ? other.Born : leading.Born, Age = leading.Age ?? other.Age, Sex = leading.Sex ?? other.Sex,
            Phones = [.. leading.Phones.Union(other.Phones)], Emails = [.. leading.Emails.Union(other.Emails)],
            ScreenNames = [.. leading.ScreenNames.Union(other.ScreenNames)], AccountIds = [.. leading.AccountIds.Union(other.AccountIds)],
            Place = leading.Place ?? other.Place,
        };
    }
}
