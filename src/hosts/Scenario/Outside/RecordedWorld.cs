using System.Text.Json;
using System.Text.Json.Nodes;
using Homeward.Exchange;
using Homeward.Kernel;
using Homeward.Scenario.World;

namespace Homeward.Scenario.Outside;

/// <summary>A recorded folder played back: no world, no truth. The field answers from what was written down.</summary>
/// <remarks>
/// An outcome that names an operation is the field's answer when that operation runs; every other thing arrives at its
/// time. A line that was deleted, doubled or re-dated in the folder is taken as it stands there.
/// </remarks>
public sealed class RecordedWorld : IOutside
{
    private readonly List<Sent> _before = [];
    private List<Sent> _arrivals = [];
    private readonly Dictionary<string, List<Sent>> _answers = new(StringComparer.Ordinal);
    private int _next;

    private RecordedWorld() { }

    /// <summary>Reads the folder. A line that cannot be read arrives as it is, for the house to reject by name.</summary>
    public static async Task<RecordedWorld> OpenAsync(string folder, CancellationToken cancel)
    {
        var world = new RecordedWorld();
        var raw = RawFolder.Of(folder);
        foreach (var file in Directory.EnumerateFiles(raw, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var path = Path.GetRelativePath(raw, file).Replace('\\', '/');
            if (path.EndsWith(".jsonl", StringComparison.Ordinal))
            {
                foreach (var line in await File.ReadAllLinesAsync(file, cancel))
                    if (!string.IsNullOrWhiteSpace(line)) world.Sort(path, line);
            }
            else if (RawFolder.TryReadReportPath(path, out var arrival))
                world._arrivals.Add(new Sent(path, arrival.ArrivedAt, await File.ReadAllTextAsync(file, cancel)));
            else world._before.Add(new Sent(path, DateTimeOffset.UnixEpoch, await File.ReadAllTextAsync(file, cancel)));
        }
        // A stable order: lines of one file that arrived together stay as they stand in it.
        world._arrivals = [.. world._arrivals.OrderBy(sent => sent.At).ThenBy(sent => sent.Path, StringComparer.Ordinal)];
        return world;
    }

    private void Sort(string path, string line)
    {
        JsonObject? record = null;
        try
        {
            record = JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException)
        {
            // Goes in as it is: the house says what is wrong with it, and where.
        }
        var isOutcome = path.StartsWith("outcomes/", StringComparison.Ordinal);
        var at = isOutcome ? Later(Instant(record, "typedAt"), Instant(record, "at")) : Instant(record, "received");
        var sent = new Sent(path, at ?? DateTimeOffset.UnixEpoch, line);
        if (isOutcome && record?["operation"]?.GetValueKind() == JsonValueKind.String)
        {
            var reference = record["operation"]!.GetValue<string>();
            if (!_answers.TryGetValue(reference, out var answers)) _answers[reference] = answers = [];
            answers.Add(sent);
        }
        else _arrivals.Add(sent);
    }

    private static DateTimeOffset? Instant(JsonObject? record, string key) =>
        record?[key] is JsonValue value && value.TryGetValue<string>(out var text)
        && DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var at)
            ? at.ToUniversalTime() : null;

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null ? other : other is null ? one : one > other ? one : other;

    public Task<IReadOnlyList<Sent>> BeginAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<Sent>>(_before);

    public Task<IReadOnlyList<Sent>> UntilAsync(DateTimeOffset at, CancellationToken cancel)
    {
        var first = _next;
        while (_next < _arrivals.Count && _arrivals[_next].At <= at) _next++;
        return Task.FromResult<IReadOnlyList<Sent>>(_arrivals.GetRange(first, _next - first));
    }

    public Task<IReadOnlyList<Sent>> RanAsync(RanOperation operation, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Sent>>(_answers.GetValueOrDefault(operation.Reference) ?? []);

    public Task<JsonObject?> ScoreAsync(JsonNode house, CancellationToken cancel) => Task.FromResult<JsonObject?>(null);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
