using System.Globalization;
using System.Text.Json;
using Homeward.Bench;
using Homeward.Bench.Intake;
using Homeward.Bench.Review;

// Each benchmark prints lines {"name","value","unit","baseline","baselineValue","ratio"}; ratio above 1 is better.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["child", .. var asChild]) return Measured.Child(asChild);
if (args is [NaiveReceiver.Kind, var ofNaive, var atNaive]) return await NaiveReceiver.ReceiveAsync(ofNaive, atNaive);
if (args is [OneEachHouse.Kind, var ofHouse, var atHouse]) return await OneEachHouse.ServeAsync(ofHouse, atHouse);
string[] withNumber = ["--scale", "--rounds", "--curve"], alone = ["--bulk", "--live", "--postgres", "--long"];
var asked = args.Where((word, index) => !word.StartsWith('-') && (index == 0 || !withNumber.Contains(args[index - 1]))).ToList();
var benchmarks = new Dictionary<string, Func<IAsyncEnumerable<BenchLine>>>(StringComparer.Ordinal)
{
    ["demo"] = DemoBench.RunAsync,
    ["kill"] = () => KillBench.RunAsync((int)Number("--rounds", 10), postgresOnly: args.Contains("--postgres")),
    ["intake"] = () => args.Contains("--curve")
        ? CurveBench.RunAsync(Math.Max(2, (int)Number("--curve", 10)), Number("--scale", 1))
        : IntakeBench.RunAsync(Number("--scale", 1), bulkOnly: args.Contains("--bulk"), liveOnly: args.Contains("--live")),
    // A million reports take longer than a run of all may: there it is a fifth, and the figures say so.
    ["review"] = () => ReviewBench.RunAsync(Number("--scale", IsAsked("review") ? 1 : 0.2), args.Contains("--postgres")),
    ["linkage.query"] = QueryBench.RunAsync,
    ["linkage"] = () => LinkageBench.RunAsync(args.Contains("--long")),
};
var words = args.Where(word => word.StartsWith('-'));
if (asked.Concat(words).FirstOrDefault(word => !benchmarks.ContainsKey(word) && !withNumber.Contains(word) && !alone.Contains(word)) is { } unknown)
{
    Console.Error.WriteLine($"bench: \"{unknown}\" is not known; known: {string.Join(", ", [.. benchmarks.Keys, .. withNumber, .. alone])}. ./bench --help tells what each does");
    return 2;
}
foreach (var (name, run) in benchmarks)
{
    // Linkage asks its queries itself: alone they run when named.
    if (asked.Count > 0 ? !IsAsked(name) : name == "linkage.query") continue;
    await foreach (var line in run()) Console.WriteLine(JsonSerializer.Serialize(line, JsonSerializerOptions.Web));
}
return 0;

bool IsAsked(string name) => asked.Contains(name);

// The number after a word such as --scale.
double Number(string word, double otherwise) =>
    Array.IndexOf(args, word) is >= 0 and var at && at + 1 < args.Length
    && double.TryParse(args[at + 1], CultureInfo.InvariantCulture, out var given) && given > 0 ? given : otherwise;
