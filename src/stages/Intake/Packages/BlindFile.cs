using System.Buffers.Binary;
using System.Security.Cryptography;
using Homeward.Exchange.Packages;

namespace Homeward.Intake.Packages;

/// <summary>A package while it is being read: on disk, because it may be large, and never in clear.</summary>
/// <remarks>
/// A ZIP tells at its end what it holds, so that it must lie somewhere before it can be read. It lies encrypted chunk by
/// chunk under a key that only this process has and that is never written; the file goes when it is closed, and what a
/// killed process leaves nobody can open.
/// </remarks>
internal sealed class BlindFile : ReadStream
{
    private const int ChunkBytes = 64 * 1024;
    private const int TagBytes = 16;
    private const string Ending = ".part";

    private readonly FileStream _file;
    private readonly AesGcm _gcm;
    private readonly byte[] _clear = new byte[ChunkBytes];
    private readonly byte[] _cipher = new byte[ChunkBytes + TagBytes];
    private long _chunkRead = -1;
    private long _length;

    private BlindFile(FileStream file, AesGcm gcm) => (_file, _gcm) = (file, gcm);

    public override bool CanSeek => true;
    public override long Length => _length;
    public override long Position { get; set; }

    /// <returns>The file; or null when there is more than <paramref name="bytesMax"/>: then nothing is left of it.</returns>
    public static async Task<BlindFile?> FillAsync(string folder, Stream content, long bytesMax, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) + Ending;
        var file = new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite, 1, FileOptions.DeleteOnClose);
        var key = RandomNumberGenerator.GetBytes(32);
        var blind = new BlindFile(file, new AesGcm(key, TagBytes));
        CryptographicOperations.ZeroMemory(key);
        try
        {
            for (long chunk = 0; ; chunk++)
            {
                var count = await content.ReadAtLeastAsync(blind._clear, ChunkBytes, throwOnEndOfStream: false, cancel);
                if ((blind._length += count) > bytesMax) break;
                if (count > 0) await blind.WriteAsync(chunk, count, cancel);
                if (count < ChunkBytes) return blind;
            }
        }
        catch
        {
            await blind.DisposeAsync();
            throw;
        }
        await blind.DisposeAsync();
        return null;
    }

    private async Task WriteAsync(long chunk, int count, CancellationToken cancel)
    {
        _gcm.Encrypt(Nonce(chunk), _clear.AsSpan(0, count), _cipher.AsSpan(0, count), _cipher.AsSpan(count, TagBytes));
        await _file.WriteAsync(_cipher.AsMemory(0, count + TagBytes), cancel);
    }

    public override int Read(Span<byte> buffer)
    {
        if (Position >= _length || buffer.Length == 0) return 0;
        var (chunk, from) = Math.DivRem(Position, ChunkBytes);
        var count = (int)Math.Min(ChunkBytes, _length - chunk * ChunkBytes);
        if (chunk != _chunkRead)
        {
            _file.Position = chunk * (ChunkBytes + TagBytes);
            _file.ReadExactly(_cipher.AsSpan(0, count + TagBytes));
            _gcm.Decrypt(Nonce(chunk), _cipher.AsSpan(0, count), _cipher.AsSpan(count, TagBytes), _clear.AsSpan(0, count));
            _chunkRead = chunk;
        }
        var taken = Math.Min(buffer.Length, count - (int)from);
        _clear.AsSpan((int)from, taken).CopyTo(buffer);
        Position += taken;
        return taken;
    }

    /// <summary>From the disk of this machine: nothing is gained by waiting for it elsewhere.</summary>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => _length + offset,
    };

    /// <summary>The chunk's number: the key is used for this one file.</summary>
    private static byte[] Nonce(long chunk)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteInt64BigEndian(nonce.AsSpan(4), chunk);
        return nonce;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            CryptographicOperations.ZeroMemory(_clear);
            _gcm.Dispose();
            _file.Dispose();
        }
        base.Dispose(disposing);
    }
}
