using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.Audit;

/// <summary>Shows the trace, newest first: of the whole house, of one thing, or of one person.</summary>
public static class ShowTrace
{
    private const int RowsMax = 100;
    private static readonly DateTimeOffset _farAhead = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="Before">Only what was before this instant: how older pages are reached.</param>
    /// <param name="BeforeEntry">Chain and number of the last entry shown, as <c>chain-number</c>: of that instant itself, what comes after it.</param>
    public sealed record Request(
        Guid? Subject = null, UserId? By = null, string? Action = null, DateTimeOffset? Before = null,
        [MaxLength(60)] string? BeforeEntry = null);
    public sealed record Row(
        DateTimeOffset At, DateTimeOffset RealAt, string Who, string Role, string Agency, string Action, string Kind, string Outcome,
        string SubjectType, Guid SubjectId, string Codes, string Chain, long Seq);
    public sealed record Page(IReadOnlyList<Row> Rows, DateTimeOffset? Older, AuditCheckpoint? LastCheckpoint, string? OlderEntry);

    public sealed class Handler : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var entries = act.Db.Set<AuditEntry>().AsQueryable();
            if (request.Subject is { } subject) entries = entries.Where(row => row.SubjectId == subject);
            if (request.By is { } by) entries = entries.Where(row => row.ActorId == by.Value);
            if (request.Action is { Length: > 0 } action) entries = entries.Where(row => row.Action == action);
            if (request.Before is { } before)
            {
                var (chain, seq) = EntryOf(request.BeforeEntry);
#pragma warning disable CA1309 // Compared in the database, which orders by the same column.
                entries = chain is null
                    ? entries.Where(row => row.At < before)
                    : entries.Where(row => row.At < before || (row.At == before
                        && (string.Compare(row.Chain, chain) < 0 || (row.Chain == chain && row.Seq < seq))));
#pragma warning restore CA1309
            }
            // Without a bound SQLite reads and sorts the whole trace instead of walking its index from the end (230 ms for 54 000 entries, now 7).
            else entries = entries.Where(row => row.At < _farAhead);
            var found = await entries.OrderByDescending(row => row.At).ThenByDescending(row => row.Chain)
                .ThenByDescending(row => row.Seq).Take(RowsMax).ToListAsync(cancel);
            var ids = found.Select(row => new UserId(row.ActorId)).Distinct().ToList();
            var names = await act.Db.Set<User>().Where(user => ids.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.Name, cancel);
            var rows = found.Select(row => new Row(
                row.At, row.RealAt, names.GetValueOrDefault(new UserId(row.ActorId), "Homeward"), row.Role, row.Agency, row.Action,
                row.Kind, row.Outcome, row.SubjectType, row.SubjectId, row.Codes, row.Chain, row.Seq)).ToList();
            var checkpoint = await act.Db.Set<AuditCheckpoint>().OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancel);
            return rows.Count < RowsMax
                ? new Page(rows, null, checkpoint, null)
                : new Page(rows, rows[^1].At, checkpoint, string.Create(CultureInfo.InvariantCulture, $"{rows[^1].Chain}-{rows[^1].Seq}"));
        }

        private static (string? Chain, long Seq) EntryOf(string? text) =>
            text?.Split('-') is [{ Length: > 0 } chain, var number] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
                ? (chain, seq)
                : (null, 0);
    }
}
