using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Homeward.Foundations.Sealing;

/// <summary>The format of a sealed file: who holds the recipient's private key opens it, and nobody else. docs/security/sealed-files.md.</summary>
/// <remarks>
/// Header, then chunks of 1 MiB in clear, each encrypted with AES-256-GCM under the file's own key. A chunk's number and
/// whether it is the last are bound in, so that chunks can be neither moved, nor dropped, nor cut off at the end.
/// </remarks>
public static class SealedFileFormat
{
    /// <summary>Size of a chunk in clear, in bytes.</summary>
    public const int ChunkBytes = 1 << 20;
    public const int HeaderBytes = 32;

    private const int TagBytes = 16;
    private const int KeyBytes = 32;
    private const int FileIdBytes = 16;
    private static ReadOnlySpan<byte> Magic => "HWSEAL01"u8;

    /// <summary>The size of a sealed file whose content has this size in clear: header, and a tag for each chunk. An empty one has one empty chunk.</summary>
    public static long SealedBytes(long clear) => HeaderBytes + clear + (TagBytes * Math.Max(1, (clear + ChunkBytes - 1) / ChunkBytes));

    /// <summary>Seals a stream to one recipient; neither stream is closed.</summary>
    /// <returns>The recipient's line, and hash and size of what passed in clear.</returns>
    public static async Task<(SealedRecipient Recipient, string Sha256, long Bytes)> SealAsync(
        Stream clear, Stream sealedFile, X509Certificate2 recipient, CancellationToken cancel)
    {
        var (header, key) = (NewHeader(), RandomNumberGenerator.GetBytes(KeyBytes));
        var (chunk, next) = (new byte[ChunkBytes], new byte[ChunkBytes]);
        var cipher = new byte[ChunkBytes + TagBytes];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var gcm = new AesGcm(key, TagBytes);
        await sealedFile.WriteAsync(header, cancel);

        long bytes = 0;
        var count = await clear.ReadAtLeastAsync(chunk, ChunkBytes, throwOnEndOfStream: false, cancel);
        for (ulong number = 0; ; number++)
        {
            // Whether a chunk is the last is known only when the next one was asked for.
            var following = count < ChunkBytes ? 0 : await clear.ReadAtLeastAsync(next, ChunkBytes, throwOnEndOfStream: false, cancel);
            hash.AppendData(chunk, 0, count);
            bytes += count;
            gcm.Encrypt(Nonce(number), chunk.AsSpan(0, count), cipher.AsSpan(0, count), cipher.AsSpan(count, TagBytes), Bound(header, number, following == 0));
            await sealedFile.WriteAsync(cipher.AsMemory(0, count + TagBytes), cancel);
            if (following == 0) break;
            (chunk, next, count) = (next, chunk, following);
        }
        var line = Wrap(key, header, recipient);
        CryptographicOperations.ZeroMemory(key);
        return (line, Convert.ToHexStringLower(hash.GetHashAndReset()), bytes);
    }

    /// <summary>Opens a sealed file on its holder's machine.</summary>
    /// <exception cref="CryptographicException">Wrong key or line; or the file was changed, reordered or cut.</exception>
    public static async Task OpenAsync(Stream sealedFile, SealedRecipient recipient, RSA privateKey, Stream clear, CancellationToken cancel)
    {
        var header = await ReadHeaderAsync(sealedFile, cancel);
        var key = Unwrap(recipient, header, privateKey);
        var (chunk, next) = (new byte[ChunkBytes + TagBytes], new byte[ChunkBytes + TagBytes]);
        var plain = new byte[ChunkBytes];
        using var gcm = new AesGcm(key, TagBytes);
        var count = await sealedFile.ReadAtLeastAsync(chunk, chunk.Length, throwOnEndOfStream: false, cancel);
        for (ulong number = 0; ; number++)
        {
            if (count < TagBytes) throw new CryptographicException("The sealed file was cut off.");
            var following = count < chunk.Length ? 0 : await sealedFile.ReadAtLeastAsync(next, next.Length, throwOnEndOfStream: false, cancel);
            var length = count - TagBytes;
            gcm.Decrypt(Nonce(number), chunk.AsSpan(0, length), chunk.AsSpan(length, TagBytes), plain.AsSpan(0, length), Bound(header, number, following == 0));
            await clear.WriteAsync(plain.AsMemory(0, length), cancel);
            if (following == 0) break;
            (chunk, next, count) = (next, chunk, following);
        }
        CryptographicOperations.ZeroMemory(key);
    }

    /// <summary>Wraps the file's key for one more recipient. Content and earlier recipients stay as they are.</summary>
    /// <exception cref="CryptographicException">The private key does not open the line.</exception>
    public static SealedRecipient Share(ReadOnlySpan<byte> header, SealedRecipient mine, RSA privateKey, X509Certificate2 to)
    {
        var key = Unwrap(mine, header, privateKey);
        var line = Wrap(key, header, to);
        CryptographicOperations.ZeroMemory(key);
        return line;
    }

    /// <exception cref="CryptographicException">This is no sealed file of a version that is known here.</exception>
    public static async Task<byte[]> ReadHeaderAsync(Stream sealedFile, CancellationToken cancel)
    {
        var header = new byte[HeaderBytes];
        var count = await sealedFile.ReadAtLeastAsync(header, HeaderBytes, throwOnEndOfStream: false, cancel);
        if (count < HeaderBytes || !header.AsSpan().StartsWith(Magic))
            throw new CryptographicException("This is no sealed file of a version that is known here.");
        return header;
    }

    /// <summary>As a recipient's line names its certificate.</summary>
    internal static string ThumbprintOf(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    private static byte[] NewHeader()
    {
        var header = new byte[HeaderBytes];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(8), ChunkBytes);
        RandomNumberGenerator.Fill(header.AsSpan(HeaderBytes - FileIdBytes));
        return header;
    }

    /// <summary>The chunk's number: the key is used for this one file, so that a counter never repeats under it.</summary>
    private static byte[] Nonce(ulong number)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteUInt64BigEndian(nonce.AsSpan(4), number);
        return nonce;
    }

    private static byte[] Bound(ReadOnlySpan<byte> header, ulong number, bool isLast)
    {
        var bound = new byte[HeaderBytes + 9];
        header.CopyTo(bound);
        BinaryPrimitives.WriteUInt64BigEndian(bound.AsSpan(HeaderBytes), number);
        bound[^1] = isLast ? (byte)1 : (byte)0;
        return bound;
    }

    /// <summary>Whoever breaks a shorter key opens the file: NIST SP 800-131A Rev. 2, section 6.</summary>
    private const int KeyBitsMin = 2048;

    /// <summary>Why nothing is sealed to a certificate, as a sentence without its subject; null where it is fit.</summary>
    public static string? Unfit(X509Certificate2 recipient)
    {
        using var rsa = recipient.GetRSAPublicKey();
        return rsa is null ? "holds no RSA key" : rsa.KeySize < KeyBitsMin ? $"has an RSA key of {rsa.KeySize} bits, and {KeyBitsMin} are the least (NIST SP 800-131A Rev. 2)" : null;
    }

    /// <summary>The file's id is wrapped with its key: a line of one file is of no use beside another.</summary>
    private static SealedRecipient Wrap(ReadOnlySpan<byte> key, ReadOnlySpan<byte> header, X509Certificate2 recipient)
    {
        if (Unfit(recipient) is { } unfit) throw new CryptographicException($"The recipient's certificate {unfit}.");
        using var rsa = recipient.GetRSAPublicKey()!;
        Span<byte> content = stackalloc byte[KeyBytes + FileIdBytes];
        key.CopyTo(content);
        header[^FileIdBytes..].CopyTo(content[KeyBytes..]);
        var line = new SealedRecipient(ThumbprintOf(recipient), Convert.ToBase64String(rsa.Encrypt(content, RSAEncryptionPadding.OaepSHA256)));
        CryptographicOperations.ZeroMemory(content);
        return line;
    }

    private static byte[] Unwrap(SealedRecipient recipient, ReadOnlySpan<byte> header, RSA privateKey)
    {
        var content = privateKey.Decrypt(Convert.FromBase64String(recipient.WrappedKey), RSAEncryptionPadding.OaepSHA256);
        if (content.Length != KeyBytes + FileIdBytes || !content.AsSpan(KeyBytes).SequenceEqual(header[^FileIdBytes..]))
            throw new CryptographicException("This line belongs to another sealed file.");
        return content[..KeyBytes];
    }
}

/// <summary>One who may open a sealed file.</summary>
/// <param name="Thumbprint">SHA-256 of the recipient's certificate.</param>
/// <param name="WrappedKey">The file's key and id under RSA-OAEP with SHA-256, base 64.</param>
public sealed record SealedRecipient(string Thumbprint, string WrappedKey);
