using System.Text.Json;
using System.Text.Json.Nodes;
using Homeward.Foundations.Pages;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Foundations.Access;

/// <summary>What an endpoint or a page needs of the authorization table; the matrix test reads it from every route.</summary>
public sealed record NeedsAction(string Action);

/// <summary>A door that speaks somebody else's protocol: it knows who calls by its own means and answers in its own form.</summary>
public interface IForeignDoor
{
    void Map(IEndpointRouteBuilder routes);
}

/// <summary>Maps every use case that has a route: changes by POST, from JSON or from a form; looks by GET below <c>/api</c>.</summary>
public static class UseCaseEndpoints
{
    private const long BodyBytesMax = 4 << 20;
    /// <summary>Of a form that is too large so much is read all the same: what somebody typed must come back with the refusal.</summary>
    private const int FormBytesMax = 24 << 20;

    public static IEndpointRouteBuilder MapUseCases(this IEndpointRouteBuilder routes)
    {
        foreach (var useCase in routes.ServiceProvider.GetRequiredService<Desk>().UseCases.Where(one => one.Route is not null))
        {
            var endpoint = useCase.Kind == UseCaseKind.Look
                ? routes.MapGet("/api" + useCase.Route, http => RespondAsync(http, useCase))
                : routes.MapPost(useCase.Route!, http => RespondAsync(http, useCase));
            endpoint.WithMetadata(new NeedsAction(useCase.Action), useCase).WithName($"{useCase.Stage}.{useCase.Request.DeclaringType!.Name}")
                .WithTags(useCase.Stage).DisableAntiforgery();
        }
        return routes;
    }

    private static async Task RespondAsync(HttpContext http, UseCase useCase)
    {
        var form = http.Request.HasFormContentType;
        if (form) BoundForm(http);
        if (http.Actor() is not { } actor)
        {
            await (form ? await SignedOutAsync(http) : Refused(new Problem("signed-out", "You are not signed in.", "Sign in."), 401))
                .ExecuteAsync(http);
            return;
        }
        if (form && await IsStaleAsync(http, useCase)) return;
        // A page of another site can send a text under the name of whoever is signed in here, and no JSON.
        if (!form && useCase.Kind == UseCaseKind.Change && http.Request.ContentLength is not (null or 0) && !http.Request.HasJsonContentType())
        {
            await Refused(new Problem("not-json", "A call's body is JSON.", "Send it as application/json."), 415).ExecuteAsync(http);
            return;
        }
        if (!form && useCase.Kind == UseCaseKind.Change && IsFromElsewhere(http))
        {
            await Refused(new Problem("cross-site", "This call came from a page of another site.", "Call from this house's own pages, or from a program."), 403).ExecuteAsync(http);
            return;
        }
        Result<object> answer;
        try
        {
            answer = await AnswerAsync(http, useCase, actor, form);
        }
        catch (Exception fault) when (StorageFaults.Of(fault) is { } kind)
        {
            answer = NotStored(kind);
            http.Response.Headers.RetryAfter = StorageFaults.RetryAfter;
        }
        if (!form) await JsonResult(answer).ExecuteAsync(http);
        else if (answer.TryGet(out var receipt, out var problem)) await Results.LocalRedirect(useCase.Back?.Invoke(receipt) ?? "/", permanent: false, preserveMethod: false).ExecuteAsync(http);
        else http.Features.Set(Kept(http, useCase, problem));
    }

    /// <summary>To the sign-in, which says that the session has ended, and from there back to the form.</summary>
    private static async Task<IResult> SignedOutAsync(HttpContext http)
    {
        try
        {
            return SignedOut(LocalAddress.PageOf(http.Request, await http.Request.ReadFormAsync(http.RequestAborted)), "form");
        }
        catch (InvalidDataException)
        {
            return SignedOut(null, "form");
        }
    }

    /// <param name="page">Where to go once signed in.</param>
    /// <param name="sent">What was sent and not taken, a form or files: the sign-in says so.</param>
    public static IResult SignedOut(string? page, string sent) => Results.LocalRedirect(QueryHelpers.AddQueryString("/sign-in", new Dictionary<string, string?> { ["ended"] = sent, ["next"] = page }));

    /// <summary>A browser says whose page calls; what it says of itself no page can change. Another port of the same host is another site here: the cookie goes along to it.</summary>
    private static bool IsFromElsewhere(HttpContext http) => http.Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none");

    /// <returns>False for a form that this house gave out, to whom is signed in now. Else it is answered: with what was typed, in one that is; or, where that cannot be read, with why.</returns>
    private static async Task<bool> IsStaleAsync(HttpContext http, UseCase useCase)
    {
        try
        {
            if (await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http)) return false;
            http.Features.Set(Kept(http, useCase, Problem.Invalid("form-stale", "This form was no longer valid.", "Look it over and send it again.")));
        }
        catch (AntiforgeryValidationException)
        {
            await Refused(Problem.Invalid("request-unreadable", "This form cannot be read: a part of it is too long, or holds what is no text.", "Go back, shorten it, and send it again."), 400).ExecuteAsync(http);
        }
        return true;
    }

    /// <summary>Permission first: whoever may not do it is told so, and traced, whatever was sent.</summary>
    private static async Task<Result<object>> AnswerAsync(HttpContext http, UseCase useCase, Actor actor, bool form)
    {
        var desk = http.RequestServices.GetRequiredService<Desk>();
        if (await desk.RefusalAsync(actor, useCase, http.RequestAborted) is { } refusal) return refusal;
        var read = await ReadAsync(http, useCase, form);
        if (!read.TryGet(out var request, out var problem)) return problem;
        return form
            ? await http.RequestServices.GetRequiredService<SentForms>().OnceAsync(SentForms.KeyOf(actor, http.Request, http.Request.Form), () => desk.DoAsync(actor, request, CancellationToken.None))
            : await desk.DoAsync(actor, request, http.RequestAborted);
    }

    private static IResult JsonResult(Result<object> answer) => answer.TryGet(out var receipt, out var problem)
        ? receipt is Done ? Results.NoContent()
            : receipt is IFileAnswer file ? Results.File(file.Bytes, file.MediaType, file.Name)
            : Results.Json(receipt, WorkItem.Json)
        : Refused(problem, Status(problem));

    /// <summary>For a form that could not even be asked about: the house cannot store, and does not know who sent it. What was typed comes back all the same.</summary>
    public static async Task GiveBackAsync(HttpContext http, StorageFault kind)
    {
        BoundForm(http);
        await http.Request.ReadFormAsync(http.RequestAborted);
        await Kept(http, http.GetEndpoint()?.Metadata.GetMetadata<UseCase>(), NotStored(kind)).Alone().ExecuteAsync(http);
    }

    private static void BoundForm(HttpContext http) => http.Features.Set<IFormFeature>(new FormFeature(http.Request, new FormOptions { ValueLengthLimit = FormBytesMax }));

    /// <summary>What was typed comes back with the reason: no word is lost to a refusal. A password does not come back: it is no word to look over, and others look at the screen.</summary>
    private static RefusedSending Kept(HttpContext http, UseCase? useCase, Problem problem)
    {
        var passwords = useCase is null ? [] : FormJson.Passwords(useCase.Request);
        var kept = http.Request.Form.Where(field => field.Key == FormJson.ZoneField || !field.Key.StartsWith("__", StringComparison.Ordinal))
            .SelectMany(field => field.Value, (field, value) => new KeptField(field.Key, passwords.Contains(field.Key) ? "" : value ?? "")).ToList();
        return new RefusedSending(problem, kept, http.Request.Path.Value ?? "/", LocalAddress.PageOf(http.Request, http.Request.Form)) { Passwords = passwords };
    }

    /// <summary>Said to the person who typed: the form comes back with every word.</summary>
    private static Problem NotStored(StorageFault kind) => kind switch
    {
        StorageFault.Full => new("storage-full", "The disk is full. Nothing of yours was stored.", "Keep what you have. Tell your administrator, who makes room; then send it again.", ProblemKind.Unavailable),
        StorageFault.Away => new("storage-away", "The database does not answer. It is not known whether this was stored.", "Wait a minute, look whether it is there, and send it again if it is not.", ProblemKind.Unavailable),
        StorageFault.ReadOnly => new("storage-read-only", "The database cannot be written to. Nothing of yours was stored.", "Keep what you have. Tell your administrator; then send it again.", ProblemKind.Unavailable),
        StorageFault.FilesReadOnly => new("files-read-only", "The folder of sealed files cannot be written to. Nothing of yours was stored.", "Keep what you have. Tell your administrator; then send it again.", ProblemKind.Unavailable),
    };

    private static IResult Refused(Problem problem, int status) => Results.Problem(
        detail: problem.Mend, title: problem.What, statusCode: status, type: $"homeward:{problem.Code}",
        extensions: problem.Details?.ToDictionary(pair => pair.Key, pair => (object?)pair.Value));

    public static int Status(Problem problem) => problem.Kind switch
    {
        ProblemKind.NotFound => StatusCodes.Status404NotFound,
        ProblemKind.Forbidden => StatusCodes.Status403Forbidden,
        ProblemKind.Invalid => StatusCodes.Status400BadRequest,
        ProblemKind.Conflict => StatusCodes.Status409Conflict,
        ProblemKind.Refused => StatusCodes.Status422UnprocessableEntity,
        ProblemKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
    };

    private static async Task<Result<object>> ReadAsync(HttpContext http, UseCase useCase, bool form)
    {
        if (http.Request.ContentLength > BodyBytesMax)
            return Problem.Invalid("too-large", "This is larger than a request may be (4 MiB).", "Send it in parts, or use the bulk import.");
        JsonObject body = [];
        try
        {
            if (form) body = FormJson.Read(await http.Request.ReadFormAsync(http.RequestAborted));
            else if (useCase.Kind == UseCaseKind.Look || http.Request.ContentLength == 0) body = [];
            else if (await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted) is JsonObject read) body = read;
            else return Problem.Invalid("request-unreadable", "This is no JSON object.", "Send the request's fields in braces.");
            if (useCase.Kind == UseCaseKind.Look)
                foreach (var (key, value) in http.Request.Query) FormJson.Put(body, key, value);
            foreach (var (key, value) in http.Request.RouteValues) body[key] = value?.ToString();
            if (FormJson.MissingChoice(useCase.Request, body) is { } choice)
                return FieldFault.AsProblem("request-invalid", [choice], "Choose, and send again; nothing was stored.");
            return body.Deserialize(useCase.Request, FormJson.Options)!;
        }
        catch (JsonException fault) when (body.Count > 0)
        {
            return UnreadableFields.Of(useCase.Request, body, fault);
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException or InvalidOperationException or InvalidDataException)
        {
            // ArgumentException: a name that stands twice. InvalidOperationException: nested too deep. InvalidDataException: a form too large.
            return Problem.Invalid("request-unreadable", "This cannot be read.", "Correct it and send again; nothing was stored.");
        }
    }
}
