using System.Text;
using System.Text.Json.Serialization;
using Homeward.Exchange;
using Homeward.Foundations.Access;

namespace Homeward.Intake;

/// <summary>A report as it came, byte for byte.</summary>
/// <param name="Path">Where it came from; a path of the raw folder says arrival and number as well.</param>
/// <param name="Number">CyberTipline number, where the path does not say it.</param>
/// <param name="ReceivedAt">When it arrived, where the path does not say it; now, when nothing does.</param>
/// <param name="Provider">Name of the sending account, where one sends for itself.</param>
/// <param name="Files">What the account uploaded with it: the XML itself says nothing of files.</param>
public sealed record RawOriginal(
    string Path, byte[] Bytes, string? Number = null, DateTimeOffset? ReceivedAt = null, string? Provider = null, IReadOnlyList<RawFile>? Files = null)
{
    /// <summary>An archive may call a file whatever it likes; no database keeps U+0000.</summary>
    public string Path { get; init => field = value.Replace('\0', '\uFFFD'); } = Path.Replace('\0', '\uFFFD');

    /// <summary>Why nobody can read it, where who brings it knows: it was cut off on its way. It is rejected for that, with the bytes that came.</summary>
    [JsonIgnore]
    public Rejection? Fault { get; init; }

    public static RawOriginal Of(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));
}

/// <summary>A file that was uploaded with a report.</summary>
/// <param name="Details">The provider's description of it (<c>fileDetails</c>), byte for byte; null when there is none.</param>
/// <param name="Md5">Of the bytes that came.</param>
public sealed record RawFile(string FileId, byte[]? Details, string Md5);

/// <summary>One line of a feed as it came.</summary>
/// <param name="Source">The file: <c>missing/entries.jsonl</c>.</param>
/// <param name="Line">Its number in the file, from 1; 0 when it came alone.</param>
/// <param name="Header">The file's header, where it is a row of CSV; null for JSON.</param>
public sealed record RawLine(string Source, [AsItCame] string Text, int Line = 0, [AsItCame] string? Header = null);

/// <summary>A line that was not taken, and every reason.</summary>
public sealed record RefusedLine(string Source, int Line, IReadOnlyList<Rejection> Faults);

/// <summary>What lines of a file say under a name that this house does not know: it is kept in the original alone.</summary>
/// <param name="Field">A key, <c>child.nickname</c>, or a column.</param>
/// <param name="Lines">In how many of the lines.</param>
public sealed record UnreadField(string Source, string Field, int Lines)
{
    internal static IReadOnlyList<UnreadField>? Of(IEnumerable<(string Source, IReadOnlyList<string> Fields)> lines)
    {
        var counted = lines.SelectMany(line => line.Fields.Select(field => (line.Source, field))).CountBy(one => one)
            .Select(one => new UnreadField(one.Key.Source, one.Key.field, one.Value)).ToList();
        return counted.Count > 0 ? counted : null;
    }
}

/// <summary>A value that cannot be so, of a line that was taken all the same: it stands as its sender says it.</summary>
/// <param name="Field">A key, <c>place.zip</c>.</param>
/// <param name="Says">What is wrong; never the value.</param>
public sealed record DoubtedValue(string Source, int Line, string Field, string Says);

/// <summary>What became of a batch. Repeats are what was there already, byte for byte.</summary>
/// <param name="Refused">Which lines were rejected and why, for whoever sent lines.</param>
/// <param name="Unread">What the lines that were taken say and nobody reads; null where nothing.</param>
/// <param name="Doubted">What they say that cannot be so; null where nothing.</param>
public sealed record BatchReceipt(
    int New, int Versions, int Repeats, int Rejected, IReadOnlyList<RefusedLine>? Refused = null, IReadOnlyList<UnreadField>? Unread = null,
    IReadOnlyList<DoubtedValue>? Doubted = null);
