using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>Puts a file on record that was sealed on arrival to the clearing unit: its hash, size and type, never its content.</summary>
/// <remarks>Bytes come in through <see cref="SealedArrivals"/>; no route of the house gives them out again.</remarks>
public static class SealFile
{
    public sealed record Request(SealedBlob Blob, [Required, MaxLength(100)] string MediaType, ReportId? Report);
    public sealed record Receipt(Guid Id, string Sha256, long Bytes);

    public sealed class Handler : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (request.Report is { } report && !await act.Db.Set<ReportVersion>().AnyAsync(row => row.Id == report, cancel))
                return Problem.Missing("There is no such report for you.");
            var file = new SealedFileRow
            {
                Id = act.Ids.Next(), ReportId = request.Report, Blob = request.Blob.Name, Sha256 = request.Blob.Sha256,
                Bytes = request.Blob.Bytes, MediaType = request.MediaType, RecipientThumbprint = request.Blob.Recipient, ReceivedAt = act.Now,
            };
            act.Db.Add(file);
            act.Trace("sealed-file", file.Id, $"bytes={file.Bytes}");
            return new Receipt(file.Id, file.Sha256, file.Bytes);
        }
    }
}

/// <summary>Where a file's bytes arrive: sealed while they stream past, then put on record.</summary>
/// <remarks>The sealing happens before the act begins, so that a large file on a slow line holds nobody's writing up.</remarks>
public sealed class SealedArrivals(Desk desk, SealedBlobs blobs, KeyStore keys)
{
    public async Task<Result<SealFile.Receipt>> ReceiveAsync(Actor actor, Stream content, string mediaType, ReportId? report, CancellationToken cancel)
    {
        if (!desk.Allows(actor, "intake.seal-file")) return Problem.Forbidden($"Your role ({actor.Role.Title()}) does not do this.");
        using var clearingUnit = keys.ClearingUnitCertificate();
        var blob = await blobs.PutAsync(content, clearingUnit, cancel);
        var answer = await desk.DoAsync<SealFile.Request, SealFile.Receipt>(actor, new(blob, mediaType, report), cancel);
        if (!answer.IsDone) blobs.Forget(blob);
        return answer;
    }
}
