using System.Globalization;
using Homeward.Kernel;

namespace Homeward.Exchange.CyberTips;

/// <summary>Reading of single values that both forms write alike. Never throws.</summary>
internal static class Readings
{
    /// <summary>ISO 8601 date and time. More than seven digits of a second are cut; the text is kept whole.</summary>
    public static StatedInstant? Instant(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var trimmed = text.AsSpan().Trim();
        var t = trimmed.IndexOf('T');
        if (t < 8) return null;
        var zoneAt = trimmed[t..].IndexOfAny("Z+-");
        var zoneKnown = zoneAt >= 0;
        var time = zoneKnown ? trimmed[..(t + zoneAt)] : trimmed;
        var zone = zoneKnown ? trimmed[(t + zoneAt)..] : "Z";
        // Of what stands before the T nothing is cut: it is judged below.
        var point = time[t..].IndexOf('.');
        if (point >= 0 && time.Length - t - point > 8) time = time[..(t + point + 8)];
        // The end of a day, which XML Schema and ISO 8601 allow, is the start of the next.
        var isEndOfDay = time[t..].StartsWith("T24:00:00") && !time[(t + 9)..].ContainsAnyExcept('.', '0');

        Span<char> whole = stackalloc char[64];
        if (time.Length + zone.Length > whole.Length) return null;
        time.CopyTo(whole);
        zone.CopyTo(whole[time.Length..]);
        if (isEndOfDay) whole[t + 1] = whole[t + 2] = '0';
        return DateTimeOffset.TryParse(whole[..(time.Length + zone.Length)], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            && !(isEndOfDay && at > DateTimeOffset.MaxValue.AddDays(-1))
            ? new StatedInstant(Instants.Truncate(isEndOfDay ? at.AddDays(1) : at), zoneKnown, text)
            : null;
    }

    private static readonly string[] _printed = ["MM-dd-yyyy HH:mm:ss", "MM-dd-yyyy HH:mm", "MM-dd-yyyy"];
    private static readonly string[] _printedYearFirst = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd"];

    /// <summary>As people print it: month first, as the cover of a download says, and in UTC; else as <see cref="Instant"/>. A day alone is its beginning.</summary>
    public static StatedInstant? Printed(string text) => Printed(text, _printed) ?? Instant(text);

    /// <summary>When NCMEC received a report, from which terms are counted: also as people print it, in either order. A day alone is its beginning, so that no term seems longer than it is.</summary>
    public static StatedInstant? Received(string text) => Instant(text) ?? Printed(text, _printed) ?? Printed(text, _printedYearFirst);

    private static StatedInstant? Printed(string text, string[] forms)
    {
        var trimmed = text.Trim();
        if (trimmed.EndsWith("UTC", StringComparison.OrdinalIgnoreCase)) trimmed = trimmed[..^3].TrimEnd();
        return DateTime.TryParseExact(trimmed, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? new StatedInstant(new DateTimeOffset(at, TimeSpan.Zero), ZoneKnown: true, text)
            : null;
    }

    /// <summary>A birth date. An XML date may carry a zone, which says nothing about a birthday and is cut.</summary>
    public static PartialDate Date(string? text)
    {
        if (text is { Length: > 10 } && text[4] == '-') text = text[..10];
        return PartialDate.TryParse(text, out var date) ? date : default;
    }

    /// <summary>A whole number within bounds.</summary>
    public static int? Whole(string? text, int min, int max) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture, out var number) && number >= min && number <= max ? number : null;

    public static double? Degrees(string? text, double limit) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && Math.Abs(number) <= limit ? number : null;

    /// <summary>XML's boolean: true, 1, false, 0. Anything else states nothing.</summary>
    public static Stated Flag(string? text) => text?.Trim() switch
    {
        "true" or "1" => Stated.Yes,
        "false" or "0" => Stated.No,
        _ => Stated.NotStated,
    };

    /// <summary>Yes or no, in any of the words in which programs write it. Anything else states nothing.</summary>
    public static Stated Answer(string? text) => text?.Trim().ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "1" => Stated.Yes,
        "FALSE" or "NO" or "0" => Stated.No,
        _ => Stated.NotStated,
    };

    /// <summary>"F", "M" or null.</summary>
    public static string? Sex(string? text) => Names.Fold(text) switch
    {
        "f" or "female" => "F",
        "m" or "male" => "M",
        _ => null,
    };

    /// <summary>A country by its two letters; what means none that is known stays as it is.</summary>
    public static string? Country(string? text) => Countries.CodeOf(text) ?? text;

    /// <summary>Null for what is empty or blank: it states nothing.</summary>
    public static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
