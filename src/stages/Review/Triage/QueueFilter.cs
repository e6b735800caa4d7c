using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Homeward.Foundations.Access;
using Microsoft.AspNetCore.WebUtilities;

namespace Homeward.Review.Triage;

/// <summary>What of the queue is asked for. Each filter that the page offers stands in an index (docs/decisions/0009).</summary>
internal sealed record QueueFilter(
    QueueState State, bool? Matched, Nexus? Nexus, string? IncidentType, string? PlaceState, double? RiskMin, bool? Imminent, bool? Mine, string? Find)
{
    /// <summary>Longer than any filter that can be chosen is written.</summary>
    public const int AddressMax = 1_000;

    /// <summary>So many numbers that begin alike are looked at; whoever types a number types more of it than that.</summary>
    private const int NumbersMax = 1_000;

    public static QueueFilter Of(ShowQueue.Request request) => new(
        request.State ?? QueueState.Waiting, request.Matched, request.Nexus, request.IncidentType, request.PlaceState, request.RiskMin,
        request.Imminent, request.Mine, request.Find);

    /// <summary>A filter as <see cref="Address"/> writes it; what is none of it is left out. Whoever works through a filtered list stays within it.</summary>
    public static QueueFilter Read(string? address)
    {
        var words = QueryHelpers.ParseQuery(address);
        string? Text(string name) => words.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value.ToString().Trim() : null;
        bool? Flag(string name) => bool.TryParse(Text(name), out var flag) ? flag : null;
        return new(
            Enum.TryParse<QueueState>(Text("state"), ignoreCase: true, out var state) ? state : QueueState.Waiting, Flag("matched"),
            Enum.TryParse<Nexus>(Text("nexus"), ignoreCase: true, out var nexus) ? nexus : null, Text("incidentType"), Text("placeState"),
            double.TryParse(Text("riskMin"), CultureInfo.InvariantCulture, out var risk) ? risk : null, Flag("imminent"), Flag("mine"), Text("find"));
    }

    /// <summary>Only the state is asked for.</summary>
    public bool IsEmpty => this == new QueueFilter(State, null, null, null, null, null, null, null, null);

    /// <summary>The filter as it stands in addresses: <c>state=Waiting&amp;placeState=KS</c>.</summary>
    public string Address()
    {
        var address = new StringBuilder($"state={State}");
        Add("matched", Matched?.ToString().ToLowerInvariant());
        Add("nexus", Nexus?.ToString());
        Add("incidentType", IncidentType);
        Add("placeState", PlaceState);
        Add("riskMin", RiskMin?.ToString("R", CultureInfo.InvariantCulture));
        Add("imminent", Imminent?.ToString().ToLowerInvariant());
        Add("mine", Mine?.ToString().ToLowerInvariant());
        Add("find", Find);
        return address.ToString();

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value)) address.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
    }

    [SuppressMessage("Globalization", "CA1309", Justification = "The database compares, as its index is ordered.")]
    public IQueryable<QueueItem> Apply(IQueryable<QueueItem> items, UserId me, DateTimeOffset now)
    {
        if (Find is { Length: > 0 } find)
        {
            // A range and no pattern: neither database looks a pattern that is a parameter up in an index.
            var behind = char.IsAsciiLetterOrDigit(find[^1]) ? find[..^1] + (char)(find[^1] + 1) : find;
            items = items.Where(item => string.Compare(item.Number, find) >= 0 && string.Compare(item.Number, behind) < 0)
                .OrderBy(item => item.Number).Take(NumbersMax);
        }
        var state = State;
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
        items = Nexus switch
        {
            Review.Nexus.NoneProposed => items.Where(item => item.Nexus == Review.Nexus.NoneProposed),
            { } nexus => items.Where(item => item.Nexus == nexus),
            null => items,
        };
        if (IncidentType is { } type) items = items.Where(item => item.IncidentType == type);
        return (Mine, state) switch
        {
            (true, QueueState.Parked) => items.Where(item => item.AssignedTo == me),
            (true, _) => items.Where(item => item.LeasedBy == me && item.LeasedUntil > now),
            _ => items,
        };
    }
}
