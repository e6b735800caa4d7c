using System.Text.Encodings.Web;
using System.Text.Json;
using Homeward.Exchange;

namespace Homeward.Cli.Importing;

/// <summary>What an import put aside, a fault a line, for whoever must mend the files: where, and why. No content.</summary>
/// <remarks>Made with the first reject; the originals of all lie sealed in the house, with the same reasons.</remarks>
internal sealed class RejectsFile(string path) : IDisposable
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private StreamWriter? _lines;

    /// <summary>Null while nothing was rejected.</summary>
    public string? Path => _lines is null ? null : path;

    public void Add(string source, IReadOnlyList<Rejection> faults)
    {
        _lines ??= new StreamWriter(path);
        foreach (var fault in faults)
            _lines.WriteLine(JsonSerializer.Serialize(new { source, fault.Line, fault.Column, fault.Field, fault.Reason, fault.Mend }, _json));
    }

    public void Dispose() => _lines?.Dispose();
}
