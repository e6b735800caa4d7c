using System.Diagnostics.CodeAnalysis;
using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.CyberTips.Json;
using Homeward.Exchange.CyberTips.Pdf;
using Homeward.Exchange.CyberTips.Xml;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Intake.Providers;

namespace Homeward.Intake.Reading;

/// <summary>Reads a stored original again, for a look that shows where each value stands.</summary>
internal static class ReadOriginals
{
    /// <exception cref="Kernel.BrokenInvariantException">The reader no longer takes what it took before.</exception>
    public static async Task<CyberTipReport> OfAsync(HomewardDb db, Envelope envelope, ReportVersion version, CancellationToken cancel)
    {
        var report = Of(await Originals.OpenAsync(db, envelope, version, cancel), version);
        return await WithFilesAsync(db, envelope, version, report, cancel);
    }

    /// <summary>A report with what its provider told of files beside it.</summary>
    public static async Task<CyberTipReport> WithFilesAsync(HomewardDb db, Envelope envelope, ReportVersion version, CyberTipReport report, CancellationToken cancel)
    {
        if (version.Form != ReportForm.ProviderXml) return report;
        return await ProviderFiles.OfAsync(db, envelope, version, cancel) is { Count: > 0 } files ? FileDescriptions.AddTo(report, files) : report;
    }

    /// <summary>One original as its form is read, without what its provider told of files beside it.</summary>
    public static CyberTipReport Of(byte[] original, ReportVersion version) => Parse(original, version).Value;

    /// <returns>False when the reader no longer takes what it took before.</returns>
    public static bool TryOf(byte[] original, ReportVersion version, [NotNullWhen(true)] out CyberTipReport? report) => Parse(original, version).TryGet(out report, out _);

    private static Parsed<CyberTipReport> Parse(byte[] original, ReportVersion version) => version.Form switch
    {
        ReportForm.ProviderXml => CyberTipXml.Read(original, version.Number, version.Provider),
        ReportForm.AgencyJson => CyberTipJson.Read(original),
        ReportForm.AgencyPdf => CyberTipPdf.Read(original),
    };
}
