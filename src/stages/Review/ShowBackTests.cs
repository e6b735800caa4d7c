using System.Text.Json;
using Homeward.Foundations.Access;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Homeward.Review.BackTesting;
using Homeward.Review.Ranking;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>A back-test as its lists and its page show it.</summary>
/// <param name="Read">Reports read so far, while it is measured.</param>
public sealed record BackTestGist(
    BackTestId Id, string Initiative, DateOnly From, DateOnly To, string Version, string InForce, string AskedBy, DateTimeOffset AskedAt,
    BackTestState State, int Read, DateTimeOffset? FinishedAt);

/// <summary>The back-tests that were asked for, and what a new one may be asked of.</summary>
public static class ShowBackTests
{
    private const int RowsMax = 100;

    public sealed record Request;

    /// <param name="Versions">All versions of the rules, the one in force first.</param>
    public sealed record Page(IReadOnlyList<BackTestGist> Tests, IReadOnlyList<PastInitiative> Initiatives, IReadOnlyList<string> Versions);

    internal sealed class Handler(RiskRuleBook rules, IEnumerable<ITellOutcomes> outcomes) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var tests = await Gists(act, act.Db.Set<BackTest>()).Take(RowsMax).ToListAsync(cancel);
            var later = await act.Db.Set<RuleVersion>().OrderByDescending(row => row.Ordinal).Select(row => row.Ordinal).ToListAsync(cancel);
            var inForce = (await rules.InForceAsync(act.Db, cancel)).Version;
            act.Trace("back-test", Guid.Empty, $"rows={tests.Count}");
            return new Page(
                tests, outcomes.FirstOrDefault() is { } tells ? await tells.InitiativesAsync(act.Db, cancel) : [],
                [.. later.Select(RuleVersion.NameOf).Append(ShippedRules.First.Version).OrderByDescending(name => name == inForce)]);
        }
    }

    /// <summary>The newest first.</summary>
    internal static IQueryable<BackTestGist> Gists(Act act, IQueryable<BackTest> tests) =>
        from test in tests
        join user in act.Db.Set<User>() on test.AskedBy equals user.Id
        orderby test.AskedAt descending, test.Id
        select new BackTestGist(
            test.Id, test.InitiativeName, test.From, test.To, test.Version, test.InForce, user.Name, test.AskedAt, test.State, test.Read, test.FinishedAt);
}

/// <summary>What a back-test found, and what it cannot know.</summary>
public static class ShowBackTest
{
    public sealed record Request(BackTestId Id);

    /// <param name="Found">Null while it is measured, and when it failed.</param>
    public sealed record Page(BackTestGist Test, BackTestResult? Found);

    internal sealed class Handler : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var tests = act.Db.Set<BackTest>().Where(row => row.Id == request.Id);
            if (await ShowBackTests.Gists(act, tests).SingleOrDefaultAsync(cancel) is not { } test) return Problem.Missing("There is no such back-test.");
            var result = await tests.Select(row => row.Result).SingleAsync(cancel);
            act.Trace("back-test", request.Id.Value, $"state={test.State}");
            return new Page(test, result is null ? null : JsonSerializer.Deserialize<BackTestResult>(result, WorkItem.Json));
        }
    }
}
