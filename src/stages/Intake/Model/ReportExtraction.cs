namespace Homeward.Intake.Model;

/// <summary>What a newer extractor drew otherwise out of one version of a report. The original is the same; what was drawn before stands in the changes.</summary>
internal sealed class ReportExtraction
{
    public required ReportId ReportId { get; init; }
    public required int Version { get; init; }
    /// <summary>The extractor that drew anew.</summary>
    public required int Extractor { get; init; }
    /// <summary>The one whose extraction it took the place of.</summary>
    public required int Before { get; init; }
    public required DateTimeOffset At { get; init; }
    /// <summary>Every value that is new, gone or other, as JSON, bound to <c>report-extraction/…report…/version/extractor</c>.</summary>
    public required byte[] Changes { get; init; }

    public static string Context(ReportId report, int version, int extractor) => $"report-extraction/{report}/{version}/{extractor}";
}
