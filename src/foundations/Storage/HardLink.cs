using System.Runtime.InteropServices;

namespace Homeward.Foundations.Storage;

/// <summary>A second name for a file.</summary>
internal static class HardLink
{
    /// <exception cref="IOException">The name is taken, or the disk refused.</exception>
    public static void Make(string from, string to)
    {
        if (OperatingSystem.IsWindows()) File.Move(from, to, overwrite: false);
        else if (Link(from, to) < 0) throw new IOException($"The file could not be given its name: error {Marshal.GetLastPInvokeError()}.", Marshal.GetLastPInvokeError());
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);
}
