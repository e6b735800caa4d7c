using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Kernel;

namespace Homeward.Intake.Reading;

/// <summary>The rows below a report, before it is known which report and version they belong to.</summary>
internal sealed record ReportParts(ReportPersonRow[] Persons, ReportIdentifierRow[] Identifiers, ReportFileRow[] Files)
{
    public static readonly ReportParts None = new([], [], []);

    public void BelongTo(ReportId id, int version)
    {
        foreach (var row in Persons) (row.ReportId, row.Version) = (id, version);
        foreach (var row in Identifiers) (row.ReportId, row.Version) = (id, version);
        foreach (var row in Files) (row.ReportId, row.Version) = (id, version);
    }
}

/// <summary>One report version as its rows in the volume plane.</summary>
internal sealed record NewVersion(ReportVersion Report, ReportParts Parts)
{
    /// <summary>The provider's flag or NCMEC's first priority: a bare claim in both cases, never a finding.</summary>
    public bool ClaimsDanger => Report.EscalationClaimed || Report.Priority == 1;
}

/// <summary>From a report as read to its rows in the volume plane, and into it.</summary>
internal static class ReportRows
{
    private static readonly BulkTable _reports = new(
        "reports", "id", "version", "number", "form", "provider", "platform", "incident_type", "incident_at", "incident_zone_known",
        "escalation_claimed", "is_batched", "disposition", "priority", "bundle", "urgent", "received_at", "received_on",
        "submitted_at", "preserve_until", "source", "sha256", "bytes", "block_id", "block_offset", "extractor");
    private static readonly BulkTable _persons = new(
        "report_persons", "report_id", "version", "ordinal", "role", "given", "family", "other_names", "born", "age", "sex",
        "street", "city", "state", "zip", "path");
    private static readonly BulkTable _identifiers = new(
        "report_identifiers", "report_id", "version", "ordinal", "kind", "value", "look", "path", "person", "at");
    private static readonly BulkTable _files = new(
        "report_files", "report_id", "version", "ordinal", "file_id", "viewed_by_provider", "publicly_available",
        "classification", "path");

    /// <param name="maybeThere">Reports of which other rows may stand.</param>
    public static async Task WriteAsync(
        HomewardDb db, LookGenerations generations, IReadOnlyList<NewVersion> versions, IReadOnlyCollection<ReportId> maybeThere, CancellationToken cancel)
    {
        var identifiers = versions.SelectMany(one => one.Parts.Identifiers).ToList();
        await generations.PlaceAsync(db, identifiers, maybeThere, cancel);
        await _reports.WriteAsync(db, versions.Select(one => Row(one.Report)), cancel);
        await _persons.WriteAsync(db, versions.SelectMany(one => one.Parts.Persons).Select(Row), cancel);
        await _identifiers.WriteAsync(db, identifiers.Select(Row), cancel);
        await _files.WriteAsync(db, versions.SelectMany(one => one.Parts.Files).Select(Row), cancel);
    }

    /// <summary>When the provider submitted it: NCMEC's own time of receipt, or ours of a document that comes from the provider. Null where an agency's form does not tell it.</summary>
    public static DateTimeOffset? SubmittedAt(ReadReport read, DateTimeOffset now) =>
        read.Report!.ReceivedAt ?? (read.Report.Form == ReportForm.ProviderXml ? read.ArrivedAt ?? now : null);

    public static DateTimeOffset PreservedFrom(ReadReport read, DateTimeOffset now) =>
        PreservationClock.StartsAt(SubmittedAt(read, now), read.Report!, read.ArrivedAt ?? now);

    /// <summary>What a version has of its arrival, whatever is drawn out of it.</summary>
    private readonly record struct Arrived(
        ReportId Id, int Version, string Number, ReportForm Form, DateTimeOffset ReceivedAt, DateTimeOffset? SubmittedAt, string PreserveUntil,
        string Source, string Sha256, int Bytes, Originals.Spot Spot);

    public static NewVersion Of(ReportId id, int version, ReadReport read, Originals.Spot spot, string preserveUntil, DateTimeOffset now) => Drawn(
        // As the database will give it back.
        new(id, version, read.Number, read.Report!.Form, Instants.Truncate(read.ArrivedAt ?? now), SubmittedAt(read, now), preserveUntil,
            read.Original.Path, read.Sha256, read.Original.Bytes.Length, spot),
        read.Report, read.Parts);

    /// <summary>A version as it is drawn anew out of its original. What hangs on its arrival stays: times, clocks, and where it lies.</summary>
    public static NewVersion Again(ReportVersion stored, CyberTipReport report) => Drawn(
        new(stored.Id, stored.Version, stored.Number, stored.Form, stored.ReceivedAt, stored.SubmittedAt, stored.PreserveUntil,
            stored.Source, stored.Sha256, stored.Bytes, new(stored.BlockId, stored.BlockOffset)),
        report, PartsOf(report));

    private static NewVersion Drawn(Arrived arrived, CyberTipReport report, ReportParts parts)
    {
        var marks = report.Ncmec;
        parts.BelongTo(arrived.Id, arrived.Version);
        return new NewVersion(
            new ReportVersion
            {
                Id = arrived.Id, Version = arrived.Version, Number = arrived.Number, Form = arrived.Form, Provider = report.ProviderName ?? report.Platform ?? "",
                Platform = report.Platform, IncidentType = report.IncidentType ?? "", IncidentAt = report.IncidentAt?.At,
                IncidentZoneKnown = report.IncidentAt?.ZoneKnown ?? false, EscalationClaimed = report.EscalationClaimed, IsBatched = report.IsBatched,
                Disposition = marks?.Disposition, Priority = marks?.Priority, Bundle = marks?.Bundle, Urgent = marks?.Urgent ?? Stated.NotStated,
                ReceivedAt = arrived.ReceivedAt, ReceivedOn = Days.Utc(arrived.ReceivedAt), SubmittedAt = arrived.SubmittedAt, PreserveUntil = arrived.PreserveUntil,
                Source = arrived.Source, Sha256 = arrived.Sha256, Bytes = arrived.Bytes, BlockId = arrived.Spot.Block, BlockOffset = arrived.Spot.Offset,
                Extractor = Extractor.Version,
            },
            parts);
    }

    public static ReportParts PartsOf(CyberTipReport report) => new(
        [.. report.Persons.Select((person, ordinal) => Person(ordinal, person))],
        [.. report.Identifiers.Select((identifier, ordinal) => Identifier(ordinal, identifier))],
        [.. report.Files.Select((file, ordinal) => new ReportFileRow
        {
            ReportId = default, Version = 0, Ordinal = ordinal, FileId = file.FileId, ViewedByProvider = file.ViewedByEsp,
            PubliclyAvailable = file.PubliclyAvailable, Classification = file.Classification, Path = file.Path,
        })]);

    private static ReportPersonRow Person(int ordinal, TipPerson person)
    {
        var place = Place(person);
        return new ReportPersonRow
        {
            ReportId = default, Version = 0, Ordinal = ordinal, Role = person.Role, Given = person.Given ?? "", Family = person.Family ?? "",
            OtherNames = person.DisplayNames.Count == 0 && person.Preferred is null ? "" : Lists.Join(person.DisplayNames.Prepend(person.Preferred ?? "")),
            Born = person.Born, Age = person.Age, Sex = person.Sex, Street = place?.Street, City = place?.City, State = place?.State,
            Zip = place?.Zip, Path = person.Path,
        };
    }

    private static ReportIdentifierRow Identifier(int ordinal, Identifier identifier)
    {
        var (kind, value) = (Kind(identifier.Kind),
            identifier.Kind == IdentifierKind.ScreenName ? ScreenNames.ServiceFirst(identifier.Normalised) : identifier.Normalised);
        return new()
        {
            ReportId = default, Version = 0, Ordinal = ordinal, Kind = kind, Value = value, Look = Look.Of(kind, value),
            Path = identifier.Path, Person = identifier.Person, At = identifier.At?.At,
        };
    }

    private static object?[] Row(ReportVersion row) =>
    [
        row.Id.Value, row.Version, row.Number, row.Form.ToString(), row.Provider, row.Platform, row.IncidentType, row.IncidentAt,
        row.IncidentZoneKnown, row.EscalationClaimed, row.IsBatched, row.Disposition?.ToString(), row.Priority, row.Bundle, row.Urgent.ToString(),
        row.ReceivedAt, row.ReceivedOn, row.SubmittedAt, row.PreserveUntil, row.Source, row.Sha256, row.Bytes, row.BlockId, row.BlockOffset, row.Extractor,
    ];

    private static object?[] Row(ReportPersonRow row) =>
    [
        row.ReportId.Value, row.Version, row.Ordinal, row.Role.ToString(), row.Given, row.Family, row.OtherNames, row.Born.ToString(), row.Age,
        row.Sex, row.Street, row.City, row.State, row.Zip, row.Path,
    ];

    private static object?[] Row(ReportIdentifierRow row) =>
        [row.ReportId.Value, row.Version, row.Ordinal, row.Kind, row.Value, row.Look, row.Path, row.Person, row.At];

    private static object?[] Row(ReportFileRow row) =>
    [
        row.ReportId.Value, row.Version, row.Ordinal, row.FileId, row.ViewedByProvider.ToString(), row.PubliclyAvailable.ToString(),
        row.Classification, row.Path,
    ];

    /// <summary>The first address in the United States. Another country's is in the identifiers; no office of ours has it.</summary>
    private static TipAddress? Place(TipPerson person) => person.Addresses.FirstOrDefault(address =>
        address.Country is null or "US" or "PR" or "GU" or "VI" or "AS" or "MP"
        && (address.City is not null || address.Zip is not null || address.State is not null));

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
    };
}
