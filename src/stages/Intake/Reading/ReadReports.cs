using System.Security.Cryptography;
using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.CyberTips.Json;
using Homeward.Exchange.CyberTips.Pdf;
using Homeward.Exchange.CyberTips.Xml;
using Homeward.Intake.Model;

namespace Homeward.Intake.Reading;

/// <summary>What was made of one original: the report, or why not.</summary>
/// <param name="ArrivedAt">When it arrived, where original or path say it; null when nothing does.</param>
/// <param name="Report">Null when it was rejected. Without what its rows hold and without its texts, which stay in the original alone.</param>
/// <param name="Parts">Its persons, identifiers and files.</param>
/// <param name="Packed">The same, as they are stored.</param>
/// <param name="Words">The words of its texts, as <see cref="Kernel.TextWords.HashesOf"/> gives them.</param>
internal sealed record ReadReport(
    RawOriginal Original, string Sha256, string Number, DateTimeOffset? ArrivedAt, CyberTipReport? Report, ReportParts Parts,
    byte[] Packed, ulong[] Words, IReadOnlyList<Rejection> Rejections);

/// <summary>Reads originals, on two processors when there are many. Nothing here waits for the database.</summary>
internal static class ReadReports
{
    private const int ProcessorsMax = 2;
    private const int SmallBatch = 64;

    /// <param name="provider">Name of the sending account, if it is known; the XML does not say it.</param>
    /// <param name="now">By the house's clock: nothing arrived later.</param>
    public static ReadReport[] Of(IReadOnlyList<RawOriginal> originals, string? provider, DateTimeOffset now)
    {
        var read = new ReadReport[originals.Count];
        if (originals.Count < SmallBatch)
            for (var index = 0; index < read.Length; index++) read[index] = Of(originals[index], provider, now);
        else
            Parallel.For(0, read.Length, new ParallelOptions { MaxDegreeOfParallelism = ProcessorsMax },
                index => read[index] = Of(originals[index], provider, now));
        return read;
    }

    private static ReadReport Of(RawOriginal original, string? provider, DateTimeOffset now)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(original.Bytes));
        var known = RawFolder.TryReadReportPath(original.Path, out var arrival);
        var form = known ? arrival!.Form : FormOf(original);
        var number = original.Number ?? arrival?.Number;
        var arrivedAt = original.ReceivedAt ?? arrival?.ArrivedAt;
        if (original.Fault is { } fault) return Rejected(fault);
        if (SenderTime.Fault(arrivedAt, now) is { } ahead) return Rejected(ahead);
        if (original.Bytes.AsSpan().TrimStart(Blank).IsEmpty)
            return Rejected(new Rejection(0, 0, "", "the file is empty", "send it again, whole"));
        // The XML does not carry its number; without one nobody could tell a repeat from a new report.
        if (number is null && form == ReportForm.ProviderXml)
            return Rejected(new Rejection(0, 0, "", "the report has no CyberTipline number",
                "name the file YYYY-MM-DD/HHMMSS-NUMBER.xml: a folder of the day it came, its time in UTC, and its CyberTipline number"));

        var parsed = form switch
        {
            ReportForm.ProviderXml => CyberTipXml.Read(original.Bytes, number!, original.Provider ?? provider),
            ReportForm.AgencyJson => CyberTipJson.Read(original.Bytes),
            ReportForm.AgencyPdf => CyberTipPdf.Read(original.Bytes),
        };
        if (!parsed.TryGet(out var report, out var rejections))
            return new(original, sha256, number ?? "", arrivedAt, null, ReportParts.None, [], [], rejections);
        if (number is not null && report.Number != number)
            return Rejected(new Rejection(0, 0, "/reportId", "the number inside is not the number outside",
                "give the file the number that it carries"));
        if (original.Files is { } files) report = FileDescriptions.AddTo(report, files);
        // Some thousands wait at once for their turn to be stored: no more is kept of each than that takes.
        var slim = report with { Persons = [], Identifiers = [], Files = [], Incidents = [], Texts = [], Values = [], Remarks = [] };
        var parts = ReportRows.PartsOf(report);
        // Here, while nobody waits for it.
        _ = parts.Looks;
        return new(original, sha256, report.Number, arrivedAt, slim, parts, PackedParts.Pack(parts), TextSearch.WordsOf(report), []);

        ReadReport Rejected(Rejection rejection) => new(original, sha256, number ?? "", arrivedAt, null, ReportParts.None, [], [], [rejection]);
    }

    private static ReadOnlySpan<byte> Blank => " \t\r\n\uFEFF"u8;

    /// <summary>By how it begins; what begins like none is judged, and rejected, as what its name says.</summary>
    private static ReportForm FormOf(RawOriginal original)
    {
        var text = original.Bytes.AsSpan().TrimStart(Blank);
        if (original.Bytes.AsSpan().StartsWith("%PDF-"u8) || (!text.StartsWith("{"u8) && original.Path.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase))) return ReportForm.AgencyPdf;
        var isXml = text.StartsWith("<"u8) || (!text.StartsWith("{"u8) && original.Path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase));
        return isXml ? ReportForm.ProviderXml : ReportForm.AgencyJson;
    }
}
