using Homeward.Foundations.Places;
using Homeward.Intake;

namespace Homeward.Review.Files;

/// <summary>The federal circuits that a report's places may lie in, as of the day it was received.</summary>
internal static class ReportCircuits
{
    public static IReadOnlyList<string> Of(ReportGist report)
    {
        var day = DateOnly.FromDateTime(report.ReceivedAt.UtcDateTime);
        return [.. report.Persons.Select(person => person.Place).OfType<PlaceQuery>().Distinct()
            .SelectMany(place => Gazetteer.Default.ResolvePlace(place, day).Candidates)
            .Select(candidate => candidate.Circuit).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
    }
}
