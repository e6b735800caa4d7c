using System.Security.Cryptography;
using CsCheck;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;

namespace Homeward.House.Tests.Sealing;

public sealed class EnvelopeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("homeward-keys-").FullName;
    private Envelope Envelope => new(new KeyStore(_folder, new Disk()));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_sealed_opens_in_its_place()
    {
        var envelope = Envelope;
        Gen.Select(Gen.Byte.Array[0, 500], Gen.String[0, 30]).Sample((content, context) =>
            envelope.Open("originals", context, envelope.Seal("originals", context, content)).AsSpan().SequenceEqual(content));
    }

    [Fact]
    public void Many_threads_seal_and_open_with_one_and_a_failure_spoils_nothing()
    {
        var envelope = Envelope;
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, number =>
        {
            var (room, context, content) = (number % 2 == 0 ? "originals" : "care-advocate", $"duty/{number}", BitConverter.GetBytes(number));
            var kept = envelope.Seal(room, context, content);
            Should.Throw<CryptographicException>(() => envelope.Open(room, "duty/other", kept));
            Should.Throw<CryptographicException>(() => envelope.Open(number % 2 == 0 ? "care-advocate" : "originals", context, kept));
            envelope.Open(room, context, kept).ShouldBe(content);
        });
    }

    [Fact]
    public void It_does_not_open_in_another_place() =>
        Should.Throw<CryptographicException>(() => Envelope.Open("originals", "duty/2", Envelope.Seal("originals", "duty/1", [1, 2, 3])));

    [Theory]
    [InlineData("care-government")]
    [InlineData("care-advocate")]
    public void One_room_s_key_does_not_open_the_other_s(string room)
    {
        var content = Envelope.Seal(room, "note/1", [1, 2, 3]);
        foreach (var other in new[] { "originals", "care-government", "care-advocate" }.Where(other => other != room))
            Should.Throw<CryptographicException>(() => Envelope.Open(other, "note/1", content));
    }

    [Fact]
    public void Another_house_s_key_does_not_open_it()
    {
        var content = Envelope.SealText("duty/1", "narrative withheld");
        File.Delete(Path.Combine(_folder, "originals.key"));
        Should.Throw<CryptographicException>(() => Envelope.OpenText("duty/1", content));
    }

    [Fact]
    public void No_changed_byte_goes_unseen()
    {
        var envelope = Envelope;
        var content = envelope.SealText("duty/1", "narrative withheld");
        for (var at = 0; at < content.Length; at++)
        {
            var changed = (byte[])content.Clone();
            changed[at] ^= 1;
            Should.Throw<CryptographicException>(() => envelope.OpenText("duty/1", changed));
        }
        for (var length = 0; length < content.Length; length++)
            Should.Throw<CryptographicException>(() => envelope.OpenText("duty/1", content[..length]));
    }

    [Fact]
    public void The_same_text_is_never_sealed_alike_twice() =>
        Envelope.SealText("duty/1", "a").ShouldNotBe(Envelope.SealText("duty/1", "a"));
}
