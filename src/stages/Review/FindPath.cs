using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review.Links;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>How two reports hang together: the shortest way from one to the other along what reports share.</summary>
public static class FindPath
{
    private const int StepsMax = 4;

    /// <param name="From">Number of a report, as its provider or NCMEC gave it.</param>
    public sealed record Request([Required, MaxLength(64)] string From, [Required, MaxLength(64)] string To);

    /// <summary>What two reports share, and where it stands in either.</summary>
    public sealed record Step(ReportId From, string FromNumber, string FromPath, string Kind, string Value, ReportId To, string ToNumber, string ToPath);

    /// <param name="Steps">Empty when there is no way of so many steps.</param>
    /// <param name="IsCut">The search ended because it met too many reports, not because there is no way.</param>
    public sealed record Page(string From, string To, IReadOnlyList<Step> Steps, int StepsTried, bool IsCut);

    internal sealed class Handler(LinkWalk walk, IIntake intake) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var ids = await intake.ReportsByNumberAsync(act.Db, [request.From, request.To], cancel);
            foreach (var number in new[] { request.From, request.To })
                if (!ids.ContainsKey(number)) return Problem.Missing($"There is no report {number} for you.");
            var (from, to) = (ids[request.From], ids[request.To]);
            var found = await walk.FromAsync(act.Db, from, StepsMax, to, cancel);
            var steps = new List<Links.Step>();
            for (var at = to; found.CameBy.TryGetValue(at, out var step); at = step.From) steps.Insert(0, step);
            var passed = steps.SelectMany(step => new[] { step.From, step.To }).Append(from).Append(to).Distinct().ToList();
            var numbers = await act.Seen(act.Db.Set<QueueItem>()).Where(item => passed.Contains(item.Id)).ToDictionaryAsync(item => item.Id, item => item.Number, cancel);
            // A way through a report that the asker may not see is no way for them.
            if (passed.Any(id => !numbers.ContainsKey(id))) return Problem.Missing("There is no such way for you.");
            foreach (var id in passed.OrderBy(id => id.Value)) act.Trace("report", id.Value, "path");
            return new Page(
                request.From, request.To,
                [.. steps.Select(step => new Step(
                    step.From, numbers[step.From], step.FromPath, step.Along.Kind, step.Along.Value, step.To, numbers[step.To], step.ToPath))],
                StepsMax, found.IsCut && steps.Count == 0);
        }
    }
}
