using System.Text.Encodings.Web;
using System.Text.Json;
using Homeward.Exchange;

namespace Homeward.Cli.Importing;

/// <summary>What an import put aside, a fault a line, for whoever must mend the files: where, and why. No content.</summary>
/// <remarks>Made with the first reject; the originals of all lie sealed in the house, with the same reasons.</remarks>
internal sealed class RejectsFile(string path) : IDisposable
{
    /// <summary>So many faults are told in an answer; the file has all.</summary>
    private const int ToldMax = 1_000;
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly List<string> _told = [];
    private StreamWriter? _lines;

    /// <summary>Null while nothing was rejected.</summary>
    public string? Path => _lines is null ? null : path;

    /// <summary>The first faults, in the order of the files, every one of a record.</summary>
    public IReadOnlyList<string> Told => _told;

    /// <summary>All faults.</summary>
    public int Count { get; private set; }

    public void Add(string source, IReadOnlyList<Rejection> faults)
    {
        _lines ??= new StreamWriter(path);
        foreach (var fault in faults)
        {
            _lines.WriteLine(JsonSerializer.Serialize(new { source, fault.Line, fault.Column, fault.Field, fault.Reason, fault.Mend }, _json));
            Tell($"{source}: {fault}");
        }
    }

    /// <summary>Adds what was put aside elsewhere and stands in no file: of each record the first fault.</summary>
    public void Tell(string fault)
    {
        Count++;
        if (_told.Count < ToldMax) _told.Add(fault);
    }

    public void Dispose() => _lines?.Dispose();
}
