namespace Homeward.Foundations.Pages;

/// <summary>Sizes as pages and commands say them: "0 bytes", "1.5 KiB", "1,023.0 MiB", "2.1 GiB".</summary>
public static class SizeWords
{
    private const double KiB = 1 << 10, MiB = 1 << 20, GiB = 1 << 30;

    public static string Of(long bytes) => FormattableString.Invariant(bytes switch
    {
        < 1 << 10 => $"{bytes} bytes",
        < 1 << 20 => $"{bytes / KiB:N1} KiB",
        < 1 << 30 => $"{bytes / MiB:N1} MiB",
        _ => $"{bytes / GiB:N1} GiB",
    });
}
