namespace Homeward.Providers.Tests.Media;

/// <summary>What lies below a folder: what was written there, and what of it a power cut would leave.</summary>
/// <remarks>
/// SQLite's files come to it through <see cref="SqliteOnMedium"/>, the house's own through <see cref="DiskOnMedium"/>. Both
/// really write; this keeps beside it what was synced. A cut makes a folder as a machine would find it after the power came
/// back: without what was not synced, or with pieces of it. It can also be full.
/// </remarks>
internal sealed class Medium(string root)
{
    private const int SectorBytes = 512;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Content> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Content> _keptNames = new(StringComparer.Ordinal);
    private readonly HashSet<string> _keptFolders = [root];
    private long? _room;

    /// <summary>One file, whatever its names.</summary>
    internal sealed class Content
    {
        /// <summary>As it was when it was last synced.</summary>
        public Bytes Kept { get; } = new();
        public long Length { get; set; }
        public List<(long At, byte[]? Bytes)> Pending { get; } = [];
    }

    /// <summary>Content that grows in place.</summary>
    internal sealed class Bytes
    {
        private byte[] _bytes = [];
        public int Length { get; private set; }
        public ReadOnlySpan<byte> All => _bytes.AsSpan(0, Length);

        public void Put(long at, ReadOnlySpan<byte> written)
        {
            var end = (int)at + written.Length;
            if (end > _bytes.Length) Array.Resize(ref _bytes, Math.Max(end, _bytes.Length * 2));
            written.CopyTo(_bytes.AsSpan((int)at));
            Length = Math.Max(Length, end);
        }

        public void Shorten(long length)
        {
            if (length > _bytes.Length) Array.Resize(ref _bytes, (int)length);
            if (length < Length) _bytes.AsSpan((int)length, Length - (int)length).Clear();
            Length = (int)length;
        }
    }

    public bool Holds(string path) => path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>From now on nothing grows any more.</summary>
    public void Fill() { lock (_gate) _room = 0; }
    public void Free() { lock (_gate) _room = null; }

    public Content Open(string path)
    {
        lock (_gate) return _names.TryGetValue(path, out var there) ? there : _names[path] = new Content();
    }

    /// <returns>False when there is no room: then nothing is to be written.</returns>
    public bool Written(Content content, long at, ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (at + bytes.Length > content.Length)
            {
                if (_room is { } room && room < at + bytes.Length - content.Length) return false;
                content.Length = at + bytes.Length;
            }
            content.Pending.Add((at, bytes.ToArray()));
            return true;
        }
    }

    public void Shortened(Content content, long length)
    {
        lock (_gate)
        {
            content.Length = length;
            content.Pending.Add((length, null));
        }
    }

    public void Synced(Content content)
    {
        lock (_gate)
        {
            foreach (var (at, bytes) in content.Pending)
            {
                if (bytes is null) content.Kept.Shorten(at);
                else content.Kept.Put(at, bytes);
            }
            content.Pending.Clear();
        }
    }

    /// <summary>With the first sync of a log that it has made, SQLite syncs the folder, below this layer.</summary>
    public void SyncedBySqlite(string path, Content content)
    {
        Synced(content);
        var isLog = path.EndsWith("-wal", StringComparison.Ordinal) || path.EndsWith("-journal", StringComparison.Ordinal);
        lock (_gate)
            if (isLog && !_keptNames.ContainsKey(path)) FolderSynced(Path.GetDirectoryName(path)!);
    }

    public void Named(string from, string to) { lock (_gate) _names[to] = _names[from]; }
    public void Removed(string path) { lock (_gate) _names.Remove(path); }

    public void FolderSynced(string folder)
    {
        lock (_gate)
        {
            foreach (var name in _keptNames.Keys.Where(IsIn).ToList()) _keptNames.Remove(name);
            foreach (var (name, content) in _names.Where(pair => IsIn(pair.Key))) _keptNames[name] = content;
            _keptFolders.UnionWith(Directory.EnumerateDirectories(folder));
        }
        bool IsIn(string name) => Path.GetDirectoryName(name) == folder;
    }

    /// <summary>Writes into a new folder what a power cut at this moment would leave.</summary>
    /// <param name="pieces">Chooses which sectors of what was not synced came to the disk all the same; null for none.</param>
    public void CutPower(string into, Random? pieces)
    {
        lock (_gate)
        {
            foreach (var (name, content) in _keptNames.Where(pair => IsReached(pair.Key)))
            {
                var path = Path.Combine(into, Path.GetRelativePath(root, name));
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(path, Left(content, pieces));
            }
        }
    }

    private bool IsReached(string path)
    {
        for (var folder = Path.GetDirectoryName(path)!; folder != root; folder = Path.GetDirectoryName(folder)!)
            if (!_keptFolders.Contains(folder)) return false;
        return true;
    }

    private static byte[] Left(Content content, Random? pieces)
    {
        if (pieces is null) return content.Kept.All.ToArray();
        var left = new Bytes();
        left.Put(0, content.Kept.All);
        foreach (var (at, written) in content.Pending)
        {
            if (pieces.Next(2) == 0) continue;
            if (written is null) left.Shorten(at);
            for (var from = 0; from < written?.Length; from += SectorBytes)
                if (pieces.Next(4) > 0) left.Put(at + from, written.AsSpan(from, Math.Min(SectorBytes, written.Length - from)));
        }
        return left.All.ToArray();
    }
}
