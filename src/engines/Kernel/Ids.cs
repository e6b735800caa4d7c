using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Homeward.Kernel;

/// <summary>The one source of ids. Every id of the house comes from here, so that a run can be repeated.</summary>
public interface IIdSource
{
    Guid Next();
    TId Next<TId>() where TId : struct, IStrongId<TId> => TId.From(Next());
}

/// <summary>Ids for production: version 7 of RFC 9562, the house's time first, then chance.</summary>
/// <remarks>Safe for use from many threads.</remarks>
public sealed class TimeOrderedIds(TimeProvider clock) : IIdSource
{
    private const int ChanceBytes = 10;

    /// <summary>Asked for at once: the system takes as long for ten bytes as for some hundred.</summary>
    private const int DrawnBytes = 64 * ChanceBytes;

    [ThreadStatic]
    private static byte[]? _drawn;

    [ThreadStatic]
    private static int _left;

    /// <summary>When an id was given out, to the millisecond. Of an id that carries no time it is some time.</summary>
    public static DateTimeOffset TimeOf(Guid id) => VersionSeven.TimeOf(id);

    public Guid Next()
    {
        if (_left == 0)
        {
            RandomNumberGenerator.Fill(_drawn ??= new byte[DrawnBytes]);
            _left = DrawnBytes;
        }
        _left -= ChanceBytes;
        var chance = _drawn.AsSpan(_left, ChanceBytes);
        var id = VersionSeven.Of(clock.GetUtcNow(), chance);
        // Each is used once, and is not left lying about.
        chance.Clear();
        return id;
    }
}

/// <summary>An id as RFC 9562, section 5.7, lays it out: milliseconds since 1970, then ten bytes of chance, six bits of them given over to version and variant.</summary>
internal static class VersionSeven
{
    public static DateTimeOffset TimeOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        Ensure.That(id.TryWriteBytes(bytes, bigEndian: true, out _));
        return DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
    }

    public static Guid Of(DateTimeOffset at, ReadOnlySpan<byte> chance)
    {
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, at.ToUnixTimeMilliseconds() << 16);
        chance[..10].CopyTo(id[6..]);
        id[6] = (byte)((id[6] & 0x0F) | 0x70);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}

/// <summary>Ids for scenarios and tests: the same seed gives the same ids in the same order.</summary>
/// <remarks>Looks like version 7 so that both kinds sort and index alike. Safe for use from many threads.</remarks>
public sealed class SeededIds(TimeProvider clock, long seed) : IIdSource
{
    private long _count;

    /// <summary>How many were given out.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Goes on as if so many had been given out: a run that goes on where it stopped gives none twice.</summary>
    public void ContinueAfter(long count) => Interlocked.Exchange(ref _count, count);

    public Guid Next()
    {
        Span<byte> input = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(input, seed);
        BinaryPrimitives.WriteInt64BigEndian(input[8..], Interlocked.Increment(ref _count));
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(input, hash);
        return VersionSeven.Of(clock.GetUtcNow(), hash);
    }
}
