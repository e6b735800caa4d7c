using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
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

    /// <summary>Documents of one drop, in bytes: they are held in memory until all are stored together. What goes beyond lies sealed unread.</summary>
    public const long DocumentsBytesMax = 256L << 20;

    /// <summary>Largest document, in bytes.</summary>
    public const int DocumentBytesMax = 64 << 20;

    /// <summary>One dropped file; its content is read before the next one is asked for.</summary>
    public sealed record Dropped(string Name, Stream Content)
    {
        /// <summary>A report names it, or whoever brings it looked into it and found none: it is sealed whole, whatever its name.</summary>
        public bool IsEvidence { get; init; }
    }

    /// <summary>By what a file is known to a report, but for its hash: equal marks are one name.</summary>
    public static string MarkOf(string path) => $"name {Belonging.Key(path)}";

    /// <summary>By what a file is known to a report that names it otherwise.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "Reports name their files by MD5; nothing is secured by it.")]
    public static string HashMark(Stream content) => HashMark(Convert.ToHexStringLower(MD5.HashData(content)));

    /// <summary>The marks of all files that a report names.</summary>
    /// <returns>Null for what is no report by its ending and its content.</returns>
    public static IReadOnlyList<string>? MarksIn(string path, byte[] document) =>
        PackedDocuments.Judge(path, document, isAlone: false).Report is not { Number.Length: > 0 } report ? null
            : [NumberMark(report.Number), .. report.Names.SelectMany(name => new[] { MarkOf(name.Name), name.OriginalName is { } original ? MarkOf(original) : null, name.Md5 is { } md5 ? HashMark(md5.ToLowerInvariant()) : null }).OfType<string>().Distinct()];

    /// <summary>Whether somebody may have sent it as a report: it is one, or nobody can tell because it is damaged.</summary>
    /// <param name="path">Of a line in a file of lines, with its number behind it.</param>
    public static bool MayBeReport(string path, byte[] document) => PackedDocuments.MayBeReport(path, document);

    /// <summary>By what a file is known that bears a report's number as its name.</summary>
    public static string NumberMark(string path) => $"number {Belonging.Bare(path)}";

    public static bool IsHash(string mark) => mark.StartsWith(HashMark(""), StringComparison.Ordinal);

    private static string HashMark(string md5) => $"md5 {md5}";

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
                await (file.IsEvidence ? reading.TakeEvidenceAsync(file.Name, file.Content, cancel) : reading.TakeAsync(file.Name, file.Content, cancel));
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
