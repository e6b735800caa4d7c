using System.Text.Json;
using System.Text.Json.Nodes;
using Homeward.Scenario.World;

namespace Homeward.Scenario.Outside;

/// <summary>All that is not the house: it sends things in, and answers what operations find.</summary>
/// <remarks>Whoever is behind it, the house gets nothing but what outsiders send; no truth comes through here.</remarks>
public interface IOutside : IAsyncDisposable
{
    /// <summary>What was there before the first day: partner lists and earlier entries.</summary>
    Task<IReadOnlyList<Sent>> BeginAsync(CancellationToken cancel);

    /// <summary>What arrives after the last instant asked for, up to this one, in order of arrival.</summary>
    Task<IReadOnlyList<Sent>> UntilAsync(DateTimeOffset at, CancellationToken cancel);

    /// <summary>What the field found. An answer's instant is when the office sends it in; it may lie in the future.</summary>
    Task<IReadOnlyList<Sent>> RanAsync(RanOperation operation, CancellationToken cancel);

    /// <summary>How the house's decisions compare with the truth; null where nobody knows it.</summary>
    Task<JsonObject?> ScoreAsync(JsonNode house, CancellationToken cancel);
}

/// <summary>An operation as the field ran it: only what the house knew.</summary>
public sealed record RanOperation(
    string Reference, string Office, string TaskForce, IReadOnlyList<string> Agencies, DateTimeOffset StartsAt, DateTimeOffset EndsAt,
    RanPlace Place, string Kind, IReadOnlyList<Seeking> Seeking);

public sealed record RanPlace(string? Street, string? City, string? State, string? Zip, string? CountyFips);

/// <summary>A child that the operation looked for: the entry, the reports that spoke of it.</summary>
public sealed record Seeking(string? Nic, IReadOnlyList<string> Reports);
