using Homeward.Foundations.Access;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>How long reports wait, and how the work lies on those who read them.</summary>
/// <remarks>Who leads sees everybody; an analyst sees the queue's age and their own work. Counted whole, for planning: a look a shift, not one a report.</remarks>
public static class ShowWorkload
{
    private static readonly TimeSpan _lately = TimeSpan.FromDays(7);
    private static readonly string[] _ages =
        ["less than an hour", "1 to 4 hours", "4 to 24 hours", "1 to 3 days", "3 to 7 days", "more than 7 days"];

    public sealed record Request;

    /// <param name="Above">Of them above the referral threshold.</param>
    public sealed record Band(string Age, int Waiting, int Above);

    /// <param name="Open">Reports that lie open just now.</param>
    /// <param name="Parked">In this person's hands.</param>
    /// <param name="Lately">Reports decided on in the last seven days: decided, parked or dismissed.</param>
    /// <param name="Work">Open tasks and requests in this person's hands.</param>
    /// <param name="Late">Those of them whose clock has run out.</param>
    public sealed record Analyst(UserId Id, string Name, int Open, int Parked, int Lately, int Work, int Late);

    public sealed record Page(IReadOnlyList<Band> Bands, IReadOnlyList<Analyst> Analysts)
    {
        public int Waiting => Bands.Sum(band => band.Waiting);
    }

    internal sealed class Handler : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            act.Trace("queue", Guid.Empty, "workload");
            return new Page(await BandsAsync(act, cancel), await AnalystsAsync(act, cancel));
        }

        private static async Task<IReadOnlyList<Band>> BandsAsync(Act act, CancellationToken cancel)
        {
            var waiting = act.Db.Set<QueueItem>().Where(item => item.State == QueueState.Waiting);
            var all = await YoungerAsync(waiting, act.Now, cancel);
            var above = await YoungerAsync(waiting.Where(item => item.AboveThreshold), act.Now, cancel);
            return [.. _ages.Select((age, band) => new Band(age, all[band + 1] - all[band], above[band + 1] - above[band]))];
        }

        /// <summary>How many are younger than each age in turn, from none to all; in one walk through the index.</summary>
        private static async Task<int[]> YoungerAsync(IQueryable<QueueItem> items, DateTimeOffset now, CancellationToken cancel)
        {
            var (hour, hours, day) = (now.AddHours(-1), now.AddHours(-4), now.AddHours(-24));
            var (days, week) = (now.AddDays(-3), now.AddDays(-7));
            var counted = await items.GroupBy(_ => 1).Select(group => new
            {
                Hour = group.Count(item => item.ReceivedAt > hour), Hours = group.Count(item => item.ReceivedAt > hours),
                Day = group.Count(item => item.ReceivedAt > day), Days = group.Count(item => item.ReceivedAt > days),
                Week = group.Count(item => item.ReceivedAt > week), All = group.Count(),
            }).SingleOrDefaultAsync(cancel);
            return counted is null ? new int[7] : [0, counted.Hour, counted.Hours, counted.Day, counted.Days, counted.Week, counted.All];
        }

        private static async Task<IReadOnlyList<Analyst>> AnalystsAsync(Act act, CancellationToken cancel)
        {
            var users = await act.Db.Set<User>().Where(user => user.Role == Role.Analyst && user.EndedAt == null).ToListAsync(cancel);
            var (now, since) = (act.Now, act.Now - _lately);
            var items = act.Db.Set<QueueItem>();
            var open = await ByAsync(items.Where(item => item.LeasedBy != null && item.LeasedUntil > now && item.State == QueueState.Waiting).GroupBy(item => item.LeasedBy));
            var parked = await ByAsync(items.Where(item => item.AssignedTo != null && item.State == QueueState.Parked).GroupBy(item => item.AssignedTo));
            var lately = await ByAsync(items.Where(item => item.DecidedAt != null && item.DecidedAt > since).GroupBy(item => item.DecidedBy));
            var (tasks, requests) = (act.Db.Set<CaseTask>().Where(row => row.State == CaseTaskState.Open && row.AssignedTo != null),
                Casework.OpenWork.Open(act.Db.Set<LegalRequest>()).Where(row => row.AssignedTo != null));
            var toDo = await ByAsync(tasks.GroupBy(row => row.AssignedTo));
            var asked = await ByAsync(requests.GroupBy(row => row.AssignedTo));
            var lateToDo = await ByAsync(tasks.Where(row => row.DueAt <= now).GroupBy(row => row.AssignedTo));
            var lateAsked = await ByAsync(requests.Where(row => row.DueAt <= now).GroupBy(row => row.AssignedTo));
            return [.. users.Where(user => user.IsActive(now) && (act.Reach == Scope.Nation || user.Id == act.Actor.Id))
                .Select(user => new Analyst(user.Id, user.Name, open.GetValueOrDefault(user.Id), parked.GetValueOrDefault(user.Id), lately.GetValueOrDefault(user.Id),
                    toDo.GetValueOrDefault(user.Id) + asked.GetValueOrDefault(user.Id), lateToDo.GetValueOrDefault(user.Id) + lateAsked.GetValueOrDefault(user.Id)))
                .OrderByDescending(row => row.Open + row.Parked).ThenBy(row => row.Name, StringComparer.Ordinal).ThenBy(row => row.Id.Value)];

            Task<Dictionary<UserId, int>> ByAsync<TRow>(IQueryable<IGrouping<UserId?, TRow>> groups) =>
                groups.Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key!.Value, group => group.Count, cancel);
        }
    }
}
