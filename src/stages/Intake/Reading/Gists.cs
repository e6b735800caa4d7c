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

    /// <summary>The newest version of each, in the order of <paramref name="ids"/>; of what was just stored the rows are not read.</summary>
    public static async Task<IReadOnlyList<ReportGist>> ReportsAsync(
        HomewardDb db, FreshReports fresh, IReadOnlyCollection<ReportId> ids, CancellationToken cancel)
    {
        var gists = new List<ReportGist>(ids.Count);
        foreach (var some in ids.Distinct().Chunk(IdsPerQueryMax))
        {
            var known = some.Select(fresh.Take).OfType<ReportVersion>().ToDictionary(one => one.Id);
            await LeaveOnlyAsync(db, known, cancel);
            var found = await ReadAsync(db, known.Count == 0 ? some : [.. some.Where(id => !known.ContainsKey(id))], cancel);
            foreach (var id in some)
            {
                if (known.TryGetValue(id, out var version)) gists.Add(Gist(version));
                else if (found.TryGetValue(id, out var read)) gists.Add(read);
            }
        }
        return gists;
    }

    /// <summary>Leaves those of which the database holds this very version and no other: what several versions say together is read from their rows.</summary>
    private static async Task LeaveOnlyAsync(HomewardDb db, Dictionary<ReportId, ReportVersion> known, CancellationToken cancel)
    {
        if (known.Count == 0) return;
        var ids = known.Keys.ToList();
        var stored = (await db.Set<ReportVersion>().AsNoTracking().Where(row => ids.Contains(row.Id))
            .Select(row => new { row.Id, row.Version }).ToListAsync(cancel)).ToLookup(row => row.Id, row => row.Version);
        foreach (var id in ids)
            if (!stored[id].SequenceEqual([known[id].Version])) known.Remove(id);
    }

    private static async Task<Dictionary<ReportId, ReportGist>> ReadAsync(HomewardDb db, ReportId[] ids, CancellationToken cancel)
    {
        if (ids.Length == 0) return [];
        return (await db.Set<ReportVersion>().AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync(cancel))
            .GroupBy(row => row.Id).ToDictionary(group => group.Key, Gist);
    }

    public static EntryGist Gist(Entry entry) => new(
        entry.Id, entry.Record, entry.Nic, entry.NcmecCase, entry.AgencyOri, entry.Category, entry.CaseType, entry.State,
        [.. ChildRecord.Names(entry.Names).Select(name => (name.Given, name.Family))], entry.Born, entry.Sex, Lists.Split(entry.Marks),
        entry.LastSeenAt, LastSeen(entry), entry.Custody.ToString().ToLowerInvariant(), Lists.Split(entry.Phones),
        Lists.Split(entry.Emails), Lists.Split(entry.ScreenNames), entry.AtRisk == Exchange.Stated.Yes, Lists.Split(entry.Indicators),
        entry.FirstReceivedAt)
    {
        Vehicles = [.. EntryVehicles.Plates(entry.Vehicles).SelectMany(plate => EntryVehicles.Bearing(entry.Vehicles, plate).Select(says => new PlatedVehicle(plate, says)))],
    };

    public static DoorGist Gist(Door door) => new(
        door.Id, door.Kind, door.Number, door.About, door.ImminentClaimed, door.SenderOri, door.Given, door.Family, door.Born, door.Age,
        door.Sex, IsNowhere(door.Street, door.City, door.State, door.Zip, door.CountyFips) && door.Latitude is null
            ? null
            : Doors.Place(door.Street, door.City, door.State, door.Zip, door.CountyFips, door.Latitude, door.Longitude),
        door.ReceivedAt) { Version = door.Version };

    public static string FormSlug(ReportForm form) => form switch
    {
        ReportForm.ProviderXml => "provider-xml",
        ReportForm.AgencyJson => "agency-json",
        ReportForm.AgencyPdf => "agency-pdf",
    };

    /// <summary>Of a report's one version.</summary>
    public static ReportGist Gist(ReportVersion version) => Gist(new Current(version, []));

    private static ReportGist Gist(Current current)
    {
        var report = current.Leading;
        return new(
            report.Id, report.Number, report.Version, FormSlug(report.Form), report.Provider, report.IncidentType, report.ReceivedAt,
            report.IncidentAt, current.Claims(row => row.EscalationClaimed),
            current.Said(row => row.Disposition)?.ToString().ToLowerInvariant(), current.Said(row => row.Priority), current.Said(row => row.Bundle),
            StandingPersons.Of([.. current.Versions.Select(row => row.Parts)]), [.. Identifiers(current)]);
    }

    /// <summary>Those of the leading version, and what others say beside it.</summary>
    public static IEnumerable<ReportIdentifier> Identifiers(Current current) =>
        (current.Beside.Count == 0 ? current.Leading.Parts.Identifiers : current.Versions.SelectMany(row => row.Parts.Identifiers).DistinctBy(one => (one.Kind, one.Value))).Select(Gist);

    private static ReportGist Gist(IEnumerable<ReportVersion> versions)
    {
        var all = versions.ToList();
        return Gist(Current.Of(all)) with { PersonsEver = all.Count == 1 ? 0 : StandingPersons.Most(all.Select(row => row.Parts)) };
    }

    public static ReportIdentifier Gist(IdentifierPart value) => new(value.Kind, value.Value, value.Path);

    /// <param name="ordinal">Its place in the report, from 0.</param>
    /// <param name="identifiers">Of the whole report; those of other persons are left out.</param>
    public static ReportPerson Gist(int ordinal, PersonPart person, IdentifierPart[] identifiers)
    {
        return new(
            ordinal, person.Role.ToString().ToLowerInvariant(), person.Given, person.Family, Lists.Split(person.OtherNames),
            person.Born, person.Age, person.Sex, Of("phone"), Of("email"), Of("screen-name"),
            IsNowhere(person.Street, person.City, person.State, person.Zip, null)
                ? null
                : Doors.Place(person.Street, person.City, person.State, person.Zip, null, null, null),
            person.Path)
        {
            AccountIds = Of("account-id"),
        };

        List<string> Of(string kind)
        {
            var values = new List<string>();
            foreach (var one in identifiers)
                if (one.Person == ordinal && one.Kind == kind && !values.Contains(one.Value)) values.Add(one.Value);
            return values;
        }
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
