using Homeward.Intake;

namespace Homeward.Review.Casework;

/// <summary>An identifier that may be chosen for a request, with where it stands.</summary>
/// <param name="Mark">Names it in a form: the report's id and its place in the original.</param>
public sealed record ChoosableAccount(string Mark, string Kind, string Value, string Number, string Path);

/// <summary>The identifiers of reports for which a holder can be asked.</summary>
internal static class CaseAccounts
{
    /// <summary>A place is nobody's account.</summary>
    private const string Place = "place";

    public static string MarkOf(ReportId report, string path) => $"{report}:{path}";

    public static IReadOnlyList<ChoosableAccount> Of(IReadOnlyList<ReportGist> reports) =>
        [.. from report in reports
            from same in report.Identifiers.Where(one => one.Kind != Place).GroupBy(one => one.Path, StringComparer.Ordinal)
            select new ChoosableAccount(
                MarkOf(report.Id, same.Key), same.First().Kind, string.Join(", ", same.Select(one => one.Value).Distinct()), report.Number, same.Key)];
}
