using System.Text.Json.Nodes;
using CsCheck;

namespace Homeward.Linkage.Tests;

/// <summary>Whatever stands in a file: a sound result, or a refusal in words. Never another exception.</summary>
public sealed class Fuzz : IDisposable
{
    private int _files;
    private readonly string _folder = Directory.CreateTempSubdirectory("linkage-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Any_text_as_csv() => Gen.String[Gen.Char["ab,,,\"\n\n\r; 1-@\u00e9\0"], 0, 60].Sample(text =>
    {
        var path = Path.Combine(_folder, $"{Interlocked.Increment(ref _files)}.csv");
        File.WriteAllText(path, text);
        OnlyRefuses(() => LinkJob.Run(new() { Files = [path] }));
    }, iter: 300);

    [Fact]
    public void Any_bytes_as_csv() => Gen.Byte.Array[0, 80].Sample(bytes =>
    {
        var path = Path.Combine(_folder, $"{Interlocked.Increment(ref _files)}.csv");
        File.WriteAllBytes(path, bytes);
        OnlyRefuses(() => LinkJob.Run(new() { Files = [path] }));
    }, iter: 300);

    [Fact]
    public void Any_value_anywhere_in_the_settings() => Gen.Select(Gen.Int[0, 400], Gen.Int[0, 7]).Sample((place, kind) =>
    {
        var settings = JsonNode.Parse(PersonSchema.Settings.ToJson())!;
        var nodes = Nodes(settings).ToList();
        nodes[place % nodes.Count].ReplaceWith(kind switch
        {
            0 => null, 1 => JsonValue.Create(-1), 2 => JsonValue.Create(1e300), 3 => JsonValue.Create(""), 4 => JsonValue.Create("x(y"),
            5 => (JsonNode)new JsonArray(), 6 => new JsonArray((JsonNode?)null), _ => new JsonObject(),
        });
        OnlyRefuses(() => new Scorer(LinkageSettings.FromJson(settings.ToJsonString())).Weight(
            new LinkRecord("a").With(PersonSchema.GivenName, "Ana").With(PersonSchema.Born, "2003-04-03"),
            new LinkRecord("b").With(PersonSchema.GivenName, "Anna").With(PersonSchema.Born, "2003")));
    }, iter: 500);

    private static IEnumerable<JsonNode> Nodes(JsonNode node)
    {
        var children = node switch
        {
            JsonObject fields => fields.Select(field => field.Value),
            JsonArray items => items,
            _ => [],
        };
        foreach (var child in children.OfType<JsonNode>())
        {
            yield return child;
            foreach (var below in Nodes(child)) yield return below;
        }
    }

    private static void OnlyRefuses(Action act)
    {
        try
        {
            act();
        }
        catch (LinkageException refusal)
        {
            refusal.Message.ShouldNotBeNullOrWhiteSpace();
        }
    }
}
