using System.Text;
using Homeward.Exchange;

namespace Homeward.Scenario.World;

/// <summary>Writes a world as a folder: what outsiders send by themselves, the truth beside it, and the manifest.</summary>
/// <remarks>
/// What the field finds is not in it, for that hangs on operations that nobody has run; the referrals and tips of
/// those who are found without one are.
/// </remarks>
public static class WorldFiles
{
    private const string Outcomes = "outcomes/";

    /// <param name="folder">Made if it is not there; files of the same names are replaced.</param>
    /// <returns>How many things were sent.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static async Task<int> WriteAsync(WorldSession session, string folder, CancellationToken cancel)
    {
        var raw = Path.Combine(folder, RawFolder.Raw);
        var count = 0;
        var lines = new Dictionary<string, StreamWriter>(StringComparer.Ordinal);
        try
        {
            foreach (var sent in session.FirstSends.Concat(session.Until(session.LastSend)))
            {
                if (sent.Path.StartsWith(Outcomes, StringComparison.Ordinal)) continue;
                count++;
                var path = Path.Combine(raw, sent.Path);
                if (sent.Path.EndsWith(".jsonl", StringComparison.Ordinal))
                {
                    if (!lines.TryGetValue(path, out var writer)) lines.Add(path, writer = Open(path));
                    await writer.WriteAsync(sent.Body.AsMemory(), cancel);
                    await writer.WriteAsync("\n".AsMemory(), cancel);
                    continue;
                }
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllTextAsync(path, sent.Body, cancel);
            }
        }
        finally
        {
            foreach (var writer in lines.Values) await writer.DisposeAsync();
        }
        var truth = Path.Combine(folder, RawFolder.Truth);
        Directory.CreateDirectory(truth);
        await File.WriteAllTextAsync(Path.Combine(truth, "truth.json"), session.TruthJson(), cancel);
        await File.WriteAllTextAsync(Path.Combine(folder, RawFolder.Manifest), session.ManifestJson + "\n", cancel);
        return count;
    }

    private static StreamWriter Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }
}
