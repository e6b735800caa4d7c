using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Homeward.Foundations.Storage;
using Homeward.Kernel;

namespace Homeward.Foundations.Sealing;

/// <summary>A sealed file that lies in the blob folder.</summary>
/// <param name="Name">Of the blob; its recipients are listed in <c>NAME.recipients</c> beside it.</param>
/// <param name="Sha256">Of the content in clear, made while it passed.</param>
/// <param name="Recipient">Thumbprint of the certificate to which it was sealed.</param>
public sealed record SealedBlob(string Name, string Sha256, long Bytes, string Recipient);

/// <summary>The folder of sealed files: written once, never opened here.</summary>
/// <param name="watch">Told whether files can be stored; null where nobody asks for it.</param>
public sealed class SealedBlobs(string folder, Disk disk, StorageWatch? watch = null)
{
    private const string PartEnding = ".part";

    /// <summary>Seals the stream into a blob. It has its name only when it is whole and on disk.</summary>
    public async Task<SealedBlob> PutAsync(Stream content, X509Certificate2 recipient, CancellationToken cancel)
    {
        disk.MakeFolder(folder);
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var (path, part) = (PathOf(name), PathOf(name) + PartEnding);
        try
        {
            SealedRecipient line;
            string sha256;
            long bytes;
            await using (var file = disk.Create(part))
            {
                (line, sha256, bytes) = await SealedFileFormat.SealAsync(content, file, recipient, cancel);
                disk.Sync(file);
            }
            await RecipientList.AddAsync(path, line, disk, cancel);
            disk.Move(part, path);
            disk.SyncFolder(folder);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead);
            watch?.FileStored();
            return new SealedBlob(name, sha256, bytes, line.Thumbprint);
        }
        catch (Exception fault)
        {
            watch?.Failed(fault);
            disk.Delete(part);
            disk.Delete(RecipientList.PathOf(path));
            throw;
        }
    }

    public string PathOf(string name) => Path.Combine(folder, FileNameOf(name));

    /// <summary>How the file of that name is called in the blob folder.</summary>
    public static string FileNameOf(string name) => name + ".sealed";

    /// <summary>Takes away what was never put on record.</summary>
    public void Forget(SealedBlob blob) => Forget(blob.Name);

    /// <summary>Takes away what was withdrawn. What is not there any more is no fault.</summary>
    public void Forget(string name)
    {
        if (!Directory.Exists(folder)) return;
        disk.Delete(PathOf(name));
        disk.Delete(RecipientList.PathOf(PathOf(name)));
    }

    /// <summary>Destroys sealed files with every recipient's line, which hold their only keys. Those that are gone already are no fault.</summary>
    /// <remarks>The lines are overwritten first. What a medium or a backup keeps below the file system is beyond this; without a line nobody opens it.</remarks>
    public void Destroy(IReadOnlyCollection<string> names)
    {
        if (names.Count == 0 || !Directory.Exists(folder)) return;
        foreach (var name in names)
        {
            var lines = RecipientList.PathOf(PathOf(name));
            if (File.Exists(lines))
            {
                using var file = disk.Overwrite(lines);
                file.Write(new byte[file.Length]);
                disk.Sync(file);
            }
            Forget(name);
        }
        disk.SyncFolder(folder);
    }

    /// <summary>Whether anything of a sealed file is there: itself, or a line of its recipients.</summary>
    public bool Has(string name) => File.Exists(PathOf(name)) || File.Exists(RecipientList.PathOf(PathOf(name)));

    /// <summary>What is wrong with a sealed file as it lies there; null where nothing is. What only its holder's key shows is not seen.</summary>
    /// <param name="bytes">Its size in clear.</param>
    /// <param name="recipient">Thumbprint of the certificate to which it was sealed.</param>
    public async Task<string?> FaultOfAsync(string name, long bytes, string recipient, CancellationToken cancel)
    {
        var path = PathOf(name);
        if (!File.Exists(path)) return "is not there.";
        try
        {
            await using var file = File.OpenRead(path);
            if (file.Length != SealedFileFormat.SealedBytes(bytes))
                return string.Create(CultureInfo.InvariantCulture, $"is {file.Length} bytes long, and was {SealedFileFormat.SealedBytes(bytes)}: it was cut or changed.");
            await SealedFileFormat.ReadHeaderAsync(file, cancel);
            return (await RecipientList.ReadAsync(path, cancel)).Any(line => line?.Thumbprint == recipient)
                ? null
                : "its list of recipients has no line of the one to whom it was sealed, so that nobody of them opens it.";
        }
        catch (CryptographicException)
        {
            return "does not begin as a sealed file does: it was changed.";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            return "it or its list of recipients is not there or cannot be read.";
        }
    }

    /// <summary>Takes away what was never whole and has not grown since: its process was killed.</summary>
    public void ForgetParts(DateTimeOffset before)
    {
        if (!Directory.Exists(folder)) return;
        foreach (var part in Directory.EnumerateFiles(folder, "*" + PartEnding))
            if (File.GetLastWriteTimeUtc(part) < before.UtcDateTime) disk.Delete(part);
    }
}

/// <summary>Who may open a sealed file: a list of its own beside it, to which lines are only ever added.</summary>
public static class RecipientList
{
    public const string Ending = ".recipients";

    public static string PathOf(string sealedPath) => sealedPath + Ending;

    public static async Task AddAsync(string sealedPath, SealedRecipient recipient, Disk disk, CancellationToken cancel)
    {
        await using var file = disk.Append(PathOf(sealedPath));
        await file.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(recipient, JsonSerializerOptions.Web), cancel);
        file.WriteByte((byte)'\n');
        disk.Sync(file);
    }

    public static async Task<IReadOnlyList<SealedRecipient>> ReadAsync(string sealedPath, CancellationToken cancel) =>
        [.. (await File.ReadAllLinesAsync(PathOf(sealedPath), cancel)).Where(line => line.Length > 0)
            .Select(line => JsonSerializer.Deserialize<SealedRecipient>(line, JsonSerializerOptions.Web)!)];
}

/// <summary>What the holder of a key does on the holder's own machine: open, and share onward. The server does neither.</summary>
public static class SealedFileHolder
{
    /// <summary>Shorter keys wrap nothing any more: NIST SP 800-131A Rev. 2, on the transport of keys with RSA.</summary>

    /// <param name="IsNew">False: the recipient stood in the list already.</param>
    public sealed record Shared(string Thumbprint, bool IsNew);

    /// <summary><c>homeward seal open</c>.</summary>
    /// <exception cref="CryptographicException">The key opens none of the lines, or the file was changed.</exception>
    public static async Task OpenAsync(string sealedPath, RSA privateKey, Stream clear, CancellationToken cancel)
    {
        await using var file = File.OpenRead(sealedPath);
        var (line, _) = await MineAsync(sealedPath, privateKey, cancel);
        await SealedFileFormat.OpenAsync(file, line, privateKey, clear, cancel);
    }

    /// <summary>The same into a new file, readable by its owner alone. It has its name only once it is whole: what was cut off or changed leaves nothing.</summary>
    /// <exception cref="CryptographicException">The key opens none of the lines, or the file was changed.</exception>
    /// <exception cref="IOException">There is a file of that name.</exception>
    public static async Task OpenAsync(string sealedPath, RSA privateKey, string clearPath, CancellationToken cancel)
    {
        if (Path.Exists(clearPath)) throw new IOException($"{clearPath} is there already.");
        var disk = new Disk();
        var part = $"{clearPath}.{Path.GetRandomFileName()}";
        try
        {
            await using (var clear = disk.Create(part, UnixFileMode.UserRead | UnixFileMode.UserWrite))
            {
                await OpenAsync(sealedPath, privateKey, clear, cancel);
                disk.Sync(clear);
            }
            disk.Name(part, clearPath);
        }
        finally
        {
            disk.Delete(part);
        }
    }

    /// <summary><c>homeward seal share</c>: adds a line for one more certificate; the content is not touched.</summary>
    /// <returns>Thumbprint of the recipient, and whether it is a new one; or why the certificate is none to share with.</returns>
    /// <exception cref="CryptographicException">The key opens none of the lines.</exception>
    public static async Task<Result<Shared>> ShareAsync(string sealedPath, RSA privateKey, X509Certificate2 to, CancellationToken cancel)
    {
        var (mine, header) = await MineAsync(sealedPath, privateKey, cancel);
        if (Unfit(to) is { } unfit) return unfit;
        var thumbprint = SealedFileFormat.ThumbprintOf(to);
        // A second line would open no more, and lines are never taken away.
        if ((await RecipientList.ReadAsync(sealedPath, cancel)).Any(line => line.Thumbprint.Equals(thumbprint, StringComparison.OrdinalIgnoreCase))) return new Shared(thumbprint, IsNew: false);
        await RecipientList.AddAsync(sealedPath, SealedFileFormat.Share(header, mine, privateKey, to), new Disk(), cancel);
        return new Shared(thumbprint, IsNew: true);
    }

    private static Problem? Unfit(X509Certificate2 to) =>
        SealedFileFormat.Unfit(to) is { } why ? Problem.Invalid("recipient-unfit", $"The recipient's certificate {why}.", "Ask for a certificate with an RSA key of 2048 bits or more.") : null;

    /// <summary>The holder has a key and no certificate at hand: the line that it opens is the holder's.</summary>
    private static async Task<(SealedRecipient Line, byte[] Header)> MineAsync(string sealedPath, RSA privateKey, CancellationToken cancel)
    {
        byte[] header;
        await using (var file = File.OpenRead(sealedPath)) header = await SealedFileFormat.ReadHeaderAsync(file, cancel);
        foreach (var line in await RecipientList.ReadAsync(sealedPath, cancel))
        {
            try
            {
                if (privateKey.Decrypt(Convert.FromBase64String(line.WrappedKey), RSAEncryptionPadding.OaepSHA256).Length > 0) return (line, header);
            }
            catch (CryptographicException)
            {
                // Another recipient's line.
            }
        }
        throw new CryptographicException("This key opens none of the recipients' lines of this file.");
    }
}
