using System.Text.Json;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Work;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>The receipt of one dropping: what was read, what was refused and why, and where each report's people and accounts appeared before.</summary>
public static class ShowArrival
{
    /// <summary>Of so many reports it is looked up where else they appear; the others have pages of their own.</summary>
    private const int ReportsLookedUpMax = 20;

    public sealed record Request(Guid Id);

    /// <param name="Path">Where in the other original it stands.</param>
    public sealed record Other(ReportId Id, string Number, string Provider, DateTimeOffset ReceivedAt, string Path);
    public sealed record Child(EntryId Id, string Nic, string Name, PartialDate Born, EntryState State);

    public sealed record Alert(AlertId Id, DateTimeOffset SentAt, bool IsCancelled);

    /// <summary>Something that this report names and that stands elsewhere as well.</summary>
    /// <param name="Path">Where in this report's original.</param>
    /// <param name="IsShared">So many reports hold it that it says nothing.</param>
    /// <param name="Alerts">AMBER alerts that name it; of a vehicle's plate only.</param>
    public sealed record Appearance(
        string Kind, string Value, string Path, bool IsShared, IReadOnlyList<Other> Reports, IReadOnlyList<Child> Children, IReadOnlyList<Alert> Alerts);

    /// <param name="Before">Null when it was not looked up.</param>
    /// <param name="NotLookedUp">Values of the report beyond those that are looked up in other reports.</param>
    public sealed record Report(
        ReceivePackage.ReportPart Part, string Form, string Provider, string IncidentType, DateTimeOffset? SubmittedAt, string? Disposition, int? Priority,
        bool EscalationClaimed, IReadOnlyList<Appearance>? Before, int NotLookedUp = 0);

    public sealed record Page(
        Guid Id, DateTimeOffset At, string By, IReadOnlyList<string> Packages, IReadOnlyList<Report> Reports, IReadOnlyList<ReceivePackage.FilePart> Files,
        IReadOnlyList<ReceivePackage.RefusedPart> Refused, IReadOnlyList<ReceiveAlerts.Told> Alerts);

    internal sealed class Handler(Envelope envelope, IIntake intake, Appearances appearances) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (await act.Db.Set<Arrival>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.Id, cancel) is not { } arrival)
                return Problem.Missing("There is no such receipt for you.");
            var content = JsonSerializer.Deserialize<ArrivalContent>(envelope.Open("originals", ReceivePackage.Context(arrival.Id), arrival.Sealed), WorkItem.Json)!;
            var ids = content.Reports.Select(part => part.Id).OfType<ReportId>().Distinct().ToList();
            var versions = (await act.Db.Set<ReportVersion>().AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync(cancel)).ToDictionary(row => (row.Id, row.Version));
            var looked = ids.Take(ReportsLookedUpMax).ToList();
            var before = await appearances.OfAsync(act, await intake.ReportsAsync(act.Db, looked, cancel), cancel);
            foreach (var id in ids) act.Trace("report", id.Value, "received");
            act.Trace("arrival", arrival.Id);
            var by = new UserId(arrival.ReceivedBy);
            var name = await act.Db.Set<User>().Where(row => row.Id == by).Select(row => row.Name).SingleOrDefaultAsync(cancel);
            return new Page(
                arrival.Id, arrival.At, name ?? "the house", [.. content.Packages.Select(part => part.Path)], [.. content.Reports.Select(Shown)], content.Files, content.Refused, content.Alerts);

            Report Shown(ReceivePackage.ReportPart part) => part.Id is { } id && versions.GetValueOrDefault((id, part.Version)) is { } row
                ? new(part, Gists.FormSlug(row.Form), row.Provider, row.IncidentType, row.SubmittedAt, row.Disposition?.ToString().ToLowerInvariant(), row.Priority,
                    row.EscalationClaimed, before.GetValueOrDefault(id)?.Rows, before.GetValueOrDefault(id)?.NotLookedUp ?? 0)
                : new(part, "", "", "", null, null, null, false, null);
        }
    }
}
