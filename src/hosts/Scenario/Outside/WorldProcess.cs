using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Homeward.Kernel;
using Homeward.Scenario.World;

namespace Homeward.Scenario.Outside;

/// <summary>The invented world in a process of its own: the truth is in its memory and nowhere that the house can look.</summary>
public sealed class WorldProcess : IOutside
{
    private static readonly JsonSerializerOptions _json = JsonSerializerOptions.Web;
    private readonly Process _process;
    private readonly JsonNode _initiative;
    private readonly long _seed;
    private readonly int _scale;

    private WorldProcess(Process process, JsonNode initiative, long seed, int scale) =>
        (_process, _initiative, _seed, _scale) = (process, initiative, seed, scale);

    /// <param name="command">How to start a world: this program's own path and the words that make it a world.</param>
    public static WorldProcess Start(IReadOnlyList<string> command, JsonNode initiative, long seed, int scale)
    {
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false,
        };
        foreach (var word in command.Skip(1)) start.ArgumentList.Add(word);
        var process = Process.Start(start);
        Ensure.That(process is not null);
        return new WorldProcess(process, initiative, seed, scale);
    }

    /// <summary>The manifest of what the world sends, once it has begun.</summary>
    public JsonObject Manifest { get; private set; } = [];

    public async Task<IReadOnlyList<Sent>> BeginAsync(CancellationToken cancel)
    {
        var answer = await AskAsync(
            new JsonObject { ["do"] = "begin", ["initiative"] = _initiative.DeepClone(), ["seed"] = _seed, ["scale"] = _scale }, cancel);
        Manifest = answer["manifest"]?.DeepClone().AsObject() ?? [];
        return Sends(answer["sends"]);
    }

    public async Task<IReadOnlyList<Sent>> UntilAsync(DateTimeOffset at, CancellationToken cancel) =>
        Sends((await AskAsync(new JsonObject { ["do"] = "until", ["at"] = Instants.Iso(at) }, cancel))["sends"]);

    public async Task<IReadOnlyList<Sent>> RanAsync(RanOperation operation, CancellationToken cancel) =>
        Sends((await AskAsync(
            new JsonObject { ["do"] = "ran", ["operation"] = JsonSerializer.SerializeToNode(operation, _json) }, cancel))["answers"]);

    public async Task<JsonObject?> ScoreAsync(JsonNode house, CancellationToken cancel) =>
        (await AskAsync(new JsonObject { ["do"] = "score", ["house"] = house }, cancel))["score"]?.DeepClone().AsObject();

    private static IReadOnlyList<Sent> Sends(JsonNode? node) => node.Deserialize<Sent[]>(_json) ?? [];

    private async Task<JsonObject> AskAsync(JsonObject question, CancellationToken cancel)
    {
        await _process.StandardInput.WriteLineAsync(question.ToJsonString().AsMemory(), cancel);
        await _process.StandardInput.FlushAsync(cancel);
        var line = await _process.StandardOutput.ReadLineAsync(cancel)
            ?? throw new IOException("The invented world's process ended before its time.");
        var answer = JsonNode.Parse(line)?.AsObject() ?? [];
        if (answer["error"] is { } error) throw new IOException($"The invented world's process failed: {error}");
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _process.StandardInput.WriteLineAsync("""{"do":"end"}""");
            _process.StandardInput.Close();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or InvalidOperationException)
        {
            if (!_process.HasExited) _process.Kill();
        }
        _process.Dispose();
    }
}
