using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Review.BackTesting;
using Homeward.Review.Ranking;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>Asks what a version of the rules would have found first in an initiative. Measured beside the house's work; the page says how far it is.</summary>
public static class RunBackTest
{
    /// <param name="Version">In force, of the past, or proposed; the one in force when left out.</param>
    public sealed record Request([Required] Guid? Initiative, [MaxLength(40)] string? Version = null);
    public sealed record Receipt(BackTestId Id);

    internal sealed class Handler(RiskRuleBook rules, IEnumerable<ITellOutcomes> outcomes) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var initiatives = outcomes.FirstOrDefault() is { } tells ? await tells.InitiativesAsync(act.Db, cancel) : [];
            if (initiatives.SingleOrDefault(one => one.Id == request.Initiative) is not { } initiative) return Problem.Missing("There is no such initiative.");
            var inForce = await rules.InForceAsync(act.Db, cancel);
            var tried = string.IsNullOrWhiteSpace(request.Version) ? inForce : await rules.VersionAsync(act.Db, request.Version.Trim(), cancel);
            if (tried is null) return Problem.Missing("There is no such version of the rules.");
            if (await act.Db.Set<BackTest>().Where(one => one.State == BackTestState.Running && one.Initiative == initiative.Id && one.Version == tried.Version)
                .Select(one => (BackTestId?)one.Id).FirstOrDefaultAsync(cancel) is { } running) return new Receipt(running);
            var test = new BackTest
            {
                Id = act.Ids.Next<BackTestId>(), Initiative = initiative.Id, InitiativeName = initiative.Name, From = initiative.From, To = initiative.To,
                Version = tried.Version, InForce = inForce.Version, AskedBy = act.Actor.Id, AskedAt = act.Now, State = BackTestState.Running,
            };
            act.Db.Add(test);
            act.Tell(new BackTestDue(test.Id));
            act.Trace("back-test", test.Id.Value, $"asked;rules={tried.Version};against={inForce.Version}");
            return new Receipt(test.Id);
        }
    }
}
