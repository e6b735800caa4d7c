using System.Text.Json;
using Homeward.Exchange;
using Homeward.Exchange.Alerts;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.CyberTips.Json;
using Homeward.Exchange.CyberTips.Pdf;

namespace Homeward.Intake.Packages;

/// <summary>Tells a report from a file that a report names: both may be JSON, XML or PDF.</summary>
internal static class PackedDocuments
{
    private static readonly Dictionary<string, string> _mediaTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".json"] = "application/json", [".xml"] = "application/xml", [".pdf"] = "application/pdf", [".zip"] = "application/zip",
        [".txt"] = "text/plain", [".csv"] = "text/csv", [".html"] = "text/html", [".jpg"] = "image/jpeg", [".jpeg"] = "image/jpeg",
        [".png"] = "image/png", [".gif"] = "image/gif", [".webp"] = "image/webp", [".mp4"] = "video/mp4", [".mov"] = "video/quicktime",
        [".heic"] = "image/heic", [".bmp"] = "image/bmp", [".avi"] = "video/x-msvideo", [".mkv"] = "video/x-matroska", [".webm"] = "video/webm", [".3gp"] = "video/3gpp",
        [".mp3"] = "audio/mpeg", [".m4a"] = "audio/mp4", [".wav"] = "audio/wav",
    };

    /// <summary>A report to be taken, or an AMBER alert; or why it is none, when somebody must be told; or neither, when it is a file of a report.</summary>
    public readonly record struct Judged(ReceivePackage.PackedReport? Report, ReceivePackage.RefusedPart? Refused, bool IsAlert = false);

    /// <summary>Whether its name says that it may be a report.</summary>
    public static bool MayBe(string path) => Path.GetExtension(path).ToUpperInvariant() is ".JSON" or ".XML" or ".PDF";

    /// <summary>By the name; a print that is named as JSON, and JSON that is named as a print, by what they are.</summary>
    private static string EndingOf(string path, byte[] bytes) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".JSON" when bytes.AsSpan().StartsWith("%PDF-"u8) => ".PDF",
        ".PDF" when BeginsAsReport(bytes) => ".JSON",
        var ending => ending,
    };

    /// <summary>Whether its beginning is looked at, so that a report under another name does not lie sealed without a word. Pictures and films are not, nor is what names itself as something else.</summary>
    public static bool MayHide(string path) => Path.GetExtension(path).Equals(".txt", StringComparison.OrdinalIgnoreCase) || !_mediaTypes.ContainsKey(Path.GetExtension(path));

    /// <summary>The ending under which it would have been read, by how it begins; null for any other file.</summary>
    /// <param name="isAlone">Dropped by itself: in a package a PDF or ZIP under another name is the sender's own.</param>
    public static string? Hidden(string path, byte[] head, bool isAlone) =>
        BeginsAsReport(head) ? ".json"
        : CapXml.MayBe(head) ? ".xml"
        : !isAlone ? null
        : head.AsSpan().StartsWith("%PDF-"u8) ? ".pdf"
        // Documents and programs of phones are ZIPs too: only one whose name says that it was a ZIP, or says nothing.
        : head.AsSpan().StartsWith("PK\x3\x4"u8) && (path.Contains(".zip", StringComparison.OrdinalIgnoreCase) || Path.GetExtension(path).ToUpperInvariant() is "" or ".TXT") ? ".zip"
        : null;

    /// <summary>By the ending of the name alone: content is not looked at.</summary>
    public static string MediaType(string path) => _mediaTypes.GetValueOrDefault(Path.GetExtension(path), "application/octet-stream");

    /// <param name="isAlone">Dropped by itself: a JSON that is no report is then a mistake, and is told as one.</param>
    public static Judged Judge(string path, byte[] bytes, bool isAlone)
    {
        switch (EndingOf(path, bytes))
        {
            case ".PDF":
                var pdf = CyberTipPdf.Read(bytes);
                return pdf.TryGet(out var printed, out var faults)
                    ? new(Report(path, bytes, printed), null)
                    : new(null, new(path, faults[0].Reason, faults[0].Mend, true));
            case ".XML" when CapXml.MayBe(bytes):
                return new(null, null, IsAlert: true);
            case ".XML":
                return bytes.AsSpan().IndexOf("<report"u8) >= 0 && RawFolder.TryReadReportPath(path, out var arrival)
                    ? new(new(new RawOriginal(path, bytes), arrival.Number, null, []), null)
                    : isAlone ? new(null, AloneXml(path, bytes)) : default;
            default:
                if (!isAlone && !IsReport(bytes)) return default;
                return new(CyberTipJson.Read(bytes).TryGet(out var report, out _) ? Report(path, bytes, report) : new(new RawOriginal(path, bytes), "", null, []), null);
        }
    }

    /// <summary>Why an XML that somebody dropped by itself is not read: an alert of another kind, as the reader of alerts says it, or a provider's.</summary>
    private static ReceivePackage.RefusedPart AloneXml(string path, byte[] bytes) =>
        bytes.AsSpan().IndexOf("<alert"u8) >= 0 && bytes.AsSpan().IndexOf("<report"u8) < 0 && !CapXml.Read(bytes).TryGet(out _, out var faults)
            ? new(path, faults[0].Reason, faults[0].Mend, true)
            : new(path, "a provider's XML does not carry its number", "drop the JSON or the PDF of the report", true);

    /// <summary>What is to be told of a file that was sealed unread, and that somebody may have meant to be read.</summary>
    /// <returns>Null for any other file, and for one that a report names.</returns>
    public static ReceivePackage.RefusedPart? Unread(ReceivePackage.PackedFile file, ReceivePackage.FilePart part)
    {
        if (part.IsNamed || file.IsEvidence) return null;
        if (file.Hides is not { } ending) return file.Package is null || part.Report is null ? Many(file.Path, file.Package is not null) : null;
        var bare = Path.GetFileNameWithoutExtension(file.Path);
        return new(file.Path, $"it begins as {_hidden[ending]}, and its name says something else, so that it was not read",
            $"name it {(bare.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? bare : bare + ending)} and drop it again", true);
    }

    private static readonly Dictionary<string, string> _hidden = new() { [".json"] = "a CyberTipline report in JSON", [".xml"] = "an AMBER alert", [".pdf"] = "a PDF", [".zip"] = "a ZIP" };

    /// <summary>A table, lines, an archive, or a JSON or XML in a package, that no report names: none is read by this door, and reports may be in it.</summary>
    private static ReceivePackage.RefusedPart? Many(string path, bool isPacked) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        _ when _opened.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) =>
            new(path, "an archive, which is not opened here", "bring in the reports that it holds by the command: homeward import reports FILE", true),
        var ending when _closed.Contains(ending) => new(path, "an archive in a form that is not read", "unpack it, and bring in what is in it", true),
        ".JSON" when isPacked => new(path, "a JSON in which none of a report's keys stands at its beginning", "if it is a report, drop it as it was downloaded, whole", true),
        ".XML" when isPacked => new(path, "an XML that is no AMBER alert; a provider's does not carry its number", "if it is a report, drop its JSON or its PDF", true),
        ".CSV" => new(path, "a table, which is not read here", "bring it in by the command, if it is one of missing children: homeward import missing FILE", true),
        ".JSONL" => new(path, "records as lines, which are not read here", "bring it in by the command, by itself: homeward import reports FILE (or missing, tips, referrals)", true),
        _ => null,
    };

    /// <summary>What the command opens, and what nothing here does.</summary>
    private static readonly string[] _opened = [".tar", ".tgz", ".tar.gz", ".jsonl.gz"], _closed = [".GZ", ".BZ2", ".TBZ2", ".XZ", ".TXZ", ".ZST", ".7Z", ".RAR"];

    /// <inheritdoc cref="PackageArrivals.MayBeReport"/>
    public static bool MayBeReport(string path, byte[] bytes) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".XML" => RawFolder.TryReadReportPath(path, out _) || bytes.AsSpan().IndexOf("<report"u8) >= 0 || CapXml.MayBe(bytes),
        ".PDF" => true,
        _ => IsReport(bytes) || !IsJson(bytes),
    };

    private static bool IsJson(byte[] bytes)
    {
        try
        {
            var json = new Utf8JsonReader(CyberTipJson.Utf8Of(bytes).Span, new JsonReaderOptions { MaxDepth = 64 });
            while (json.Read()) { }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static ReceivePackage.PackedReport Report(string path, byte[] bytes, CyberTipReport report) => new(
        new RawOriginal(path, bytes), report.Number, null,
        [.. report.Files.Select(Named)]);

    /// <summary>A file as its report names it.</summary>
    public static ReceivePackage.NamedFile Named(TipFile file) => new(file.Name, file.OriginalName, file.Hashes.FirstOrDefault(hash => hash.HashType == "MD5")?.Value);

    private static bool BeginsAsReport(byte[] bytes) => CyberTipJson.Utf8Of(bytes).Span.TrimStart(" \t\r\n["u8).StartsWith("{"u8) && IsReport(bytes);

    /// <summary>Whether the JSON has a report's keys; what is broken is for the reader to judge, which says where.</summary>
    private static bool IsReport(byte[] bytes)
    {
        var text = CyberTipJson.Utf8Of(bytes).Span;
        try
        {
            var json = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = 64 });
            // A list of reports is told as one, and not sealed without a word.
            if (!json.Read() || (json.TokenType == JsonTokenType.StartArray && !json.Read()) || json.TokenType != JsonTokenType.StartObject) return false;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("reportId"u8) || json.ValueTextEquals("reportedInformation"u8)) return true;
                json.Skip();
            }
            return false;
        }
        catch (JsonException)
        {
            return text.IndexOf("\"reportedInformation\""u8) >= 0 || text.IndexOf("\"reportId\""u8) >= 0;
        }
    }
}
