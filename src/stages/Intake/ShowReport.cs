using System.Globalization;
using System.Text.Json;
using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.CyberTips.Xml;
using Homeward.Foundations.Access;
using Homeward.Foundations.Rules;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Intake.Model;
using Homeward.Intake.Packages;
using Homeward.Intake.Providers;
using Homeward.Intake.Reading;
using Homeward.Intake.Retention;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>One report with every value and where it stands, in layers that are never mixed (R-03, R-05, R-06).</summary>
/// <remarks>
/// What the provider claims; what NCMEC's machines add; what its analysts add; to whom it was handed. Beside these four, what
/// the house works out and what people here did. Free text is not among the
/// values: <see cref="ShowNarrative"/> opens it on demand, with a trace of its own. No file is opened, ever (R-04).
/// </remarks>
public static class ShowReport
{
    /// <param name="Version">One version, by itself; when left out what stands: see <see cref="Current"/>.</param>
    /// <param name="Against">The version that it is compared with; when left out the one before of the same form, else the one before, else the print.</param>
    public sealed record Request(ReportId Id, int? Version = null, int? Against = null);

    /// <param name="Path">XPath or JSON pointer in the original.</param>
    public sealed record Value(string Path, string Text);
    public sealed record VersionRow(int Version, DateTimeOffset ReceivedAt, string Form, string Sha256, string Source);
    /// <summary>What a newer extractor drew otherwise out of the same bytes, in this version of the report.</summary>
    public sealed record Extraction(int Before, int Extractor, DateTimeOffset At, IReadOnlyList<ExtractionChange> Changes);
    /// <param name="Layer">Whose word it is.</param>
    /// <param name="Field">The place in the original; between two forms, what it is.</param>
    /// <param name="Before">Null: the value is new; <paramref name="After"/> null: it is gone.</param>
    /// <param name="Of">Whose value it is. Where they are gone, the place is that which they had, and may be another's now.</param>
    public sealed record Difference(ReportLayer Layer, string Field, string? Before, string? After, DifferenceOf Of = DifferenceOf.Both);
    /// <summary>What an officer must know before opening a file elsewhere.</summary>
    /// <param name="Name">As the report names it.</param>
    /// <param name="IsHere">It lies sealed here; else it is named and did not come.</param>
    public sealed record FileRow(int Ordinal, string Name, bool IsHere, string? FileId, Stated ViewedByProvider, Stated PubliclyAvailable, string? Classification, string Path);
    /// <param name="Name">The name under which it came; null for a provider's upload that named none. What its description says is another thing.</param>
    /// <param name="Sha256">Of the file in clear.</param>
    /// <param name="SealedAs">Name of the sealed file in the blob folder: what its holder opens.</param>
    public sealed record SealedRow(Guid Id, string? Name, string Sha256, long Bytes, string MediaType, DateTimeOffset ReceivedAt, string SealedAs);
    /// <summary>What a provider said of a file, and then otherwise: what it said last stands in the report.</summary>
    /// <param name="Path">The place of the file's description in the report.</param>
    /// <param name="Differences">What it said otherwise at <paramref name="AnewAt"/>.</param>
    public sealed record DescribedAnew(string Path, DateTimeOffset At, DateTimeOffset AnewAt, IReadOnlyList<Difference> Differences);
    /// <param name="CountedFrom">The submission; where nobody says when that was, a day by which it was submitted.</param>
    public sealed record Preservation(DateOnly EndsOn, int DaysLeft, string Says, string Source, bool Confirmed, DateTimeOffset CountedFrom);

    /// <param name="SubmittedAt">Null where nobody says it: then the preservation may end earlier than is counted.</param>
    public sealed record Page(
        ReportId Id, string Number, int Version, string Form, string Provider, string? Platform, string IncidentType, DateTimeOffset ReceivedAt,
        DateTimeOffset? SubmittedAt, DateTimeOffset? IncidentAt, bool IncidentZoneKnown, bool EscalationClaimed, bool IsBatched,
        string? Disposition, int? Priority, string? Bundle, Stated Urgent, Preservation Preserved, IReadOnlyList<Value> ProviderValues,
        IReadOnlyList<Value> MachineValues, IReadOnlyList<Value> AnalystValues, IReadOnlyList<Value> RoutingValues, IReadOnlyList<ReportIdentifier> Identifiers, IReadOnlyList<string> Remarks,
        IReadOnlyList<VersionRow> Versions, int? ComparedWith, IReadOnlyList<Difference> Differences, IReadOnlyList<FileRow> Files,
        IReadOnlyList<SealedRow> Sealed, int Extractor, IReadOnlyList<Extraction> Extractions, int Texts, DateTimeOffset OpenedAt, string OpenedBy)
    {
        /// <summary>What stands beside this version; nothing where one version was asked for.</summary>
        public IReadOnlyList<BesideRow> Beside { get; init; } = [];

        /// <summary>The provider says that it asks for no urgency; false also where it says nothing of it.</summary>
        public bool EscalationDenied { get; init; }

        /// <summary>Rules that its provider broke and is only warned of, each with line and column in what it sent.</summary>
        public IReadOnlyList<string> Warnings { get; init; } = [];

        /// <summary>File by file, oldest first.</summary>
        public IReadOnlyList<DescribedAnew> DescribedAnew { get; init; } = [];

        /// <summary>NCMEC's, under keys of which it is not known to what section they belong.</summary>
        public IReadOnlyList<Value> UnplacedValues { get; init; } = [];

        /// <summary>Earlier reports of its number that were purged, the last first: this one came after them, and is another (docs/decisions/0012).</summary>
        public IReadOnlyList<PurgedBefore> PurgedBefore { get; init; } = [];

        /// <summary>With what it was dropped, newest first, at most <see cref="ReceiptsMax"/>.</summary>
        public IReadOnlyList<ReceiptRow> Receipts { get; init; } = [];
    }

    public const int ReceiptsMax = 20;
    /// <param name="Source">The path under which the report came; null where the receipt does not open.</param>
    public sealed record ReceiptRow(Guid Id, DateTimeOffset At, string? Source);

    /// <summary>The newest version of another form.</summary>
    /// <param name="Adds">What only it says: <see cref="Difference.Before"/> is what the leading version says of the same, <see cref="Difference.After"/> what is added.</param>
    /// <param name="Texts">Its pieces of free text.</param>
    public sealed record BesideRow(int Version, string Form, int Texts, IReadOnlyList<Difference> Adds);

    public sealed class Handler(Envelope envelope, RuleBook rules) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var versions = await act.Db.Set<ReportVersion>().Where(row => row.Id == request.Id).OrderBy(row => row.Version).ToListAsync(cancel);
            var stands = request.Version is null && versions.Count > 0 ? Current.Of(versions) : null;
            var shown = stands?.Leading ?? versions.SingleOrDefault(row => row.Version == request.Version);
            if (shown is null)
                return Problem.Missing((await Tombstones.OfAsync(act.Db, [request.Id], cancel)).GetValueOrDefault(request.Id)?.Says ?? "There is no such report for you.");
            var opening = await act.Db.Set<ReportOpening>().SingleOrDefaultAsync(row => row.ReportId == request.Id, cancel);
            if (opening is null)
                return Problem.Of("not-opened", "Nobody has opened this report yet.", $"Open it first: POST /intake/reports/{request.Id}/open.");

            if (!(await ReadOriginals.OfAsync(act.Db, envelope, shown, cancel)).TryGet(out var report, out var damaged)) return damaged;
            // A version beside it that does not open hides nothing of this one: it stands in the list, and nothing is compared.
            var beside = new List<(ReportVersion Version, CyberTipReport Report)>();
            foreach (var other in stands?.Beside ?? [])
                if (await BesideAsync(act.Db, other, cancel) is { } read) beside.Add((other, read));
            var current = new Current(shown, beside.ConvertAll(one => one.Version));
            var older = Older(versions, shown, request.Against) ?? (current.Beside is [var next, ..] ? next : null);
            var before = beside.Find(one => one.Version == older).Report ?? await BesideAsync(act.Db, older, cancel);
            if (before is null) older = null;
            var closed = await SealedAsync(act.Db, shown.Id, cancel);
            var receipts = await ReceiptsAsync(act.Db, shown.Id, cancel);
            // Under which names of the report what lies here came: a print breaks names, and some files are known by their hash alone.
            var named = receipts.SelectMany(one => one.Content?.Files ?? []).Where(file => file.Report == shown.Id && file.NamedAs is not null).Select(file => file.NamedAs!).ToHashSet();
            var openedBy = new UserId(opening.OpenedBy);
            var opener = await act.Db.Set<User>().Where(row => row.Id == openedBy).Select(row => row.Name).SingleOrDefaultAsync(cancel);
            act.Trace("report", shown.Id.Value, $"version={shown.Version}{string.Concat(current.Beside.Select(other => $";{(other.Form == ReportForm.AgencyPdf ? "print" : "beside")}={other.Version}"))}");

            // Of several times of submission the first: what is preserved is warned of rather too early.
            var (submittedAt, incident) = (current.Versions.Min(row => row.SubmittedAt), current.Versions.FirstOrDefault(row => row.IncidentAt is not null) ?? shown);
            return new Page(
                shown.Id, shown.Number, shown.Version, Gists.FormSlug(shown.Form), shown.Provider, current.Said(row => row.Platform), shown.IncidentType,
                shown.ReceivedAt, submittedAt, incident.IncidentAt, incident.IncidentZoneKnown, current.Claims(row => row.EscalationClaimed), current.Claims(row => row.IsBatched),
                current.Said(row => row.Disposition)?.ToString().ToLowerInvariant(), current.Said(row => row.Priority), current.Said(row => row.Bundle),
                current.Versions.Select(row => row.Urgent).FirstOrDefault(urgent => urgent != Stated.NotStated, Stated.NotStated), Preserved(shown, submittedAt, report, act.Now),
                Values(report, ReportLayer.Provider), Values(report, ReportLayer.Machine), Values(report, ReportLayer.Analyst), Values(report, ReportLayer.Routing), [.. Gists.Identifiers(current)],
                [.. report.Remarks.Select(remark => $"{remark.Path}: {remark.What}"), .. Ahead(report, shown.ReceivedAt)],
                [.. versions.Select(row => new VersionRow(row.Version, row.ReceivedAt, Gists.FormSlug(row.Form), row.Sha256, row.Source))],
                older?.Version, before is null ? [] : VersionDifference.Between(before, report), Files(shown, report, beside, closed, named), closed,
                shown.Extractor, await ExtractionsAsync(act.Db, shown, cancel), report.Texts.Count, opening.OpenedAt, opener ?? "the house")
            {
                EscalationDenied = report.EscalationDenied || beside.Exists(one => one.Report.EscalationDenied),
                Receipts = [.. receipts.Select(one => new ReceiptRow(one.Row.Id, one.Row.At, one.Content is null ? null : PathIn(one.Content, shown.Id)))],
                UnplacedValues = Values(report, ReportLayer.Unplaced),
                PurgedBefore = await Tombstones.OfNumberAsync(act.Db, shown.Number, cancel),
                Warnings = await WarningsAsync(act.Db, versions, cancel),
                DescribedAnew = await DescribedAnewAsync(act.Db, shown, cancel),
                Beside = beside.ConvertAll(one => new BesideRow(one.Version.Version, Gists.FormSlug(one.Version.Form), one.Report.Texts.Count, VersionDifference.Added(report, one.Report))),
            };
        }

        private async Task<List<(Arrival Row, ArrivalContent? Content)>> ReceiptsAsync(HomewardDb db, ReportId id, CancellationToken cancel)
        {
            var book = new ArrivalBook(envelope);
            return (await db.Set<ArrivalPart>().AsNoTracking().Where(part => part.PartId == id.Value && !part.IsFile).Join(db.Set<Arrival>(), part => part.ArrivalId, row => row.Id, (_, row) => row)
                .OrderByDescending(row => row.At).ThenBy(row => row.Id).Take(ReceiptsMax).ToListAsync(cancel)).ConvertAll(row => (row, book.OpenOrNull(row)));
        }

        /// <summary>A receipt may be of a file alone that came after its report.</summary>
        private static string? PathIn(ArrivalContent content, ReportId report) =>
            content.Reports.FirstOrDefault(part => part.Id == report)?.Path ?? content.Files.FirstOrDefault(file => file.Report == report)?.Path;

        private async Task<CyberTipReport?> BesideAsync(HomewardDb db, ReportVersion? version, CancellationToken cancel) =>
            version is not null && (await ReadOriginals.OfAsync(db, envelope, version, cancel)).TryGet(out var read, out _) ? read : null;

        /// <summary>The name under which a provider uploaded a file stands with its call.</summary>
        private async Task<List<SealedRow>> SealedAsync(HomewardDb db, ReportId report, CancellationToken cancel)
        {
            var rows = await db.Set<SealedFileRow>().Where(row => row.ReportId == report).OrderBy(row => row.ReceivedAt).ThenBy(row => row.Id).ToListAsync(cancel);
            var names = rows.Where(row => row.SealedName is not null).ToDictionary(row => row.Id, row => envelope.OpenText($"sealed-file-name/{StrongId.Text(row.Id)}", row.SealedName!));
            foreach (var (id, name) in await ProviderFiles.NamesAsync(db, envelope, [.. rows.Select(row => row.Id).Where(id => !names.ContainsKey(id))], cancel)) names[id] = name;
            return rows.ConvertAll(row => new SealedRow(row.Id, names.GetValueOrDefault(row.Id), row.Sha256, row.Bytes, row.MediaType, row.ReceivedAt, SealedBlobs.FileNameOf(row.Blob)));
        }

        /// <summary>They stand with the call by which a provider opened it.</summary>
        private static async Task<IReadOnlyList<string>> WarningsAsync(HomewardDb db, List<ReportVersion> versions, CancellationToken cancel)
        {
            if (versions.Find(SubmissionContent.IsOf) is not { } sent) return [];
            var number = long.Parse(sent.Number, CultureInfo.InvariantCulture);
            return Submission.WarningsOf(await db.Set<Submission>().Where(row => row.Number == number).Select(row => row.Warnings).SingleOrDefaultAsync(cancel) ?? "");
        }

        private async Task<IReadOnlyList<DescribedAnew>> DescribedAnewAsync(HomewardDb db, ReportVersion shown, CancellationToken cancel)
        {
            if (!SubmissionContent.IsOf(shown)) return [];
            var told = await ProviderFiles.ToldAsync(db.Set<FileDetails>().AsNoTracking(), [long.Parse(shown.Number, CultureInfo.InvariantCulture)], cancel);
            var places = shown.Parts.Files.ToDictionary(file => file.FileId ?? "", file => file.Path);
            return
            [
                .. from file in told.GroupBy(row => row.FileId)
                   from pair in file.Zip(file.Skip(1))
                   select new DescribedAnew(places[StrongId.Text(file.Key)], pair.First.ReceivedAt, pair.Second.ReceivedAt, VersionDifference.Between(Read(pair.First), Read(pair.Second))),
            ];

            CyberTipReport Read(FileDetails details) => CyberTipXml.ReadFileDetails(ProviderFiles.Open(envelope, details)).Value;
        }

        private async Task<IReadOnlyList<Extraction>> ExtractionsAsync(HomewardDb db, ReportVersion shown, CancellationToken cancel) =>
            [.. (await db.Set<ReportExtraction>().AsNoTracking().Where(row => row.ReportId == shown.Id && row.Version == shown.Version).OrderBy(row => row.Extractor).ToListAsync(cancel))
                .Select(row => new Extraction(row.Before, row.Extractor, row.At, JsonSerializer.Deserialize<IReadOnlyList<ExtractionChange>>(
                    envelope.Open("originals", ReportExtraction.Context(row.ReportId, row.Version, row.Extractor), row.Changes), WorkItem.Json)!))];

        private Preservation Preserved(ReportVersion shown, DateTimeOffset? submittedAt, CyberTipReport report, DateTimeOffset now)
        {
            var from = PreservationClock.StartsAt(submittedAt, report, shown.ReceivedAt);
            var rule = PreservationClock.RuleFor(rules, from);
            var ends = PreservationClock.EndsOn(rules, from);
            return new(ends, ends.DayNumber - DateOnly.FromDateTime(now.UtcDateTime).DayNumber, rule.Says, rule.Source, rule.Confirmed, from);
        }

        private static IEnumerable<string> Ahead(CyberTipReport report, DateTimeOffset arrivedAt) => PreservationClock.IsAhead(report.ReceivedAt, arrivedAt)
            ? [$"the document says that NCMEC received it on {Instants.Iso(report.ReceivedAt!.Value)}, after it came here: no clock is counted from that"] : [];

        private static IReadOnlyList<Value> Values(CyberTipReport report, ReportLayer layer) =>
            [.. report.Values.Where(value => ReportLayers.Of(value.Path) == layer).Select(value => new Value(value.Path, value.Text))];

        private static ReportVersion? Older(List<ReportVersion> versions, ReportVersion shown, int? against) => against is { } wanted
            ? versions.SingleOrDefault(row => row.Version == wanted && row.Version != shown.Version)
            : versions.LastOrDefault(row => row.Version < shown.Version && row.Form == shown.Form) ?? versions.LastOrDefault(row => row.Version < shown.Version);

        /// <summary>As the leading version names them, then those that only others name.</summary>
        private static List<FileRow> Files(
            ReportVersion shown, CyberTipReport report, List<(ReportVersion Version, CyberTipReport Report)> beside, List<SealedRow> closed, HashSet<string> named)
        {
            List<FileRow> files = [.. shown.Parts.Files.Select((part, ordinal) => Shown(ordinal, part, report.Files.ElementAtOrDefault(ordinal), closed, named))];
            var known = report.Files.ToList();
            foreach (var (version, other) in beside)
            {
                var same = SameFiles.Of(known, other.Files);
                foreach (var (part, file) in version.Parts.Files.Zip(other.Files).Where(pair => same[pair.Second] is null))
                {
                    files.Add(Shown(files.Count, part, file, closed, named));
                    known.Add(file);
                }
            }
            return files;
        }

        private static FileRow Shown(int ordinal, FilePart part, TipFile? file, List<SealedRow> closed, HashSet<string> named)
        {
            var names = SameFiles.NamesOf(file).ToList();
            var isHere = names.Exists(named.Contains)
                || closed.Exists(one => StrongId.Text(one.Id) == part.FileId || (one.Name is { } path && names.Exists(name => Belonging.IsAlike(name, path))));
            return new FileRow(ordinal, names.FirstOrDefault() ?? "", isHere, part.FileId, part.ViewedByProvider, part.PubliclyAvailable, part.Classification, part.Path);
        }
    }
}
