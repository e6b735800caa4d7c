using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Places;
using Homeward.Kernel;
using Homeward.Operations.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Operations;

/// <summary>Operations by the local day of their office: those of an initiative, or of one day.</summary>
public static class ListOperations
{
    internal const int RowsMax = 200;

    /// <param name="Initiative">Only of this one; the newest, when left out.</param>
    /// <param name="Day">Only those of this local day.</param>
    /// <param name="From">How many of the list are passed over.</param>
    public sealed record Request(InitiativeId? Initiative = null, DateOnly? Day = null, OperationState? State = null, [Range(0, int.MaxValue)] int From = 0);

    /// <param name="LocalOn">Its day on the wall calendar of its office: the day it began, or is planned for.</param>
    public sealed record Row(
        OperationId Id, string Reference, OperationKind Kind, OperationState State, string Office, string TaskForce, DateOnly LocalOn,
        DateTimeOffset From, DateTimeOffset To, DateTimeOffset? StartedAt, string Zone, bool PlaceVerified, int OpenConflicts);

    /// <param name="Total">How many the whole list has; of one local day a few of the days beside it may be among them.</param>
    public sealed record Page(InitiativeId? Initiative, string? Name, IReadOnlyList<Row> Rows, int Total);

    internal sealed class Handler : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var initiative = request.Initiative is { } wanted
                ? await act.Db.Set<Initiative>().SingleOrDefaultAsync(row => row.Id == wanted, cancel)
                : await act.Db.Set<Initiative>().OrderByDescending(row => row.OpenedAt).ThenBy(row => row.Id).FirstOrDefaultAsync(cancel);
            if (request.Initiative is not null && initiative is null) return Problem.Missing("There is no such initiative.");
            var rows = act.Seen(act.Db.Set<Operation>());
            if (initiative is not null) rows = rows.Where(row => row.Initiative == initiative.Id);
            if (request.State is { } state) rows = rows.Where(row => row.State == state);
            if (request.Day is { } day)
            {
                // A local day lies within 36 hours around its UTC day; the exact one is told below.
                var (from, to) = (new DateTimeOffset(day.ToDateTime(default), TimeSpan.Zero).AddHours(-36), new DateTimeOffset(day.ToDateTime(default), TimeSpan.Zero).AddHours(60));
                rows = rows.Where(row => (row.StartedAt ?? row.PlannedFrom) >= from && (row.StartedAt ?? row.PlannedFrom) < to);
            }
            var found = await rows.OrderBy(row => row.PlannedFrom).ThenBy(row => row.Id).Skip(request.From).Take(RowsMax).ToListAsync(cancel);
            var conflicts = await OpenConflictsAsync(act, found, cancel);
            var page = found.Select(row => RowOf(row, conflicts.GetValueOrDefault(row.Id)))
                .Where(row => request.Day is null || row.LocalOn == request.Day).OrderBy(row => row.LocalOn).ThenBy(row => row.Reference, StringComparer.Ordinal).ToList();
            foreach (var row in page) act.Trace("operation", row.Id.Value, "listed");
            return new Page(initiative?.Id, initiative?.Name, page, await rows.CountAsync(cancel));
        }

        private static async Task<Dictionary<OperationId, int>> OpenConflictsAsync(Act act, List<Operation> found, CancellationToken cancel)
        {
            var going = found.Where(row => row.State is OperationState.Planned or OperationState.Approved).Select(row => row.Id).ToList();
            if (going.Count == 0) return [];
            var events = await act.Db.Set<DeconflictionEvent>().Where(row => going.Contains(row.Operation))
                .Select(row => new { row.Id, row.Operation }).ToListAsync(cancel);
            var open = await EventDesk.OpenOfAsync(act.Db, [.. events.Select(row => row.Id)], cancel);
            return events.GroupBy(row => row.Operation).ToDictionary(
                group => group.Key, group => open.Count(one => group.Any(row => row.Id == one.One || row.Id == one.Other)));
        }

        private static Row RowOf(Operation row, int openConflicts)
        {
            var office = Gazetteer.Default.Offices.WithCode(row.OfficeCode);
            Ensure.That(office is not null && row.TaskForce is not null);
            return new Row(row.Id, row.Reference, row.Kind, row.State, office.Name, row.TaskForce,
                Zones.LocalDay(row.StartedAt ?? row.PlannedFrom, Zones.ZoneOf(office)), row.PlannedFrom, row.PlannedTo, row.StartedAt, office.Zone,
                row.VerifiedAt is not null && !row.PlaceDisputed, openConflicts);
        }
    }
}
