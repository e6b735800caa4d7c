using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>Hotline tips and agencies' referrals: claims of imminent danger that nobody answered first, then the others; each newest first.</summary>
public static class ListDoors
{
    private const int RowsMax = 50;
    /// <summary>So many unanswered claims are put first, the newest; more than a day of all would bring.</summary>
    private const int UnansweredMax = 10_000;

    /// <param name="Q">The sender's number, or words of the child's name.</param>
    /// <param name="Imminent">Those that claim imminent danger.</param>
    /// <param name="Waiting">Those on which no lead was ever raised.</param>
    public sealed record Request(
        [MaxLength(100)] string? Q = null, DoorKind? Kind = null, bool Imminent = false, bool Waiting = false, [Range(0, int.MaxValue)] int From = 0);
    /// <param name="Child">Empty where no name is stated.</param>
    /// <param name="Place">Town and state.</param>
    /// <param name="Version">How often its sender said something under its number, up to the message that counts.</param>
    /// <param name="IsActedOn">A lead was raised on it, whatever became of that.</param>
    /// <param name="IsUnanswered">It claimed imminent danger, and the duty officer has not answered that.</param>
    public sealed record Row(
        DoorId Id, DoorKind Kind, string Number, string About, DateTimeOffset ReceivedAt, bool ImminentClaimed, string? SenderOri, string Child,
        PartialDate Born, int? Age, string? Sex, string? Place, string? Office, int Version, bool IsActedOn, bool IsUnanswered);
    public sealed record Page(IReadOnlyList<Row> Rows, int Total, int From);

    public sealed class Handler(IEnumerable<IActOnDoors> later) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var doors = act.Seen(act.Db.Set<Door>().AsNoTracking());
            if (request.Kind is { } kind) doors = doors.Where(row => row.Kind == kind);
            if (request.Imminent) doors = doors.Where(row => row.ImminentClaimed);
            if (request.Waiting)
            {
                foreach (var raised in later.Select(stage => stage.NumbersActedOn(act.Db))) doors = doors.Where(row => !raised.Contains(row.Number));
            }
            if (!string.IsNullOrWhiteSpace(request.Q)) doors = await DoorSearch.NarrowAsync(act.Db, doors, request.Q.Trim(), cancel);
            var total = await doors.CountAsync(cancel);
            var unanswered = (await WaitingAlerts.OfDoors(act.Db).AsNoTracking().OrderByDescending(duty => duty.StartsAt).ThenBy(duty => duty.Id)
                .Select(duty => duty.SubjectId).Take(UnansweredMax).ToListAsync(cancel)).ConvertAll(DoorId.From).ToHashSet();
            var rows = await RowsAsync(doors, unanswered, request.From, cancel);
            var actedOn = await ActedOnAsync(act.Db, rows.ConvertAll(row => row.Number), cancel);
            foreach (var row in rows) act.Trace("door", row.Id.Value, "listed");
            return new Page([.. rows.Select(row => Shown(row, actedOn.Contains(row.Number), unanswered.Contains(row.Id)))], total, request.From);
        }

        /// <summary>One list out of two, so that the long one is still read along its index.</summary>
        private static async Task<List<Door>> RowsAsync(IQueryable<Door> doors, HashSet<DoorId> unanswered, int from, CancellationToken cancel)
        {
            if (unanswered.Count == 0) return await PartAsync(doors, from, RowsMax);
            var first = doors.Where(row => unanswered.Contains(row.Id));
            var rows = await PartAsync(first, from, RowsMax);
            if (rows.Count < RowsMax)
                rows.AddRange(await PartAsync(doors.Where(row => !unanswered.Contains(row.Id)), Math.Max(0, from - await first.CountAsync(cancel)), RowsMax - rows.Count));
            return rows;

            Task<List<Door>> PartAsync(IQueryable<Door> part, int skipped, int rowsMax) =>
                part.OrderByDescending(row => row.ReceivedAt).ThenBy(row => row.Id).Skip(skipped).Take(rowsMax).ToListAsync(cancel);
        }

        private async Task<HashSet<string>> ActedOnAsync(HomewardDb db, List<string> numbers, CancellationToken cancel)
        {
            var found = new HashSet<string>(StringComparer.Ordinal);
            foreach (var stage in later) found.UnionWith(await stage.NumbersActedOn(db).Where(number => numbers.Contains(number)).ToListAsync(cancel));
            return found;
        }

        private static Row Shown(Door row, bool isActedOn, bool isUnanswered) => new(
            row.Id, row.Kind, row.Number, row.About, row.ReceivedAt, row.ImminentClaimed, row.SenderOri, DoorTold.Name(row), row.Born, row.Age, row.Sex,
            DoorTold.Town(row), row.OfficeCode, row.Version, isActedOn, isUnanswered);
    }
}
