using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Homeward.Foundations.Storage;
using Homeward.Kernel;

namespace Homeward.Foundations.Sealing;

/// <summary>Keys of the house, made at first run and kept outside the database, readable by their owner only.</summary>
/// <remarks>
/// Envelope keys: one for originals and free text, one for each of Care's rooms. The audit key signs checkpoints. The
/// clearing unit's certificate seals files. Where the unit put none here before the first file came, a pair of keys is made,
/// the private one into a folder of the holder's that the server does not read (<c>holder/</c>): enough for a demo; elsewhere
/// it must go to the holder's own machine, and is told of until it is gone (<see cref="HolderKeyPath"/>). In production keys
/// come from an HSM or a secret store into the same folder.
/// </remarks>
public sealed class KeyStore
{
    /// <summary>The <see cref="Problem.Code"/> of keys that belong to another database.</summary>
    public const string OtherKeys = "other-keys";
    private const string Originals = "originals";

    private readonly string _folder;
    private readonly Disk _disk;

    /// <remarks>It makes nothing: a folder that was mistyped stays as it is, or is not there.</remarks>
    public KeyStore(string folder, Disk disk)
    {
        (_folder, _disk) = (folder, disk);
        if (File.Exists(EnvelopePath(Originals))) CloseToOthers();
    }

    /// <summary>By what a database knows these keys again; it opens nothing. Null where there are none.</summary>
    public string? Fingerprint =>
        File.Exists(EnvelopePath(Originals)) ? Convert.ToHexStringLower(HMACSHA256.HashData(EnvelopeKey(Originals), "homeward/keys/1"u8)) : null;

    /// <summary>The same, of keys that are made where there are none.</summary>
    public string FingerprintOfKept()
    {
        EnvelopeKey(Originals);
        return Fingerprint!;
    }

    /// <summary>The same of every other envelope key that there is, by its purpose; and of that of words, which is made: without it nothing is found that was said.</summary>
    public IReadOnlyDictionary<string, string> FingerprintsOfKept()
    {
        EnvelopeKey("words");
        return Directory.EnumerateFiles(_folder, "*.key").Select(path => Path.GetFileNameWithoutExtension(path)).Where(purpose => purpose != Originals)
            .ToDictionary(purpose => purpose, purpose => FingerprintOf(purpose)!, StringComparer.Ordinal);
    }

    /// <summary>Why an envelope key is of no use to a database that knows its own: it is lost, or another. Null when it is its own.</summary>
    public Problem? RefuseUnlessKnown(string purpose, string mark) => FingerprintOf(purpose) == mark ? null : Problem.Of(
        OtherKeys, $"A key of this database is {(File.Exists(EnvelopePath(purpose)) ? "another" : "lost")}: {EnvelopePath(purpose)}. Nothing was written, and none was made.",
        $"Restore {purpose}.key from the backup into that folder, or name the folder of the database's keys by HOMEWARD_KEYS.");

    private string? FingerprintOf(string purpose) =>
        File.Exists(EnvelopePath(purpose)) ? Convert.ToHexStringLower(HMACSHA256.HashData(EnvelopeKey(purpose), Encoding.UTF8.GetBytes($"homeward/keys/1/{purpose}"))) : null;

    /// <summary>Whether these keys made that signature. Makes none.</summary>
    public bool HasSigned(byte[] hash, byte[] signature)
    {
        if (!File.Exists(AuditKeyPath)) return false;
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(AuditKeyPath));
            return key.VerifyHash(hash, signature);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            // What lies there is no such key.
            return false;
        }
    }

    /// <summary>Why these keys are of no use to a database that knows its own; null when they are its own.</summary>
    public Problem? RefuseUnless(bool theyAreItsOwn) => theyAreItsOwn ? null : Problem.Of(
        OtherKeys, $"These are not the keys of this database: {_folder} holds {(Fingerprint is null ? "none" : "others")}. Nothing was written.",
        "Name the folder of its keys by HOMEWARD_KEYS, or restore them from the backup.");

    /// <param name="mark">What the database keeps of its keys; null where it knows none yet, and any may become its own.</param>
    public Problem? RefuseUnlessKnown(string? mark) => RefuseUnless(mark is null || mark == Fingerprint);

    /// <summary>Why a trace that began with this signature cannot go on: the key that signs it is gone, or another. Null when it is there.</summary>
    /// <remarks>One that was made anew would speak for what the lost one signed, and whoever checks the trace could not tell it from a forger's.</remarks>
    public Problem? RefuseUnlessItSigned(byte[] hash, byte[] signature) => HasSigned(hash, signature) ? null : Problem.Of(
        OtherKeys, $"The key that signs the trace of this database is {(File.Exists(AuditKeyPath) ? "another" : "lost")}: {AuditKeyPath}. Nothing was written, and none was made.",
        $"Restore {Path.GetFileName(AuditKeyPath)} from the backup into that folder, or name the folder of the database's keys by HOMEWARD_KEYS.");

    /// <summary>The 256-bit key of a purpose: <c>originals</c>, <c>words</c>, <c>care-government</c>, <c>care-advocate</c>.</summary>
    public byte[] EnvelopeKey(string purpose)
    {
        Ensure.That(purpose.All(letter => char.IsAsciiLetterLower(letter) || letter == '-'));
        var path = EnvelopePath(purpose);
        if (!File.Exists(path)) WriteOnce(path, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        return Convert.FromBase64String(File.ReadAllText(path).Trim());
    }

    /// <summary>Signs checkpoints: ECDSA P-384.</summary>
    /// <param name="mayMake">False where it has signed before: it is not made anew.</param>
    /// <exception cref="FileNotFoundException">It has signed before, and is lost.</exception>
    public ECDsa AuditSigningKey(bool mayMake)
    {
        var path = AuditKeyPath;
        if (mayMake && !File.Exists(path))
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP384);
            WriteOnce(path, made.ExportPkcs8PrivateKeyPem());
        }
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(path));
        // From the key that is kept, not from the one just made: another node may have been first.
        if (!File.Exists(AuditPublicKeyPath)) WriteOnce(AuditPublicKeyPath, key.ExportSubjectPublicKeyInfoPem());
        return key;
    }

    private string EnvelopePath(string purpose) => Path.Combine(_folder, $"{purpose}.key");

    private string AuditKeyPath => Path.Combine(_folder, "audit-signing.pem");

    /// <summary>Where an outsider finds the public key that checks the checkpoints.</summary>
    public string AuditPublicKeyPath => Path.Combine(_folder, "audit-public.pem");

    private string ClearingUnitPath => Path.Combine(_folder, "clearing-unit.pem");

    /// <summary>The certificate to which arriving files are sealed. The server has no key that opens them.</summary>
    public X509Certificate2 ClearingUnitCertificate()
    {
        var path = ClearingUnitPath;
        if (!File.Exists(path)) MakeClearingUnit(path);
        return X509Certificate2.CreateFromPem(File.ReadAllText(path));
    }

    /// <summary>Why files cannot be sealed to the clearing unit's certificate; null where they can, and where none is there yet.</summary>
    public Problem? UnfitClearingUnit()
    {
        var path = ClearingUnitPath;
        if (!File.Exists(path)) return null;
        try
        {
            using var certificate = ClearingUnitCertificate();
            return SealedFileFormat.Unfit(certificate) is { } why ? Unfit(why) : null;
        }
        catch (CryptographicException)
        {
            return Unfit("is no certificate in PEM");
        }

        Problem Unfit(string why) => Problem.Of("clearing-unit-unfit", $"{path} {why}. No file could be sealed to it, or anybody could open it.", "Put the clearing unit's own certificate in its place: PEM, RSA, 2048 bits or more.");
    }

    /// <summary>What of the clearing unit's certificate somebody should see to, though files can be sealed to it; null where nothing.</summary>
    public string? DoubtfulClearingUnit(DateTimeOffset now)
    {
        var path = ClearingUnitPath;
        if (!File.Exists(path) || UnfitClearingUnit() is not null) return null;
        if (File.ReadAllText(path).Contains("PRIVATE KEY", StringComparison.Ordinal)) return $"{path} holds a private key beside the certificate: who has this machine opens the sealed files.";
        using var certificate = ClearingUnitCertificate();
        return certificate.NotAfter.ToUniversalTime() < now.UtcDateTime ? $"The clearing unit's certificate has ended: {path}. Files are sealed to it all the same; ask the unit for its new one." : null;
    }

    /// <summary>Where the clearing unit's private key lies on this machine, where it does: whoever has the machine then opens what is sealed.</summary>
    public static string? HolderKeyPath(string keyFolder) => HolderKeyIn(keyFolder) is var path && File.Exists(path) ? path : null;

    private static string HolderKeyIn(string keyFolder) => Path.Combine(keyFolder, "holder", "clearing-unit-private.pem");

    private void MakeClearingUnit(string path)
    {
        var privatePath = HolderKeyIn(_folder);
        _disk.MakeFolder(Path.GetDirectoryName(privatePath)!);
        using (var made = RSA.Create(3072)) WriteOnce(privatePath, made.ExportPkcs8PrivateKeyPem());
        // For the key that the holder has, whichever node made it: else files would be sealed that nobody ever opens.
        using var key = RSA.Create();
        key.ImportFromPem(File.ReadAllText(privatePath));
        var request = new CertificateRequest(
            "CN=Clearing unit (exercise)", key, HashAlgorithmName.SHA384, RSASignaturePadding.Pss);
        var from = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(from.AddDays(-1), from.AddYears(5));
        WriteOnce(path, certificate.ExportCertificatePem());
    }

    private void CloseToOthers()
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private void WriteOnce(string path, string text)
    {
        _disk.MakeFolder(_folder);
        CloseToOthers();
        _disk.WriteOnce(path, text);
    }
}
