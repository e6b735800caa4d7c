using System.Text;
using Homeward.Foundations.Pages;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Foundations.Access;

/// <summary>A form that was refused, on its way back to whoever sent it.</summary>
/// <param name="Fields">What was typed, without what is never shown again.</param>
/// <param name="Action">Where it was sent to.</param>
/// <param name="Page">Where it stands; null when nobody said so.</param>
public sealed record RefusedSending(Problem Problem, IReadOnlyList<KeptField> Fields, string Action, string? Page)
{
    /// <summary>Fields whose words do not come back: they are kept as empty.</summary>
    public IReadOnlySet<string> Passwords { get; init; } = new HashSet<string>();

    /// <summary>Each that is wrong with a field, by the field's name; none where the whole was refused.</summary>
    public IReadOnlyDictionary<string, string> Faults => Problem.Fields ?? new Dictionary<string, string>();

    /// <summary>As itself, with nothing around it.</summary>
    internal RazorComponentResult<RefusedForm> Alone() => new(new { Sending = this }) { StatusCode = UseCaseEndpoints.Status(Problem) };
}

/// <summary>Gives a refused form back on the page that it came from: the same fields, labels and hints hold what was typed, and what is wrong is told on top and beside each.</summary>
/// <remarks>
/// The page is asked for again, as its reader would, and its form filled in (<see cref="FilledForm"/>): every page's forms come
/// back as themselves, with no script. Where that page cannot be shown, or has the form no longer, the form comes alone.
/// </remarks>
public static class RefusedSendings
{
    /// <summary>Stands before the routing, which looks for the page.</summary>
    public static async Task AnswerAsync(HttpContext http, RequestDelegate next)
    {
        await next(http);
        if (http.Features.Get<RefusedSending>() is not { } refused || http.Response.HasStarted) return;
        if (await PageAsync(http, next, refused) is { } page)
        {
            http.Response.StatusCode = UseCaseEndpoints.Status(refused.Problem);
            await http.Response.WriteAsync(page, http.RequestAborted);
            return;
        }
        http.Response.Headers.Location = default;
        await refused.Alone().ExecuteAsync(http);
    }

    private static async Task<string?> PageAsync(HttpContext http, RequestDelegate next, RefusedSending refused)
    {
        if (refused.Page is not { } page) return null;
        var (request, response) = (http.Request, http.Response);
        var before = (request.Method, request.Path, request.QueryString, Services: http.RequestServices, response.Body);
        var query = page.IndexOf('?', StringComparison.Ordinal);
        using var shown = new MemoryStream();
        // With a scope of its own: if the form comes alone after all, a second page cannot begin in it.
        await using var scope = http.RequestServices.CreateAsyncScope();
        try
        {
            http.SetEndpoint(null);
            request.RouteValues = [];
            (request.Method, request.Path, request.QueryString) = (HttpMethods.Get, PathString.FromUriComponent(query < 0 ? page : page[..query]), new QueryString(query < 0 ? "" : page[query..]));
            (http.RequestServices, response.Body) = (scope.ServiceProvider, shown);
            // The frame's links within the page stay at the address that the browser shows.
            http.Features.Set<IStatusCodeReExecuteFeature>(new StatusCodeReExecuteFeature { OriginalPath = refused.Action, OriginalPathBase = "", OriginalQueryString = "" });
            await next(http);
        }
        catch (Exception fault) when (StorageFaults.Of(fault) is not null)
        {
            return null;
        }
        finally
        {
            (request.Method, request.Path, request.QueryString) = (before.Method, before.Path, before.QueryString);
            (http.RequestServices, response.Body) = (before.Services, before.Body);
        }
        var isPage = response.StatusCode == StatusCodes.Status200OK && response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true;
        return isPage ? FilledForm.In(Encoding.UTF8.GetString(shown.ToArray()), refused) : null;
    }
}
