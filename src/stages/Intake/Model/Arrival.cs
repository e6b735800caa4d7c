namespace Homeward.Intake.Model;

/// <summary>One dropping of files by somebody of the house: what lay in it, and what became of each.</summary>
internal sealed class Arrival
{
    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Guid ReceivedBy { get; init; }
    public required int Reports { get; init; }
    public required int Files { get; init; }
    public required int Refused { get; init; }
    /// <summary>The <see cref="ArrivalContent"/>: names of files may tell of people. Bound to <c>arrival/…id…</c>.</summary>
    public required byte[] Sealed { get; init; }
}

/// <summary>A report that an arrival brought, or a sealed file of it that belongs to no report: purged, each is found by this.</summary>
internal sealed class ArrivalPart
{
    public required Guid ArrivalId { get; init; }
    /// <summary>Of the report, or of the sealed file.</summary>
    public required Guid PartId { get; init; }
    public required bool IsFile { get; init; }
}

/// <summary>What is kept of an arrival beside the reports and files themselves.</summary>
internal sealed record ArrivalContent(
    IReadOnlyList<ReceivePackage.Part> Packages, IReadOnlyList<ReceivePackage.ReportPart> Reports, IReadOnlyList<ReceivePackage.FilePart> Files,
    IReadOnlyList<ReceivePackage.RefusedPart> Refused, IReadOnlyList<ReceiveAlerts.Told> Alerts);
