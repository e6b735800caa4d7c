using Microsoft.AspNetCore.Http;

namespace Homeward.Web;

/// <summary>What went wrong, said to a program: problem details (RFC 9457) where a person would get a page.</summary>
internal static class ProgramAnswers
{
    /// <summary>Stands inside of the status pages: an answer that has a body is shown as it is.</summary>
    public static async Task AnswerAsync(HttpContext http, RequestDelegate next)
    {
        await next(http);
        var answer = http.Response;
        if (answer.HasStarted || answer.StatusCode < StatusCodes.Status400BadRequest || answer.ContentType is not null || !IsProgram(http.Request)) return;
        var (title, detail) = answer.StatusCode switch
        {
            StatusCodes.Status400BadRequest when http.Features.Get<MisreadAddress>() is { } misread => (misread.Says, misread.Mend),
            StatusCodes.Status401Unauthorized => ("You are not signed in.", "Sign in."),
            StatusCodes.Status403Forbidden => ("Your role does not do this.", "That it was tried is in the trace."),
            StatusCodes.Status404NotFound => ("There is nothing at this address, or it is not yours to see.", "The API is described at /openapi/v1.json."),
            StatusCodes.Status405MethodNotAllowed => ("This address does not take this method.", "The API is described at /openapi/v1.json."),
            StatusCodes.Status503ServiceUnavailable => ("The database does not answer.", "Wait as Retry-After says, look whether it was stored, then send it again."),
            StatusCodes.Status507InsufficientStorage => ("The disk is full.", "Nothing was stored. Wait as Retry-After says, then send it again."),
            _ => ("This did not work.", "Nothing was stored."),
        };
        await Results.Problem(title: title, detail: detail, statusCode: answer.StatusCode, type: $"homeward:status-{answer.StatusCode}").ExecuteAsync(http);
    }

    /// <summary>Below <c>/api</c> only programs go; elsewhere one says so by what it accepts. A browser accepts pages, whatever else.</summary>
    private static bool IsProgram(HttpRequest request)
    {
        if (request.Path.StartsWithSegments("/api", StringComparison.Ordinal)) return true;
        var accepts = request.Headers.Accept.ToString();
        return accepts.Contains("json", StringComparison.OrdinalIgnoreCase) && !accepts.Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }
}
