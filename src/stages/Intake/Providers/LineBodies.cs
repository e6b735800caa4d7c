using System.Buffers;
using Homeward.Exchange.Packages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace Homeward.Intake.Providers;

/// <summary>How much of a body is read, how long one waits for it, and what becomes of the rest when the answer is given.</summary>
/// <remarks>
/// Many clients send all they have before they listen. Who closes the line on them while they send is not heard: they are
/// told of a broken pipe. So the rest of what is refused is read and let go. The server's own limit would forbid that, and its
/// own time for it is five seconds; here it is off, and each call bounds its body by <see cref="Limit"/>.
/// </remarks>
internal static class LineBodies
{
    /// <summary>As long as a connection may take to send the head of a request: nobody gains by sending a body instead.</summary>
    private static readonly TimeSpan _strangersRest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _providersRest = TimeSpan.FromMinutes(5);

    /// <summary>The server's rate, and six times its patience: a provider may fetch a file from far away when it has begun to send the form.</summary>
    private static readonly MinDataRate _uploadsRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(30));

    /// <summary>No bound from the server: before anything of the body is read.</summary>
    public static void Open(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
    }

    /// <summary>For an upload of one who has signed in; with strangers and documents the server's patience is enough.</summary>
    public static void AllowPause(HttpContext http)
    {
        // Later versions of HTTP bound a connection, and not a request.
        if (HttpProtocol.IsHttp11(http.Request.Protocol) && http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = _uploadsRate;
    }

    /// <summary>Bounds the body of this request.</summary>
    /// <exception cref="BadHttpRequestException">It says itself that it is larger; else this is thrown where it grows too large.</exception>
    public static void Limit(HttpRequest request, long bytes)
    {
        if (request.ContentLength > bytes) throw TooLarge();
        if (request.ContentLength is null) request.Body = new Bounded(request.Body, bytes);
    }

    /// <summary>Compressed, and it says so: what would come out has no bound, and no client that we know sends it.</summary>
    public static bool IsPacked(HttpRequest request) => request.Headers.ContentEncoding.SelectMany(one => (one ?? "").Split(','))
        .Any(name => !string.IsNullOrWhiteSpace(name) && !name.Trim().Equals("identity", StringComparison.OrdinalIgnoreCase));

    /// <returns>True when there is nothing in it, as far as it was read.</returns>
    public static bool IsEmpty(HttpRequest request) => request.ContentLength == 0 || request.Body is Bounded { Passed: 0 };

    /// <summary>Reads what is left after a refusal, as long as it is worth it. The answer is on its way already, for those who listen.</summary>
    public static async Task DrainAsync(HttpContext http, Stream body, bool isKnown)
    {
        // Who waits for leave to send has not got it.
        if (http.Request.Headers.Expect.Count > 0 && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false }) return;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        enough.CancelAfter(isKnown ? _providersRest : _strangersRest);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            while (await body.ReadAsync(buffer, enough.Token) > 0) { }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            // Broken, slow or endless: nobody is told, and the server closes the line.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static BadHttpRequestException TooLarge() => new("The request is too large", StatusCodes.Status413PayloadTooLarge);

    /// <summary>A body that does not say how long it is.</summary>
    private sealed class Bounded(Stream inner, long bytesMax) : ReadStream
    {
        public long Passed { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await inner.ReadAsync(buffer, cancellationToken);
            Passed += count;
            return Passed <= bytesMax ? count : throw TooLarge();
        }

        public override int Read(Span<byte> buffer) => throw new NotSupportedException();
    }
}
