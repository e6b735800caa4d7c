namespace Homeward.Foundations.Places;

/// <summary>What is known of a place. Every part may be missing; what is not stated is never filled in.</summary>
/// <remarks>
/// <see cref="State"/> is a postal code or a name; <see cref="County"/> a name or a FIPS code; <see cref="City"/> may
/// carry its state after a comma. <see cref="AccuracyKm"/> is the radius around the point in which the place may lie.
/// <see cref="IsLowPrecision"/> is set by the caller where the source is a guess by nature: the geolocation of an
/// address of a data centre, a mobile gateway or a VPN (T-12).
/// </remarks>
public sealed record PlaceQuery
{
    public string? Street { get; init; }
    public string? City { get; init; }
    public string? State { get; init; }
    public string? Zip { get; init; }
    public string? County { get; init; }
    public double? Latitude { get; init; }
    public double? Longitude { get; init; }
    public double? AccuracyKm { get; init; }
    public bool IsLowPrecision { get; init; }

    /// <summary>City and state as people write them, the ZIP where no state is stated; null when there is nothing of these.</summary>
    public static string? Town(string? city, string? state, string? zip) =>
        string.Join(", ", new[] { city, state ?? zip }.Where(part => !string.IsNullOrWhiteSpace(part))) is { Length: > 0 } town ? town : null;
}

/// <summary>How closely a place is known, finest first.</summary>
public enum PlacePrecision { Point, Zip, City, County, State, Low }

/// <summary>One place that may be meant, with all that follows from it on the day.</summary>
/// <param name="County">Null where only the state is known.</param>
/// <param name="District">Judicial district; null where the state has several and the county is open.</param>
/// <param name="Circuit">Federal circuit.</param>
/// <param name="Basis">Why, as a sentence: "ZIP 65802 → Greene County MO (…) → Kansas City, territory since …".</param>
/// <param name="Share">Part of the ZIP's addresses, or of the state's people, that lies here; null if unknown.</param>
/// <param name="TribalLands">
/// Tribes whose land or seat is recorded in the county (T-11): jurisdiction is to be asked, not assumed.
/// </param>
public sealed record PlaceCandidate(
    County? County, string State, string? District, string? Circuit, FieldOffice Office, string Basis,
    PlacePrecision Precision, double? Share, IReadOnlyList<string> TribalLands);

/// <summary>All candidates for a place in a stable order. A person chooses; the program never takes the first.</summary>
/// <param name="Candidates">Largest share first, then most people, then state and FIPS.</param>
/// <param name="Remarks">What the asker should know: parts that disagree, a ZIP of post-office boxes, a day off record.</param>
public sealed record PlaceAnswer(IReadOnlyList<PlaceCandidate> Candidates, IReadOnlyList<string> Remarks)
{
    public bool IsAmbiguous => Candidates.Count > 1;

    /// <summary>The one office on which all candidates agree, though the county be open; else null.</summary>
    public FieldOffice? Office => Agreed(candidate => candidate.Office);

    public County? County => Agreed(candidate => candidate.County);
    public string? State => Agreed(candidate => candidate.State);
    public string? District => Agreed(candidate => candidate.District);

    /// <summary>The one circuit on which all agree. Null means undecided: the strictest advice applies (T-03).</summary>
    public string? Circuit => Agreed(candidate => candidate.Circuit);

    /// <summary>The offices that may be meant, in the candidates' order.</summary>
    public IReadOnlyList<FieldOffice> Offices => [.. Candidates.Select(candidate => candidate.Office).Distinct()];

    private T? Agreed<T>(Func<PlaceCandidate, T?> part) where T : class
    {
        if (Candidates.Count == 0) return null;
        var first = part(Candidates[0]);
        return Candidates.All(candidate => Equals(part(candidate), first)) ? first : null;
    }
}
