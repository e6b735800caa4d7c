using System.Text;

namespace Homeward.Intake;

/// <summary>A report as it came, byte for byte.</summary>
/// <param name="Path">Where it came from; a path of the raw folder says arrival and number as well.</param>
/// <param name="Number">CyberTipline number, where the path does not say it.</param>
/// <param name="ReceivedAt">When it arrived, where the path does not say it; now, when nothing does.</param>
public sealed record RawOriginal(string Path, byte[] Bytes, string? Number = null, DateTimeOffset? ReceivedAt = null)
{
    public static RawOriginal Of(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));
}

/// <summary>One line of a feed as it came.</summary>
/// <param name="Source">The file: <c>missing/entries.jsonl</c>.</param>
/// <param name="Line">Its number in the file, from 1; 0 when it came alone.</param>
public sealed record RawLine(string Source, string Text, int Line = 0);

/// <summary>What became of a batch. Repeats are what was there already, byte for byte.</summary>
public sealed record BatchReceipt(int New, int Versions, int Repeats, int Rejected);
