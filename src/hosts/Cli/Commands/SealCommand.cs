using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Homeward.Foundations.Sealing;

namespace Homeward.Cli.Commands;

/// <summary><c>homeward seal open</c> and <c>seal share</c>: for the holder of a key, on the holder's own machine. No database, no server.</summary>
internal static class SealCommand
{
    private static readonly Argument<FileInfo> _file = new("FILE") { Description = "The sealed file; its recipients stand beside it." };
    private static readonly Option<FileInfo> _key = new("--key") { Description = "PEM file of the holder's private key.", Required = true };
    private static readonly Option<FileInfo?> _passphrase = new("--passphrase-file") { Description = "Text file with the key's passphrase, where it has one, on its first line." };
    private static readonly Option<FileInfo> _to = new("--to") { Description = "PEM file of the new recipient's certificate.", Required = true };
    private static readonly Option<FileInfo> _out = new("--out") { Description = "Where the opened content goes; it must not be there yet.", Required = true };

    public static Command Build() => new("seal", "Open or share a sealed file, with a key that only its holder has.")
    {
        new Command("open", "Example: homeward seal open a.sealed --key mine.pem --out a.bin") { _file, _key, _passphrase, _out }.Does((parsed, answer, cancel) =>
            WithKeyAsync(parsed, answer, async key =>
            {
                var path = parsed.GetValue(_out)!.FullName;
                await SealedFileHolder.OpenAsync(parsed.GetValue(_file)!.FullName, key, path, cancel);
                return answer.Say(Exit.Done, new { written = path }, output => output.WriteLine($"Written: {path}"));
            })),
        new Command("share", "Example: homeward seal share a.sealed --key mine.pem --to theirs.pem") { _file, _key, _passphrase, _to }.Does((parsed, answer, cancel) =>
            WithKeyAsync(parsed, answer, async key =>
            {
                using var to = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(parsed.GetValue(_to)!.FullName, cancel));
                if (!(await SealedFileHolder.ShareAsync(parsed.GetValue(_file)!.FullName, key, to, cancel)).TryGet(out var shared, out var problem)) return answer.Refuse(problem);
                return answer.Say(Exit.Done, new { recipient = shared.Thumbprint, added = shared.IsNew }, output => output.WriteLine(shared.IsNew
                    ? $"Shared with {shared.Thumbprint}. The list of recipients was added to." : $"{shared.Thumbprint} is a recipient already. Nothing was added."));
            })),
    };

    private const string UnlockMend =
        "Put its passphrase into a text file that only you can read and name that with --passphrase-file; or write the key without one: openssl pkey -in mine.pem -out open.pem.";

    private static async Task<bool> UnlockAsync(RSA key, string pem, FileInfo kept)
    {
        var passphrase = (await File.ReadAllLinesAsync(kept.FullName)).FirstOrDefault() ?? "";
        try
        {
            key.ImportFromEncryptedPem(pem, passphrase);
            return true;
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            // A wrong passphrase, or an older form of protection, which openssl still reads.
            return false;
        }
    }

    private static async Task<int> WithKeyAsync(ParseResult parsed, Answer answer, Func<RSA, Task<int>> act)
    {
        using var key = RSA.Create();
        try
        {
            var pem = await File.ReadAllTextAsync(parsed.GetValue(_key)!.FullName);
            if (!pem.Contains("ENCRYPTED", StringComparison.Ordinal)) key.ImportFromPem(pem);
            else if (parsed.GetValue(_passphrase) is not { } kept) return answer.Refuse(Exit.BadInput, "key-protected", "This key is protected by a passphrase.", UnlockMend);
            else if (!await UnlockAsync(key, pem, kept)) return answer.Refuse(Exit.BadInput, "key-protected", "The passphrase does not open this key.", UnlockMend);
            return await act(key);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            return answer.Refuse(Exit.BadInput, "seal-refused", fault.Message, "Check that this is the key of a recipient, and that the file is whole.");
        }
        catch (IOException fault) when (fault is not (FileNotFoundException or DirectoryNotFoundException))
        {
            return answer.Refuse(Exit.BadInput, "seal-refused", fault.Message, "Name a file that is not there yet.");
        }
    }
}
