using Homeward.Foundations.Pages;
using Homeward.Intake.Model;
using Homeward.Intake.Pages;
using Homeward.Kernel;

namespace Homeward.Intake.Reading;

/// <summary>What a message about an entry says otherwise than the one before it, fact by fact.</summary>
internal static class EntryChanges
{
    private static readonly (string What, Func<EntryFacts, string> Says)[] _facts =
    [
        ("NCMEC case", entry => entry.NcmecCase ?? ""),
        ("Agency", entry => entry.AgencyOri),
        ("Category", entry => IntakeWords.Category(entry.Category, entry.CaseType)),
        ("Names", entry => string.Join("; ", ChildRecord.Names(entry.Names).Select(name => $"{name.Given} {name.Family}".Trim() + (name.IsAlias ? " (alias)" : "")))),
        ("Born", entry => entry.Born.ToString()),
        ("Age", entry => entry.AgeText ?? ""),
        ("Sex", entry => CodeWords.Of("sex", entry.Sex) ?? ""),
        ("Height", entry => IntakeWords.Span(entry.HeightInMin, entry.HeightInMax, "in") ?? ""),
        ("Weight", entry => IntakeWords.Span(entry.WeightLbMin, entry.WeightLbMax, "lb") ?? ""),
        ("Race", entry => CodeWords.Of("race", entry.Race) ?? ""),
        ("Eyes", entry => CodeWords.Of("eye_color", entry.Eyes) ?? ""),
        ("Hair", entry => CodeWords.Of("hair_color", entry.Hair) ?? ""),
        ("Photograph", entry => entry.PhotoTaken.ToString()),
        ("Dental records", entry => IntakeWords.Of(entry.Dental)),
        ("Medical records", entry => IntakeWords.Of(entry.Medical)),
        ("Marks", entry => string.Join("; ", Lists.Split(entry.Marks).Select(mark => CodeWords.Of("smt_code", mark)))),
        ("Last contact", entry => string.Join(", ", new[]
        {
            ShowMissing.Handler.PlaceOf(entry), entry.LastSeenAt is { } at ? InstantWords.Exact(at, TimeZoneInfo.Utc) : null,
        }.OfType<string>())),
        ("Custody", entry => IntakeWords.Of(entry.Custody)),
        ("Telephones", entry => Listed(entry.Phones)),
        ("E-mail addresses", entry => Listed(entry.Emails)),
        ("Accounts", entry => Listed(entry.ScreenNames)),
        ("Vehicles", entry => string.Join("; ", EntryVehicles.Split(entry.Vehicles).Select(EntryVehicles.Words))),
        ("At risk of exploitation", entry => IntakeWords.Of(entry.AtRisk)),
        ("Indicators", entry => string.Join("; ", Lists.Split(entry.Indicators).Select(IntakeWords.Indicator))),
    ];

    public static IReadOnlyList<ShowMissing.Change> Between(EntryFacts before, EntryFacts after) =>
        [.. _facts.Select(fact => new ShowMissing.Change(fact.What, fact.Says(before), fact.Says(after))).Where(one => one.Before != one.After)];

    private static string Listed(string joined) => string.Join("; ", Lists.Split(joined));
}
