using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Foundations.Places;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Reading;

/// <summary>From a report as read to its rows in the volume plane, and into it.</summary>
internal static class ReportRows
{
    private static readonly BulkTable _reports = new(
        "reports", "id", "version", "number", "form", "provider", "platform", "incident_type", "incident_at", "incident_zone_known",
        "escalation_claimed", "is_batched", "disposition", "priority", "bundle", "urgent", "received_at", "received_on",
        "submitted_at", "preserve_until", "source", "sha256", "bytes", "block_id", "block_offset", "extractor", "generation", "packed");
    private static readonly BulkTable _identifiers = new("report_identifiers", "look", "report_id", "version");

    /// <param name="maybeThere">Reports of which other versions may stand.</param>
    public static async Task WriteAsync(
        HomewardDb db, LookGenerations generations, IReadOnlyList<ReportVersion> versions, IReadOnlyCollection<ReportId> maybeThere, CancellationToken cancel)
    {
        await generations.PlaceAsync(db, versions, maybeThere, cancel);
        await _reports.WriteAsync(db, versions, Put, cancel);
        await _identifiers.WriteAsync(db, Looks(versions), (held, row) => row.Put(held.Look).Put(held.Version.Id.Value).Put(held.Version.Version), cancel);
    }

    /// <summary>Takes away by what a version of a report was looked up.</summary>
    public static Task ForgetLooksAsync(HomewardDb db, ReportVersion version, CancellationToken cancel)
    {
        var looks = version.Parts.LooksIn(version.Generation).ToList();
        return looks.Count == 0 ? Task.CompletedTask : db.Set<ReportIdentifierRow>()
            .Where(row => looks.Contains(row.Look) && row.ReportId == version.Id && row.Version == version.Version).ExecuteDeleteAsync(cancel);
    }

    /// <summary>In the order of the key: what lies side by side in the index is written together.</summary>
    private static (long Look, ReportVersion Version)[] Looks(IReadOnlyList<ReportVersion> versions)
    {
        var most = versions.Sum(one => one.Parts.Identifiers.Length);
        var (looks, holders, count) = (new long[most], new ReportVersion[most], 0);
        foreach (var version in versions)
            foreach (var look in version.Parts.LooksIn(version.Generation)) (looks[count], holders[count++]) = (look, version);
        Array.Sort(looks, holders, 0, count);
        var rows = new (long, ReportVersion)[count];
        for (var place = 0; place < count; place++) rows[place] = (looks[place], holders[place]);
        return rows;
    }

    /// <summary>When the provider submitted it: NCMEC's own time of receipt, or ours of a document that comes from the provider. Null where an agency's form does not tell it, or tells what cannot be.</summary>
    public static DateTimeOffset? SubmittedAt(ReadReport read, DateTimeOffset now) =>
        PreservationClock.IsAhead(read.Report!.ReceivedAt, SenderTime.Taken(read.ArrivedAt, now)) ? null
        : read.Report.ReceivedAt ?? (read.Report.Form == ReportForm.ProviderXml ? SenderTime.Taken(read.ArrivedAt, now) : null);

    public static DateTimeOffset PreservedFrom(ReadReport read, DateTimeOffset now) =>
        PreservationClock.StartsAt(SubmittedAt(read, now), read.Report!, SenderTime.Taken(read.ArrivedAt, now));

    /// <summary>What a version has of its arrival, whatever is drawn out of it.</summary>
    private readonly record struct Arrived(
        ReportId Id, int Version, string Number, ReportForm Form, DateTimeOffset ReceivedAt, DateTimeOffset? SubmittedAt, string PreserveUntil,
        string Source, string Sha256, int Bytes, Originals.Spot Spot);

    public static ReportVersion Of(ReportId id, int version, ReadReport read, Originals.Spot spot, string preserveUntil, DateTimeOffset now) => Drawn(
        // As the database will give it back.
        new(id, version, read.Number, read.Report!.Form, Instants.Truncate(SenderTime.Taken(read.ArrivedAt, now)), SubmittedAt(read, now), preserveUntil,
            read.Original.Path, read.Sha256, read.Original.Bytes.Length, spot),
        read.Report, read.Parts, read.Packed);

    /// <summary>A version as it is drawn anew out of its original. What hangs on its arrival stays: times, clocks, and where it lies.</summary>
    public static ReportVersion Again(ReportVersion stored, CyberTipReport report)
    {
        var parts = PartsOf(report);
        return Drawn(
            new(stored.Id, stored.Version, stored.Number, stored.Form, stored.ReceivedAt, stored.SubmittedAt, stored.PreserveUntil,
                stored.Source, stored.Sha256, stored.Bytes, new(stored.BlockId, stored.BlockOffset)),
            report, parts, PackedParts.Pack(parts));
    }

    private static ReportVersion Drawn(Arrived arrived, CyberTipReport report, ReportParts parts, byte[] packed)
    {
        var marks = report.Ncmec;
        return new()
        {
            Id = arrived.Id, Version = arrived.Version, Number = arrived.Number, Form = arrived.Form, Provider = report.ProviderName ?? report.Platform ?? "",
            Platform = report.Platform, IncidentType = report.IncidentType ?? "", IncidentAt = report.IncidentAt?.At,
            IncidentZoneKnown = report.IncidentAt?.ZoneKnown ?? false, EscalationClaimed = report.EscalationClaimed, IsBatched = report.IsBatched,
            Disposition = marks?.Disposition, Priority = marks?.Priority, Bundle = marks?.Bundle, Urgent = marks?.Urgent ?? Stated.NotStated,
            ReceivedAt = arrived.ReceivedAt, ReceivedOn = Days.Utc(arrived.ReceivedAt), SubmittedAt = arrived.SubmittedAt, PreserveUntil = arrived.PreserveUntil,
            Source = arrived.Source, Sha256 = arrived.Sha256, Bytes = arrived.Bytes, BlockId = arrived.Spot.Block, BlockOffset = arrived.Spot.Offset,
            Extractor = Extractor.Version, Generation = 0, Packed = packed, Parts = parts,
        };
    }

    public static ReportParts PartsOf(CyberTipReport report) => new(
        [.. report.Persons.Select(Person)], [.. report.Identifiers.Select(Identifier)],
        [.. report.Files.Select(file => new FilePart(file.FileId, file.ViewedByEsp, file.PubliclyAvailable, file.Classification, file.Path))]);

    private static PersonPart Person(TipPerson person)
    {
        var place = Place(person);
        return new(person.Role, person.Path)
        {
            // Of a territory the country says the state: the provider's form has none for all of them.
            Given = person.Given ?? "", Family = person.Family ?? "",
            OtherNames = person.DisplayNames.Count == 0 && person.Preferred is null ? "" : Lists.Join(person.DisplayNames.Prepend(person.Preferred ?? "")),
            Born = person.Born, Age = person.Age, Sex = person.Sex, Street = place?.Street, City = place?.City, State = place?.State ?? States.CodeOf(place?.Country), Zip = place?.Zip,
        };
    }

    private static IdentifierPart Identifier(Identifier identifier) => new(
        Kind(identifier.Kind), identifier.Kind == IdentifierKind.ScreenName ? ScreenNames.ServiceFirst(identifier.Normalised) : identifier.Normalised,
        identifier.Path, identifier.Person, identifier.At is { } seen ? Instants.Truncate(seen.At) : null);

    private static void Put(ReportVersion report, BulkRow row) => row
        .Put(report.Id.Value).Put(report.Version).Put(report.Number).Put(report.Form.ToString()).Put(report.Provider).Put(report.Platform).Put(report.IncidentType)
        .Put(report.IncidentAt).Put(report.IncidentZoneKnown).Put(report.EscalationClaimed).Put(report.IsBatched).Put(report.Disposition?.ToString())
        .Put(report.Priority).Put(report.Bundle).Put(report.Urgent.ToString()).Put(report.ReceivedAt).Put(report.ReceivedOn).Put(report.SubmittedAt)
        .Put(report.PreserveUntil).Put(report.Source).Put(report.Sha256).Put(report.Bytes).Put(report.BlockId).Put(report.BlockOffset).Put(report.Extractor)
        .Put(report.Generation).Put(report.Packed);

    /// <summary>The first address in the United States. Another country's is in the identifiers; no office of ours has it.</summary>
    private static TipAddress? Place(TipPerson person) => person.Addresses.FirstOrDefault(address =>
        (address.Country is null || Countries.IsOurs(address.Country)) && (address.City is not null || address.Zip is not null || address.State is not null));

    private static string Kind(IdentifierKind kind) => kind switch
    {
        IdentifierKind.Email => "email",
        IdentifierKind.Phone => "phone",
        IdentifierKind.ScreenName => "screen-name",
        IdentifierKind.AccountId => "account-id",
        IdentifierKind.Ip => "ip",
        IdentifierKind.Url => "url",
        IdentifierKind.Device => "device",
        IdentifierKind.Place => "place",
        IdentifierKind.Plate => "plate",
        IdentifierKind.File => "file",
    };
}
