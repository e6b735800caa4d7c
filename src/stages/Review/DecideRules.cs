using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Kernel;
using Homeward.Review.Ranking;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>A second person puts a proposed version of the rules in force, or refuses it. The author never does (as with releases, R-53).</summary>
public static class DecideRules
{
    public enum Word
    {
        Approve,
        Refuse,
    }

    /// <param name="Reason">Needed for a refusal; the author reads it.</param>
    public sealed record Request(RuleVersionId Id, Word Word, [MaxLength(4000)] string? Reason = null);

    /// <param name="ToRank">Open reports that are ranked again from now on; the queue is open meanwhile.</param>
    public sealed record Receipt(RuleVersionId Id, string Version, int ToRank);

    internal sealed class Handler(RiskRuleBook rules, RerankOpen rerank, Envelope envelope) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (await act.Db.Set<RuleVersion>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel) is not { } version)
                return Problem.Missing("There is no such version of the rules.");
            if (version.State != RuleVersionState.Proposed) return Problem.Conflict("rules-decided", $"{version.Name} was decided on already.", "Look at it again.");
            if (version.Author == act.Actor.Id) return Problem.Of("author-approves", "You proposed this.", "Another person decides on it.");
            (version.DecidedBy, version.DecidedAt, version.Revision) = (act.Actor.Id, act.Now, act.Ids.Next());
            if (request.Word == Word.Refuse) return Refuse(act, version, request.Reason);
            // Two changes of one version: what the second says of the weights was written before the first was in force.
            if ((await rules.InForceAsync(act.Db, cancel)).Version is var inForce && inForce != version.Based)
                return Problem.Conflict("rules-moved-on", $"It changes {version.Based}, and {inForce} is in force by now.", "Refuse it, and have it proposed anew.");
            version.State = RuleVersionState.Approved;
            act.Trace("rules", version.Id.Value, $"in-force={version.Name};based={version.Based}");
            return new Receipt(version.Id, version.Name, await rerank.BeginAsync(act, version.Name, cancel));
        }

        private Result<Receipt> Refuse(Act act, RuleVersion version, string? reason)
        {
            if (string.IsNullOrWhiteSpace(reason)) return Problem.Invalid("reason-missing", "A refusal needs its reason.", "Say why; the author reads it.");
            version.State = RuleVersionState.Refused;
            version.DecisionReason = envelope.SealText($"rule-version/{version.Id}/decision", reason);
            act.Trace("rules", version.Id.Value, $"refused={version.Name}");
            return new Receipt(version.Id, version.Name, 0);
        }
    }
}
