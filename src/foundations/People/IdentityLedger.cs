using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.People;

/// <summary>Who is the same as whom: a view over what people decided, as of an instant. Nothing is merged for good.</summary>
public sealed class IdentityLedger(Envelope envelope)
{
    /// <summary>Writes a decision inside the act, closing the one that stood. The pair's order does not matter.</summary>
    public async Task<IdentityDecision> DecideAsync(
        Act act, PersonRecordId one, PersonRecordId other, Judgement judgement, string reason, CancellationToken cancel)
    {
        Ensure.That(one != other);
        var (left, right) = InOrder(one, other);
        var standing = await act.Db.Set<IdentityDecision>()
            .Where(row => row.Left == left && row.Right == right && row.ClosedAt == null).ToListAsync(cancel);
        // What this very act has decided is not stored yet and must be closed as well.
        var decidedHere = act.Db.Tracked<IdentityDecision>().Where(row => row.Left == left && row.Right == right && row.ClosedAt == null);
        foreach (var earlier in standing.Union(decidedHere).ToList()) earlier.ClosedAt = act.Now;
        var id = act.Ids.Next();
        var decision = new IdentityDecision
        {
            Id = id, Left = left, Right = right, Judgement = judgement, By = act.Actor.Id, At = act.Now,
            Reason = envelope.SealText($"identity/{StrongId.Text(id)}", reason),
        };
        act.Db.Add(decision);
        await foreach (var proposal in act.Db.Set<IdentityProposal>()
            .Where(row => row.Left == left && row.Right == right && row.DecidedAt == null).AsAsyncEnumerable().WithCancellation(cancel))
            proposal.DecidedAt = act.Now;
        act.Trace("identity", decision.Id, $"judgement={judgement}");
        return decision;
    }

    /// <summary>The persons as decided by an instant: each record's person is named by the smallest record in it.</summary>
    /// <remarks>A standing "not the same" between two records of one cluster does not split it by itself; see <see cref="Persons.Contradictions"/>.</remarks>
    public static async Task<Persons> AsOfAsync(HomewardDb db, DateTimeOffset asOf, CancellationToken cancel)
    {
        var decisions = await db.Set<IdentityDecision>().AsNoTracking()
            .Where(row => row.At <= asOf && (row.ClosedAt == null || row.ClosedAt > asOf))
            .OrderBy(row => row.At).ThenBy(row => row.Id).ToListAsync(cancel);
        return Persons.Of(decisions);
    }

    /// <summary>A record and those that people decided to be of the same person; not those of these in turn.</summary>
    public static async Task<List<PersonRecordId>> SameAsync(HomewardDb db, PersonRecordId record, CancellationToken cancel)
    {
        var others = await db.Set<IdentityDecision>().AsNoTracking()
            .Where(row => row.ClosedAt == null && row.Judgement == Judgement.Same && (row.Left == record || row.Right == record))
            .Select(row => row.Left == record ? row.Right : row.Left).ToListAsync(cancel);
        return [record, .. others];
    }

    public static (PersonRecordId Left, PersonRecordId Right) InOrder(PersonRecordId one, PersonRecordId other) =>
        one.Value.CompareTo(other.Value) < 0 ? (one, other) : (other, one);
}

/// <summary>Records grouped into persons.</summary>
public sealed class Persons
{
    private readonly Dictionary<PersonRecordId, PersonRecordId> _parent = [];

    /// <summary>Pairs that were decided not the same and yet hang together over others: for a person to look at.</summary>
    public IReadOnlyList<(PersonRecordId, PersonRecordId)> Contradictions { get; private set; } = [];

    public static Persons Of(IEnumerable<IdentityDecision> standing)
    {
        var persons = new Persons();
        var decisions = standing.ToList();
        foreach (var same in decisions.Where(decision => decision.Judgement == Judgement.Same)) persons.Join(same.Left, same.Right);
        persons.Contradictions = [.. decisions
            .Where(decision => decision.Judgement == Judgement.NotSame
                && persons.PersonOf(decision.Left) == persons.PersonOf(decision.Right))
            .Select(decision => (decision.Left, decision.Right))];
        return persons;
    }

    /// <summary>The person that a record belongs to; a record that nobody decided on is a person of its own.</summary>
    public PersonRecordId PersonOf(PersonRecordId record)
    {
        while (_parent.TryGetValue(record, out var parent) && parent != record) record = parent;
        return record;
    }

    private void Join(PersonRecordId one, PersonRecordId other)
    {
        var (root, joined) = IdentityLedger.InOrder(PersonOf(one), PersonOf(other));
        if (root != joined) _parent[joined] = root;
    }
}
