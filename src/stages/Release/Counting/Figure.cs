using Homeward.Foundations.Rules;

namespace Homeward.Release.Counting;

/// <summary>One thing that a figure counts, with the records that it rests on.</summary>
/// <param name="Subject">The person, operation … as the ledger or the list names it; for a case number its first record.</param>
/// <param name="Office">Code of the office credited with it; null where there is none.</param>
/// <param name="Records">The office's own numbers of the records, first to last.</param>
/// <param name="Facts">Ids of those records; empty for what is no fact (an operation, a member).</param>
/// <param name="Note">What a reader must know: shared with whom, typed late.</param>
/// <param name="State">Postal code of the state of the counting act; null when not stated.</param>
public sealed record CountedItem(
    string Subject, string? Office, IReadOnlyList<string> Records, IReadOnlyList<Guid> Facts, string Note, string? State = null);

/// <summary>Something that was recorded, without a word on a person or a place.</summary>
public sealed record Recorded(DateTimeOffset At, string Office, string What);

/// <summary>A number that names its measure, its scope and its rule, and opens to what was counted.</summary>
/// <param name="Office">Code; null for the nation.</param>
/// <param name="Value">Null is "not reported", which is not 0 .</param>
public sealed record Figure(string Measure, string? Office, int? Value, Rule Rule, IReadOnlyList<CountedItem> Behind)
{
    public string Shown => Value is { } value ? value.ToString("N0", System.Globalization.CultureInfo.InvariantCulture) : "not reported";
}

/// <summary>An office's line. <paramref name="WrittenAs"/> is how the initiative's file names it.</summary>
public sealed record OfficeLine(
    string Code, string WrittenAs, Figure Children, Figure Adults, Figure Arrests, Figure Operations, Figure Shared, Figure Investigations);

/// <summary>All figures of an initiative as of an instant.</summary>
/// <param name="Lasts">What was entered last.</param>
/// <param name="CutOff">The rule for outcomes after the last midnight, printed beside the figures (T-33).</param>
public sealed record Tally(
    string Initiative, DateOnly From, DateOnly To, DateTimeOffset AsOf, bool Exercise, IReadOnlyDictionary<string, Figure> Nation,
    IReadOnlyList<OfficeLine> Offices, Rule CutOff, IReadOnlyList<Recorded> Lasts)
{
    public Figure this[string measure] => Nation[measure];
    public int? Value(string measure) => Nation[measure].Value;
    public OfficeLine? Office(string code) => Offices.FirstOrDefault(line => line.Code == code);
}
