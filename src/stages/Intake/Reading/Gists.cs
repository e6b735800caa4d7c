using Homeward.Exchange.CyberTips;
using Homeward.Foundations.Places;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Reading;

/// <summary>From stored rows to what later stages read. Originals are not opened for it.</summary>
internal static class Gists
{
    private const int IdsPerQueryMax = 1_000;

    public static async Task<IReadOnlyList<ReportGist>> ReportsAsync(HomewardDb db, IReadOnlyCollection<ReportId> ids, CancellationToken cancel)
    {
        var gists = new List<ReportGist>(ids.Count);
        foreach (var some in ids.Distinct().Chunk(IdsPerQueryMax))
        {
            var current = (await db.Set<ReportVersion>().AsNoTracking().Where(row => some.Contains(row.Id)).ToListAsync(cancel))
                .GroupBy(row => row.Id).ToDictionary(group => group.Key, group => Current.Of([.. group]));
            var persons = (await db.Set<ReportPersonRow>().AsNoTracking().Where(row => some.Contains(row.ReportId)).ToListAsync(cancel))
                .Where(row => current[row.ReportId].Leading.Version == row.Version).OrderBy(row => row.Ordinal).ToLookup(row => row.ReportId);
            var identifiers = (await db.Set<ReportIdentifierRow>().AsNoTracking().Where(row => some.Contains(row.ReportId)).ToListAsync(cancel))
                .Where(row => current[row.ReportId].Holds(row.Version)).OrderBy(row => row.Ordinal).ToLookup(row => row.ReportId);
            gists.AddRange(some.Where(current.ContainsKey).Select(id => Gist(current[id], persons[id], identifiers[id])));
        }
        return gists;
    }

    public static EntryGist Gist(Entry entry) => new(
        entry.Id, entry.Record, entry.Nic, entry.NcmecCase, entry.AgencyOri, entry.Category, entry.CaseType, entry.State,
        [.. ChildRecord.Names(entry.Names).Select(name => (name.Given, name.Family))], entry.Born, entry.Sex, Lists.Split(entry.Marks),
        entry.LastSeenAt, LastSeen(entry), entry.Custody.ToString().ToLowerInvariant(), Lists.Split(entry.Phones),
        Lists.Split(entry.Emails), Lists.Split(entry.ScreenNames), entry.AtRisk == Exchange.Stated.Yes, Lists.Split(entry.Indicators),
        entry.FirstReceivedAt);

    public static DoorGist Gist(Door door) => new(
        door.Id, door.Kind, door.Number, door.About, door.ImminentClaimed, door.SenderOri, door.Given, door.Family, door.Born, door.Age,
        door.Sex, IsNowhere(door.Street, door.City, door.State, door.Zip, door.CountyFips) && door.Latitude is null
            ? null
            : Doors.Place(door.Street, door.City, door.State, door.Zip, door.CountyFips, door.Latitude, door.Longitude),
        door.ReceivedAt);

    public static string FormSlug(ReportForm form) => form switch
    {
        ReportForm.ProviderXml => "provider-xml",
        ReportForm.AgencyJson => "agency-json",
        ReportForm.AgencyPdf => "agency-pdf",
    };

    /// <summary>What of a report stands: its newest version, and the newest print beside a form for programs. Neither hides what the other says.</summary>
    /// <param name="Leading">Names the persons. A print never takes the place of what programs wrote.</param>
    private sealed record Current(ReportVersion Leading, ReportVersion? Print)
    {
        public static Current Of(List<ReportVersion> versions)
        {
            var print = versions.Where(row => row.Form == ReportForm.AgencyPdf).MaxBy(row => row.Version);
            return versions.Where(row => row.Form != ReportForm.AgencyPdf).MaxBy(row => row.Version) is { } leading ? new(leading, print) : new(print!, null);
        }

        public bool Holds(int version) => version == Leading.Version || version == Print?.Version;
    }

    private static ReportGist Gist(Current current, IEnumerable<ReportPersonRow> persons, IEnumerable<ReportIdentifierRow> identifiers)
    {
        var (report, print) = (current.Leading, current.Print);
        var both = identifiers.ToLookup(row => row.Version == report.Version);
        var values = both[true].ToList();
        var known = values.Select(row => (row.Kind, row.Value)).ToHashSet();
        return new(
            report.Id, report.Number, report.Version, FormSlug(report.Form), report.Provider, report.IncidentType, report.ReceivedAt,
            report.IncidentAt, report.EscalationClaimed || print?.EscalationClaimed == true,
            (report.Disposition ?? print?.Disposition)?.ToString().ToLowerInvariant(), report.Priority ?? print?.Priority, report.Bundle ?? print?.Bundle,
            [.. persons.Select(person => Gist(person, values))],
            [.. values.Concat(both[false].Where(row => known.Add((row.Kind, row.Value)))).Select(value => new ReportIdentifier(value.Kind, value.Value, value.Path))]);
    }

    /// <param name="identifiers">Of the whole report; those of other persons are left out.</param>
    internal static ReportPerson Gist(ReportPersonRow person, List<ReportIdentifierRow> identifiers)
    {
        return new(
            person.Ordinal, person.Role.ToString().ToLowerInvariant(), person.Given, person.Family, Lists.Split(person.OtherNames),
            person.Born, person.Age, person.Sex, Of("phone"), Of("email"), Of("screen-name"),
            IsNowhere(person.Street, person.City, person.State, person.Zip, null)
                ? null
                : Doors.Place(person.Street, person.City, person.State, person.Zip, null, null, null),
            person.Path);

        List<string> Of(string kind) =>
            [.. identifiers.Where(value => value.Person == person.Ordinal && value.Kind == kind).Select(value => value.Value).Distinct()];
    }

    private static PlaceQuery? LastSeen(Entry entry) =>
        IsNowhere(null, entry.LastSeenCity, entry.LastSeenState, entry.LastSeenZip, entry.LastSeenCountyFips)
            ? null
            : Doors.Place(null, entry.LastSeenCity, entry.LastSeenState, entry.LastSeenZip, entry.LastSeenCountyFips, null, null);

    private static bool IsNowhere(params ReadOnlySpan<string?> parts)
    {
        foreach (var part in parts)
            if (!string.IsNullOrEmpty(part)) return false;
        return true;
    }
}
