using System.Globalization;
using System.Text.Json;
using Homeward.Bench;

// Each benchmark prints lines {"name","value","unit","baseline","baselineValue","ratio"}; ratio above 1 is better.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["child", .. var words]) return Measured.Child(words);
var benchmarks = new Dictionary<string, Func<IAsyncEnumerable<BenchLine>>>(StringComparer.Ordinal)
{
    ["demo"] = DemoBench.RunAsync,
    ["linkage"] = () => LinkageBench.RunAsync(args.Contains("--long")),
};
var asked = args.Where(word => !word.StartsWith('-')).ToList();
if (asked.FirstOrDefault(name => !benchmarks.ContainsKey(name)) is { } unknown)
{
    Console.Error.WriteLine($"bench: \"{unknown}\" is not known; known: {string.Join(", ", benchmarks.Keys)}");
    return 2;
}
foreach (var (name, run) in benchmarks)
{
    if (asked.Count > 0 && !asked.Contains(name)) continue;
    await foreach (var line in run()) Console.WriteLine(JsonSerializer.Serialize(line, JsonSerializerOptions.Web));
}
return 0;
