using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Homeward.Review.Ranking;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>The rules by which the queue is ranked: those in force, those of the past, and those that somebody proposes.</summary>
public static class ShowRules
{
    private const int VersionsMax = 200;

    /// <param name="Version">The one in force when left out.</param>
    public sealed record Request([MaxLength(40)] string? Version = null);

    /// <param name="Since">When it came in force; null for the first, which came with the program, and for what never was.</param>
    /// <param name="Author">Null for the first.</param>
    public sealed record Version(
        RuleVersionId? Id, string Name, RuleVersionState State, bool IsInForce, string? Author, DateTimeOffset? ProposedAt, string? DecidedBy, DateTimeOffset? Since);

    /// <summary>How far a version that came in force has ranked the open reports again.</summary>
    public sealed record Progress(string Version, int Total, int Done, int Changed, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, bool Overtaken);

    /// <param name="Set">The rules of the version that is looked at.</param>
    /// <param name="Why">Why it was proposed; null for the first.</param>
    /// <param name="DecisionReason">Why it was refused.</param>
    /// <param name="Changes">What it changes in the version that it was made from.</param>
    /// <param name="MayDecide">It waits for a second person, and the one who looks is not its author.</param>
    /// <param name="Versions">All versions, the newest first.</param>
    public sealed record Page(
        Version At, RiskRuleSet Set, string? Why, string? DecisionReason, IReadOnlyList<string> Changes, bool MayDecide,
        IReadOnlyList<Version> Versions, string InForce, Progress? Reranking);

    internal sealed class Handler(RiskRuleBook rules, Envelope envelope) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var inForce = await rules.InForceAsync(act.Db, cancel);
            var name = string.IsNullOrWhiteSpace(request.Version) ? inForce.Version : request.Version.Trim();
            if (await rules.VersionAsync(act.Db, name, cancel) is not { } set) return Problem.Missing("There is no such version of the rules.");
            var rows = await act.Db.Set<RuleVersion>().AsNoTracking().OrderByDescending(row => row.Ordinal).Take(VersionsMax).ToListAsync(cancel);
            var names = await NamesAsync(act.Db, rows, cancel);
            var versions = rows.Select(row => new Version(
                    row.Id, row.Name, row.State, row.Name == inForce.Version, names.GetValueOrDefault(row.Author), row.ProposedAt,
                    row.DecidedBy is { } by ? names.GetValueOrDefault(by) : null, row.State == RuleVersionState.Approved ? row.DecidedAt : null))
                .Append(new(null, ShippedRules.First.Version, RuleVersionState.Approved, inForce == ShippedRules.First, null, null, null, null)).ToList();
            var at = rows.Find(row => row.Name == name);
            var based = at is null ? null : await rules.VersionAsync(act.Db, at.Based, cancel);
            act.Trace("rules", at?.Id.Value ?? Guid.Empty, $"version={name}");
            return new Page(
                versions.Single(one => one.Name == name), set, at is null ? null : envelope.OpenText($"rule-version/{at.Id}", at.Why),
                at?.DecisionReason is { } reason ? envelope.OpenText($"rule-version/{at.Id}/decision", reason) : null,
                based is null ? [] : RuleEdits.Between(based, set), at is { State: RuleVersionState.Proposed } && at.Author != act.Actor.Id,
                versions, inForce.Version, await ProgressAsync(act.Db, cancel));
        }

        private static Task<Progress?> ProgressAsync(HomewardDb db, CancellationToken cancel) =>
            db.Set<Reranking>().OrderByDescending(run => run.StartedAt).ThenByDescending(run => run.Id)
                .Select(run => new Progress(run.Version, run.Total, run.Done, run.Changed, run.StartedAt, run.FinishedAt, run.Overtaken)).FirstOrDefaultAsync(cancel);

        private static Task<Dictionary<UserId, string>> NamesAsync(HomewardDb db, List<RuleVersion> rows, CancellationToken cancel)
        {
            var people = rows.Select(row => row.Author).Concat(rows.Select(row => row.DecidedBy).OfType<UserId>()).Distinct().ToList();
            return db.Set<User>().Where(user => people.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.Name, cancel);
        }
    }
}
