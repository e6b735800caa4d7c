using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Homeward.Exchange.Packages;

namespace Homeward.Intake.Packages;

/// <summary>A file as it passes to be sealed: its first bytes, which were looked at, then the rest; and the hash by which reports name files.</summary>
internal sealed class PassingFile(ReadOnlyMemory<byte> head, Stream rest) : ReadStream
{
    [SuppressMessage("Security", "CA5351", Justification = "Reports name their files by MD5; nothing is secured by it.")]
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private ReadOnlyMemory<byte> _head = head;

    public string Md5() => Convert.ToHexStringLower(_md5.GetHashAndReset());

    public override int Read(Span<byte> buffer)
    {
        var count = _head.IsEmpty ? rest.Read(buffer) : FromHead(buffer);
        _md5.AppendData(buffer[..count]);
        return count;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = _head.IsEmpty ? await rest.ReadAsync(buffer, cancellationToken) : FromHead(buffer.Span);
        _md5.AppendData(buffer.Span[..count]);
        return count;
    }

    private int FromHead(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _head.Length);
        _head.Span[..count].CopyTo(buffer);
        _head = _head[count..];
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _md5.Dispose();
        base.Dispose(disposing);
    }
}
