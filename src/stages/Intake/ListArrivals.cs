using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>What people of the house dropped here, newest first: each leads back to its receipt.</summary>
public static class ListArrivals
{
    private const int RowsMax = 50;
    public sealed record Request([Range(0, int.MaxValue)] int From = 0);
    public sealed record Row(Guid Id, DateTimeOffset At, string By, int Reports, int Files, int Refused);
    public sealed record Page(IReadOnlyList<Row> Rows, int Total);

    public sealed class Handler : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var rows = await act.Db.Set<Arrival>().AsNoTracking().OrderByDescending(row => row.At).ThenBy(row => row.Id).Skip(request.From).Take(RowsMax)
                .Select(row => new { row.Id, row.At, row.ReceivedBy, row.Reports, row.Files, row.Refused }).ToListAsync(cancel);
            var ids = rows.Select(row => new UserId(row.ReceivedBy)).Distinct().ToList();
            var names = await act.Db.Set<User>().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Name, cancel);
            foreach (var row in rows) act.Trace("arrival", row.Id, "listed");
            return new Page(
                [.. rows.Select(row => new Row(row.Id, row.At, names.GetValueOrDefault(new UserId(row.ReceivedBy), "the house"), row.Reports, row.Files, row.Refused))],
                await act.Db.Set<Arrival>().CountAsync(cancel));
        }
    }
}
