using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>What came in and could not be taken: where, why, and how its sender mends it. The bytes stay sealed.</summary>
public static class ListRejects
{
    private const int RowsMax = 100;
    public sealed record Request([Range(0, int.MaxValue)] int From = 0);
    public sealed record Row(
        Guid Id, string Kind, string Source, DateTimeOffset At, int Faults, int Line, int Column, string Field, string Reason, string Mend);
    public sealed record Page(IReadOnlyList<Row> Rows, int Total);

    public sealed class Handler : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var rows = await act.Db.Set<Reject>().OrderByDescending(row => row.At).ThenBy(row => row.Id).Skip(request.From).Take(RowsMax)
                .Select(row => new Row(row.Id, row.Kind, row.Source, row.At, row.Faults, row.FaultLine, row.FaultColumn, row.Field,
                    row.Reason, row.Mend)).ToListAsync(cancel);
            foreach (var row in rows) act.Trace("reject", row.Id);
            return new Page(rows, await act.Db.Set<Reject>().CountAsync(cancel));
        }
    }
}
