using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Homeward.Kernel;

namespace Homeward.Foundations.Sealing;

/// <summary>Tells which sealed texts may hold a word without laying any word open.</summary>
/// <remarks>
/// A Bloom filter (1970) beside each text or block of texts, over words under a key of the house: who has the database alone
/// cannot try words on it (Goh 2003, secure indexes). It may say yes to a word that is not there, to about one in ten
/// thousand, and never no to one that is: whoever finds by it opens the text and looks. Safe for many threads.
/// </remarks>
public sealed class WordFilters(KeyStore keys)
{
    private const int BitsPerWord = 20;
    private const int Probes = 10;
    private const int KeyedBytes = 16;

    private readonly Lazy<byte[]> _key = new(() => keys.EnvelopeKey("words"));

    /// <summary>A word under the house's key.</summary>
    public readonly record struct Word(ulong Place, ulong Step);

    /// <summary>A filter over words.</summary>
    /// <param name="hashes">As <see cref="TextWords.HashesOf"/> gives them; of several texts each word once.</param>
    public byte[] Over(ReadOnlySpan<ulong> hashes)
    {
        var filter = new byte[((hashes.Length * BitsPerWord) + 63) / 64 * 8];
        var keyed = ArrayPool<byte>.Shared.Rent(hashes.Length * KeyedBytes);
        Key(hashes, keyed);
        for (var at = 0; at < hashes.Length; at++)
        {
            var word = WordAt(keyed, at);
            for (var probe = 0; probe < Probes; probe++)
            {
                var bit = Bit(word, probe, filter.Length);
                filter[bit >> 3] |= (byte)(1 << (bit & 7));
            }
        }
        ArrayPool<byte>.Shared.Return(keyed);
        return filter;
    }

    /// <summary>The words that somebody looks for.</summary>
    public IReadOnlyList<Word> Of(IEnumerable<string> words)
    {
        ulong[] hashes = [.. words.Select(word => StableHash.Of(word))];
        var keyed = new byte[hashes.Length * KeyedBytes];
        Key(hashes, keyed);
        return [.. hashes.Select((_, at) => WordAt(keyed, at))];
    }

    /// <summary>False: it does not hold them all, for sure.</summary>
    public static bool MayHold(ReadOnlySpan<byte> filter, IReadOnlyList<Word> words)
    {
        if (filter.IsEmpty) return words.Count == 0;
        foreach (var word in words)
            for (var probe = 0; probe < Probes; probe++)
            {
                var bit = Bit(word, probe, filter.Length);
                if ((filter[bit >> 3] & (1 << (bit & 7))) == 0) return false;
            }
        return true;
    }

    private static int Bit(Word word, int probe, int bytes) => (int)((word.Place + ((ulong)probe * word.Step)) % ((ulong)bytes * 8));

    /// <summary>The hashes under the house's key, one after another.</summary>
    [SuppressMessage("Security", "CA5358:Review cipher mode usage", Justification = "A permutation of distinct blocks under a key, not the hiding of a text.")]
    private void Key(ReadOnlySpan<ulong> hashes, Span<byte> keyed)
    {
        keyed = keyed[..(hashes.Length * KeyedBytes)];
        keyed.Clear();
        for (var at = 0; at < hashes.Length; at++) BinaryPrimitives.WriteUInt64LittleEndian(keyed[(KeyedBytes * at)..], hashes[at]);
        using var cipher = Aes.Create();
        cipher.Key = _key.Value;
        cipher.EncryptEcb(keyed, keyed, PaddingMode.None);
    }

    // An odd step meets every bit before it meets one again.
    private static Word WordAt(ReadOnlySpan<byte> keyed, int at) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(keyed[(KeyedBytes * at)..]), BinaryPrimitives.ReadUInt64LittleEndian(keyed[((KeyedBytes * at) + 8)..]) | 1);
}
