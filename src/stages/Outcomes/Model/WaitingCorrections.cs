using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Outcomes.Model;

/// <summary>Corrections that wait for a second person.</summary>
internal sealed class WaitingCorrections : IWaiting
{
    private const int RowsMax = 50;
    public string Stage => "outcomes";

    public async Task<IReadOnlyList<WaitingRow>> ForAsync(Actor actor, HomewardDb db, DateTimeOffset now, CancellationToken cancel)
    {
        if (actor.Role is not (Role.Supervisor or Role.National)) return [];
        var rows = await (from correction in db.Set<FactCorrection>().AsNoTracking()
                          join fact in db.Set<Fact>().AsNoTracking() on correction.Fact equals fact.Id
                          where correction.State == CorrectionState.AwaitsApproval && correction.By != actor.Id
                          orderby correction.At, correction.Id
                          select fact).Take(RowsMax).ToListAsync(cancel);
        return [.. rows.Where(fact => FactWords.MaySee(actor.Role, fact)).Select(fact => new WaitingRow(
            fact is Arrest ? "Decide on a correction of an arrest" : "Decide on a correction that moves a child's count", $"/outcomes/findings/{fact.Id}"))];
    }
}
