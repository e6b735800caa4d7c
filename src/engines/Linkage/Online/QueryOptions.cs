namespace Homeward.Linkage;

/// <summary>How much a query wants.</summary>
public sealed record QueryOptions
{
    public static readonly QueryOptions Default = new();

    /// <summary>At most so many candidates, 1 or more.</summary>
    public int Top { get; init; } = 10;

    /// <summary>Candidates below this match weight, in bits, are left out.</summary>
    public double WeightMin { get; init; } = double.NegativeInfinity;

    /// <summary>
    /// About how many records are compared at most. Rare keys come first; keys that would pass the bound are
    /// skipped and counted in <see cref="QueryResult.KeysSkipped"/>. Against a million records a bound of 4,000 found
    /// no more than one of 1,000 (./bench linkage: linkage.query.found) and took three times as long.
    /// </summary>
    public int ComparedMax { get; init; } = 1000;

    /// <summary>True for records that are not to be candidates, such as those decided not the same.</summary>
    public Func<LinkRecord, bool>? Excludes { get; init; }

    /// <summary>True where two records, known by their ids, stand for one: only the best of them is a candidate. Null where each stands for itself.</summary>
    public Func<string, string, bool>? AreOne { get; init; }
}

/// <summary>What a query found.</summary>
/// <param name="Candidates">Best first.</param>
/// <param name="Compared">How many records shared a key and were compared.</param>
/// <param name="KeysSkipped">Keys too common to follow; 0 means that nothing was left out.</param>
public sealed record QueryResult(IReadOnlyList<Candidate> Candidates, int Compared, int KeysSkipped);
