using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Homeward.Exchange;
using Homeward.Exchange.CyberTips.Xml;
using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Homeward.Intake.Providers;

/// <summary>The reporting line for providers (CyberTipline's "ISP Web Service"), so that clients written for the real one work unchanged.</summary>
/// <remarks>
/// Every answer is XML with a <c>Request-ID</c>, whatever went wrong; what is no success is no 2xx. Providers sign in by
/// HTTP Basic on every call. What a call changes is durable before it is answered (<see cref="Postbox"/>).
/// </remarks>
internal sealed class ProviderDoor(
    HouseOptions house, HouseClock clock, IIdSource ids, Desk desk, ProviderAccounts accounts, Quotas quotas, IPostbox postbox, RefusalTally tally, ReportNumbers numbers,
    LineUploads uploads, Envelope envelope, SealedBlobs blobs, StorageWatch watch, IServiceProvider services, ILogger<ProviderDoor> log) : IForeignDoor
{
    public const string Action = "intake.receive-calls";
    private const string Unknown = "unknown";
    private const string Realm = "Basic realm=\"ESP Web Services\"";
    /// <summary>A document may name more earlier reports than SQLite takes values, some thirty thousand.</summary>
    private const int AskedAtOnce = 1_000;
    private static readonly string[] _lookedAt = ["status", "xsd"];
    private static readonly string[] _done = ["submit", "upload", "fileinfo", "finish", "retract"];
    private static readonly Lazy<byte[]> _schema = new(() =>
    {
        using var copy = new MemoryStream();
        using var schema = TipSchema.Open();
        schema.CopyTo(copy);
        return copy.ToArray();
    });

    /// <summary>Who called, and for what.</summary>
    private sealed record Caller(ProviderAccount Account, string RequestId, string Remote, string Call);

    public void Map(IEndpointRouteBuilder routes)
    {
        if (house.ClearingHouse is not { } options) return;
        // It knows its callers by itself: what looks for a person's session and form is passed by.
        routes.Map(options.Path.TrimEnd('/') + "/{**call}", http => RespondAsync(http, options)).DisableAntiforgery().ShortCircuit();
    }

    private async Task RespondAsync(HttpContext http, ClearingHouseOptions options)
    {
        var requestId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        http.Response.Headers["Request-ID"] = requestId;
        LineBodies.Open(http);
        var body = http.Request.Body;
        ProviderAccount? account = null;
        LineAnswer? answer;
        try
        {
            account = await InTimeAsync(accounts.FindAsync(http.Request.Headers.Authorization, http.Features.Get<IConnectionItemsFeature>()?.Items, http.RequestAborted));
            answer = account is null ? Stranger(http, requestId) : await AnswerAsync(http, CallerOf(http, account, requestId), options);
        }
        catch (BadHttpRequestException fault)
        {
            answer = new LineAnswer(LineCode.InvalidRequest, fault.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? "The request is too large" : "The request was not sent to its end", Status: fault.StatusCode);
            if (account is not null) await CountAsync(CallerOf(http, account, requestId), answer);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client hung up; nobody waits for an answer.
            return;
        }
        catch (Exception fault) when (StorageFaults.Of(fault) is { } kind)
        {
            watch.Failed(fault);
            answer = LineAnswer.NotStored(kind);
        }
        catch (Exception fault)
        {
            log.LogError(fault, "Request {RequestId} of a provider failed", requestId);
            answer = new LineAnswer(LineCode.ServerError);
        }
        if (answer is null) await WriteAsync(http, StatusCodes.Status200OK, _schema.Value);
        else
        {
            if (answer.RetryAfter is { } seconds) http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            if (answer.HttpStatus == StatusCodes.Status401Unauthorized) http.Response.Headers.WWWAuthenticate = Realm;
            await WriteAsync(http, answer.HttpStatus, answer.ToXml());
            if (!answer.IsSuccess) await LineBodies.DrainAsync(http, body, isKnown: account is not null);
        }
    }

    private static async Task WriteAsync(HttpContext http, int status, byte[] xml)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/xml;charset=UTF-8";
        http.Response.ContentLength = xml.Length;
        if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.Body.WriteAsync(xml, http.RequestAborted);
    }

    /// <summary>Nobody is known by this. Where the name is an account's, its page tells that somebody tried (R-60): counted beside the answer, which takes as long as for a name that is nobody's.</summary>
    /// <remarks>Nothing is locked: anyone could lock a provider out (R-61).</remarks>
    private LineAnswer Stranger(HttpContext http, string requestId)
    {
        var answer = new LineAnswer(LineCode.AuthenticationRequired);
        string? header = http.Request.Headers.Authorization;
        if (header is null) return answer;
        var (remote, call) = (RemoteOf(http), CallOf(http));
        _ = Task.Run(async () =>
        {
            try
            {
                if (await accounts.NamedAsync(header) is { } account) await CountAsync(new Caller(account, requestId, remote, call), answer);
            }
            catch (Exception fault) when (StorageFaults.Of(fault) is not null)
            {
                watch.Failed(fault);
            }
        });
        return answer;
    }

    private static Caller CallerOf(HttpContext http, ProviderAccount account, string requestId) => new(account, requestId, RemoteOf(http), CallOf(http));

    private static string RemoteOf(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : "";

    /// <summary>A path that leads nowhere is any text at all, and is not put on record.</summary>
    private static string CallOf(HttpContext http)
    {
        var call = (http.Request.RouteValues["call"] as string ?? "").Trim('/').ToLowerInvariant();
        return _lookedAt.Contains(call) || _done.Contains(call) ? call : Unknown;
    }

    /// <returns>Null for the schema.</returns>
    private async Task<LineAnswer?> AnswerAsync(HttpContext http, Caller caller, ClearingHouseOptions options)
    {
        var (account, call) = (caller.Account, caller.Call);
        var isLook = _lookedAt.Contains(call);
        if (!desk.Allows(ProviderAccounts.ActorOf(account), Action)) return await CountAsync(caller, new LineAnswer(LineCode.NotAuthorised));
        if (quotas.Call(account) is { } tooMany) return await CountAsync(caller, tooMany);
        if (call == Unknown) return await RefuseAsync(caller, new LineAnswer(LineCode.ResourceNotFound));
        if (isLook ? !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) : !HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.Headers.Allow = isLook ? HttpMethods.Get : HttpMethods.Post;
            return await RefuseAsync(caller, new LineAnswer(LineCode.InvalidRequest, $"{call} takes {(isLook ? "GET" : "POST")}", Status: StatusCodes.Status405MethodNotAllowed));
        }
        if (!isLook && LineBodies.IsPacked(http.Request))
            return await RefuseAsync(caller, LineDocuments.Invalid("Content-Encoding is not taken here: send the body as it is, without this header"));
        return call switch
        {
            "status" => new LineAnswer(LineCode.Success, $"Remote User : {account.Name}, Remote Ip : {caller.Remote}"),
            "xsd" => null,
            "submit" => await SubmitAsync(http, caller),
            "upload" => await UploadAsync(http, caller, options),
            "fileinfo" => await DescribeAsync(http, caller),
            _ => await EndAsync(http, caller),
        };
    }

    private async Task<LineAnswer> SubmitAsync(HttpContext http, Caller caller)
    {
        var (document, unread) = await LineDocuments.ReadAsync(http.Request, http.RequestAborted);
        if (document is null) return await RefuseAsync(caller, unread!);
        var (taken, warnings, refusal, faults) = LineDocuments.Judge(document, isReport: true, caller.Account.IsLenient, clock.GetUtcNow());
        if (taken is null) return await RefuseAsync(caller, refusal!, document: document, faults: faults);
        var missing = await InTimeAsync(MissingPriorAsync(taken, caller.Account.Id, http.RequestAborted));
        if (missing.Count > 0)
        {
            if (!caller.Account.IsLenient)
                return await RefuseAsync(caller, LineAnswer.Faulty(LineCode.ValidationFailed, missing), document: document, faults: missing.Count);
            warnings = string.Join('\n', new[] { warnings, LineAnswer.Lines(missing) }.Where(text => text.Length > 0));
        }

        var id = ids.Next();
        return await PostAsync(new SubmitCall(
            caller.Account, caller.RequestId, caller.Remote, id, await InTimeAsync(numbers.NextAsync(http.RequestAborted)), Convert.ToHexStringLower(SHA256.HashData(document)),
            document.Length, envelope.SealDocument(SubmissionContent.OfDocument(id), document), taken.IsBatched, warnings));
    }

    /// <summary>Earlier reports that are named must be there, of others the finished ones alone; a lenient account may name those of another house, and is told.</summary>
    private async Task<IReadOnlyList<Rejection>> MissingPriorAsync(Examined report, Guid account, CancellationToken cancel)
    {
        if (report.PriorReports.Count == 0) return [];
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
        var missing = report.PriorReports.Select(one => one.Number).ToHashSet();
        foreach (var some in missing.Chunk(AskedAtOnce).ToList())
        {
            var texts = some.Select(number => number.ToString(CultureInfo.InvariantCulture)).ToList();
            var finished = await db.Set<ReportVersion>().Where(row => texts.Contains(row.Number)).Select(row => row.Number).ToListAsync(cancel);
            missing.ExceptWith(finished.Select(text => long.Parse(text, CultureInfo.InvariantCulture)));
        }
        var now = clock.EndingNow();
        foreach (var some in missing.Chunk(AskedAtOnce).ToList())
        {
            var open = await db.Set<Submission>().Where(row => row.AccountId == account && row.State == SubmissionState.Open && some.Contains(row.Number))
                .Select(row => new { row.Number, row.DeadlineAt }).ToListAsync(cancel);
            missing.ExceptWith(open.Where(row => now < row.DeadlineAt).Select(row => row.Number));
        }
        return [.. report.PriorReports.Where(one => missing.Contains(one.Number)).Select(one => one.IfMissing)];
    }

    private async Task<LineAnswer> UploadAsync(HttpContext http, Caller caller, ClearingHouseOptions options)
    {
        if (await InTimeAsync(quotas.UploadAsync(caller.Account, http.Request.ContentLength, http.RequestAborted)) is { } tooMuch) return await CountAsync(caller, tooMuch);
        LineBodies.AllowPause(http);
        var (upload, refusal, number) = await uploads.ReadAsync(http.Request, options.FileBytesMax, about => InTimeAsync(PeekAsync(caller, about, http.RequestAborted)), http.RequestAborted);
        if (upload is null) return await RefuseAsync(caller, refusal!, number);
        if (quotas.Take(caller.Account, upload.Blob.Bytes) is { } beyond)
        {
            blobs.Forget(upload.Blob);
            return await CountAsync(caller, beyond);
        }
        var fileId = ids.Next();
        var answer = await PostAsync(new UploadCall(
            caller.Account, caller.RequestId, caller.Remote, upload.Number, upload.Blob, upload.Md5, upload.MediaType, fileId, upload.Name.Length == 0
                ? null : envelope.Seal(SubmissionContent.Purpose, SubmissionContent.OfName(fileId), Encoding.UTF8.GetBytes(upload.Name))));
        // A store that failed may have been made all the same: then the file stays, and lies there sealed.
        if (!answer.IsSuccess && !answer.MayStand)
        {
            quotas.GiveBack(caller.Account, upload.Blob.Bytes);
            blobs.Forget(upload.Blob);
        }
        return answer;
    }

    /// <summary>Whether a file for this report is worth receiving. The word that counts is said when it is put on record.</summary>
    private async Task<LineAnswer?> PeekAsync(Caller caller, long number, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var submission = await scope.ServiceProvider.GetRequiredService<HomewardDb>().Set<Submission>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.Number == number, cancel);
        return SubmissionLife.Refusal(submission, caller.Account.Id, clock.EndingNow()) is { } code ? new LineAnswer(code) : null;
    }

    private async Task<LineAnswer> DescribeAsync(HttpContext http, Caller caller)
    {
        var (document, unread) = await LineDocuments.ReadAsync(http.Request, http.RequestAborted);
        if (document is null) return await RefuseAsync(caller, unread!);
        var (taken, warnings, refusal, faults) = LineDocuments.Judge(document, isReport: false, caller.Account.IsLenient, clock.GetUtcNow());
        if (taken is null) return await RefuseAsync(caller, refusal!, document: document, faults: faults);
        return await PostAsync(new DescribeCall(
            caller.Account, caller.RequestId, caller.Remote, taken.ReportNumber, taken.FileId, document, [.. taken.Broken.Where(one => one.OfBatch)], warnings));
    }

    private async Task<LineAnswer> EndAsync(HttpContext http, Caller caller)
    {
        var (given, refusal) = await LineForms.ReadAsync(http.Request, http.RequestAborted);
        if (given is not { } number) return await RefuseAsync(caller, refusal!);
        return await PostAsync(caller.Call == "finish"
            ? new FinishCall(caller.Account, caller.RequestId, caller.Remote, number)
            : new RetractCall(caller.Account, caller.RequestId, caller.Remote, number));
    }

    private async Task<LineAnswer> PostAsync(LineCall call)
    {
        try
        {
            return await InTimeAsync(postbox.PostAsync(call));
        }
        catch (TimeoutException)
        {
            return LineAnswer.NotStored(StorageFault.Away);
        }
    }

    /// <summary>A sender is told that the database hangs, and does not hang with it.</summary>
    /// <exception cref="TimeoutException">It took longer than is agreed.</exception>
    private Task<T> InTimeAsync<T>(Task<T> step) => step.WaitAsync(house.ClearingHouse!.AnswerWithin);

    /// <summary>Puts on record what is refused at the door. The refusal stands even if the record cannot be made.</summary>
    private async Task<LineAnswer> RefuseAsync(Caller caller, LineAnswer answer, long? number = null, byte[]? document = null, int faults = 1)
    {
        await PostAsync(new RefusedAtDoor(caller.Account, caller.RequestId, caller.Remote, caller.Call, number, answer, faults, document));
        return answer;
    }

    /// <summary>Counts what may come in floods: over a quota, or not sent to its end. The refusal stands even if it cannot be counted.</summary>
    private async Task<LineAnswer> CountAsync(Caller caller, LineAnswer answer)
    {
        try
        {
            await tally.CountAsync(new RefusedAtDoor(caller.Account, caller.RequestId, caller.Remote, caller.Call, null, answer, 1, null)).WaitAsync(house.ClearingHouse!.AnswerWithin);
        }
        catch (TimeoutException)
        {
            // The database hangs; the count waits for it, and the caller does not.
        }
        return answer;
    }
}
