using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.People;

/// <summary>A person says whether two records are one person. Saying it again, otherwise, is how it is undone.</summary>
public static class DecideSame
{
    public sealed record Request(
        PersonRecordId Left, PersonRecordId Right, Judgement Judgement, [Required, MinLength(3), MaxLength(2000)] string Reason);
    public sealed record Receipt(Guid Decision);

    public sealed class Handler(IdentityLedger ledger) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (request.Left == request.Right)
                return Problem.Invalid("same-record", "These are one record.", "Choose two records.");
            var known = await VictimCustody.Known(act.Actor.Role, act.Db.Set<PersonRecord>())
                .CountAsync(row => row.Id == request.Left || row.Id == request.Right, cancel);
            if (known != 2) return Problem.Missing("One of the two records is not there.");
            var decision = await ledger.DecideAsync(act, request.Left, request.Right, request.Judgement, request.Reason, cancel);
            act.Tell(new IdentityDecided(request.Left, request.Right, request.Judgement));
            return new Receipt(decision.Id);
        }
    }
}

/// <summary>Told when a person said whether two records are one person: counts may change.</summary>
public sealed record IdentityDecided(PersonRecordId Left, PersonRecordId Right, Judgement Judgement);

/// <summary>What the program thinks may be one person and nobody has decided yet, with its reasons.</summary>
/// <remarks>One with the record of a victim in custody is the nation's to decide .</remarks>
public static class ListProposals
{
    private const int RowsMax = 100;
    public sealed record Request;
    public sealed record Side(PersonRecordId Id, PersonKind Kind, string Source, string Given, string Family, PartialDate Born);
    public sealed record Row(Guid Id, Side Left, Side Right, string Why, double Weight, DateTimeOffset At);
    public sealed record Page(IReadOnlyList<Row> Rows);

    public sealed class Handler : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var records = VictimCustody.Known(act.Actor.Role, act.Db.Set<PersonRecord>());
            var rows = await (
                from proposal in act.Db.Set<IdentityProposal>()
                join left in records on proposal.Left equals left.Id
                join right in records on proposal.Right equals right.Id
                where proposal.DecidedAt == null
                orderby proposal.Weight descending, proposal.Id
                select new Row(proposal.Id,
                    new Side(left.Id, left.Kind, left.Source, left.Given, left.Family, left.Born),
                    new Side(right.Id, right.Kind, right.Source, right.Given, right.Family, right.Born),
                    proposal.Why, proposal.Weight, proposal.At)).Take(RowsMax).ToListAsync(cancel);
            foreach (var row in rows) act.Trace("identity-proposal", row.Id);
            // Their names and birth dates were shown: who asks later who looked at a person finds it.
            foreach (var person in rows.SelectMany(row => new[] { row.Left.Id, row.Right.Id }).Distinct()) act.Trace("person", person.Value, "proposed");
            return new Page(rows);
        }
    }
}
