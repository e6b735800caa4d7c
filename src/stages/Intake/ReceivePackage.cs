using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Homeward.Exchange;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Intake.Model;
using Homeward.Intake.Packages;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>Takes what an agency downloads (JSON, PDF, ZIP with or without the files) and somebody drops: reports, sealed files and receipt in one act.</summary>
/// <remarks>Reports go the way of all reports (<see cref="ReceiveReports"/>). Bytes come in through <see cref="PackageArrivals"/>, which reads and seals before the act begins.</remarks>
public static class ReceivePackage
{
    public const int PartsMax = 20_000;

    /// <summary>A package that was read to its end.</summary>
    public sealed record Part(string Path);
    /// <summary>A file that a report names.</summary>
    /// <param name="Md5">As the report says; null when it does not.</param>
    public sealed record NamedFile(string Name, string? OriginalName, string? Md5);
    /// <param name="Number">Empty when the report cannot be read: it goes to the rejects.</param>
    /// <param name="Package">The ZIP that it lay in; null when it was dropped by itself.</param>
    public sealed record PackedReport(RawOriginal Original, string Number, string? Package, IReadOnlyList<NamedFile> Names);
    /// <summary>A file that lies sealed and is not on record yet.</summary>
    public sealed record PackedFile(string Path, string? Package, SealedBlob Blob, string Md5, string MediaType)
    {
        /// <summary>The ending under which it would have been read, by how it begins; null when it begins as nothing that is read here.</summary>
        public string? Hides { get; init; }

        /// <inheritdoc cref="PackageArrivals.Dropped.IsEvidence"/>
        public bool IsEvidence { get; init; }
    }
    /// <param name="IsKept">It lies sealed as it came.</param>
    public sealed record RefusedPart(string Path, string Reason, string Mend, bool IsKept);

    public sealed record Request(
        [MaxLength(PartsMax)] IReadOnlyList<Part> Packages, [MaxLength(PartsMax)] IReadOnlyList<PackedReport> Reports,
        [MaxLength(PartsMax)] IReadOnlyList<PackedFile> Files, [MaxLength(PartsMax)] IReadOnlyList<RefusedPart> Refused) : IRepeatable
    {
        /// <summary>AMBER alerts, which go the way of all alerts (<see cref="ReceiveAlerts"/>).</summary>
        [MaxLength(ReceiveAlerts.OriginalsMax)]
        public IReadOnlyList<RawOriginal> Alerts { get; init; } = [];

        /// <summary>Paths of reports in the providers' form, which say their numbers: they lay beside the files, and are taken by themselves.</summary>
        [MaxLength(PartsMax)]
        public IReadOnlyList<string> Beside { get; init; } = [];
    }

    public enum Became { New, Version, Repeat, Rejected }

    /// <param name="Id">Null when it was rejected; then the fault is told.</param>
    /// <param name="Absent">Files that the report names and that did not come with it.</param>
    public sealed record ReportPart(
        string Path, Became Became, string Number, ReportId? Id, int Version, IReadOnlyList<string> Absent, int Line, int Column, string? Field,
        string? Reason, string? Mend)
    {
        /// <summary>The fault of what was rejected.</summary>
        public Rejection Fault() => new(Line, Column, Field ?? "", Reason ?? "", Mend ?? "");
    }

    public enum HashAnswer { NotStated, Agrees, Differs }

    /// <param name="Report">The report that names it, else the one that it lies beside; null when nobody can tell.</param>
    /// <param name="IsNamed">A report names it.</param>
    /// <param name="IsRepeat">The same bytes lie sealed for the same report already; nothing was added.</param>
    public sealed record FilePart(string Path, Guid Id, string Sha256, long Bytes, string MediaType, ReportId? Report, bool IsNamed, HashAnswer Hash, bool IsRepeat)
    {
        /// <summary>As the report names it; null when none does.</summary>
        public string? NamedAs { get; init; }

        /// <summary>The number of <see cref="Report"/>, where that came with an earlier drop.</summary>
        public string? Earlier { get; init; }

        /// <summary>Numbers of the reports that name it and that it fits equally: it is booked to none of them.</summary>
        public IReadOnlyList<string> Between { get; init; } = [];
    }

    public sealed record Receipt(Guid Id, int New, int Versions, int Repeats, int Rejected, int Files, int Refused)
    {
        /// <summary>What was sealed on arrival and turned out to lie here already.</summary>
        [JsonIgnore]
        public IReadOnlyList<SealedBlob> Superfluous { get; init; } = [];

        /// <summary>What the receipt says of each report and of what was not read, for whoever dropped it and looks no further.</summary>
        [JsonIgnore]
        public IReadOnlyList<ReportPart> Parts { get; init; } = [];
        /// <inheritdoc cref="Parts"/>
        [JsonIgnore]
        public IReadOnlyList<RefusedPart> NotRead { get; init; } = [];
        /// <summary>Files that several reports name and that are booked to none.</summary>
        [JsonIgnore]
        public IReadOnlyList<FilePart> Undecided { get; init; } = [];
        /// <summary>Paths of files that no report names and that belong to none.</summary>
        [JsonIgnore]
        public IReadOnlyList<string> Loose { get; init; } = [];
        /// <inheritdoc cref="Parts"/>
        [JsonIgnore]
        public IReadOnlyList<ReceiveAlerts.Told> Alerts { get; init; } = [];
    }

    internal sealed class Handler(ReceiveReports.Handler reports, ReceiveAlerts.Handler alerts, Envelope envelope, EarlierReports earlierReports) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var beside = request.Beside.Select(path => (Path: path, Number: RawFolder.TryReadReportPath(path, out var at) ? at.Number : "")).ToList();
            var numbers = request.Reports.Select(one => one.Number).Concat(beside.Select(one => one.Number)).Where(number => number.Length > 0).Distinct().ToList();
            var before = (await VersionsAsync(act, numbers, cancel)).Select(row => (row.Number, row.Sha256)).ToHashSet();
            var receipt = new ReceiveReports.Receipt(0, 0, 0, 0, []);
            if (request.Reports.Count > 0)
            {
                var answer = await reports.HandleAsync(new([.. request.Reports.Select(one => one.Original)]), act, cancel);
                if (!answer.TryGet(out receipt!, out var problem)) return problem;
            }
            IReadOnlyList<ReceiveAlerts.Told> told = [];
            if (request.Alerts.Count > 0)
            {
                var answer = await alerts.HandleAsync(new(request.Alerts), act, cancel);
                if (!answer.TryGet(out var received, out var problem)) return problem;
                told = received.Told;
            }
            var stored = (await VersionsAsync(act, numbers, cancel)).ToLookup(row => (row.Number, row.Sha256));
            var rejects = await RejectsAsync(act, request, cancel);

            var taken = request.Reports.Select(one => (Packed: one, Part: PartOf(one, before, stored, rejects))).ToList();
            var ids = stored.SelectMany(rows => rows).ToLookup(row => row.Number, row => row.Id);
            var belongs = new Belonging([.. taken.Where(one => one.Part.Id is not null).Select(one => (one.Packed, one.Part.Id!.Value)),
                .. beside.Where(one => ids.Contains(one.Number)).Select(one => (new PackedReport(new RawOriginal(one.Path, []), one.Number, null, []), ids[one.Number].First()))]);
            var answers = request.Files.Select(file => (File: file, Answer: belongs.Of(file))).ToList();
            var earlier = await earlierReports.OfAsync(act.Db, [.. answers.Where(one => one.Answer is { Report: null, Between: [] }).Select(one => one.File)], cancel);
            if (request.Files.Count > 0) await SealedOnce.TakeTurnAsync(act.Db, cancel);
            var shelf = await ShelfAsync(act, request, cancel);
            var superfluous = new List<SealedBlob>();
            var files = answers.ConvertAll(one => earlier.TryGetValue(one.File, out var found)
                ? Record(act, one.File, found.Answer, shelf, superfluous) with { Earlier = found.Number }
                : Record(act, one.File, one.Answer, shelf, superfluous));
            var notRead = request.Refused.Concat(request.Files.Zip(files).Select(pair => PackedDocuments.Unread(pair.First, pair.Second)).OfType<RefusedPart>()).ToList();
            var content = new ArrivalContent(
                request.Packages, [.. taken.Select(one => one.Part with { Absent = belongs.AbsentOf(one.Packed) })], files, notRead, told);
            var pathsNotRead = notRead.Select(one => one.Path).ToHashSet(StringComparer.Ordinal);
            var id = act.Ids.Next();
            act.Db.Add(new Arrival
            {
                Id = id, At = act.Now, ReceivedBy = act.Actor.Id.Value, Reports = taken.Count, Files = files.Count, Refused = notRead.Count,
                Sealed = envelope.Seal("originals", Context(id), JsonSerializer.SerializeToUtf8Bytes(content, WorkItem.Json)),
            });
            act.Db.AddRange(content.Reports.Select(part => part.Id).Concat(files.Where(file => file.Earlier is not null).Select(file => file.Report)).OfType<ReportId>().Distinct().Select(report => new ArrivalPart { ArrivalId = id, PartId = report.Value, IsFile = false }));
            act.Db.AddRange(files.Where(file => file.Report is null).Select(file => file.Id).Distinct().Select(file => new ArrivalPart { ArrivalId = id, PartId = file, IsFile = true }));
            act.Trace("arrival", id, $"reports={taken.Count};files={files.Count};refused={notRead.Count}");
            return new Receipt(id, receipt.New, receipt.Versions, receipt.Repeats, receipt.Rejected, files.Count, notRead.Count)
            {
                Superfluous = superfluous, Parts = content.Reports, NotRead = content.Refused, Undecided = [.. files.Where(file => file.Between.Count > 0)],
                Loose = [.. files.Where(file => file.Report is null && file.Between.Count == 0 && !pathsNotRead.Contains(file.Path)).Select(file => file.Path)], Alerts = told,
            };
        }

        /// <summary>What lies sealed already, by report and hash.</summary>
        private static async Task<Dictionary<(ReportId?, string), Guid>> ShelfAsync(Act act, Request request, CancellationToken cancel)
        {
            var hashes = request.Files.Select(file => file.Blob.Sha256).Distinct().ToList();
            var shelf = new Dictionary<(ReportId?, string), Guid>();
            foreach (var row in await act.Db.Set<SealedFileRow>().AsNoTracking().Where(row => hashes.Contains(row.Sha256)).Select(row => new { row.Id, row.ReportId, row.Sha256 }).ToListAsync(cancel))
                shelf[(row.ReportId, row.Sha256)] = row.Id;
            return shelf;
        }

        private FilePart Record(Act act, PackedFile file, Belonging.Answer belongs, Dictionary<(ReportId?, string), Guid> shelf, List<SealedBlob> superfluous)
        {
            var (report, name, between) = belongs;
            var hash = Belonging.HashOf(name, file);
            if (shelf.TryGetValue((report, file.Blob.Sha256), out var known))
            {
                superfluous.Add(file.Blob);
                return new FilePart(file.Path, known, file.Blob.Sha256, file.Blob.Bytes, file.MediaType, report, name is not null, hash, IsRepeat: true) { Between = between, NamedAs = name?.Name };
            }
            var id = shelf[(report, file.Blob.Sha256)] = act.Ids.Next();
            act.Db.Add(new SealedFileRow
            {
                Id = id, ReportId = report, Blob = file.Blob.Name, Sha256 = file.Blob.Sha256, Bytes = file.Blob.Bytes, MediaType = file.MediaType,
                RecipientThumbprint = file.Blob.Recipient, ReceivedAt = act.Now, SealedName = envelope.SealText($"sealed-file-name/{StrongId.Text(id)}", file.Path),
            });
            act.Trace("sealed-file", id, $"bytes={file.Blob.Bytes}");
            return new FilePart(file.Path, id, file.Blob.Sha256, file.Blob.Bytes, file.MediaType, report, name is not null, hash, IsRepeat: false) { Between = between, NamedAs = name?.Name };
        }

        private static ReportPart PartOf(
            PackedReport one, HashSet<(string, string)> before, ILookup<(string, string), StoredVersion> stored, Dictionary<(string, string), Reject> rejects)
        {
            var sha256 = Sha256Of(one);
            if (stored[(one.Number, sha256)].FirstOrDefault() is { } row)
            {
                var became = before.Contains((one.Number, sha256)) ? Became.Repeat : row.Version == 1 ? Became.New : Became.Version;
                return new ReportPart(one.Original.Path, became, one.Number, row.Id, row.Version, [], 0, 0, null, null, null);
            }
            var fault = rejects.GetValueOrDefault((one.Original.Path, sha256));
            return new ReportPart(one.Original.Path, Became.Rejected, one.Number, null, 0, [], fault?.FaultLine ?? 0, fault?.FaultColumn ?? 0, fault?.Field, fault?.Reason, fault?.Mend);
        }

        private sealed record StoredVersion(ReportId Id, string Number, int Version, string Sha256);

        private static Task<List<StoredVersion>> VersionsAsync(Act act, List<string> numbers, CancellationToken cancel) =>
            act.Db.Set<ReportVersion>().AsNoTracking().Where(row => numbers.Contains(row.Number)).OrderBy(row => row.Number).ThenBy(row => row.Version)
                .Select(row => new StoredVersion(row.Id, row.Number, row.Version, row.Sha256)).ToListAsync(cancel);

        private static async Task<Dictionary<(string, string), Reject>> RejectsAsync(Act act, Request request, CancellationToken cancel)
        {
            var hashes = request.Reports.Select(Sha256Of).Distinct().ToList();
            return (await act.Db.Set<Reject>().AsNoTracking().Where(row => hashes.Contains(row.Sha256)).ToListAsync(cancel))
                .ToDictionary(row => (row.Source, row.Sha256));
        }

        private static string Sha256Of(PackedReport one) => Convert.ToHexStringLower(SHA256.HashData(one.Original.Bytes));
    }

    internal static string Context(Guid arrival) => $"arrival/{StrongId.Text(arrival)}";
}
