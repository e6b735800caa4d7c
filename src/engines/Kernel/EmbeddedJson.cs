using System.Text.Json;
using System.Text.Json.Serialization;

namespace Homeward.Kernel;

/// <summary>Reads the tables of law and rules that are carried in an assembly. Enumerations stand there by name.</summary>
public static class EmbeddedJson
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <param name="carrier">A type of the assembly that carries it.</param>
    /// <param name="name">The resource's logical name.</param>
    /// <exception cref="BrokenInvariantException">It is not there.</exception>
    public static T Read<T>(Type carrier, string name)
    {
        using var stream = carrier.Assembly.GetManifestResourceStream(name);
        Ensure.That(stream is not null, name);
        return JsonSerializer.Deserialize<T>(stream, _json)!;
    }
}
