using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Kernel;
using Homeward.Review.Deciding;

namespace Homeward.Review;

/// <summary>A person says whether a person of a report is a missing child, with a reason.</summary>
/// <remarks>
/// R-12, design 3.3: a yes needs two people and never one person twice; either can say no. The second reads without score
/// and first view. R-78: a no binds only the evidence seen; above the referral threshold it waits for a blind second
/// reader whom the house draws. R-79: what was shown is kept with the decision. The one who confirms second raises the lead.
/// </remarks>
public static class DecideMatch
{
    /// <param name="Shown">Names what the page showed (<c>ShowMatch.Page.Shown</c>); when something changed since, the decision is not taken.</param>
    public sealed record Request(MatchId Id, Judgement Judgement, [Required, MinLength(3), MaxLength(4000)] string Reason, string? Shown = null);

    /// <param name="Lead">The lead that was raised, or that grew, when this confirmed the match.</param>
    public sealed record Receipt(MatchId Id, MatchState State, LeadId? Lead);

    internal sealed class Handler(Judging judging) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (await MatchFile.FindAsync(act.Db, request.Id, cancel) is not { } file || !act.Covers(file.Match))
                return Problem.Missing("There is no such match for you.");
            if (request.Shown is { } shown && shown != Shown.IdOf(file.ShownTo(act.Actor.Id).Json()))
                return Problem.Conflict("shown-has-changed", "What you saw has changed meanwhile. Your decision was not taken.", "Look again, then decide.");
            var answer = await judging.DecideAsync(act, file, request.Judgement, request.Reason, cancel);
            return answer.TryGet(out var lead, out var problem) ? new Receipt(request.Id, file.Match.State, lead?.Id) : problem!;
        }
    }
}

/// <summary>A supervisor settles a match on which two people disagree, with both views before them.</summary>
public static class SettleMatch
{
    public sealed record Request(MatchId Id, Judgement Judgement, [Required, MinLength(3), MaxLength(4000)] string Reason);

    internal sealed class Handler(Judging judging) : IHandle<Request, DecideMatch.Receipt>
    {
        public async Task<Result<DecideMatch.Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (await MatchFile.FindAsync(act.Db, request.Id, cancel) is not { } file || !act.Covers(file.Match))
                return Problem.Missing("There is no such match for you.");
            var answer = await judging.SettleAsync(act, file, request.Judgement, request.Reason, cancel);
            return answer.TryGet(out var lead, out var problem)
                ? new DecideMatch.Receipt(request.Id, file.Match.State, lead?.Id)
                : problem!;
        }
    }
}

/// <summary>Takes a decision on a match back. It is a decision itself: the earlier ones stay, the lead that rests on it is withdrawn .</summary>
public static class UndoDecision
{
    public sealed record Request(MatchId Id, [Required, MinLength(3), MaxLength(4000)] string Reason);

    internal sealed class Handler(Judging judging) : IHandle<Request, DecideMatch.Receipt>
    {
        public async Task<Result<DecideMatch.Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (await MatchFile.FindAsync(act.Db, request.Id, cancel) is not { } file || !act.Covers(file.Match))
                return Problem.Missing("There is no such match for you.");
            if (!file.Standing.Any() || file.Match.State is MatchState.Closed or MatchState.Superseded)
                return Problem.Conflict("nothing-to-undo", "Nobody's decision stands on this match.", "Open it as it is now.");
            if (act.Actor.Role != Role.Supervisor && file.Standing.All(one => one.By != act.Actor.Id))
                return Problem.Of("not-yours", "You took no part in this decision.", "One who decided undoes it, or a supervisor.");
            await judging.UndoAsync(act, file, request.Reason, cancel);
            return new DecideMatch.Receipt(request.Id, file.Match.State, null);
        }
    }
}
