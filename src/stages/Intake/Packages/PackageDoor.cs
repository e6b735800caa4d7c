using System.Runtime.CompilerServices;
using System.Text;
using Homeward.Foundations.Access;
using Homeward.Intake.Providers;
using Homeward.Kernel;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Homeward.Intake.Packages;

/// <summary>Takes the form of the page <c>/intake/receive</c> as it streams in: the framework's own reader would put files on disk in clear.</summary>
/// <remarks>The form's token is its first field, and is checked before any file is read.</remarks>
internal sealed class PackageDoor(Desk desk, PackageArrivals arrivals) : IForeignDoor
{
    private const string At = "/intake/receive";
    private const string TokenField = "__RequestVerificationToken";
    private const string TokenHeader = "RequestVerificationToken";
    private const int TokenBytesMax = 8 * 1024;
    private const int BufferBytes = 64 * 1024;
    private const int NameCharsMax = 255;

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(At, RespondAsync)
        .WithMetadata(new NeedsAction(PackageArrivals.Action)).WithName("intake.ReceivePackage").WithTags("intake").DisableAntiforgery();

    private async Task RespondAsync(HttpContext http)
    {
        var answer = await AnswerAsync(http);
        if (answer.TryGet(out var receipt, out var problem)) await Results.LocalRedirect($"{At}/{StrongId.Text(receipt.Id)}", permanent: false, preserveMethod: false).ExecuteAsync(http);
        else if (problem.Code == "signed-out" && http.Request.HasFormContentType) await UseCaseEndpoints.SignedOut(At, "files").ExecuteAsync(http);
        else if (IsScript(http.Request)) await Results.Problem(detail: problem.Mend, title: problem.What, type: $"homeward:{problem.Code}", statusCode: Status(problem)).ExecuteAsync(http);
        // Whoever may not do it has no page with the form either: the page of the status says so.
        else if (Status(problem) is var status and (StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden)) http.Response.StatusCode = status;
        else http.Features.Set(new RefusedSending(problem, [], At, At));
    }

    private static int Status(Problem problem) => problem.Code == "signed-out" ? StatusCodes.Status401Unauthorized : UseCaseEndpoints.Status(problem);

    /// <summary>The page's own script shows the words where they belong; a browser alone is shown a page.</summary>
    private static bool IsScript(HttpRequest request) => !request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private async Task<Result<ReceivePackage.Receipt>> AnswerAsync(HttpContext http)
    {
        if (http.Actor() is not { } actor) return new Problem("signed-out", "You are not signed in.", "Sign in.");
        var useCase = desk.UseCases.Single(one => one.Request == typeof(ReceivePackage.Request));
        if (await desk.RefusalAsync(actor, useCase, http.RequestAborted) is { } refusal) return refusal;
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= BufferBytes / 2 } boundary)
            return Problem.Invalid("request-unreadable", "This is no form with files.", "Choose the files on the page.");
        LineBodies.Open(http);
        var form = new MultipartReader(boundary, http.Request.Body, BufferBytes);
        try
        {
            if (!await IsOursAsync(http, form)) return Problem.Invalid("form-stale", "This form is no longer valid.", "Open the page again.");
            return await arrivals.ReceiveAsync(actor, FilesAsync(form, http.RequestAborted), http.RequestAborted);
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException or BadHttpRequestException || IsCutOff(fault))
        {
            return Problem.Invalid("upload-broken", "The upload was broken or cut off. Nothing of it is kept.", "Send it again.");
        }
    }

    /// <summary>What the reader of forms throws when the body ends before its last boundary.</summary>
    private static bool IsCutOff(Exception fault) => fault.GetType() == typeof(IOException) && fault.TargetSite?.DeclaringType?.Namespace == typeof(MultipartReader).Namespace;

    /// <summary>Hands the form's token on as a header, where the framework looks before it would read the whole form.</summary>
    private static async Task<bool> IsOursAsync(HttpContext http, MultipartReader form)
    {
        if (await form.ReadNextSectionAsync(http.RequestAborted) is not { } first || first.GetContentDispositionHeader()?.Name.Value?.Trim('"') != TokenField) return false;
        var bytes = new byte[TokenBytesMax];
        var count = await first.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, http.RequestAborted);
        http.Request.Headers[TokenHeader] = Encoding.UTF8.GetString(bytes, 0, count);
        return await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http);
    }

    private static async IAsyncEnumerable<PackageArrivals.Dropped> FilesAsync(MultipartReader form, [EnumeratorCancellation] CancellationToken cancel)
    {
        while (await form.ReadNextSectionAsync(cancel) is { } part)
        {
            if (part.GetContentDispositionHeader() is not { } header) continue;
            var name = (header.FileNameStar.Length > 0 ? header.FileNameStar : HeaderUtilities.RemoveQuotes(header.FileName)).Value ?? "";
            // Some browsers send the whole path.
            name = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
            name = EndOf(name);
            if (name.Length > 0) yield return new PackageArrivals.Dropped(name, part.Body);
        }
    }

    /// <summary>The ending says what a file is. A character is not cut into two.</summary>
    internal static string EndOf(string name)
    {
        if (name.Length <= NameCharsMax) return name;
        var from = name.Length - NameCharsMax;
        return name[(char.IsLowSurrogate(name[from]) ? from + 1 : from)..];
    }
}
