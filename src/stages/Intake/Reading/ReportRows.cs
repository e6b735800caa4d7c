using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Foundations.Storage;

namespace Homeward.Intake.Reading;

/// <summary>One report version that is to be stored.</summary>
internal sealed record NewVersion(ReportId Id, int Version, ReadReport Read, CyberTipReport Report, Originals.Spot Spot, string PreserveUntil);

/// <summary>From a report as read to its rows in the volume plane.</summary>
internal static class ReportRows
{
    private static readonly BulkTable _reports = new(
        "reports", "id", "version", "number", "form", "provider", "platform", "incident_type", "incident_at", "incident_zone_known",
        "escalation_claimed", "is_batched", "disposition", "priority", "bundle", "urgent", "received_at", "received_on",
        "submitted_at", "preserve_until", "source", "sha256", "bytes", "block_id", "block_offset");
    private static readonly BulkTable _persons = new(
        "report_persons", "report_id", "version", "ordinal", "role", "given", "family", "other_names", "born", "age", "sex",
        "street", "city", "state", "zip", "path");
    private static readonly BulkTable _identifiers = new(
        "report_identifiers", "report_id", "version", "ordinal", "kind", "value", "path", "person", "at");
    private static readonly BulkTable _files = new(
        "report_files", "report_id", "version", "ordinal", "file_id", "viewed_by_provider", "publicly_available",
        "classification", "path");

    public static async Task WriteAsync(HomewardDb db, IReadOnlyList<NewVersion> versions, CancellationToken cancel)
    {
        await _reports.WriteAsync(db, versions.Select(Report), cancel);
        await _persons.WriteAsync(db, versions.SelectMany(Persons), cancel);
        await _identifiers.WriteAsync(db, versions.SelectMany(Identifiers), cancel);
        await _files.WriteAsync(db, versions.SelectMany(Files), cancel);
    }

    /// <summary>When the provider submitted it: NCMEC's own time of receipt, where the agency's form tells it.</summary>
    public static DateTimeOffset SubmittedAt(ReadReport read) => read.Report?.ReceivedAt ?? read.ReceivedAt;

    private static object?[] Report(NewVersion one)
    {
        var (read, report, marks) = (one.Read, one.Report, one.Report.Ncmec);
        return
        [
            one.Id.Value, one.Version, read.Number, report.Form.ToString(), report.ProviderName ?? report.Platform ?? "",
            report.Platform, report.IncidentType ?? "", report.IncidentAt?.At, report.IncidentAt?.ZoneKnown ?? false,
            report.EscalationClaimed, report.IsBatched, marks?.Disposition?.ToString(), marks?.Priority, marks?.Bundle,
            (marks?.Urgent ?? Stated.NotStated).ToString(), read.ReceivedAt, Days.Utc(read.ReceivedAt), SubmittedAt(read),
            one.PreserveUntil, read.Original.Path, read.Sha256, read.Original.Bytes.Length, one.Spot.Block, one.Spot.Offset,
        ];
    }

    private static IEnumerable<object?[]> Persons(NewVersion one) => one.Report.Persons.Select((person, ordinal) =>
    {
        var place = Place(person);
        return new object?[]
        {
            one.Id.Value, one.Version, ordinal, person.Role.ToString(), person.Given ?? "", person.Family ?? "",
            Lists.Join(person.DisplayNames.Prepend(person.Preferred ?? "")), person.Born.ToString(), person.Age, person.Sex,
            place?.Street, place?.City, place?.State, place?.Zip, person.Path,
        };
    });

    private static IEnumerable<object?[]> Identifiers(NewVersion one) => one.Report.Identifiers.Select((identifier, ordinal) => new object?[]
    {
        one.Id.Value, one.Version, ordinal, Kind(identifier.Kind),
        identifier.Kind == IdentifierKind.ScreenName ? ScreenNames.ServiceFirst(identifier.Normalised) : identifier.Normalised,
        identifier.Path, identifier.Person, identifier.At?.At,
    });

    private static IEnumerable<object?[]> Files(NewVersion one) => one.Report.Files.Select((file, ordinal) => new object?[]
    {
        one.Id.Value, one.Version, ordinal, file.FileId, file.ViewedByEsp.ToString(), file.PubliclyAvailable.ToString(),
        file.Classification, file.Path,
    });

    /// <summary>The first address in the United States. Another country's is in the identifiers; no office of ours has it.</summary>
    private static TipAddress? Place(TipPerson person) => person.Addresses.FirstOrDefault(address =>
        address.Country is null or "US" or "PR" or "GU" or "VI" or "AS" or "MP"
        && (address.City is not null || address.Zip is not null || address.State is not null));

    private static string Kind(IdentifierKind kind) => kind switch
    {
        IdentifierKind.Email => "email",
        IdentifierKind.Phone => "phone",
        IdentifierKind.ScreenName => "screen-name",
        IdentifierKind.Ip => "ip",
        IdentifierKind.Url => "url",
        IdentifierKind.Device => "device",
        IdentifierKind.Place => "place",
    };
}
