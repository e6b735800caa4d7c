using Homeward.Exchange;
using Homeward.Foundations.Rules;
using Homeward.Intake.Model;
using Homeward.Kernel;

namespace Homeward.Intake.Reading;

/// <summary>What an entry lacks of what the law has an agency write, and by when (R-08; 34 USC 41308).</summary>
internal static class RecordGaps
{
    private const string Verified = "verify-missing";
    private const string PhotoAge = "photograph-age";
    private static readonly TimeSpan _clocksDiffer = TimeSpan.FromDays(1);

    /// <returns>Nothing for a child who is no longer sought.</returns>
    public static IReadOnlyList<ShowMissing.Gap> Of(Entry entry, DateTimeOffset now, RuleBook rules)
    {
        if (entry.State is not (EntryState.Entered or EntryState.Modified)) return [];
        var enteredAt = entry.FirstReceivedAt;
        var verifyBy = enteredAt + rules.Span(Verified, enteredAt);
        return
        [
            .. AtEntry(entry).Where(one => one.IsMissing).Select(one => new ShowMissing.Gap(one.What, null, false)),
            .. Later(entry, enteredAt, rules).Where(one => one.IsMissing).Select(one => new ShowMissing.Gap(one.What, verifyBy, verifyBy < now)),
        ];
    }

    /// <summary>How pressing it is that a record is made whole.</summary>
    /// <remarks>
    /// First what is past its day; then what was asked for when the entry was made, for it is owed already; then what is due later. Among
    /// equals the oldest entry leads: all days run from the entry.
    /// </remarks>
    /// <param name="Rank">0 where something is late, 1 where something was asked for at entry, 2 where all is due later.</param>
    public readonly record struct Urgency(int Rank, DateTimeOffset EnteredAt);

    public static Urgency UrgencyOf(Entry entry, IReadOnlyList<ShowMissing.Gap> gaps) =>
        new(gaps.Any(gap => gap.IsLate) ? 0 : gaps.Any(gap => gap.DueAt is null) ? 1 : 2, entry.FirstReceivedAt);

    /// <summary>The rules that these follow, beside the one of the two-hour clock.</summary>
    public static IEnumerable<Rule> RulesOn(RuleBook rules, DateTimeOffset enteredAt) =>
        ((string[])[Verified, PhotoAge]).Select(name => rules.On(name, DateOnly.FromDateTime(enteredAt.UtcDateTime)));

    private static IEnumerable<(string What, bool IsMissing)> AtEntry(EntryFacts entry) =>
    [
        ("name", ChildRecord.Names(entry.Names).All(name => name.IsAlias || $"{name.Given}{name.Family}".Trim().Length == 0)),
        ("birth date", !entry.Born.IsFull),
        ("birth date that lies in the past", entry.Born.Earliest > DateOnly.FromDateTime(entry.ReceivedAt.UtcDateTime).AddDays(1)),
        ("sex", entry.Sex is null),
        ("race", entry.Race is null),
        ("height", entry.HeightInMin is null && entry.HeightInMax is null),
        ("weight", entry.WeightLbMin is null && entry.WeightLbMax is null),
        ("eye color", entry.Eyes is null),
        ("hair color", entry.Hair is null),
        ("date of last contact", entry.LastSeenAt is null),
        ("date of last contact that lies in the past", entry.LastSeenAt > entry.ReceivedAt + _clocksDiffer),
        ("place of last contact", entry.LastSeenCity is null && entry.LastSeenZip is null && entry.LastSeenCountyFips is null),
        ("category", entry.Category.Length == 0),
    ];

    private static IEnumerable<(string What, bool IsMissing)> Later(EntryFacts entry, DateTimeOffset enteredAt, RuleBook rules)
    {
        var oldest = DateOnly.FromDateTime((enteredAt - rules.Span(PhotoAge, enteredAt)).UtcDateTime);
        var photo = entry.PhotoTaken.Latest;
        return
        [
            ("photograph", photo is null),
            ("newer photograph", photo < oldest),
            ("dental records", entry.Dental != Stated.Yes),
            ("medical records", entry.Medical != Stated.Yes),
        ];
    }
}
