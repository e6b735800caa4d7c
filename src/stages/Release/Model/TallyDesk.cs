using System.Collections.Concurrent;
using Homeward.Foundations.Access;
using Homeward.Foundations.Partners;
using Homeward.Foundations.People;
using Homeward.Foundations.Rules;
using Homeward.Foundations.Storage;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Operations;
using Homeward.Outcomes;
using Homeward.Release.Counting;
using Homeward.Review;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Release.Model;

/// <summary>Gathers what stood at an instant, in a handful of queries, and counts it.</summary>
internal sealed class TallyDesk(
    IOutcomes outcomes, IOperations operations, IReview review, IIntake intake, InitiativePlans plans, RuleBook rules, HouseClock clock)
    : ITally, IForeseeFigures
{
    /// <summary>How old, in real time, a figure on a board may be: the eye sees no difference, the database does.</summary>
    private static readonly TimeSpan _liveAgeMax = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<InitiativeId, Live> _live = new();
    private readonly ConcurrentDictionary<SnapshotId, Tally> _frozen = new();

    public async Task<Tally> CountAsync(HomewardDb db, InitiativeGist initiative, DateTimeOffset asOf, CancellationToken cancel) =>
        TallyEngine.Count(await GatherAsync(db, initiative, asOf, await outcomes.FactsAsync(db, initiative.Id, asOf, cancel), cancel));

    public async Task<Tally> LiveAsync(HomewardDb db, InitiativeGist initiative, CancellationToken cancel)
    {
        var now = clock.RealNow;
        var live = _live.GetOrAdd(initiative.Id, _ => new Live());
        if (live.Tally is { } fresh && now - live.CountedAt < _liveAgeMax) return fresh;
        // One counts; who comes meanwhile is given the figures of a second ago, if there are any.
        if (live.Tally is { } earlier && Interlocked.CompareExchange(ref live.Counting, 1, 0) != 0) return earlier;
        try
        {
            var counted = await CountAsync(db, initiative, clock.GetUtcNow(), cancel);
            (live.Tally, live.CountedAt) = (counted, now);
            return counted;
        }
        finally
        {
            Interlocked.Exchange(ref live.Counting, 0);
        }
    }

    /// <summary>The figures of a snapshot. What stood at an instant never changes, so they are counted once.</summary>
    public async Task<Tally> FrozenAsync(HomewardDb db, InitiativeGist initiative, SnapshotId snapshot, DateTimeOffset asOf, CancellationToken cancel) =>
        _frozen.TryGetValue(snapshot, out var known) ? known : _frozen[snapshot] = await CountAsync(db, initiative, asOf, cancel);

    public async Task<IReadOnlyList<FigureMove>> ForeseeAsync(
        HomewardDb db, InitiativeId id, Facts changed, DateTimeOffset asOf, CancellationToken cancel)
    {
        if (await operations.InitiativeAsync(db, id, cancel) is not { } initiative) return [];
        var input = await GatherAsync(db, initiative, asOf, await outcomes.FactsAsync(db, id, asOf, cancel), cancel);
        return FigureMoves.Between(TallyEngine.Count(input), TallyEngine.Count(input with { Facts = changed }));
    }

    public bool CountsChildren(string measure) => Measures.CountsChildren(measure);

    public bool MayBeSeenBy(Role role, string measure) => Protect.MayBeSeenBy(role, measure);

    private async Task<TallyInput> GatherAsync(
        HomewardDb db, InitiativeGist initiative, DateTimeOffset asOf, Facts facts, CancellationToken cancel)
    {
        var ran = await operations.OfInitiativeAsync(db, initiative.Id, cancel);
        var leads = await review.LeadsAsync(db, [.. ran.SelectMany(operation => operation.Leads).Distinct()], cancel);
        var seats = await db.Set<Membership>().AsNoTracking().OrderBy(seat => seat.TaskForce).ThenBy(seat => seat.AgencyOri)
            .ThenBy(seat => seat.From).ToListAsync(cancel);
        var certified = await db.Set<OfficeCertification>().AsNoTracking()
            .Where(row => row.Initiative == initiative.Id && row.At <= asOf && (row.WithdrawnAt == null || row.WithdrawnAt > asOf))
            .Select(row => new Certified(row.OfficeCode, row.Measure)).ToListAsync(cancel);
        var offices = plans.Of(initiative).Offices.Select(office => new FileOffice(office.Code, office.WrittenAs)).ToList();
        return new TallyInput(initiative, asOf, facts, await IdentityLedger.AsOfAsync(db, asOf, cancel), ran, leads, seats, offices, certified,
            await intake.SoughtAsync(db, asOf, cancel), rules);
    }

    private sealed class Live
    {
        public volatile Tally? Tally;
        public DateTimeOffset CountedAt;
        public int Counting;
    }
}
