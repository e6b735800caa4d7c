using System.Security.Cryptography;
using System.Text.Json;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Review.Matching;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Deciding;

/// <summary>One candidate as it was shown, in its order.</summary>
internal sealed record ShownCandidate(MatchId Match, string Nic, int Rank, double? Weight, double? Probability, MatchState State);

/// <summary>What the screen of a decision held: kept with the decision, so that it can be replayed .</summary>
/// <param name="IsBlind">Score, order and first view were hidden.</param>
internal sealed record Shown(
    MatchId Match, string Report, int ReportVersion, string Evidence, string Extractor, string Index, string Rules, double? Risk,
    IReadOnlyList<string> Reasons, bool IsBlind, IReadOnlyList<ShownCandidate> Candidates, Waterfall? Waterfall)
{
    public static Shown Of(MatchProposal match, QueueItem item, IReadOnlyList<MatchProposal> candidates, bool isBlind) => new(
        match.Id, match.ReportNumber, match.ReportVersion, match.Evidence, match.ExtractorVersion, match.IndexVersion, item.RulesVersion,
        isBlind ? null : item.Risk, isBlind ? [] : item.ReasonList, isBlind,
        [.. candidates.OrderBy(one => isBlind ? 0 : one.Rank).ThenBy(one => one.Id.Value).Select(one => new ShownCandidate(
            one.Id, one.Nic, isBlind ? 0 : one.Rank, isBlind ? null : one.Weight, isBlind ? null : one.Probability,
            isBlind ? MatchState.Open : one.State))],
        isBlind ? null : Waterfall.Read(match.Waterfall));

    public byte[] Json() => JsonSerializer.SerializeToUtf8Bytes(this, WorkItem.Json);

    /// <summary>32 hex digits over all of it: the page carries it, the decision repeats it.</summary>
    public static string IdOf(byte[] json) => Convert.ToHexStringLower(SHA256.HashData(json).AsSpan(0, 16));
}

/// <summary>A proposed match with all that a decision on it needs.</summary>
/// <param name="Candidates">All proposals for the same person of the report that still stand, this one included.</param>
/// <param name="Decisions">All that was ever said of it, in order.</param>
/// <param name="Reading">The second reading that waits on it; null when none does.</param>
internal sealed record MatchFile(
    MatchProposal Match, QueueItem Item, IReadOnlyList<MatchProposal> Candidates, IReadOnlyList<MatchDecision> Decisions, SecondReading? Reading)
{
    /// <summary>Undecided matches of the report's other persons, as the queue counted them.</summary>
    public int OpenElsewhere { get; } = Math.Max(0, Item.OpenMatches - Candidates.Count(one => one.IsUndecided));

    /// <summary>What people said of it and nobody took back.</summary>
    public IEnumerable<MatchDecision> Standing => Decisions.Where(one => one.ClosedAt is null && one.Kind != DecisionKind.Undo);

    /// <summary>The first word that binds: a yes or a no. "Not enough" binds nobody.</summary>
    public MatchDecision? First => Standing.FirstOrDefault(one => one.Judgement != Foundations.People.Judgement.Unsure);

    /// <summary>Whoever reads second sees neither score nor first view until they have decided.</summary>
    public bool IsBlindFor(UserId user) => First?.By != user
        && (Match.State is MatchState.AwaitsSecond or MatchState.AwaitsReader || Reading?.AssignedTo == user);

    public Shown ShownTo(UserId user) => Shown.Of(Match, Item, Candidates, IsBlindFor(user));

    public static async Task<MatchFile?> FindAsync(HomewardDb db, MatchId id, CancellationToken cancel)
    {
        var candidates = await (
            from match in db.Set<MatchProposal>()
            from one in db.Set<MatchProposal>()
            where match.Id == id && one.ReportId == match.ReportId && one.Person == match.Person
                && (one.State != MatchState.Superseded || one.Id == id)
            orderby one.Rank, one.Id
            select one).ToListAsync(cancel);
        if (candidates.SingleOrDefault(one => one.Id == id) is not { } found) return null;
        var item = await db.Set<QueueItem>().SingleAsync(row => row.Id == found.ReportId, cancel);
        var decisions = await db.Set<MatchDecision>().Where(row => row.Match == id).OrderBy(row => row.Ordinal).ToListAsync(cancel);
        var reading = await db.Set<SecondReading>().Where(row => row.SubjectId == id.Value && row.State == ReadingState.Waiting)
            .OrderBy(row => row.DrawnAt).FirstOrDefaultAsync(cancel);
        return new MatchFile(found, item, candidates, decisions, reading);
    }
}
