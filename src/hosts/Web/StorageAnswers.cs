using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Web;

/// <summary>Says that the database is away or the disk is full, where a page would else say that something broke.</summary>
/// <remarks>Stands inside of the status pages, which show it to people, and of <see cref="ProgramAnswers"/>, which tells programs.</remarks>
internal static class StorageAnswers
{
    private static readonly object _isKnown = new();

    public static async Task AnswerAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (Exception fault) when (!http.Response.HasStarted && StorageFaults.Of(fault) is { } kind)
        {
            http.RequestServices.GetRequiredService<StorageWatch>().Failed(fault);
            // The page that says so must not ask the database who is there and what waits.
            http.Items[_isKnown] = true;
            Session.Leave(http);
            http.Response.Clear();
            http.Response.Headers.RetryAfter = StorageFaults.RetryAfter;
            if (http.Request.HasFormContentType && http.GetEndpoint()?.Metadata.GetMetadata<UseCase>() is not null)
            {
                await UseCaseEndpoints.GiveBackAsync(http, kind);
                return;
            }
            http.Response.StatusCode = kind == StorageFault.Full ? StatusCodes.Status507InsufficientStorage : StatusCodes.Status503ServiceUnavailable;
        }
    }

    /// <summary>Whether this request has found that the house cannot store.</summary>
    public static bool IsKnown(HttpContext http) => http.Items.ContainsKey(_isKnown);
}
