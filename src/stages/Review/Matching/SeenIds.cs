using System.Buffers.Binary;

namespace Homeward.Review.Matching;

/// <summary>How far the house's rows were seen, so that one asks only for what others stored since: another node, or an import beside it.</summary>
/// <remarks>
/// Ids come in the order of time (RFC 9562, version 7), but a row comes to be seen only when its act stands, and the clocks of
/// two nodes differ a little. So one looks back further than to what was seen last, and leaves out what is known. Not for use
/// from several threads.
/// </remarks>
internal sealed class SeenIds
{
    /// <summary>No act takes as long, and no node's clock is as wrong.</summary>
    public static readonly TimeSpan LooksBack = TimeSpan.FromMinutes(5);

    /// <summary>So many are gathered before those are dropped that nobody looks back to.</summary>
    private const int DroppedFrom = 50_000;

    private readonly HashSet<Guid> _near = [];
    private Guid _last;
    private DateTimeOffset? _looked;
    private int _dropAt = DroppedFrom;

    /// <summary>How many are held, for a while longer than they must be.</summary>
    public int Kept => _near.Count;

    /// <summary>What has a greater id may be new.</summary>
    /// <remarks>
    /// Once somebody looked, from when that was, and not from the last row: else an import of a hundred thousand, after which
    /// little changes, would be read again at each look until something does.
    /// </remarks>
    public Guid LookFrom
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            _last.TryWriteBytes(bytes, bigEndian: true, out _);
            var milliseconds = _looked?.ToUnixTimeMilliseconds() ?? (long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16);
            bytes.Clear();
            BinaryPrimitives.WriteInt64BigEndian(bytes, Math.Max(0, milliseconds - (long)LooksBack.TotalMilliseconds) << 16);
            return new(bytes, bigEndian: true);
        }
    }

    /// <summary>All that stood at this time, by the house's clock, is known.</summary>
    public void Looked(DateTimeOffset at) => _looked = at;

    public bool Knows(Guid id) => _near.Contains(id);

    /// <summary>Is known from now on.</summary>
    /// <returns>False when it was known.</returns>
    public bool Add(Guid id)
    {
        if (!_near.Add(id)) return false;
        if (id.CompareTo(_last) > 0) _last = id;
        if (_near.Count < _dropAt) return true;
        var from = LookFrom;
        _near.RemoveWhere(one => one.CompareTo(from) <= 0);
        _dropAt = Math.Max(DroppedFrom, 2 * _near.Count);
        return true;
    }
}
