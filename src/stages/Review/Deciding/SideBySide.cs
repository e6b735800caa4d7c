using Homeward.Intake;
using Homeward.Linkage;
using Homeward.Review.Matching;

namespace Homeward.Review.Deciding;

/// <summary>What we know beside what came in, field by field, with the difference marked.</summary>
internal static class SideBySide
{
    private const double DiffersFrom = -0.05;
    private const string NotCompared = "not compared";

    /// <summary>What NCMEC marks the child as, beside what the report is about: nothing is compared, and a reader weighs it.</summary>
    public const string Risk = "Risk / kind of incident";
    public const string MarkedAtRisk = "marked at risk of sexual exploitation";

    public static IReadOnlyList<ShowMatch.Line> Lines(EntryGist entry, ReportPerson? person, string incidentType, Waterfall waterfall)
    {
        if (person is null) return [];
        var main = entry.Names.Count > 0 ? entry.Names[0] : ("", "");
        return
        [
            Line("Given name", PersonSchema.GivenName, main.Item1, person.Given),
            Line("Family name", PersonSchema.FamilyName, main.Item2, person.Family),
            Line("Other names", PersonSchema.Alias, Join(entry.Names.Skip(1).Select(name => $"{name.Given} {name.Family}".Trim())), Join(person.OtherNames)),
            Line("Born", PersonSchema.Born, entry.Born.ToString(), person.Born.IsUnknown && person.Age is { } age ? $"about {age} years old" : person.Born.ToString()),
            Line("Sex", PersonSchema.Sex, entry.Sex, person.Sex),
            Line("Last contact / place reported", PersonSchema.Place, ReportPlaces.Words(entry.LastSeen), ReportPlaces.Words(person.Place)),
            Line("Telephone", PersonSchema.Phone, Join(entry.Phones), Join(person.Phones)),
            Line("E-mail", PersonSchema.Email, Join(entry.Emails), Join(person.Emails)),
            Line("Accounts", PersonSchema.ScreenName, Join(entry.ScreenNames), Join(person.ScreenNames)),
            Line("Marks", PersonSchema.Mark, Join(entry.Marks), null),
            new(Risk, entry.AtRisk ? MarkedAtRisk : "", incidentType, "unknown", NotCompared),
        ];

        ShowMatch.Line Line(string title, string field, string? known, string? cameIn)
        {
            var bar = waterfall.Bars.FirstOrDefault(one => one.Field == field);
            var mark = bar switch
            {
                null => "unknown",
                { Weight: <= DiffersFrom } => "differs",
                _ when bar.Level.StartsWith("same", StringComparison.Ordinal) || bar.Level.EndsWith("is shared", StringComparison.Ordinal) => "same",
                _ => "alike",
            };
            return new(title, known ?? "", cameIn ?? "", mark, bar?.Level ?? (known is { Length: > 0 } && cameIn is { Length: > 0 } ? NotCompared : "not known on both sides"));
        }
    }

    private static string Join(IEnumerable<string> values) => string.Join(", ", values);
}
