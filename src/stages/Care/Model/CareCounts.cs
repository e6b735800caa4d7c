using Homeward.Foundations.Storage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Care.Model;

/// <summary>National counts of care. A cell under the threshold is withheld, and so is one that a subtraction would show.</summary>
internal sealed class CareCounts : ICare
{
    /// <summary>Smallest cell that is shown. House rule after .</summary>
    private const int CellMin = 10;

    public async Task<CareCount> CountAsync(HomewardDb db, CancellationToken cancel)
    {
        var answers = await db.Set<CarePlan>().AsNoTracking().Where(plan => plan.OfferedAt != null)
            .GroupBy(plan => plan.Answer).Select(group => new { Answer = group.Key, Count = group.Count() }).ToListAsync(cancel);
        var (accepted, declined) = (Of(ServiceAnswer.Accepted), Of(ServiceAnswer.Declined));
        var offered = answers.Sum(row => row.Count);
        // Offered = accepted + declined + not yet: where one part is small, no part is shown, or it could be computed.
        var partsShown = new[] { accepted, declined, offered - accepted - declined }.All(cell => cell is 0 or >= CellMin);
        return new CareCount(offered >= CellMin ? offered : null, partsShown && offered >= CellMin ? accepted : null,
            partsShown && offered >= CellMin ? declined : null);

        int Of(ServiceAnswer answer) => answers.Where(row => row.Answer == answer).Sum(row => row.Count);
    }
}
