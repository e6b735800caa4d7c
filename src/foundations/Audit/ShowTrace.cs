using Homeward.Foundations.Access;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.Audit;

/// <summary>Shows the trace, newest first: of the whole house, of one thing, or of one person.</summary>
public static class ShowTrace
{
    private const int RowsMax = 100;

    /// <param name="Before">Only what was before this instant: how older pages are reached.</param>
    public sealed record Request(Guid? Subject = null, UserId? By = null, string? Action = null, DateTimeOffset? Before = null);
    public sealed record Row(
        DateTimeOffset At, DateTimeOffset RealAt, string Who, string Role, string Agency, string Action, string Kind, string Outcome,
        string SubjectType, Guid SubjectId, string Codes, string Chain, long Seq);
    public sealed record Page(IReadOnlyList<Row> Rows, DateTimeOffset? Older, AuditCheckpoint? LastCheckpoint);

    public sealed class Handler : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var entries = act.Db.Set<AuditEntry>().AsQueryable();
            if (request.Subject is { } subject) entries = entries.Where(row => row.SubjectId == subject);
            if (request.By is { } by) entries = entries.Where(row => row.ActorId == by.Value);
            if (request.Action is { Length: > 0 } action) entries = entries.Where(row => row.Action == action);
            if (request.Before is { } before) entries = entries.Where(row => row.At < before);
            var found = await entries.OrderByDescending(row => row.At).ThenByDescending(row => row.Chain)
                .ThenByDescending(row => row.Seq).Take(RowsMax).ToListAsync(cancel);
            var ids = found.Select(row => new UserId(row.ActorId)).Distinct().ToList();
            var names = await act.Db.Set<User>().Where(user => ids.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.Name, cancel);
            var rows = found.Select(row => new Row(
                row.At, row.RealAt, names.GetValueOrDefault(new UserId(row.ActorId), "Homeward"), row.Role, row.Agency, row.Action,
                row.Kind, row.Outcome, row.SubjectType, row.SubjectId, row.Codes, row.Chain, row.Seq)).ToList();
            var checkpoint = await act.Db.Set<AuditCheckpoint>().OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancel);
            return new Page(rows, rows.Count == RowsMax ? rows[^1].At : null, checkpoint);
        }
    }
}
