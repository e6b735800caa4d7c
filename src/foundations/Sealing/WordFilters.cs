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

    private readonly Lazy<byte[]> _key = new(() => keys.EnvelopeKey("words"));

    /// <summary>A word under the house's key.</summary>
    public readonly record struct Word(ulong Place, ulong Step);

    /// <summary>A filter over words.</summary>
    /// <param name="hashes">As <see cref="TextWords.HashesOf"/> gives them; of several texts each word once.</param>
    public byte[] Over(ReadOnlySpan<ulong> hashes)
    {
        var filter = new byte[((hashes.Length * BitsPerWord) + 63) / 64 * 8];
        foreach (var word in Keyed(hashes))
            for (var probe = 0; probe < Probes; probe++)
            {
                var bit = Bit(word, probe, filter.Length);
                filter[bit >> 3] |= (byte)(1 << (bit & 7));
            }
        return filter;
    }

    /// <summary>The words that somebody looks for.</summary>
    public IReadOnlyList<Word> Of(IEnumerable<string> words) => Keyed([.. words.Select(word => StableHash.Of(word))]);

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

    [SuppressMessage("Security", "CA5358:Review cipher mode usage", Justification = "A permutation of distinct blocks under a key, not the hiding of a text.")]
    private Word[] Keyed(ReadOnlySpan<ulong> hashes)
    {
        var blocks = new byte[hashes.Length * 16];
        var at = 0;
        foreach (var hash in hashes) BinaryPrimitives.WriteUInt64LittleEndian(blocks.AsSpan(16 * at++), hash);
        using var cipher = Aes.Create();
        cipher.Key = _key.Value;
        cipher.EncryptEcb(blocks, blocks, PaddingMode.None);
        var words = new Word[hashes.Length];
        // An odd step meets every bit before it meets one again.
        for (var word = 0; word < words.Length; word++)
            words[word] = new(BinaryPrimitives.ReadUInt64LittleEndian(blocks.AsSpan(16 * word)), BinaryPrimitives.ReadUInt64LittleEndian(blocks.AsSpan((16 * word) + 8)) | 1);
        return words;
    }
}
