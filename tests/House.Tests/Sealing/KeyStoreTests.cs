using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;

namespace Homeward.House.Tests.Sealing;

public sealed class KeyStoreTests : IDisposable
{
    private const UnixFileMode OwnerReadsAndWrites = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string _parent = Directory.CreateTempSubdirectory("homeward-keys-").FullName;
    private string Folder => Path.Combine(_parent, "keys");

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    private static void MakeAll(KeyStore keys)
    {
        foreach (var purpose in new[] { "originals", "care-government", "care-advocate" }) keys.EnvelopeKey(purpose);
        keys.AuditSigningKey(mayMake: true).Dispose();
        keys.ClearingUnitCertificate().Dispose();
    }

    [Fact]
    public void A_key_is_made_once_and_read_ever_after()
    {
        var first = new KeyStore(Folder, new Disk()).EnvelopeKey("originals");
        first.Length.ShouldBe(32);
        new KeyStore(Folder, new Disk()).EnvelopeKey("originals").ShouldBe(first);
        new KeyStore(Folder, new Disk()).EnvelopeKey("care-advocate").ShouldNotBe(first);
    }

    [Fact]
    public void Only_the_owner_reads_the_folder_and_every_key_in_it()
    {
        MakeAll(new KeyStore(Folder, new Disk()));
        if (OperatingSystem.IsWindows()) return;
        File.GetUnixFileMode(Folder).ShouldBe(OwnerReadsAndWrites | UnixFileMode.UserExecute);
        var files = Directory.GetFiles(Folder, "*", SearchOption.AllDirectories);
        files.Length.ShouldBe(7);
        foreach (var file in files) File.GetUnixFileMode(file).ShouldBe(OwnerReadsAndWrites, file);
    }

    /// <summary>Nodes that start together on one folder must all believe in the same keys, and each pair must fit.</summary>
    /// <summary>As it is for every user but root.</summary>
    private sealed class ForReadingOnly : Disk
    {
        public override Stream Overwrite(string path) => throw new UnauthorizedAccessException(path);
    }

    [Fact]
    public void What_is_for_reading_only_comes_to_the_disk_too()
    {
        File.WriteAllText(Path.Combine(_parent, "a.sealed"), "sealed");
        new ForReadingOnly().SyncTree(_parent);
        File.Delete(Path.Combine(_parent, "a.sealed"));
    }

    [Fact]
    public void Eight_nodes_that_start_together_have_the_same_keys()
    {
        for (var round = 0; round < 5; round++)
        {
            var folder = Path.Combine(_parent, $"round-{round}");
            using var start = new Barrier(8);
            var seen = new string[8];
            var nodes = Enumerable.Range(0, 8).Select(node => new Thread(() =>
            {
                var keys = new KeyStore(folder, new Disk());
                start.SignalAndWait();
                try
                {
                    var envelope = keys.EnvelopeKey("originals");
                    using var signing = keys.AuditSigningKey(mayMake: true);
                    seen[node] = Convert.ToHexString(envelope) + signing.ExportSubjectPublicKeyInfoPem();
                }
                catch (Exception fault)
                {
                    seen[node] = fault.ToString();
                }
            })).ToList();
            nodes.ForEach(node => node.Start());
            nodes.ForEach(node => node.Join());
            seen.Distinct().ShouldHaveSingleItem().ShouldEndWith(File.ReadAllText(new KeyStore(folder, new Disk()).AuditPublicKeyPath));
        }
    }

    /// <summary>A certificate whose private key was lost would seal files that nobody ever opens.</summary>
    [Fact]
    public void The_clearing_unit_s_certificate_fits_the_key_its_holder_has_whoever_made_it()
    {
        using var start = new Barrier(3);
        var nodes = Enumerable.Range(0, 3).Select(_ => new Thread(() =>
        {
            var keys = new KeyStore(Folder, new Disk());
            start.SignalAndWait();
            keys.ClearingUnitCertificate().Dispose();
        })).ToList();
        nodes.ForEach(node => node.Start());
        nodes.ForEach(node => node.Join());
        using var certificate = new KeyStore(Folder, new Disk()).ClearingUnitCertificate();
        certificate.HasPrivateKey.ShouldBeFalse();
        using var holder = RSA.Create();
        holder.ImportFromPem(File.ReadAllText(Path.Combine(Folder, "holder", "clearing-unit-private.pem")));
        using var sealing = certificate.GetRSAPublicKey()!;
        holder.Decrypt(sealing.Encrypt([7], RSAEncryptionPadding.OaepSHA256), RSAEncryptionPadding.OaepSHA256).ShouldBe([7]);
    }

    [Theory]
    [InlineData("../elsewhere")]
    [InlineData("Originals")]
    [InlineData("a/b")]
    public void A_purpose_is_a_plain_word(string purpose) =>
        Should.Throw<BrokenInvariantException>(() => new KeyStore(Folder, new Disk()).EnvelopeKey(purpose));
}
