using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Kernel;

namespace Homeward.Intake.Packages;

/// <summary>Where dropped files arrive: read and sealed while they stream past, then put on record together, or not at all.</summary>
/// <remarks>As with <see cref="SealedArrivals"/> the act begins when everything lies sealed: a slow line holds nobody's writing up.</remarks>
public sealed class PackageArrivals(Desk desk, SealedBlobs blobs, KeyStore keys, HouseOptions house)
{
    public const string Action = "intake.receive-package";

    /// <summary>One dropped file; its content is read before the next one is asked for.</summary>
    public sealed record Dropped(string Name, Stream Content);

    /// <inheritdoc cref="ReceiveAsync(Actor, IAsyncEnumerable{Dropped}, IReadOnlyList{string}, CancellationToken)"/>
    public Task<Result<ReceivePackage.Receipt>> ReceiveAsync(Actor actor, IAsyncEnumerable<Dropped> files, CancellationToken cancel) => ReceiveAsync(actor, files, [], cancel);

    /// <param name="beside">Paths of reports in the providers' form that lie beside the files and were taken by themselves: a file may be theirs.</param>
    /// <exception cref="IOException">The sender broke off, or the disk is full: nothing is kept.</exception>
    public async Task<Result<ReceivePackage.Receipt>> ReceiveAsync(Actor actor, IAsyncEnumerable<Dropped> files, IReadOnlyList<string> beside, CancellationToken cancel)
    {
        if (!desk.Allows(actor, Action)) return Problem.Forbidden($"Your role ({actor.Role.Title()}) does not do this.");
        using var reading = new PackageReading(blobs, keys, house.BlobFolder);
        var isKept = false;
        try
        {
            var count = 0;
            await foreach (var file in files.WithCancellation(cancel))
            {
                await reading.TakeAsync(file.Name, file.Content, cancel);
                count++;
            }
            if (count == 0) return Problem.Invalid("no-file", "No file was chosen.", "Choose the JSON, PDF or ZIP as you downloaded it.");
            var answer = await desk.DoAsync<ReceivePackage.Request, ReceivePackage.Receipt>(actor, reading.Read with { Beside = beside }, cancel);
            isKept = answer.IsDone;
            if (isKept) foreach (var blob in answer.Value.Superfluous) blobs.Forget(blob);
            return answer;
        }
        catch (Exception fault) when (StorageFaults.Of(fault) == StorageFault.Away)
        {
            // It may have been stored all the same: then the files must be there.
            isKept = true;
            throw;
        }
        finally
        {
            if (!isKept) reading.Forget();
        }
    }
}
