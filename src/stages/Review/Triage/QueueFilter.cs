using Homeward.Foundations.Access;

namespace Homeward.Review.Triage;

/// <summary>What of the queue is asked for, the state apart. Each filter that the page offers stands in an index (docs/decisions/0009).</summary>
internal sealed record QueueFilter(
    bool? Matched, Nexus? Nexus, string? IncidentType, string? PlaceState, double? RiskMin, bool? Imminent, bool? Mine, string? Find)
{
    /// <summary>So many numbers that begin alike are looked at; whoever types a number types more of it than that.</summary>
    private const int NumbersMax = 1_000;

    public static QueueFilter Of(ShowQueue.Request request) => new(
        request.Matched, request.Nexus, request.IncidentType, request.PlaceState, request.RiskMin, request.Imminent, request.Mine, request.Find);

    public bool IsEmpty => this is
        { Matched: null, Nexus: null, IncidentType: null, PlaceState: null, RiskMin: null, Imminent: null, Mine: null, Find: null };

    public IQueryable<QueueItem> Apply(IQueryable<QueueItem> items, QueueState state, UserId me, DateTimeOffset now)
    {
        if (Find is { Length: > 0 } find)
        {
            // A range and no pattern: neither database looks a pattern that is a parameter up in an index.
            var behind = char.IsAsciiLetterOrDigit(find[^1]) ? find[..^1] + (char)(find[^1] + 1) : find;
            items = items.Where(item => string.Compare(item.Number, find) >= 0 && string.Compare(item.Number, behind) < 0)
                .OrderBy(item => item.Number).Take(NumbersMax);
        }
        items = items.Where(item => item.State == state);
        // Written out each, so that the database sees the very words of its partial indexes.
        items = Matched switch
        {
            true => items.Where(item => item.OpenMatches > 0),
            false => items.Where(item => item.OpenMatches == 0),
            null => items,
        };
        items = Imminent switch
        {
            true => items.Where(item => item.ImminentClaimed),
            false => items.Where(item => !item.ImminentClaimed),
            null => items,
        };
        if (PlaceState is { } place) items = items.Where(item => item.PlaceState == place);
        if (RiskMin is { } risk) items = items.Where(item => item.Risk >= risk);
        if (Nexus is { } nexus) items = items.Where(item => item.Nexus == nexus);
        if (IncidentType is { } type) items = items.Where(item => item.IncidentType == type);
        return Mine == true ? items.Where(item => item.LeasedBy == me && item.LeasedUntil > now) : items;
    }
}
