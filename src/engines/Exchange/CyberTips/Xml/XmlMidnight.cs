using System.Globalization;
using System.Text;

namespace Homeward.Exchange.CyberTips.Xml;

/// <summary><c>24:00:00</c>, the end of a day, which XML Schema allows (part 2, 3.2.7) and .NET's validator refuses.</summary>
internal static class XmlMidnight
{
    private const int DayChars = 10;
    private static ReadOnlySpan<byte> EndOfDay => "T24:00:00"u8;
    private static ReadOnlySpan<byte> StartOfDay => "T00:00:00"u8;

    /// <summary>The document with each such instant written as the start of the next day, byte for byte as long; null when it holds none.</summary>
    public static ReadOnlyMemory<byte>? AsNextDay(ReadOnlyMemory<byte> document)
    {
        if (document.Span.IndexOf(EndOfDay) < 0) return null;
        var copy = document.ToArray();
        for (var at = 0; copy.AsSpan(at).IndexOf(EndOfDay) is >= 0 and var next; at += next + EndOfDay.Length)
        {
            var t = at + next;
            if (t < DayChars || !TryNextDay(copy.AsSpan(t - DayChars, DayChars), out var day)) continue;
            Encoding.ASCII.GetBytes(day).CopyTo(copy.AsSpan(t - DayChars));
            StartOfDay.CopyTo(copy.AsSpan(t));
        }
        return copy;
    }

    private static bool TryNextDay(ReadOnlySpan<byte> text, out string next)
    {
        next = "";
        if (!DateOnly.TryParseExact(Encoding.ASCII.GetString(text), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day == DateOnly.MaxValue) return false;
        next = day.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return true;
    }
}
