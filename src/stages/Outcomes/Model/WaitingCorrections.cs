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
        var rows = await db.Set<FactCorrection>().AsNoTracking()
            .Where(row => row.State == CorrectionState.AwaitsApproval && row.By != actor.Id)
            .OrderBy(row => row.At).ThenBy(row => row.Id).Take(RowsMax).Select(row => row.Fact).ToListAsync(cancel);
        return [.. rows.Select(fact => new WaitingRow("Decide on a correction that moves a child's count", $"/outcomes/findings/{fact}"))];
    }
}
