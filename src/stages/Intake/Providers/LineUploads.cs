using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Homeward.Exchange.Packages;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Homeward.Intake.Providers;

/// <summary>Reads the form of an upload as it streams in; the file is sealed while it passes and lies nowhere in clear.</summary>
internal sealed class LineUploads(SealedBlobs blobs, KeyStore keys, ILogger<LineUploads> log)
{
    private const int BufferBytes = 64 * 1024;
    /// <summary>What a form may hold beside its file, and a file that is too large beyond the limit and still be told so.</summary>
    private const int FormBytesMax = 1 << 20;
    private const int NameCharsMax = 4096;
    private const int PartsMax = 20;
    private const int MediaTypeCharsMax = 100;

    /// <summary>A file that lies sealed and is not on record yet.</summary>
    public sealed record Received(long Number, SealedBlob Blob, string Md5, string MediaType, string Name);

    /// <param name="refusalOf">Asked when the id comes before the file: whose report it is not, his file need not be sealed.</param>
    /// <returns>What was received; or why not, and for which report.</returns>
    public async Task<(Received? Upload, LineAnswer? Refusal, long? Number)> ReadAsync(
        HttpRequest request, long fileBytesMax, Func<long, Task<LineAnswer?>> refusalOf, CancellationToken cancel)
    {
        if (LineForms.Boundary(request.ContentType) is not { } boundary) return (null, LineDocuments.Invalid("The request is no multipart/form-data form"), null);
        if (boundary.Length == 0) return (null, Malformed("The form names no boundary"), null);
        LineBodies.Limit(request, fileBytesMax + FormBytesMax);

        var parts = new Parts();
        var isTaken = false;
        try
        {
            await ReadPartsAsync(new MultipartReader(boundary, request.Body, BufferBytes), parts, fileBytesMax, refusalOf, cancel);
            isTaken = parts.Refusal is null;
            if (isTaken) return (new(parts.Number!.Value, parts.Blob!, parts.Md5, parts.MediaType, parts.Name), null, parts.Number);
        }
        catch (Exception fault) when (LineForms.IsBroken(fault) && !request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            parts.Refusal = LineBodies.IsEmpty(request) ? LineDocuments.Invalid("The request has no body") : Malformed(LineForms.Fault(fault));
        }
        finally
        {
            // Whoever breaks off after the file leaves nothing either.
            if (!isTaken) parts.Forget(blobs);
        }
        return (null, parts.Refusal, parts.Number);
    }

    private async Task ReadPartsAsync(MultipartReader reader, Parts parts, long fileBytesMax, Func<long, Task<LineAnswer?>> refusalOf, CancellationToken cancel)
    {
        for (var count = 0; await LineForms.NextAsync(reader, cancel) is { } part; count++)
        {
            var (field, fileName) = LineForms.Disposition(part.ContentDisposition);
            if (count == PartsMax) parts.Refusal ??= Malformed("The form has too many parts");
            // To the end in any case: an answer to a body that is still coming would not be heard.
            if (parts.Refusal is not null) await part.Body.CopyToAsync(Stream.Null, cancel);
            else if (field == "id") await ReadIdAsync(part.Body, parts, refusalOf, cancel);
            else if (field == "file") await SealAsync(part, fileName, parts, fileBytesMax, cancel);
            else await part.Body.CopyToAsync(Stream.Null, cancel);
        }
        if (parts.Refusal is not null) return;
        if (parts.Number is null) parts.Refusal = LineDocuments.Invalid("The form has no id");
        else if (parts.Blob is null) parts.Refusal = Malformed("The form has no file part");
    }

    private static async Task ReadIdAsync(Stream body, Parts parts, Func<long, Task<LineAnswer?>> refusalOf, CancellationToken cancel)
    {
        if (LineForms.ParseId(await LineForms.ReadIdAsync(body, cancel)) is not { } number) parts.Refusal = LineDocuments.Invalid("The id is no report number");
        else if (parts.Number is { } other && other != number) parts.Refusal = LineDocuments.Invalid("The form has two ids");
        else
        {
            parts.Number = number;
            if (parts.Blob is null) parts.Refusal = await refusalOf(number);
        }
    }

    private async Task SealAsync(MultipartSection part, string? fileName, Parts parts, long fileBytesMax, CancellationToken cancel)
    {
        if (parts.Blob is not null)
        {
            parts.Refusal = Malformed("The form has two files: send each by an upload of its own");
            await part.Body.CopyToAsync(Stream.Null, cancel);
            return;
        }
        using var clearingUnit = keys.ClearingUnitCertificate();
        await using var passing = new PassingStream(part.Body, fileBytesMax);
        try
        {
            parts.Blob = await blobs.PutAsync(passing, clearingUnit, cancel);
        }
        catch (FileTooLarge)
        {
            parts.Refusal = new LineAnswer(LineCode.MalformedFile, $"The file is larger than {fileBytesMax} bytes", Status: StatusCodes.Status413PayloadTooLarge);
            await part.Body.CopyToAsync(Stream.Null, cancel);
            return;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException && !passing.HasFailed)
        {
            // Our disk, and not the sender's line. To the end all the same, so that the answer is heard.
            log.LogError(fault, "A file of a provider could not be sealed");
            parts.Refusal = StorageFaults.Of(fault) is { } kind ? LineAnswer.NotStored(kind, LineCode.FileUploadFailed) : new LineAnswer(LineCode.FileUploadFailed);
            await part.Body.CopyToAsync(Stream.Null, cancel);
            return;
        }
        (parts.Md5, parts.MediaType, parts.Name) = (passing.Md5(), MediaType(part.ContentType), Bounded(fileName ?? "", NameCharsMax));
    }

    private static LineAnswer Malformed(string what) => new(LineCode.MalformedFile, what);

    private static string Bounded(string text, int max) => text.Length <= max ? text : text[..max];

    private static string MediaType(string? text) =>
        MediaTypeHeaderValue.TryParse(text, out var type) && type.MediaType.Value is { Length: <= MediaTypeCharsMax } name ? name.ToLowerInvariant() : "application/octet-stream";

    private sealed class Parts
    {
        public long? Number;
        public SealedBlob? Blob;
        public string Md5 = "", MediaType = "", Name = "";
        public LineAnswer? Refusal;

        public void Forget(SealedBlobs blobs)
        {
            if (Blob is not null) blobs.Forget(Blob);
            Blob = null;
        }
    }

    private sealed class FileTooLarge : Exception;

    /// <summary>The file as it passes: its MD5, and an end to what is too large.</summary>
    private sealed class PassingStream(Stream inner, long bytesMax) : ReadStream
    {
        [SuppressMessage("Security", "CA5351", Justification = "The line's receipt for an upload is an MD5; nothing is secured by it.")]
        private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        private long _passed;

        /// <summary>True when the sender's side broke, and not our disk.</summary>
        public bool HasFailed { get; private set; }

        public string Md5() => Convert.ToHexStringLower(_md5.GetHashAndReset());

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int count;
            try
            {
                count = await inner.ReadAsync(buffer, cancellationToken);
            }
            catch
            {
                HasFailed = true;
                throw;
            }
            _passed += count;
            if (_passed > bytesMax) throw new FileTooLarge();
            _md5.AppendData(buffer.Span[..count]);
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) _md5.Dispose();
            base.Dispose(disposing);
        }

        public override int Read(Span<byte> buffer) => throw new NotSupportedException();
    }
}
