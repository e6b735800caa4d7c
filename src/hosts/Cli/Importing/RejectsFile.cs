using System.Text.Encodings.Web;
using System.Text.Json;
using Homeward.Exchange;
using Homeward.Kernel;

namespace Homeward.Cli.Importing;

/// <summary>What an import put aside, a fault a line, for whoever must mend the files: where, and why. No content.</summary>
/// <remarks>Made with the first reject; the originals of all lie sealed in the house, with the same reasons.</remarks>
internal sealed class RejectsFile(string path) : IDisposable
{
    /// <summary>So many faults are told in an answer; the file has all.</summary>
    private const int ToldMax = 1_000;
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] _names = ["source", "line", "column", "field", "reason", "mend"];
    private const int HeadBytes = 16 << 10;
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
            Count++;
            if (_told.Count < ToldMax) _told.Add($"{source}: {fault}");
        }
    }

    /// <returns>Why nothing can be written there; null when something can, or nothing is named.</returns>
    public static Problem? Unusable(string? path) => path switch
    {
        null => null,
        _ when string.IsNullOrWhiteSpace(path) => Problem.Invalid("no-rejects-file", "The file for what is rejected has an empty name.", "Name one, or leave --rejects out."),
        _ when Directory.Exists(path) => Problem.Invalid("no-rejects-file", $"{path} is a folder.", "Name a file in it for what is rejected."),
        _ when !Directory.Exists(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))) =>
            Problem.Invalid("no-rejects-file", $"{path}: its folder is not there.", "Make the folder, or name another file for what is rejected."),
        _ => null,
    };

    /// <summary>Whether an import before wrote this file, under whatever name: it is never read as input.</summary>
    public static bool IsOne(string path) => path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) && IsOurs(path);

    private static bool IsOurs(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var head = new byte[HeadBytes];
            var line = head.AsMemory(0, file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false));
            if (line.Span.IndexOf((byte)'\n') is not (> 0 and var end)) return false;
            using var first = JsonDocument.Parse(line[..end]);
            return first.RootElement.ValueKind == JsonValueKind.Object && first.RootElement.EnumerateObject().Select(one => one.Name).SequenceEqual(_names);
        }
        catch (Exception fault) when (fault is JsonException || FolderWalk.IsUnreadable(fault))
        {
            return false;
        }
    }

    /// <summary>All was read. Where nothing was rejected, what an import before wrote there is over: nobody is to mend it again.</summary>
    public void Complete()
    {
        if (_lines is null && File.Exists(path) && IsOurs(path)) File.Delete(path);
    }

    public void Dispose() => _lines?.Dispose();
}
