using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Kernel;
using Homeward.Review.Ranking;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>A supervisor proposes other weights, thresholds, or a rule on or off. Nothing ranks by it until another person puts it in force.</summary>
public static class ProposeRules
{
    /// <param name="Points">Unchanged when left out.</param>
    /// <param name="On">Off when left out: a box that is not ticked sends nothing.</param>
    public sealed record Edit(double? Points = null, bool On = false, string? Source = null);

    /// <param name="Based">The version that the proposer saw in force.</param>
    /// <param name="Rules">By the rule's code; a rule that is not named stays as it is.</param>
    public sealed record Request(
        [Required, MaxLength(40)] string Based, [Required, MinLength(10), MaxLength(4000)] string Why, double? ReferralThreshold = null,
        double? MatchThresholdBits = null, IReadOnlyDictionary<string, Edit>? Rules = null);

    /// <param name="Changes">What differs, one sentence each.</param>
    public sealed record Receipt(RuleVersionId Id, string Version, IReadOnlyList<string> Changes);

    internal sealed class Handler(RiskRuleBook rules, Envelope envelope) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var inForce = await rules.InForceAsync(act.Db, cancel);
            if (inForce.Version != request.Based)
                return Problem.Conflict("rules-moved-on", $"{inForce.Version} is in force by now.", "Look at it, and propose your change to that one.");
            var ordinal = 1 + (await act.Db.Set<RuleVersion>().MaxAsync(row => (int?)row.Ordinal, cancel) ?? 1);
            if (!RuleEdits.Apply(inForce, RuleVersion.NameOf(ordinal), request).TryGet(out var proposed, out var fault)) return fault;
            var id = act.Ids.Next<RuleVersionId>();
            act.Db.Add(new RuleVersion
            {
                Id = id, Ordinal = ordinal, Based = inForce.Version, Rules = RuleVersion.Write(proposed), Author = act.Actor.Id, ProposedAt = act.Now,
                Why = envelope.SealText($"rule-version/{id}", request.Why), State = RuleVersionState.Proposed, Revision = act.Ids.Next(),
            });
            act.Trace("rules", id.Value, $"proposed={proposed.Version};based={inForce.Version}");
            return new Receipt(id, proposed.Version, RuleEdits.Between(inForce, proposed));
        }
    }
}
