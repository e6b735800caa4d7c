using Homeward.Kernel;

namespace Homeward.Exchange.Missing;

/// <summary>One message about an entry of a missing child: it was entered, changed, or the child was found.</summary>
/// <remarks>Several messages may carry the same <see cref="Nic"/>; the latest by <see cref="Received"/> stands.</remarks>
public sealed record MissingChildEntry
{
    /// <summary>When the message arrived, UTC.</summary>
    public required DateTimeOffset Received { get; init; }
    public required EntryStatus Status { get; init; }
    /// <summary>NIC number of the entry: one letter and nine digits, <c>M123456789</c>.</summary>
    public required string Nic { get; init; }
    /// <summary>Case number at the clearinghouse, digits; null when none was opened.</summary>
    public string? NcmecCase { get; init; }
    /// <summary>The agency that made the entry, nine characters; null when not stated.</summary>
    public string? Ori { get; init; }
    /// <summary>Message key of the entry: <c>EMJ</c> is a missing juvenile.</summary>
    public string? Category { get; init; }
    /// <summary>Kind of case: <c>ERU</c>, an endangered runaway, say.</summary>
    public string? CaseType { get; init; }
    public IReadOnlyList<EntryName> Names { get; init; } = [];
    public PartialDate Born { get; init; }
    /// <summary>The age as somebody wrote it, where there is no birth date.</summary>
    public string? AgeText { get; init; }
    /// <summary>"F", "M" or null.</summary>
    public string? Sex { get; init; }
    /// <summary>Height in inches; 10 to 96.</summary>
    public int? HeightInMin { get; init; }
    /// <inheritdoc cref="HeightInMin"/>
    public int? HeightInMax { get; init; }
    /// <summary>Weight in pounds; 1 to 700.</summary>
    public int? WeightLbMin { get; init; }
    /// <inheritdoc cref="WeightLbMin"/>
    public int? WeightLbMax { get; init; }
    /// <summary>Race, eye and hair color as the entry codes them; null when not stated.</summary>
    public string? Race { get; init; }
    /// <inheritdoc cref="Race"/>
    public string? Eyes { get; init; }
    /// <inheritdoc cref="Race"/>
    public string? Hair { get; init; }
    /// <summary>When the newest photograph that the agency holds was taken; unknown where it holds none. The photograph itself never comes.</summary>
    public PartialDate PhotoTaken { get; init; }
    /// <summary>Whether dental records are on file at the agency.</summary>
    public Stated Dental { get; init; }
    /// <summary>Whether medical records are on file at the agency.</summary>
    public Stated Medical { get; init; }
    /// <summary>Scars, marks, tattoos, by code or word.</summary>
    public IReadOnlyList<string> Marks { get; init; } = [];
    /// <summary>UTC; null when nobody knows.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }
    public EntryPlace? LastSeen { get; init; }
    public Custody Custody { get; init; }
    public IReadOnlyList<string> Phones { get; init; } = [];
    public IReadOnlyList<string> Emails { get; init; } = [];
    public IReadOnlyList<ServiceName> ScreenNames { get; init; } = [];
    /// <summary>Vehicles in which the child may be; 20 at most.</summary>
    public IReadOnlyList<EntryVehicle> Vehicles { get; init; } = [];
    /// <summary>The entering agency's claim that the child is in danger.</summary>
    public Stated AtRisk { get; init; }
    /// <summary>Indicators in kebab-case: <c>repeated-runs</c>.</summary>
    public IReadOnlyList<string> Indicators { get; init; } = [];
    /// <summary>Columns that the table lacks from which it was read, by the names of <see cref="MissingChildEntries.Csv"/>: of them it says nothing, not even that nothing is known. A line says everything.</summary>
    public IReadOnlyList<string> Silent { get; init; } = [];
}

/// <summary>What became of an entry. Located: found, entry still open. Cleared: taken out.</summary>
public enum EntryStatus { Entered, Modified, Located, Cleared }

/// <summary>Who had care of the child; decides who must be told (a child in foster care has a reporting agency).</summary>
public enum Custody { Unknown, Family, Foster, Kin, None }

public sealed record EntryName(string? Given, string? Family, bool IsAlias = false);

public sealed record EntryPlace(string? City, string? State, string? Zip, string? CountyFips);

/// <param name="Service">The platform; null when not stated.</param>
public sealed record ServiceName(string? Service, string Name);
