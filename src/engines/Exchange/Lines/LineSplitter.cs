namespace Homeward.Exchange.Lines;

/// <summary>Cuts a stream into lines without ever holding more than one long line.</summary>
public static class LineSplitter
{
    /// <summary>Longest line, in bytes.</summary>
    public const int LineBytesMax = 1024 * 1024;
    private const int BufferBytes = 64 * 1024;

    /// <summary>
    /// Lines without their end, valid until the next is asked for; null in place of a line that is too long. A UTF-8
    /// mark at the start is passed over.
    /// </summary>
    public static IEnumerable<ReadOnlyMemory<byte>?> Lines(Stream stream)
    {
        var buffer = new byte[BufferBytes];
        var (start, end) = (0, 0);
        var isTooLong = false;
        var isFirst = true;
        while (true)
        {
            var feed = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                // Not with "?:": null would become an empty memory by way of a null array.
                if (isTooLong) yield return null;
                else yield return Line(buffer, start, feed, isFirst);
                start += feed + 1;
                (isTooLong, isFirst) = (false, false);
                continue;
            }
            if (start > 0)
            {
                Buffer.BlockCopy(buffer, start, buffer, 0, end - start);
                (start, end) = (0, end - start);
            }
            if (end == buffer.Length)
            {
                if (end >= LineBytesMax) (isTooLong, end) = (true, 0);   // the rest of the line is thrown away
                else Array.Resize(ref buffer, Math.Min(buffer.Length * 2, LineBytesMax));
            }
            var count = stream.Read(buffer, end, buffer.Length - end);
            if (count == 0) break;
            end += count;
        }
        if (isTooLong) yield return null;
        else if (end > start) yield return Line(buffer, start, end - start, isFirst);
    }

    private static ReadOnlyMemory<byte> Line(byte[] buffer, int start, int length, bool isFirst)
    {
        var line = buffer.AsMemory(start, length);
        return isFirst && line.Span.StartsWith("\uFEFF"u8) ? line[3..] : line;
    }
}
