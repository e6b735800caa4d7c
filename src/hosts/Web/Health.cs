using Homeward.Foundations.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Homeward.Web;

/// <summary>Whether the house is ready to serve: its database answers, and what was last tried to be stored was stored.</summary>
internal static class Health
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("live")).ExcludeFromDescription();
        routes.MapGet("/health/ready", async (HomewardDb db, StorageWatch watch, CancellationToken cancel) =>
            await FaultAsync(db, watch, cancel) is { } fault
                ? Results.Text($"{StorageWatch.Words(fault)}; nothing is taken until it is mended, and then by itself", statusCode: StatusCodes.Status503ServiceUnavailable)
                : Results.Text("ready")).ExcludeFromDescription();
    }

    private static async Task<StorageFault?> FaultAsync(HomewardDb db, StorageWatch watch, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(_patience);
        try
        {
            // Tried again while one has failed: a house that nobody is sent to would else never hear that it can go on.
            return await db.Database.CanConnectAsync(patience.Token) ? await watch.TryAsync(patience.Token) : StorageFault.Away;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return StorageFault.Away;
        }
    }
}
