using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Homeward.Kernel;

namespace Homeward.Foundations.Sealing;

/// <summary>Encrypts what the house must keep but not lay open: originals, free text, notes of Care.</summary>
/// <remarks>
/// AES-256-GCM under a fresh data key for each content, the data key wrapped with AES-256-GCM under the purpose's key.
/// Layout: version 1 (1 byte), wrap nonce (12), wrapped key (32), wrap tag (16), nonce (12), tag (16), content.
/// The context (what it is and whose) is bound in: a text cannot be moved to another row unseen. Safe for many threads.
/// </remarks>
public sealed class Envelope(KeyStore keys)
{
    private const byte Version = 1;
    private const int TagBytes = 16;
    private const int HeaderBytes = 1 + 12 + 32 + 16 + 12 + 16;
    private readonly ConcurrentDictionary<string, byte[]> _keys = new();

    /// <summary>Ciphers under the key of a purpose which nobody uses at the moment: to make one takes longer than to use it, and each is for one thread at a time.</summary>
    private readonly ConcurrentDictionary<string, ConcurrentBag<AesGcm>> _idle = new();

    /// <param name="purpose">Which key: <c>originals</c>, <c>care-government</c>, <c>care-advocate</c>.</param>
    /// <param name="context">What this is: <c>lead/note/…id…</c>.</param>
    public byte[] Seal(string purpose, string context, ReadOnlySpan<byte> content)
    {
        var bound = Encoding.UTF8.GetBytes(context);
        var sealedBytes = new byte[HeaderBytes + content.Length];
        var wrapNonce = sealedBytes.AsSpan(1, 12);
        var nonce = sealedBytes.AsSpan(61, 12);
        // In one draw: each takes as long as the cipher does.
        Span<byte> drawn = stackalloc byte[12 + 12 + 32];
        RandomNumberGenerator.Fill(drawn);
        sealedBytes[0] = Version;
        drawn[..12].CopyTo(wrapNonce);
        drawn[12..24].CopyTo(nonce);
        var dataKey = drawn[24..];
        var wrap = WrapOf(purpose);
        wrap.Encrypt(wrapNonce, dataKey, sealedBytes.AsSpan(13, 32), sealedBytes.AsSpan(45, 16), bound);
        _idle[purpose].Add(wrap);
        using (var cipher = new AesGcm(dataKey, TagBytes))
            cipher.Encrypt(nonce, content, sealedBytes.AsSpan(HeaderBytes), sealedBytes.AsSpan(73, 16), bound);
        CryptographicOperations.ZeroMemory(dataKey);
        return sealedBytes;
    }

    /// <exception cref="CryptographicException">Wrong key, wrong context, or changed bytes.</exception>
    public byte[] Open(string purpose, string context, ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < HeaderBytes || sealedBytes[0] != Version)
            throw new CryptographicException("This is not sealed content of a version that is known here.");
        var bound = Encoding.UTF8.GetBytes(context);
        Span<byte> dataKey = stackalloc byte[32];
        var wrap = WrapOf(purpose);
        wrap.Decrypt(sealedBytes.Slice(1, 12), sealedBytes.Slice(13, 32), sealedBytes.Slice(45, 16), dataKey, bound);
        _idle[purpose].Add(wrap);
        var content = new byte[sealedBytes.Length - HeaderBytes];
        using (var cipher = new AesGcm(dataKey, TagBytes))
            cipher.Decrypt(sealedBytes.Slice(61, 12), sealedBytes[HeaderBytes..], sealedBytes.Slice(73, 16), content, bound);
        CryptographicOperations.ZeroMemory(dataKey);
        return content;
    }

    public byte[] SealText(string context, string text) => Seal("originals", context, Encoding.UTF8.GetBytes(text));
    public string OpenText(string context, byte[] sealedBytes) => Encoding.UTF8.GetString(Open("originals", context, sealedBytes));

    /// <remarks>One that failed does not come back.</remarks>
    private AesGcm WrapOf(string purpose) => _idle.GetOrAdd(purpose, _ => []).TryTake(out var wrap) ? wrap : new AesGcm(_keys.GetOrAdd(purpose, keys.EnvelopeKey), TagBytes);
}
