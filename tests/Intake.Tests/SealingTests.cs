using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Intake.Tests;

/// <summary>R-04: sealed on arrival; opened by the holder only; whole or not at all.</summary>
public sealed class SealingTests
{
    [Theory]
    [InlineData(0), InlineData(1), InlineData(SealedFileFormat.ChunkBytes), InlineData(SealedFileFormat.ChunkBytes + 1), InlineData(3 * SealedFileFormat.ChunkBytes)]
    public async Task What_is_sealed_opens_with_the_holder_s_key_as_it_was(int bytes)
    {
        using var holder = Holder.Make();
        var content = RandomNumberGenerator.GetBytes(bytes);
        using var sealedFile = new MemoryStream();
        var (line, sha256, size) = await SealedFileFormat.SealAsync(new MemoryStream(content), sealedFile, holder.Certificate, CancellationToken.None);
        (size, sha256).ShouldBe((bytes, Convert.ToHexStringLower(SHA256.HashData(content))));
        (await OpenAsync(sealedFile.ToArray(), line, holder.Key)).ShouldBe(content);
    }

    [Fact]
    public async Task A_file_that_was_changed_cut_or_reordered_does_not_open()
    {
        using var holder = Holder.Make();
        var content = RandomNumberGenerator.GetBytes(2 * SealedFileFormat.ChunkBytes + 5);
        using var stream = new MemoryStream();
        var (line, _, _) = await SealedFileFormat.SealAsync(new MemoryStream(content), stream, holder.Certificate, CancellationToken.None);
        var whole = stream.ToArray();
        const int chunk = SealedFileFormat.ChunkBytes + 16;
        var changed = (byte[])whole.Clone();
        changed[SealedFileFormat.HeaderBytes + 9] ^= 1;
        var cut = whole[..(SealedFileFormat.HeaderBytes + chunk)];
        byte[] swapped =
        [
            .. whole[..SealedFileFormat.HeaderBytes], .. whole[(SealedFileFormat.HeaderBytes + chunk)..(SealedFileFormat.HeaderBytes + 2 * chunk)],
            .. whole[SealedFileFormat.HeaderBytes..(SealedFileFormat.HeaderBytes + chunk)], .. whole[(SealedFileFormat.HeaderBytes + 2 * chunk)..],
        ];
        foreach (var broken in new[] { changed, cut, swapped, whole[..SealedFileFormat.HeaderBytes], whole[..10] })
            await Should.ThrowAsync<CryptographicException>(() => OpenAsync(broken, line, holder.Key));
    }

    [Fact]
    public async Task A_file_arrives_sealed_is_shared_onward_by_its_holder_and_is_never_clear_on_disk()
    {
        await using var house = await Given.HouseAsync();
        var content = RandomNumberGenerator.GetBytes(100_000);
        var provider = await house.PersonAsync(Role.Provider);
        var report = (await house.ReceiveAsync(Given.Xml("100200300"))).Reports.Single();
        var arrivals = house.Services.GetRequiredService<SealedArrivals>();
        var receipt = (await arrivals.ReceiveAsync(provider, new MemoryStream(content), "image/jpeg", report, CancellationToken.None)).Value;
        receipt.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(content)));

        var options = house.Services.GetRequiredService<HouseOptions>();
        var row = await house.WithDbAsync(db => db.Set<SealedFileRow>().SingleAsync());
        // The holder is told which file it is.
        var analyst = await house.PersonAsync(Role.Analyst);
        await house.DoAsync<OpenReport.Request, OpenReport.Receipt>(analyst, new(report));
        var page = (await house.DoAsync<ShowReport.Request, ShowReport.Page>(analyst, new(report))).Value;
        var path = Path.Combine(options.BlobFolder, page.Sealed.Single().SealedAs);
        path.ShouldBe(Path.Combine(options.BlobFolder, row.Blob + ".sealed"));
        (await File.ReadAllBytesAsync(path)).AsSpan().IndexOf(content.AsSpan(0, 16)).ShouldBe(-1);

        using var clearingUnit = RSA.Create();
        clearingUnit.ImportFromPem(await File.ReadAllTextAsync(Path.Combine(options.KeyFolder, "holder", "clearing-unit-private.pem")));
        using var other = Holder.Make();
        await Should.ThrowAsync<CryptographicException>(() => SealedFileHolder.OpenAsync(path, other.Key, new MemoryStream(), CancellationToken.None));
        await SealedFileHolder.ShareAsync(path, clearingUnit, other.Certificate, CancellationToken.None);
        foreach (var key in new[] { clearingUnit, other.Key })
        {
            using var clear = new MemoryStream();
            await SealedFileHolder.OpenAsync(path, key, clear, CancellationToken.None);
            clear.ToArray().ShouldBe(content);
        }
    }

    [Fact]
    public async Task A_weak_certificate_is_no_recipient_and_who_is_one_already_gets_no_second_line()
    {
        using var holder = Holder.Make();
        using var theirs = Holder.Make();
        var folder = Directory.CreateTempSubdirectory("homeward-seal").FullName;
        try
        {
            var path = Path.Combine(folder, "a.sealed");
            await using (var file = File.Create(path))
            {
                var (line, _, _) = await SealedFileFormat.SealAsync(new MemoryStream([1, 2, 3]), file, holder.Certificate, CancellationToken.None);
                await File.WriteAllTextAsync(path + ".recipients", JsonSerializer.Serialize(line, JsonSerializerOptions.Web) + "\n");
            }
            using var shortKey = RSA.Create(1024);
            using var weak = Self(new CertificateRequest("CN=weak", shortKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
            using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using var other = Self(new CertificateRequest("CN=curve", curve, HashAlgorithmName.SHA256));
            (await ShareAsync(weak)).ShouldBe("The recipient's certificate has an RSA key of 1024 bits, and 2048 are the least (NIST SP 800-131A Rev. 2).");
            (await ShareAsync(other)).ShouldBe("The recipient's certificate holds no RSA key.");
            (await LinesAsync()).ShouldBe(1);
            (await ShareAsync(theirs.Certificate)).ShouldBe("new");
            (await ShareAsync(theirs.Certificate)).ShouldBe("known");
            (await ShareAsync(holder.Certificate)).ShouldBe("known");
            (await LinesAsync()).ShouldBe(2);

            async Task<string> ShareAsync(X509Certificate2 to) =>
                (await SealedFileHolder.ShareAsync(path, holder.Key, to, CancellationToken.None)).TryGet(out var shared, out var problem) ? shared.IsNew ? "new" : "known" : problem.What;
            async Task<int> LinesAsync() => (await File.ReadAllLinesAsync(path + ".recipients")).Length;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        static X509Certificate2 Self(CertificateRequest request) => request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
    }

    [Fact]
    public async Task What_cannot_be_opened_whole_leaves_nothing_clear_and_what_is_opened_is_its_holder_s_alone()
    {
        using var holder = Holder.Make();
        var folder = Directory.CreateTempSubdirectory("homeward-seal").FullName;
        try
        {
            var (path, clear) = (Path.Combine(folder, "a.sealed"), Path.Combine(folder, "a.bin"));
            var content = RandomNumberGenerator.GetBytes((2 * SealedFileFormat.ChunkBytes) + 5);
            await using (var file = File.Create(path))
            {
                var (line, _, _) = await SealedFileFormat.SealAsync(new MemoryStream(content), file, holder.Certificate, CancellationToken.None);
                await File.WriteAllTextAsync(path + ".recipients", JsonSerializer.Serialize(line, JsonSerializerOptions.Web) + "\n");
            }
            var whole = await File.ReadAllBytesAsync(path);
            await File.WriteAllBytesAsync(path, whole[..^100]);
            await Should.ThrowAsync<CryptographicException>(() => SealedFileHolder.OpenAsync(path, holder.Key, clear, CancellationToken.None));
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["a.sealed", "a.sealed.recipients"]);

            await File.WriteAllBytesAsync(path, whole);
            await SealedFileHolder.OpenAsync(path, holder.Key, clear, CancellationToken.None);
            (await File.ReadAllBytesAsync(clear)).ShouldBe(content);
            if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(clear).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            await Should.ThrowAsync<IOException>(() => SealedFileHolder.OpenAsync(path, holder.Key, clear, CancellationToken.None));
            Directory.GetFiles(folder).Length.ShouldBe(3);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Who_may_not_send_files_leaves_none()
    {
        await using var house = await Given.HouseAsync();
        var arrivals = house.Services.GetRequiredService<SealedArrivals>();
        var auditor = await house.PersonAsync(Role.Auditor);
        (await arrivals.ReceiveAsync(auditor, new MemoryStream([1]), "image/jpeg", null, CancellationToken.None)).Problem.Kind.ShouldBe(ProblemKind.Forbidden);
        var provider = await house.PersonAsync(Role.Provider);
        var nowhere = new ReportId(new Guid("00000000-0000-7000-8000-00000000ffff"));
        (await arrivals.ReceiveAsync(provider, new MemoryStream([1]), "image/jpeg", nowhere, CancellationToken.None)).Problem.Kind.ShouldBe(ProblemKind.NotFound);
        Directory.EnumerateFiles(house.Services.GetRequiredService<HouseOptions>().BlobFolder).ShouldBeEmpty();
    }

    private static async Task<byte[]> OpenAsync(byte[] sealedFile, SealedRecipient line, RSA key)
    {
        using var clear = new MemoryStream();
        await SealedFileFormat.OpenAsync(new MemoryStream(sealedFile), line, key, clear, CancellationToken.None);
        return clear.ToArray();
    }

    private sealed record Holder(RSA Key, X509Certificate2 Certificate) : IDisposable
    {
        public static Holder Make()
        {
            var key = RSA.Create(2048);
            var certificate = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)
                .CreateSelfSigned(Given.Noon, Given.Noon.AddYears(1));
            return new(key, X509CertificateLoader.LoadCertificate(certificate.Export(X509ContentType.Cert)));
        }

        public void Dispose()
        {
            Key.Dispose();
            Certificate.Dispose();
        }
    }
}
