using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.People;
using Homeward.Foundations.Places;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations;

/// <summary>What waits for the person who looks, from every stage, most pressing first.</summary>
public static class ShowHome
{
    public sealed record Request;
    public sealed record Group(string Stage, IReadOnlyList<WaitingRow> Rows)
    {
        public int Count => Rows.Sum(row => row.Count);
    }
    public sealed record Page(IReadOnlyList<Group> Groups, DateTimeOffset Now);

    public sealed class Handler(IEnumerable<IWaiting> waiting) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var groups = new List<Group>();
            foreach (var source in waiting)
            {
                var rows = await source.ForAsync(act.Actor, act.Db, act.Now, cancel);
                if (rows.Count > 0) groups.Add(new Group(source.Stage, rows));
            }
            return new Page(groups, act.Now);
        }
    }
}

internal sealed class WaitingDuties(DutyRows duties) : IWaiting
{
    public string Stage => "duties";

    public async Task<IReadOnlyList<WaitingRow>> ForAsync(Actor actor, HomewardDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var open = ProtectedDuties.Known(actor.Role, db.Set<Duty>().AsNoTracking()).Where(duty => duty.State == DutyState.Open);
        (IQueryable<Duty>? mine, string list) = actor.Role switch
        {
            Role.Supervisor or Role.National => (open.Where(duty => duty.Escalations > 0), "raised=true&"),
            Role.Coordinator or Role.Officer => (open.Where(duty => duty.TaskForce == actor.TaskForce && duty.OwedBy == actor.Role), ""),
            Role.VictimSpecialist => (open.Where(duty => duty.OfficeCode == actor.Office && duty.OwedBy == actor.Role), ""),
            Role.Analyst => (open.Where(duty => duty.AssignedTo == actor.Id), ""),
            _ => (null, ""),
        };
        return mine is null ? []
            : await duties.OfAsync(actor, db, mine, now, list, DutyWords.Of, row => actor.Office is null ? WhoOwes(row.OwedBy, row.OfficeCode) : null, isCritical: false, cancel);
    }

    /// <summary>For those above: forty of a kind differ by who owes them.</summary>
    private static string WhoOwes(Role owedBy, string? office)
    {
        var who = owedBy.Title().ToLowerInvariant();
        return office is null ? who : $"{who}, {Gazetteer.Default.Offices.WithCode(office)?.Name ?? office}";
    }
}

internal sealed class WaitingProposals : IWaiting
{
    public string Stage => "people";

    public async Task<IReadOnlyList<WaitingRow>> ForAsync(Actor actor, HomewardDb db, DateTimeOffset now, CancellationToken cancel)
    {
        if (actor.Role is not (Role.Supervisor or Role.National)) return [];
        var records = VictimCustody.Known(actor.Role, db.Set<PersonRecord>());
        var count = await (
            from proposal in db.Set<IdentityProposal>()
            join left in records on proposal.Left equals left.Id
            join right in records on proposal.Right equals right.Id
            where proposal.DecidedAt == null
            select proposal.Id).CountAsync(cancel);
        return count == 0 ? [] : [new WaitingRow("Decide whether two records are one person", "/people/proposals", Count: count)];
    }
}
