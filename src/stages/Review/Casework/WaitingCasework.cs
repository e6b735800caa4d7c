using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Casework;

/// <summary>Tasks and clocks of requests that wait for a person, on the home page and in the rail. Numbers only: what is to be done stands on its page.</summary>
internal sealed class WaitingCasework : IWaiting
{
    private const int RowsMax = 50;
    public string Stage => "review";

    public async Task<IReadOnlyList<WaitingRow>> ForAsync(Actor actor, HomewardDb db, DateTimeOffset now, CancellationToken cancel)
    {
        if (!People.CaseworkRoles.Contains(actor.Role)) return [];
        var rows = new List<WaitingRow>();
        var tasks = await OpenWork.OpenOf(db, actor).AsNoTracking().OrderBy(row => row.DueAt).ThenBy(row => row.Id).Take(RowsMax)
            .Select(row => new { row.DueAt, row.AssignedTo }).ToListAsync(cancel);
        rows.AddRange(tasks.Select(task => new WaitingRow(task.AssignedTo is null ? "A task of your unit" : "A task", GiveTask.MyTasks, task.DueAt)));
        var open = OpenWork.Open(db.Set<LegalRequest>().AsNoTracking());
        // Those who lead are shown what has run out, whoever holds it; and so is a unit, of what nobody in it holds.
        var mine = actor.Role == Role.Analyst
            ? open.Where(row => row.AssignedTo == actor.Id || (row.AssignedTo == null && actor.Agency != null && row.AgencyOri == actor.Agency))
            : open.Where(row => row.AssignedTo == actor.Id || row.DueAt <= now);
        var requests = await mine.OrderBy(row => row.DueAt == null).ThenBy(row => row.DueAt).ThenBy(row => row.Id).Take(RowsMax)
            .Select(row => new { row.Id, row.Reference, row.Kind, row.State, row.DueAt, row.Lead }).ToListAsync(cancel);
        rows.AddRange(requests.Select(row => new WaitingRow(
            Words(row.State, row.Kind), $"/review/requests/{row.Id}", row.DueAt,
            // What a provider keeps may be gone the day after: late by law.
            Critical: row.DueAt <= now && row.Kind == LegalRequestKind.Preservation, Note: row.Reference)));
        return rows;
    }

    private static string Words(LegalRequestState state, LegalRequestKind kind) => (state, kind) switch
    {
        (LegalRequestState.Draft, _) => $"Serve or hand in: {CaseworkWords.Of(kind).ToLowerInvariant()}",
        (LegalRequestState.Applied, _) => $"Hear from the judge: {CaseworkWords.Of(kind).ToLowerInvariant()}",
        (LegalRequestState.Granted, LegalRequestKind.FileWarrant) => "Execute a warrant for a file",
        (LegalRequestState.Granted, _) => $"Serve: {CaseworkWords.Of(kind).ToLowerInvariant()}",
        (_, LegalRequestKind.Preservation) => "Renew a preservation, or obtain process",
        (_, LegalRequestKind.FileWarrant) => "Return a warrant for a file",
        _ => $"Hear from the holder: {CaseworkWords.Of(kind).ToLowerInvariant()}",
    };
}

/// <summary>Finds a request by its reference, as it stands on a letter that came back.</summary>
internal sealed class FindRequest : IFindByNumber
{
    public string Action => "review.request";

    public async Task<Found?> FindAsync(string number, Act act, CancellationToken cancel)
    {
        var reference = number.ToUpperInvariant();
        var row = await act.Db.Set<LegalRequest>().AsNoTracking().SingleOrDefaultAsync(one => one.Reference == reference, cancel);
        if (row is null) return null;
        act.Trace("legal-request", row.Id.Value, "found");
        return new Found("Request", row.Reference, $"/review/requests/{row.Id}");
    }
}
