using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.Work;

/// <summary>What the person was told and has not yet seen, newest first.</summary>
public static class ListNotices
{
    public const int RowsMax = 100;

    /// <param name="From">How many of the list are passed over.</param>
    public sealed record Request([Range(0, int.MaxValue)] int From = 0);
    public sealed record Row(Guid Id, string Code, string Link, DateTimeOffset At);
    public sealed record Page(IReadOnlyList<Row> Rows, int Total);

    public sealed class Handler : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var unseen = Notices.UnseenBy(act.Db, act.Actor);
            var rows = await unseen.OrderByDescending(row => row.At).ThenBy(row => row.Id).Skip(request.From).Take(RowsMax)
                .Select(row => new Row(row.Id, row.Code, row.Link, row.At)).ToListAsync(cancel);
            return new Page(rows, await unseen.CountAsync(cancel));
        }
    }
}

/// <summary>The person has seen a notice: it no longer waits for anybody whom it was for.</summary>
public static class SeeNotice
{
    public sealed record Request(Guid Id);

    public sealed class Handler : IHandle<Request, Done>
    {
        public async Task<Result<Done>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var notice = await act.Db.Set<Notice>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (notice is null || !notice.IsFor(act.Actor)) return Problem.Missing("There is no such notice for you.");
            if (notice.SeenAt is null) (notice.SeenAt, notice.SeenBy) = (act.Now, act.Actor.Id);
            act.Trace("notice", notice.Id, $"code={notice.Code};seen");
            return Done.Value;
        }
    }
}

internal sealed class WaitingNotices : IWaiting
{
    public string Stage => "notices";

    public async Task<IReadOnlyList<WaitingRow>> ForAsync(Actor actor, HomewardDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var count = await Notices.UnseenBy(db, actor).CountAsync(cancel);
        return count == 0 ? [] : [new WaitingRow("Read what happened to your cases", "/notices", Count: count)];
    }
}
