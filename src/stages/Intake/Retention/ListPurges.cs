using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Intake.Retention;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>Purges, newest first, with their certificates: for those who decide on them, and for the auditor.</summary>
/// <remarks>Without what people wrote: why something is held or was dropped may tell of a child.</remarks>
public static class ListPurges
{
    internal const int RowsMax = 50;

    public sealed record Request([Range(0, int.MaxValue)] int From = 0);
    public sealed record Page(IReadOnlyList<PurgeRow> Rows, int Total);

    internal sealed class Handler(PurgeShelf shelf) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var names = await act.Db.Set<User>().ToDictionaryAsync(user => user.Id, user => user.Name, cancel);
            var rows = await shelf.LatestAsync(act, names, request.From, RowsMax, withReasons: false, cancel);
            foreach (var row in rows) act.Trace("purge", row.Id, "listed");
            return new Page(rows, await PurgeShelf.Shown(act).CountAsync(cancel));
        }
    }
}
