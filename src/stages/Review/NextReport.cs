using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review.Deciding;
using Homeward.Review.Triage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>Leaves a report as it is and opens the next one of the list: it waits on, and is let go for others.</summary>
public static class NextReport
{
    /// <param name="List">The filter of the list, as it stands in addresses.</param>
    public sealed record Request(ReportId Id, [MaxLength(QueueFilter.AddressMax)] string? List = null);

    /// <param name="Next">Null at the end of the list.</param>
    public sealed record Receipt(ReportId? Next, string List);

    internal sealed class Handler(Opening opening) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var item = await act.Db.Set<QueueItem>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (item is null || !act.Covers(item)) return Problem.Missing("There is no such report for you.");
            if (item.LeasedBy == act.Actor.Id) (item.LeasedBy, item.LeasedUntil, item.Revision) = (null, null, act.Ids.Next());
            act.Trace("report", item.Id.Value, "passed-on");
            var list = QueueFilter.Read(request.List);
            return new Receipt((await opening.OpenNextAsync(act, QueuePlace.Of(item), list, cancel))?.Id, list.Address());
        }
    }
}
