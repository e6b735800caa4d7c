using System.Text;
using System.Xml.Linq;
using Homeward.Exchange;
using Homeward.Exchange.Alerts;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.CyberTips.Json;
using Homeward.Exchange.CyberTips.Pdf;
using Homeward.Exchange.Lines;
using Homeward.Exchange.Missing;
using Homeward.Exchange.Packages;
using Homeward.Exchange.Referrals;
using Homeward.Exchange.Tips;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Intake.Providers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Homeward.Fuzz;

/// <summary>The readers of what outsiders send to Intake. They answer with rejections and throw nothing.</summary>
public static class ReaderTargets
{
    private const string Boundary = "frontier";
    private const long UploadBytesMax = 4_000;

    public static IReadOnlyList<Target> All { get; } =
    [
        new("agency-json", ["{", "}", "[", "]", "null", ",", ":", "\"reportId\":", "\"uploadedFiles\":", "\"value\":", "true", "1e400", "-0", "\"\\ud800\"", "\uFEFF", "\"\"", "2019-13-45T99:99:99Z"],
            (bytes, _) => Judge(CyberTipJson.Read(bytes))),
        new("print", ["(Suspect) Tj", "(Filename: a) Tj", "T*", "BT", "ET", "endobj", "1 0 R", "<<", ">>", "[", "]", "stream", "endstream", "/Kids", "/Length 99999999", "-1", "%%EOF", "xref"],
            (bytes, _) => Judge(CyberTipPdf.Read(bytes))),
        new("package", ["PK\u0003\u0004", "PK\u0001\u0002", "PK\u0005\u0006", "../", "\0\0\0\0", "\u0001\0", ".zip", "\\"],
            (bytes, _) => Wait(ZipPackage.ReadAsync(new MemoryStream(bytes), (_, content) => content.CopyToAsync(Stream.Null), CancellationToken.None))),
        new("cap", ["<alert>", "</alert>", "<info>", "</info>", "<references>", "a,b,2019-07-01T07:00:00-05:00", "<value>CAE</value>", "<!DOCTYPE a [", "<!ENTITY a \"b\">", "&a;", "<![CDATA[", "]]>", "xmlns=''", "\uFEFF", "&#x1F;", "<area>", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"],
            (bytes, _) => JudgeAlert(CapXml.Read(bytes))),
        new("upload", ["--frontier\r\n", "--frontier--", "\r\n\r\n", "\r\n", "Content-Disposition: form-data; name=\"id\"", "name=\"file\"; filename=\"", "\"", ";", "\0", "Content-Type: image/jpeg", "filename*=UTF-8''%FF", "7"],
            Upload),
        new("submit", ["<report>", "</report>", "<fileDetails>", "<?xml version=\"1.0\" encoding=\"", "ISO-8859-1", "US-ASCII", "<!DOCTYPE a>", "&a;", "&#8;", "\b", "\uFFFE", "<![CDATA[", "]]>", " xmlns='a'", " xsi:type='a'", " xml:lang='en'", "<ipAddress>", "010.0.0.1", "T24:00:00Z", "'"],
            (bytes, _) => Submit(bytes)),
        new("feed-line", ["{", "}", "[", "]", "null", ",", ":", "\"received\":", "\"status\":", "\"nic\":", "\"born\":", "\"names\":", "\"number\":", "\"imminent\":", "true", "1e400", "\"\\ud800\"", "\"2019-02-30\"", "\"M123456789\""],
            (bytes, _) =>
            {
                Either(MissingChildEntries.Json.ReadLine(bytes, 7));
                Either(HotlineTips.Json.ReadLine(bytes, 7));
                Either(AgencyReferrals.Json.ReadLine(bytes, 7));
            }),
        new("table", ["\"", "\"\"", ",", "\r\n", "\n", ";", "|", "\\", "\uFEFF", "EMJ", "07/01/2019 08:30", "03/10/2019 02:30", "11/03/2019 01:30", "5'4\"", "INVENTED, ADA", "99999999999"],
            (bytes, _) => Table(bytes)),
        new("column-map", ["{", "}", "[", "]", ",", ":", "\"nic\":", "\"column\":", "\"columns\":", "\"is\":", "\"as\":", "\"parts\"", "\"instant\"", "\"zone\":", "\"format\":", "\"%\"", "\"A\"", "null", "//", "\uFEFF"],
            (bytes, _) => Map(bytes)),
    ];

    private static readonly Lazy<ColumnMap> _extract = new(() => ColumnMap.Read("""
        {"received": {"column": "ENTERED", "as": "instant", "zone": "America/Chicago"}, "status": {"column": "MKE", "values": {"EMJ": "entered", "LM": "located"}}, "nic": "NIC", "ori": "ORI",
         "names": {"column": "NAM", "as": "family-given"}, "born": {"column": "DOB", "as": "date"}, "height_in_min": {"column": "HGT", "as": "height"}, "marks": {"columns": ["SMT1", "SMT2"]},
         "dental": {"column": "DENTAL", "as": "flag"}, "vehicles": {"columns": ["LIC", "LIS"], "as": "parts"}}
        """u8.ToArray(), MissingChildEntries.Csv.Columns).Value);

    private static void Table(byte[] bytes)
    {
        try
        {
            string? header = null;
            MappedRows? mapped = null;
            foreach (var (line, row) in CsvRows.Of(new MemoryStream(bytes)))
            {
                if (row is not { } text) continue;   // too long
                if (header is null)
                {
                    _extract.Value.Over(text).TryGet(out mapped, out _);
                    header = text;
                    continue;
                }
                Either(mapped?.Of(text) is { } ours ? MissingChildEntries.Csv.ReadRow(mapped.Header, ours, line) : MissingChildEntries.Csv.ReadRow(header, text, line));
            }
        }
        catch (DecoderFallbackException)
        {
            // It is told that the bytes are not UTF-8.
        }
    }

    private static void Map(byte[] bytes)
    {
        var read = ColumnMap.Read(bytes, MissingChildEntries.Csv.Columns);
        Either(read);
        if (!read.TryGet(out var map, out _) || !map.Over("NIC,A,B").TryGet(out var rows, out _)) return;
        foreach (var row in new[] { "M1,2003,07/01/2019 08:30", ",,", "\"x\"y" }) Either(MissingChildEntries.Csv.ReadRow(rows.Header, rows.Of(row) ?? row, 2));
    }

    private static void Either<T>(Parsed<T> parsed) where T : class
    {
        if (parsed.IsTaken == parsed.Rejections.Count > 0) throw new InvalidOperationException("neither read nor refused");
    }

    private static void Judge(Parsed<CyberTipReport> parsed)
    {
        Either(parsed);
        if (parsed.IsTaken) ReportFacts.Of(parsed.Value);
    }

    private static void JudgeAlert(Parsed<CapAlert> parsed)
    {
        Either(parsed);
        if (parsed.IsTaken) _ = parsed.Value.Infos.SelectMany(info => info.Areas).SelectMany(area => area.CountyFips).Count();
    }

    /// <summary>A document of either kind is taken, or refused by an answer that is XML.</summary>
    private static void Submit(byte[] bytes)
    {
        foreach (var isReport in (bool[])[true, false])
        {
            var (taken, _, refusal, _) = LineDocuments.Judge(bytes, isReport, isLenient: false, DateTimeOffset.UnixEpoch.AddYears(60));
            if (taken is null == refusal is null) throw new InvalidOperationException("neither taken nor refused");
            if (refusal is not null) XDocument.Parse(Encoding.UTF8.GetString(refusal.ToXml()));
        }
    }

    private static void Upload(byte[] bytes, string scratch)
    {
        var folder = Path.Combine(scratch, "blobs");
        var http = new DefaultHttpContext();
        http.Request.ContentType = $"multipart/form-data; boundary={Boundary}";
        http.Request.Body = new MemoryStream(bytes);
        var keys = new KeyStore(Path.Combine(Path.GetTempPath(), "homeward-fuzz-keys"), new Disk());
        var blobs = new SealedBlobs(folder, new Disk());
        var uploads = new LineUploads(blobs, keys, NullLogger<LineUploads>.Instance);
        var (upload, refusal, _) = Wait(uploads.ReadAsync(http.Request, UploadBytesMax, _ => Task.FromResult<LineAnswer?>(null), CancellationToken.None));
        if (upload is null == refusal is null) throw new InvalidOperationException("neither received nor refused");
        if (upload is not null) blobs.Forget(upload.Blob);
        if (Directory.Exists(folder) && Directory.EnumerateFiles(folder).Any()) throw new InvalidOperationException("something was left in the folder");
    }

    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();
}
