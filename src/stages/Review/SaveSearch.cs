using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Homeward.Review.Triage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>Gives a filter of the queue a name, for oneself: it stands above the queue from then on, and its address can be sent to somebody.</summary>
public static class SaveSearch
{
    /// <summary>More would not fit above the queue, and nobody finds one among more.</summary>
    public const int SearchesMax = 20;

    public sealed record Request(
        [Required, MinLength(1), MaxLength(60)] string Name, QueueState? State = null, bool? Matched = null, Nexus? Nexus = null,
        [MaxLength(200)] string? IncidentType = null, [MaxLength(60)] string? PlaceState = null, [Range(0, 100)] double? RiskMin = null,
        bool? Imminent = null, bool? Mine = null, [MaxLength(40)] string? Find = null);

    /// <param name="Address">Where the search is.</param>
    public sealed record Receipt(SavedSearchId Id, string Address);

    internal sealed class Handler(Envelope envelope) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (await act.Db.Set<SavedSearch>().CountAsync(row => row.User == act.Actor.Id, cancel) >= SearchesMax)
                return Problem.Of("too-many", $"You keep {SearchesMax} searches already.", "Delete one that you no longer need.");
            var filter = new QueueFilter(
                request.State ?? QueueState.Waiting, request.Matched, request.Nexus, request.IncidentType, request.PlaceState, request.RiskMin,
                request.Imminent, request.Mine, request.Find).Address();
            var id = act.Ids.Next<SavedSearchId>();
            act.Db.Add(new SavedSearch
            {
                Id = id, User = act.Actor.Id, SavedAt = act.Now, Name = envelope.SealText($"saved-search/name/{id}", request.Name.Trim()),
                Filter = envelope.SealText($"saved-search/filter/{id}", filter),
            });
            act.Trace("saved-search", id.Value, "saved");
            return new Receipt(id, $"/review?{filter}");
        }
    }

    /// <summary>The searches of a person, by name.</summary>
    internal static async Task<IReadOnlyList<ShowQueue.Saved>> OfAsync(HomewardDb db, Envelope envelope, UserId user, CancellationToken cancel)
    {
        var rows = await db.Set<SavedSearch>().Where(row => row.User == user).OrderBy(row => row.SavedAt).ThenBy(row => row.Id)
            .Take(SearchesMax).ToListAsync(cancel);
        return [.. rows.Select(row => new ShowQueue.Saved(
                row.Id, envelope.OpenText($"saved-search/name/{row.Id}", row.Name), $"/review?{envelope.OpenText($"saved-search/filter/{row.Id}", row.Filter)}"))
            .OrderBy(row => row.Name, StringComparer.OrdinalIgnoreCase)];
    }
}

/// <summary>Takes one's own saved search away.</summary>
public static class DeleteSearch
{
    public sealed record Request(SavedSearchId Id);

    internal sealed class Handler : IHandle<Request, Done>
    {
        public async Task<Result<Done>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var search = await act.Db.Set<SavedSearch>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (search is null || !act.Covers(search)) return Problem.Missing("There is no such search of yours.");
            act.Db.Remove(search);
            act.Trace("saved-search", search.Id.Value, "deleted");
            return Done.Value;
        }
    }
}
