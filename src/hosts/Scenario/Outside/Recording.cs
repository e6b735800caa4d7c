using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Homeward.Exchange;
using Homeward.Scenario.World;

namespace Homeward.Scenario.Outside;

/// <summary>Passes everything through and writes it down: what outsiders sent in the run, the field's answers included.</summary>
/// <remarks>The folder is the same as a generated one, without truth: <c>DIR/manifest.json</c> and <c>DIR/raw</c>.</remarks>
public sealed class Recording : IOutside
{
    private readonly WorldProcess _world;
    private readonly string _folder;
    private readonly Dictionary<string, StreamWriter> _growing = [];

    /// <exception cref="IOException">The folder cannot be made.</exception>
    public Recording(WorldProcess world, string folder)
    {
        (_world, _folder) = (world, folder);
        Directory.CreateDirectory(Path.Combine(folder, RawFolder.Raw));
        // Every kind has its file, be it empty: who reads the folder need not guess what was not sent.
        foreach (var path in new[]
        {
            RawFolder.MissingEntries, RawFolder.HotlineTips, RawFolder.AgencyReferrals, RawFolder.Children, RawFolder.Adults,
            RawFolder.Arrests, RawFolder.Investigations, RawFolder.Courts,
        }) _ = Growing(path);
    }

    public async Task<IReadOnlyList<Sent>> BeginAsync(CancellationToken cancel)
    {
        var sends = await WriteAsync(await _world.BeginAsync(cancel));
        var manifest = _world.Manifest.DeepClone().AsObject();
        manifest["recorded"] = true;
        await File.WriteAllTextAsync(Path.Combine(_folder, RawFolder.Manifest), manifest.ToJsonString(new JsonSerializerOptions { WriteIndented = true }), cancel);
        return sends;
    }

    public async Task<IReadOnlyList<Sent>> UntilAsync(DateTimeOffset at, CancellationToken cancel) =>
        await WriteAsync(await _world.UntilAsync(at, cancel));

    public async Task<IReadOnlyList<Sent>> RanAsync(RanOperation operation, CancellationToken cancel) =>
        await WriteAsync(await _world.RanAsync(operation, cancel));

    public Task<JsonObject?> ScoreAsync(JsonNode house, CancellationToken cancel) => _world.ScoreAsync(house, cancel);

    private async Task<IReadOnlyList<Sent>> WriteAsync(IReadOnlyList<Sent> sends)
    {
        foreach (var sent in sends)
        {
            if (sent.Path.EndsWith(".jsonl", StringComparison.Ordinal)) await Growing(sent.Path).WriteAsync(sent.Body + "\n");
            else
            {
                var path = Path.Combine(_folder, RawFolder.Raw, sent.Path);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllTextAsync(path, sent.Body);
            }
        }
        return sends;
    }

    private StreamWriter Growing(string path)
    {
        if (_growing.TryGetValue(path, out var writer)) return writer;
        var full = Path.Combine(_folder, RawFolder.Raw, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return _growing[path] = new StreamWriter(full, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var writer in _growing.Values) await writer.DisposeAsync();
        await _world.DisposeAsync();
    }
}
