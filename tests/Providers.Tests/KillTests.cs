using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Homeward.Bench.Intake;
using Homeward.Tests.Support;

namespace Homeward.Providers.Tests;

/// <summary>Acknowledged means durable: a real house under load is killed at random moments .</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    public static TheoryData<DatabaseKind> Databases => LineHouse.Databases;

    /// <remarks>Fewer on PostgreSQL, where the house's own share in it is smaller: what was committed is the server's, and that is not killed.</remarks>
    private static int Rounds(DatabaseKind kind) => Environment.GetEnvironmentVariable("HOMEWARD_TEST_LONG") == "1" ? 50 : kind == DatabaseKind.Sqlite ? 10 : 2;

    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_acknowledged_outlives_a_kill_at_any_moment(DatabaseKind kind)
    {
        using var folder = new Scratch();
        await using var database = kind == DatabaseKind.Postgres ? await LineDatabase.CreateAsync() : null;
        var outcome = await KillRounds.RunAsync(
            folder.Path, database?.Connection ?? folder.At("house.db"), Rounds(kind), seed: Environment.TickCount, output.WriteLine);
        (outcome.Lost, outcome.Doubled).ShouldBe((0, 0));
        outcome.Acknowledged.ShouldBeGreaterThan(100, "else nothing was proved");
    }

    [Fact]
    public async Task Profiles_open_the_line_and_close_it()
    {
        using var folder = new Scratch();
        var (both, said) = await CommandLine.RunAsync(folder, "serve", "--profile", "clearing-house", "--profile", "law-enforcement", "--json");
        both.ShouldBe(2);
        said.ShouldContain("profile-refused");
        (await CommandLine.RunAsync(folder, "serve", "--profile", "police", "--json")).Exit.ShouldBe(2);
        (await CommandLine.RunAsync(folder, "serve", "--profile", "clearing-house", "--providers-at", "line", "--json")).Exit.ShouldBe(2);
        foreach (var (words, status) in new (string[], int)[] { ([], 404), (["--profile", "clearing-house"], 401), (["--demo", "--profile", "law-enforcement"], 404) })
            (await StatusAsync(folder, words)).ShouldBe(status, string.Join(' ', words));
        // Once an agency's, the database stays one.
        (await CommandLine.RunAsync(folder, "serve", "--profile", "clearing-house", "--database", folder.At("house.db"), "--json")).Said.ShouldContain("profile-refused");
    }

    [Fact]
    public async Task A_sealed_file_is_shared_and_opened_by_the_command_line_on_its_holder_s_machine()
    {
        using var folder = new Scratch();
        string blob;
        await using (var house = new ServedHouse(folder.Path, folder.At("house.db")))
        {
            await house.StartAsync();
            using var line = await LineConnection.OpenAsync(house.Address);
            var number = (await line.AskAsync(LineConnection.Submit("Example"))).Of("reportId");
            (await line.AskAsync(LineConnection.Upload(number, "neutral bytes"))).IsSuccess.ShouldBeTrue();
            (await line.AskAsync(LineConnection.End("finish", number))).IsSuccess.ShouldBeTrue();
            blob = Directory.EnumerateFiles(house.BlobFolder, "*.sealed").Single();
        }
        using var theirs = RSA.Create(2048);
        var request = new CertificateRequest("CN=another unit", theirs, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        using var certificate = request.CreateSelfSigned(LineHouse.Noon, LineHouse.Noon.AddYears(1));
        await File.WriteAllTextAsync(folder.At("theirs.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(folder.At("theirs.key"), theirs.ExportPkcs8PrivateKeyPem());
        var holder = folder.At("keys", "holder", "clearing-unit-private.pem");

        (await CommandLine.RunAsync(folder, "seal", "open", blob, "--key", folder.At("theirs.key"), "--out", folder.At("early.bin"), "--json")).Exit.ShouldBe(2);
        (await CommandLine.RunAsync(folder, "seal", "share", blob, "--key", holder, "--to", folder.At("theirs.pem"), "--json")).Exit.ShouldBe(0);
        (await CommandLine.RunAsync(folder, "seal", "open", blob, "--key", folder.At("theirs.key"), "--out", folder.At("theirs.bin"), "--json")).Exit.ShouldBe(0);
        (await CommandLine.RunAsync(folder, "seal", "open", blob, "--key", holder, "--out", folder.At("ours.bin"), "--json")).Exit.ShouldBe(0);
        (await File.ReadAllTextAsync(folder.At("theirs.bin"))).ShouldBe("neutral bytes");

        await File.WriteAllTextAsync(folder.At("protected.key"), theirs.ExportEncryptedPkcs8PrivateKeyPem("a phrase of their own", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1_000)));
        await File.WriteAllTextAsync(folder.At("right.txt"), "a phrase of their own\n");
        await File.WriteAllTextAsync(folder.At("wrong.txt"), "another phrase\n");
        string[] protectedKey = ["seal", "open", blob, "--key", folder.At("protected.key"), "--json"];
        var (exit, said) = await CommandLine.RunAsync(folder, [.. protectedKey, "--out", folder.At("none.bin")]);
        (exit, said.Contains("This key is protected by a passphrase.", StringComparison.Ordinal), said.Contains("ImportFrom", StringComparison.Ordinal)).ShouldBe((2, true, false), said);
        (await CommandLine.RunAsync(folder, [.. protectedKey, "--passphrase-file", folder.At("wrong.txt"), "--out", folder.At("none.bin")])).Exit.ShouldBe(2);
        (await CommandLine.RunAsync(folder, [.. protectedKey, "--passphrase-file", folder.At("right.txt"), "--out", folder.At("phrase.bin")])).Exit.ShouldBe(0);
        (await File.ReadAllTextAsync(folder.At("phrase.bin"))).ShouldBe("neutral bytes");
        (await File.ReadAllTextAsync(folder.At("ours.bin"))).ShouldBe("neutral bytes");
    }

    private static async Task<int> StatusAsync(Scratch folder, string[] words) => await CommandLine.ServedAsync(
        folder, words, async house => (int)(await house.GetAsync(new Uri("ispws/status", UriKind.Relative))).StatusCode);
}
