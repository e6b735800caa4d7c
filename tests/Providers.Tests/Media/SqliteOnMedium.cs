using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Homeward.Providers.Tests.Media;

/// <summary>A layer under SQLite's files (a VFS, https://www.sqlite.org/vfs.html): whatever SQLite writes, shortens and syncs goes past a <see cref="Medium"/>.</summary>
/// <remarks>The system's own VFS does the work; of its methods four are taken over. Asked for by <c>Vfs=medium</c> in a connection string.</remarks>
internal static unsafe class SqliteOnMedium
{
    public const string Name = "medium";

    private const int Ok = 0, Full = 13;
    // Offsets of https://www.sqlite.org/c3ref/vfs.html and c3ref/io_methods.html, in 64 bits.
    private const int VfsBytes = 168, VfsName = 24, VfsOpen = 40, VfsDelete = 48;
    private const int MethodsBytes = 152, MethodsClose = 8, MethodsWrite = 24, MethodsTruncate = 32, MethodsSync = 40;

    private static readonly Lock _gate = new();
    private static readonly List<Medium> _media = [];
    private static readonly Dictionary<nint, (Medium Medium, string Path, Medium.Content Content)> _open = [];
    private static readonly Dictionary<nint, nint> _taken = [];
    private static readonly Dictionary<nint, nint> _theirs = [];
    private static nint _system;

    public static void Watch(Medium medium)
    {
        lock (_gate)
        {
            _media.Add(medium);
            if (_system != 0) return;
            _system = Find(0);
            var mine = (byte*)NativeMemory.Alloc(VfsBytes);
            Buffer.MemoryCopy((void*)_system, mine, VfsBytes, VfsBytes);
            *(nint*)(mine + VfsName) = Marshal.StringToCoTaskMemUTF8(Name);
            *(nint*)(mine + VfsOpen) = (nint)(delegate* unmanaged[Cdecl]<nint, nint, nint, int, nint, int>)&Open;
            *(nint*)(mine + VfsDelete) = (nint)(delegate* unmanaged[Cdecl]<nint, nint, int, int>)&Delete;
            Register((nint)mine, 0).ShouldBe(Ok);
        }
    }

    public static void Forget(Medium medium) { lock (_gate) _media.Remove(medium); }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(nint vfs, nint name, nint file, int flags, nint outFlags)
    {
        var code = ((delegate* unmanaged[Cdecl]<nint, nint, nint, int, nint, int>)At(_system, VfsOpen))(_system, name, file, flags, outFlags);
        if (code != Ok || name == 0 || *(nint*)file == 0) return code;
        var path = Marshal.PtrToStringUTF8(name)!;
        lock (_gate)
        {
            if (_media.Find(one => one.Holds(path)) is not { } medium) return code;
            _open[file] = (medium, path, medium.Open(path));
            *(nint*)file = Taken(*(nint*)file);
        }
        return code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Delete(nint vfs, nint name, int syncFolder)
    {
        var path = Marshal.PtrToStringUTF8(name)!;
        lock (_gate) _media.Find(one => one.Holds(path))?.Removed(path);
        return ((delegate* unmanaged[Cdecl]<nint, nint, int, int>)At(_system, VfsDelete))(_system, name, syncFolder);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(nint file, nint bytes, int count, long at)
    {
        var (medium, _, content) = Of(file);
        return medium.Written(content, at, new ReadOnlySpan<byte>((void*)bytes, count))
            ? ((delegate* unmanaged[Cdecl]<nint, nint, int, long, int>)Theirs(file, MethodsWrite))(file, bytes, count, at)
            : Full;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(nint file, long length)
    {
        var (medium, _, content) = Of(file);
        medium.Shortened(content, length);
        return ((delegate* unmanaged[Cdecl]<nint, long, int>)Theirs(file, MethodsTruncate))(file, length);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(nint file, int flags)
    {
        var code = ((delegate* unmanaged[Cdecl]<nint, int, int>)Theirs(file, MethodsSync))(file, flags);
        var (medium, path, content) = Of(file);
        if (code == Ok) medium.SyncedBySqlite(path, content);
        return code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(nint file)
    {
        var close = Theirs(file, MethodsClose);
        lock (_gate) _open.Remove(file);
        return ((delegate* unmanaged[Cdecl]<nint, int>)close)(file);
    }

    /// <summary>The system's methods with four of ours among them.</summary>
    private static nint Taken(nint theirs)
    {
        if (_taken.TryGetValue(theirs, out var made)) return made;
        var mine = (byte*)NativeMemory.AllocZeroed(MethodsBytes);
        Buffer.MemoryCopy((void*)theirs, mine, MethodsBytes, MethodsBytes);
        *(nint*)(mine + MethodsClose) = (nint)(delegate* unmanaged[Cdecl]<nint, int>)&Close;
        *(nint*)(mine + MethodsWrite) = (nint)(delegate* unmanaged[Cdecl]<nint, nint, int, long, int>)&Write;
        *(nint*)(mine + MethodsTruncate) = (nint)(delegate* unmanaged[Cdecl]<nint, long, int>)&Truncate;
        *(nint*)(mine + MethodsSync) = (nint)(delegate* unmanaged[Cdecl]<nint, int, int>)&Sync;
        (_taken[theirs], _theirs[(nint)mine]) = ((nint)mine, theirs);
        return (nint)mine;
    }

    private static (Medium Medium, string Path, Medium.Content Content) Of(nint file) { lock (_gate) return _open[file]; }
    private static nint Theirs(nint file, int method) { lock (_gate) return At(_theirs[*(nint*)file], method); }
    private static nint At(nint table, int offset) => *(nint*)(table + offset);

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find")]
    private static extern nint Find(nint name);

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register")]
    private static extern int Register(nint vfs, int makeDefault);
}
