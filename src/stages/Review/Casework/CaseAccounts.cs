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
            from one in report.Identifiers
            where one.Kind != Place
            group one by MarkOf(report.Id, one.Path) into same
            let first = same.First()
            let number = reports.First(report => same.Key.StartsWith(report.Id.ToString(), StringComparison.Ordinal)).Number
            select new ChoosableAccount(same.Key, first.Kind, string.Join(", ", same.Select(one => one.Value).Distinct()), number, first.Path)];
}
