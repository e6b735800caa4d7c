using System.Diagnostics;
using Homeward.Kernel;

namespace Homeward.Cli;

/// <summary>Prints a page to PDF with Chromium, where there is one: tagged, from the page that people see.</summary>
internal static class PdfPrinter
{
    private static readonly string[] _names = ["chromium", "chromium-browser", "google-chrome"];
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    /// <returns>The browser's path, or null when there is none.</returns>
    public static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(_ => _names, Path.Combine).FirstOrDefault(File.Exists);

    public static async Task<Result<Done>> PrintAsync(string htmlPath, string pdfPath, CancellationToken cancel)
    {
        if (Find() is not { } browser)
            return Problem.Of("no-printer", "A PDF needs Chromium, and there is none here.", "apt-get install chromium, or choose --format html and print that.");
        var profile = Directory.CreateTempSubdirectory("homeward-print-");
        try
        {
            var start = new ProcessStartInfo(browser) { RedirectStandardError = true, RedirectStandardOutput = true };
            foreach (var word in new[]
            {
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--no-pdf-header-footer", $"--user-data-dir={profile.FullName}",
                $"--print-to-pdf={pdfPath}", new Uri(Path.GetFullPath(htmlPath)).AbsoluteUri,
            }) start.ArgumentList.Add(word);
            using var process = Process.Start(start);
            Ensure.That(process is not null);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            patience.CancelAfter(_patience);
            var drained = Task.WhenAll(process.StandardError.ReadToEndAsync(patience.Token), process.StandardOutput.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);
            await drained;
            return process.ExitCode == 0 && File.Exists(pdfPath)
                ? Done.Value
                : Problem.Of("print-failed", $"Chromium ended with {process.ExitCode} and no PDF.", "Try --format html.");
        }
        finally
        {
            profile.Delete(recursive: true);
        }
    }
}
