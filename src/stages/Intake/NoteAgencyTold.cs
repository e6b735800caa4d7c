using Homeward.Foundations.Access;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>Records when the entering agency was told that the child is missing: the two-hour clock starts there .</summary>
/// <remarks>
/// The feed does not say it, and nothing is made up in its place; without this there is no clock to show. A correction stands
/// beside what was recorded before it and wipes nothing out: late stays late for ever. It is about the time that the child is missing now.
/// </remarks>
public static class NoteAgencyTold
{
    public sealed record Request(EntryId Entry, DateTimeOffset ToldAt, Guid Revision);
    public sealed record Receipt(EntryId Entry);

    public sealed class Handler : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var entry = await act.Db.Set<Entry>().SingleOrDefaultAsync(row => row.Id == request.Entry, cancel);
            if (entry is null || !act.Covers(entry)) return Problem.Missing("There is no such entry for you.");
            var current = (await Disappearances.OfAsync(act.Db, entry.Id, cancel))[^1];
            var notes = await act.Db.Set<AgencyTold>().AsNoTracking().Where(row => row.EntryId == entry.Id).OrderBy(row => row.Ordinal).ToListAsync(cancel);
            var before = notes.FindLast(row => current.Versions.Contains(row.Version))?.ToldAt;
            if (entry.Revision != request.Revision)
                return Problem.Conflict("changed-meanwhile", "This entry was changed while you were at it.", "Look at it as it is now, then try again.") with
                {
                    Details = new Dictionary<string, string>
                    {
                        ["yours"] = Instants.Iso(request.ToldAt),
                        ["theirs"] = before is { } told ? Instants.Iso(told) : "not recorded",
                    },
                };
            if (request.ToldAt > current.EnteredAt)
                return Problem.Invalid("told-after-entry", "The agency cannot have been told after it made the entry.", "Enter when it was told, with the zone.");
            var after = Instants.Truncate(request.ToldAt);
            if (before == after) return new Receipt(entry.Id);
            act.Db.Add(new AgencyTold
            {
                EntryId = entry.Id, Ordinal = notes.Count + 1, Version = current.Versions[0], ToldAt = after, By = act.Actor.Id, At = act.Now,
            });
            entry.Revision = act.Ids.Next();
            act.Trace("entry", entry.Id.Value, $"agency-told={Instants.Iso(after)};before={(before is { } earlier ? Instants.Iso(earlier) : "not-recorded")}");
            return new Receipt(entry.Id);
        }
    }
}
