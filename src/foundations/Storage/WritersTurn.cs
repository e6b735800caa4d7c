using System.Runtime.InteropServices;

namespace Homeward.Foundations.Storage;

/// <summary>Whose turn it is to write to one SQLite file, among the programs of a machine: each that asks has it before another has it twice.</summary>
/// <remarks>
/// SQLite lets whoever asks first after a commit write next, and the others ask again after a while: beside an import, which asks at once, a page
/// waited for half a minute, and a provider was told that the database is away. Here one waits in front of the other: the first lock is of whose turn it is,
/// the second of who comes next (flock(2), which ends with its process). Whoever waits for long, because a program that has the turn hangs, goes on without it,
/// as all did who know nothing of it: SQLite's own lock is what keeps the file whole. For one writer at a time.
/// </remarks>
internal sealed class WritersTurn(string database) : IDisposable
{
    /// <summary>What lies beside the database for it: two empty files.</summary>
    public static readonly string[] Endings = ["-turn", "-turn-next"];

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);
    private const int ReadWrite = 2, Create = 64, CreateOnMac = 512, CloseOnExec = 0x80000, CloseOnExecOnMac = 0x1000000, OwnerOnly = 0x180;
    private const int Exclusive = 2, AtOnce = 4, Unlock = 8, Interrupted = 4;

    private Locks? _locks;
    private bool _isHeld;

    private sealed record Locks(int Turn, int Next);

    public async ValueTask TakeAsync(CancellationToken cancel)
    {
        if ((_locks ??= Open()) is not { } locks) return;
        if (TryLock(locks.Next) && TryLock(locks.Turn))
        {
            _ = Lock(locks.Next, Unlock);
            _isHeld = true;
            return;
        }
        // A thread of its own: nobody else's work is to wait with it. What was locked already is locked again at once.
        var waiting = Task.Factory.StartNew(() => Wait(locks), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.WhenAny(waiting, Task.Delay(_patience, cancel));
        if (waiting.IsCompleted)
        {
            _isHeld = true;
            return;
        }
        // Whoever waits there lets go when it is there.
        _locks = null;
        _ = waiting.ContinueWith(_ => Close(locks), TaskScheduler.Default);
        cancel.ThrowIfCancellationRequested();
    }

    public void Give()
    {
        if (_isHeld) _ = Lock(_locks!.Turn, Unlock);
        _isHeld = false;
    }

    private static void Wait(Locks locks)
    {
        WaitFor(locks.Next);
        WaitFor(locks.Turn);
        _ = Lock(locks.Next, Unlock);
    }

    private static void WaitFor(int handle)
    {
        while (Lock(handle, Exclusive) < 0 && Marshal.GetLastPInvokeError() == Interrupted) { }
    }

    private static bool TryLock(int handle) => Lock(handle, Exclusive | AtOnce) == 0;

    /// <returns>Null where there is none to be had: a folder that is not there yet, or may not be written to.</returns>
    private Locks? Open()
    {
        if (OperatingSystem.IsWindows()) return null;
        var (turn, next) = (Open(database + Endings[0]), Open(database + Endings[1]));
        if (turn >= 0 && next >= 0) return new Locks(turn, next);
        Close(new Locks(turn, next));
        return null;
    }

    private static int Open(string path) => OperatingSystem.IsMacOS()
        ? Open(path, ReadWrite | CreateOnMac | CloseOnExecOnMac, OwnerOnly)
        : Open(path, ReadWrite | Create | CloseOnExec, OwnerOnly);

    private static void Close(Locks locks)
    {
        if (locks.Turn >= 0) _ = Close(locks.Turn);
        if (locks.Next >= 0) _ = Close(locks.Next);
    }

    public void Dispose()
    {
        if (_locks is { } locks) Close(locks);
        (_locks, _isHeld) = (null, false);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, int mode);

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Lock(int handle, int operation);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}
