using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;

namespace Homeward.Intake.Retention;

/// <summary>One kind of record: what speaks for its staying, how it goes, and what is looked for afterwards.</summary>
internal interface IRetained
{
    RetainedKind Kind { get; }

    /// <summary>Ids of stored ones, in their order, without those that are too young for any judgement.</summary>
    /// <param name="after">Only ids behind this one.</param>
    Task<List<Guid>> NextAsync(HomewardDb db, DateTimeOffset now, Guid after, int max, CancellationToken cancel);

    /// <summary>Those of the records that are stored, with what speaks for each.</summary>
    Task<IReadOnlyList<Standing>> StandingsAsync(HomewardDb db, DateTimeOffset now, IReadOnlyCollection<Guid> ids, StandingHolds holds, CancellationToken cancel);

    /// <summary>SHA-256 of what each consists of, by id, oldest first: its tombstone names it by them.</summary>
    Task<ILookup<Guid, string>> HashesAsync(HomewardDb db, IReadOnlyCollection<Guid> ids, CancellationToken cancel);

    /// <summary>Removes their rows, and notes with each the sealed files that are to go after them.</summary>
    Task PurgeAsync(Act act, IReadOnlyList<PurgeItem> going, CancellationToken cancel);

    Task<IReadOnlyList<PurgeFinding>> FindLeftAsync(HomewardDb db, IReadOnlyList<PurgeItem> purged, CancellationToken cancel);
}

/// <summary>What speaks for a record, beside the duties that are open on it.</summary>
/// <param name="Stays">Codes, the weightiest first; nulls say nothing.</param>
internal sealed record Standing(Retained Record, bool IsHeld, IReadOnlyList<string?> Stays, IReadOnlyList<RunningTerm> Terms);
