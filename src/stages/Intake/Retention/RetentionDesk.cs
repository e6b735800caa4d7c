using Homeward.Foundations.Duties;
using Homeward.Foundations.Rules;
using Homeward.Foundations.Storage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Retention;

/// <summary>Where a look at all records stands: behind a record of a kind.</summary>
public sealed record RetentionPlace(RetainedKind Kind, Guid After)
{
    public static readonly RetentionPlace Start = new(RetainedKind.Report, Guid.Empty);
}

/// <summary>Judges stored records: what their kind, the holds and the open duties say of each.</summary>
internal sealed class RetentionDesk(RuleBook rules, IEnumerable<IRetained> kinds)
{
    private const int RecordsAtOnce = 1_000;

    private readonly Dictionary<RetainedKind, IRetained> _kinds = kinds.ToDictionary(kind => kind.Kind);

    public IRetained Of(RetainedKind kind) => _kinds[kind];

    /// <summary>The next records with their verdicts, and where to go on; null when there are no more of any kind.</summary>
    /// <param name="atOnce">So many of them at most.</param>
    public async Task<(IReadOnlyList<RetentionVerdict> Verdicts, RetentionPlace? Next)> LookAsync(
        HomewardDb db, DateTimeOffset now, RetentionPlace place, CancellationToken cancel, int atOnce = RecordsAtOnce)
    {
        var ids = await Of(place.Kind).NextAsync(db, now, place.After, atOnce, cancel);
        var next = ids.Count == atOnce ? place with { After = ids[^1] }
            : place.Kind < Enum.GetValues<RetainedKind>()[^1] ? new RetentionPlace(place.Kind + 1, Guid.Empty)
            : null;
        return (await JudgeAsync(db, now, place.Kind, ids, cancel), next);
    }

    /// <summary>The verdicts on those of the records that are stored, by id.</summary>
    public async Task<IReadOnlyList<RetentionVerdict>> JudgeAsync(
        HomewardDb db, DateTimeOffset now, RetainedKind kind, IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        if (ids.Count == 0) return [];
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var owing = (await db.Set<Duty>().Where(duty => duty.State == DutyState.Open && ids.Contains(duty.SubjectId))
            .Select(duty => duty.SubjectId).ToListAsync(cancel)).ToHashSet();
        var standings = await Of(kind).StandingsAsync(db, now, ids, await StandingHolds.AtAsync(db, now, cancel), cancel);
        return [.. standings.OrderBy(one => one.Record.Id).Select(one =>
            RetentionRule.Judge(rules, today, one.Record, one.IsHeld, owing.Contains(one.Record.Id), one.Stays, one.Terms))];
    }
}
