using System.Security.Cryptography.X509Certificates;
using Homeward.Exchange.Packages;
using Homeward.Foundations.Sealing;

namespace Homeward.Intake.Packages;

/// <summary>Reads what somebody dropped, one file after another: reports are taken out, everything else is sealed as it passes.</summary>
/// <remarks>
/// Nothing is lost by being odd. What is not understood (a locked or broken ZIP, a PDF that is no report) lies sealed as it
/// came, with the reason beside it; so does a package of which a part was too large to be unfolded. Not for several threads.
/// </remarks>
/// <param name="documentsBytesMax">As <see cref="PackageArrivals.DocumentsBytesMax"/>.</param>
internal sealed class PackageReading(SealedBlobs blobs, KeyStore keys, string spoolFolder, long documentsBytesMax = PackageArrivals.DocumentsBytesMax) : IDisposable
{
    /// <summary>Largest file that is dropped, in bytes.</summary>
    public const long FileBytesMax = 16L << 30;
    /// <summary>Of a file that is sealed unread so much is looked at: a report's first keys stand there.</summary>
    private const int BeginningBytes = 4 * 1024;

    private readonly List<ReceivePackage.PackedReport> _reports = [];
    private readonly List<ReceivePackage.PackedFile> _files = [];
    private readonly List<ReceivePackage.RefusedPart> _refused = [];
    private readonly List<ReceivePackage.Part> _packages = [];
    private readonly List<RawOriginal> _alerts = [];
    private long _documentBytes;
    private X509Certificate2? _clearingUnit;

    public ReceivePackage.Request Read => new(_packages, _reports, _files, _refused) { Alerts = _alerts };

    /// <summary>Takes one dropped file.</summary>
    public async Task TakeAsync(string name, Stream content, CancellationToken cancel)
    {
        if (!name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            await TakeFileAsync(name, null, content, cancel);
            return;
        }
        await using var package = await BlindFile.FillAsync(spoolFolder, content, FileBytesMax, cancel);
        if (package is null)
        {
            _refused.Add(new(name, $"the ZIP is larger than {FileBytesMax} bytes", "drop it in parts", false));
            return;
        }
        var (reports, alerts, files, refused, documentBytes) = (_reports.Count, _alerts.Count, _files.Count, _refused.Count, _documentBytes);
        var isBloated = false;
        var fault = await ZipPackage.ReadAsync(package, (entry, stream) =>
        {
            isBloated |= entry.IsBloated;
            return TakeEntryAsync(name, entry, stream, cancel);
        }, cancel);
        if (fault is null)
        {
            _packages.Add(new(name));
            if ((_reports.Count, _alerts.Count, _files.Count, _refused.Count) == (reports, alerts, files, refused)) _refused.Add(new(name, "the ZIP holds no file", "download it again and drop it whole", false));
            if (!isBloated) return;
            package.Position = 0;
            await SealAsync(name, name, default, package, cancel);
            return;
        }
        // Half of a package would look like a package whose rest never was.
        foreach (var file in _files.Skip(files)) blobs.Forget(file.Blob);
        _reports.RemoveRange(reports, _reports.Count - reports);
        _alerts.RemoveRange(alerts, _alerts.Count - alerts);
        _files.RemoveRange(files, _files.Count - files);
        _refused.RemoveRange(refused, _refused.Count - refused);
        _documentBytes = documentBytes;
        package.Position = 0;
        await SealAsync(name, null, default, package, cancel);
        _refused.Add(new(name, fault.Reason, fault.Mend, true));
    }

    /// <summary>Seals one dropped file whole, whatever its name.</summary>
    public async Task TakeEvidenceAsync(string name, Stream content, CancellationToken cancel)
    {
        await SealAsync(name, null, default, content, cancel);
        _files[^1] = _files[^1] with { IsEvidence = true };
    }

    public void Dispose() => _clearingUnit?.Dispose();

    /// <summary>Takes away what was sealed for nothing.</summary>
    public void Forget()
    {
        foreach (var file in _files) blobs.Forget(file.Blob);
    }

    private async Task TakeEntryAsync(string package, PackedEntry entry, Stream content, CancellationToken cancel)
    {
        var path = $"{package}/{entry.Path}";
        if (entry.IsBloated)
        {
            _refused.Add(new(path, $"with it the ZIP unfolds to more than {ZipPackage.GrowthMax} times its size; the rest was taken", "see what it really is, and drop it by itself", true));
            return;
        }
        if (entry.Oddity is null && !entry.IsPackage)
        {
            await TakeFileAsync(path, package, content, cancel);
            return;
        }
        await SealAsync(path, package, default, content, cancel);
        _refused.Add(entry.IsPackage
            ? new(path, "a package inside the package is not opened", "take it out and drop it by itself", true)
            : new(path, entry.Oddity!, "see what it is; it belongs to no report by its name", true));
    }

    private async Task TakeFileAsync(string path, string? package, Stream content, CancellationToken cancel)
    {
        using var head = new MemoryStream();
        if (!PackedDocuments.MayBe(path))
        {
            if (PackedDocuments.MayHide(path)) await CopyAsync(content, head, BeginningBytes, cancel);
            await SealAsync(path, package, head.ToArray(), content, cancel, hides: PackedDocuments.Hidden(path, head.ToArray(), isAlone: package is null));
            return;
        }
        await CopyAsync(content, head, PackageArrivals.DocumentBytesMax + 1, cancel);
        var bytes = head.ToArray();
        var document = bytes.Length > PackageArrivals.DocumentBytesMax
            ? new PackedDocuments.Judged(null, new(path, $"larger than {PackageArrivals.DocumentBytesMax >> 20} MiB, which no report is", "files belong beside the report, not inside it", true))
            : _documentBytes + bytes.Length > documentsBytesMax ? new(null, NotReadAnyMore(path, package, $"{documentsBytesMax >> 20} MiB of reports"))
            : PackedDocuments.Judge(path, bytes, isAlone: package is null);
        if (document.IsAlert)
        {
            if (_alerts.Count == ReceiveAlerts.OriginalsMax)
            {
                await SealAsync(path, package, bytes, content, cancel);
                _refused.Add(NotReadAnyMore(path, package, $"{ReceiveAlerts.OriginalsMax} AMBER alerts"));
                return;
            }
            _documentBytes += bytes.Length;
            _alerts.Add(new RawOriginal(path, bytes));
            return;
        }
        if (document.Report is { } report)
        {
            _documentBytes += bytes.Length;
            _reports.Add(report with { Package = package });
            return;
        }
        await SealAsync(path, package, bytes, content, cancel);
        if (document.Refused is { } refused) _refused.Add(refused);
    }

    /// <summary>One drop is read up to a bound; what comes after lies sealed, and is read when it is dropped again.</summary>
    private static ReceivePackage.RefusedPart NotReadAnyMore(string path, string? package, string bound) => new(
        path, $"it was not read: {bound} are read at once, and what came before it comes to that", package is null ? "drop it again, by itself" : "take it out of the package and drop it by itself", true);

    private async Task SealAsync(string path, string? package, ReadOnlyMemory<byte> head, Stream rest, CancellationToken cancel, string? hides = null)
    {
        await using var passing = new PassingFile(head, rest);
        var blob = await blobs.PutAsync(passing, _clearingUnit ??= keys.ClearingUnitCertificate(), cancel);
        _files.Add(new(path, package, blob, passing.Md5(), PackedDocuments.MediaType(path)) { Hides = hides });
    }

    private static async Task CopyAsync(Stream from, MemoryStream to, int bytesMax, CancellationToken cancel)
    {
        var buffer = new byte[64 * 1024];
        while (to.Length < bytesMax && await from.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, bytesMax - to.Length)), cancel) is > 0 and var count)
            to.Write(buffer, 0, count);
    }
}
