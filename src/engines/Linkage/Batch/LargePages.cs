using System.Runtime.InteropServices;

namespace Homeward.Linkage;

/// <summary>Asks the system to keep large tables in large pages: where a look-up may fall anywhere, finding the page costs as much as the memory.</summary>
/// <remarks>A wish, on Linux only (transparent huge pages, which are given to those who ask); without it all goes on as before.</remarks>
internal static unsafe partial class LargePages
{
    private const nint PageBytes = 1 << 21;
    private const int Wanted = 14;   // MADV_HUGEPAGE

    /// <param name="start">Memory that does not move and has not been written to yet.</param>
    public static void AskFor(void* start, long bytes)
    {
        if (!OperatingSystem.IsLinux()) return;
        var (from, to) = (((nint)start + PageBytes - 1) / PageBytes * PageBytes, ((nint)start + (nint)bytes) / PageBytes * PageBytes);
        if (to > from) _ = Advise((void*)from, (nuint)(to - from), Wanted);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint length, int advice);
}
