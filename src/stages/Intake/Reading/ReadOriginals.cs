using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.CyberTips.Json;
using Homeward.Exchange.CyberTips.Pdf;
using Homeward.Exchange.CyberTips.Xml;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Intake.Providers;
using Homeward.Kernel;

namespace Homeward.Intake.Reading;

/// <summary>Reads a stored original again, for a look that shows where each value stands.</summary>
internal static class ReadOriginals
{
    /// <returns>The report; <c>original-damaged</c> where what is stored is not what came.</returns>
    /// <exception cref="BrokenInvariantException">The reader no longer takes what it took before.</exception>
    public static async Task<Result<CyberTipReport>> OfAsync(HomewardDb db, Envelope envelope, ReportVersion version, CancellationToken cancel)
    {
        if (await Originals.OpenAsync(db, envelope, version, cancel) is not { } original) return Damaged(version);
        // Other bytes than those that came are not laid at the reader's door.
        if (!TryOf(original, version, out var report) && Convert.ToHexStringLower(SHA256.HashData(original)) != version.Sha256) return Damaged(version);
        return (await WithFilesAsync(db, envelope, [(version, report ?? Of(original, version))], cancel))[0].Report;
    }

    private static Problem Damaged(ReportVersion version) => Problem.Conflict(
        "original-damaged", $"The original of report {version.Number} does not open: what is stored was changed or damaged.",
        "Your administrator runs homeward audit verify --contents, which tells what else is broken, and restores it from a backup.");

    /// <summary>Reports with what their providers told of files beside them, in the order given. One without files comes back as it is.</summary>
    public static async Task<IReadOnlyList<(ReportVersion Version, CyberTipReport Report)>> WithFilesAsync(
        HomewardDb db, Envelope envelope, IReadOnlyList<(ReportVersion Version, CyberTipReport Report)> read, CancellationToken cancel)
    {
        var files = await ProviderFiles.OfAsync(db, envelope, read.Select(one => one.Version), cancel);
        return [.. read.Select(one => (one.Version, FilesOf(one.Version) is { Count: > 0 } told ? FileDescriptions.AddTo(one.Report, told) : one.Report))];

        IReadOnlyList<RawFile> FilesOf(ReportVersion version) => SubmissionContent.IsOf(version) ? [.. files[version.Number]] : [];
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
