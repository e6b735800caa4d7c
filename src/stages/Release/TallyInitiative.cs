using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Operations;
using Homeward.Release.Counting;

namespace Homeward.Release;

/// <summary>Counts an initiative as of any instant: persons and not records, by definition and dated rule .</summary>
public static class TallyInitiative
{
    /// <param name="Initiative">Its name; the current one when left out.</param>
    /// <param name="AsOf">Now, when left out.</param>
    public sealed record Request(string? Initiative = null, DateTimeOffset? AsOf = null);

    /// <param name="Line">The tally as the contract's JSON, without score and seconds.</param>
    public sealed record Page(InitiativeId Id, Tally Tally, string Line);

    internal sealed class Handler(IOperations operations, ITally tallies) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var found = await Chosen.InitiativeAsync(operations, act, request.Initiative, cancel);
            if (!found.TryGet(out var initiative, out var problem)) return problem;
            if (Chosen.FaultOf(request.AsOf, act.Now) is { } notYet) return notYet;
            var tally = await tallies.CountAsync(act.Db, initiative, request.AsOf ?? act.Now, cancel);
            act.Trace("initiative", initiative.Id.Value, "tally");
            return new Page(initiative.Id, Protect.ForRole(tally, act.Actor.Role), TallyLine.Of(tally));
        }
    }
}

/// <summary>Which initiative a request means, and as of when.</summary>
internal static class Chosen
{
    public static Problem? FaultOf(DateTimeOffset? asOf, DateTimeOffset now) =>
        asOf > now ? Problem.Invalid("as-of-in-future", "That instant has not come.", "Choose an earlier one.") : null;

    public static async Task<Result<InitiativeGist>> InitiativeAsync(IOperations operations, Act act, string? name, CancellationToken cancel)
    {
        var initiative = string.IsNullOrWhiteSpace(name)
            ? await operations.CurrentAsync(act.Db, cancel)
            : await operations.InitiativeByNameAsync(act.Db, name, cancel);
        return initiative is null ? Problem.Missing("There is no such initiative.") : initiative;
    }
}

/// <summary>What of a tally a role may see.</summary>
internal static class Protect
{
    public static bool MayBeSeenBy(Role role, string measure) =>
        role is Role.National or Role.Counsel or Role.Auditor || !Measures.IsProtected(measure);

    /// <summary>Figures are for all who read the tally; the records behind them only for who opens figures.</summary>
    public static Tally ForRole(Tally tally, Role role) => tally with
    {
        Nation = tally.Nation.Where(pair => MayBeSeenBy(role, pair.Key))
            .ToDictionary(pair => pair.Key, pair => pair.Value with { Behind = [] }, StringComparer.Ordinal),
        Offices = [.. tally.Offices.Select(line => line with
        {
            Children = line.Children with { Behind = [] }, Adults = line.Adults with { Behind = [] }, Arrests = line.Arrests with { Behind = [] },
            Operations = line.Operations with { Behind = [] }, Shared = line.Shared with { Behind = [] },
            Investigations = line.Investigations with { Behind = [] },
        })],
    };
}
