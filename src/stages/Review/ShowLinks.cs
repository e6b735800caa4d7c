using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Homeward.Foundations.Access;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review.Links;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>Where else this account, number, address or device appeared: the reports that share something with this one.</summary>
/// <remarks>Nothing is retyped: every link names the element of either original that made it. What too many share is told, and not followed.</remarks>
public static class ShowLinks
{
    public const int StepsMax = 3;

    /// <param name="Steps">1: what shares something with the report itself; 2 and 3: what shares something with those.</param>
    public sealed record Request(ReportId Id, [Range(1, StepsMax)] int Steps = 1);

    /// <param name="Steps">How far it is from the report that was asked for, which is 0.</param>
    /// <param name="Children">NICs of the entries that its persons are proposed or known to be.</param>
    public sealed record Report(
        ReportId Id, string Number, string Provider, string IncidentType, DateTimeOffset ReceivedAt, string? Place, QueueState State,
        bool ImminentClaimed, int Steps, IReadOnlyList<string> Children);

    /// <summary>Something that at least two reports share.</summary>
    public sealed record Thread(string Kind, string Value, IReadOnlyList<Sighting> Sightings);

    /// <summary>Something that so many share that it says nothing.</summary>
    public sealed record Hub(string Kind, string Value, string Path, int MoreThan);

    /// <param name="Reports">In the order in which they came in.</param>
    /// <param name="IsCut">There is more than is shown.</param>
    public sealed record Page(
        ReportId Id, string Number, int Steps, IReadOnlyList<Report> Reports, IReadOnlyList<Thread> Threads, IReadOnlyList<Hub> Hubs,
        bool IsCut)
    {
        /// <summary>A line for each thing that is shared, with its reports along time, as SVG.</summary>
        [JsonIgnore]
        public string Picture => LinksPicture.Of(this);
    }

    internal sealed class Handler(LinkWalk walk) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var start = await act.Seen(act.Db.Set<QueueItem>()).SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (start is null) return Problem.Missing("There is no such report for you.");
            var found = await walk.FromAsync(act.Db, request.Id, request.Steps, null, cancel);
            var ids = found.Reports.Keys.ToList();
            var items = await act.Seen(act.Db.Set<QueueItem>()).Where(row => ids.Contains(row.Id)).ToListAsync(cancel);
            var proposed = (await act.Db.Set<MatchProposal>().Where(match => ids.Contains(match.ReportId) && match.State != MatchState.Superseded
                    && match.State != MatchState.Dismissed && match.State != MatchState.Closed)
                .Select(match => new { match.ReportId, match.Nic }).Distinct().ToListAsync(cancel)).ToLookup(match => match.ReportId, match => match.Nic);
            var seen = items.Select(item => item.Id).ToHashSet();
            var threads = found.Threads
                .Select(thread => new Thread(thread.Key.Kind, thread.Key.Value,
                    [.. thread.Value.Where(one => seen.Contains(one.Report))]))
                .Where(thread => thread.Sightings.Count > 1).ToList();
            foreach (var item in items.OrderBy(item => item.Id.Value)) act.Trace("report", item.Id.Value, item.Id == request.Id ? "links" : "linked");
            return new Page(
                start.Id, start.Number, request.Steps,
                [.. items.OrderBy(item => item.ReceivedAt).ThenBy(item => item.Id.Value).Select(item => new Report(
                    item.Id, item.Number, item.Provider, item.IncidentType, item.ReceivedAt, item.Place, item.State, item.ImminentClaimed,
                    found.Reports[item.Id], [.. proposed[item.Id].Order(StringComparer.Ordinal)]))],
                threads, [.. found.Hubs.Select(hub => new Hub(hub.Mark.Kind, hub.Mark.Value, hub.Path, LinkWalk.HolderLimit(hub.Mark.Kind)))],
                found.IsCut);
        }
    }
}
