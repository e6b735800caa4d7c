using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Homeward.Kernel;

/// <summary>A day known in full or in part: <c>2003</c>, <c>2003-04</c> or <c>2003-04-15</c>.</summary>
/// <remarks>
/// What is not known is never filled in: there is no 1 January by default. <c>default</c> is "unknown" and its
/// text is empty. Two dates are compared part by part; an unknown part neither agrees nor disagrees.
/// </remarks>
[JsonConverter(typeof(PartialDateJson))]
public readonly record struct PartialDate : IComparable<PartialDate>
{
    /// <summary>1 to 9999, or 0 when nothing is known.</summary>
    public int Year { get; }
    /// <summary>1 to 12, or 0 when unknown.</summary>
    public int Month { get; }
    /// <summary>1 to 31, or 0 when unknown.</summary>
    public int Day { get; }

    private PartialDate(int year, int month, int day) => (Year, Month, Day) = (year, month, day);

    public bool IsUnknown => Year == 0;
    public bool IsFull => Day != 0;

    public static PartialDate Of(DateOnly day) => new(day.Year, day.Month, day.Day);
    public static PartialDate OfYear(int year)
    {
        Ensure.That(year is >= 1 and <= 9999);
        return new(year, 0, 0);
    }

    /// <summary>The first day that it may be; null when nothing is known.</summary>
    public DateOnly? Earliest => IsUnknown ? null : new DateOnly(Year, Math.Max(Month, 1), Math.Max(Day, 1));

    /// <summary>The last day that it may be; null when nothing is known.</summary>
    public DateOnly? Latest => IsUnknown
        ? null
        : IsFull ? new DateOnly(Year, Month, Day)
        : Month != 0 ? new DateOnly(Year, Month, DateTime.DaysInMonth(Year, Month))
        : new DateOnly(Year, 12, 31);

    /// <summary>The youngest and the oldest age, in whole years, that the person may have on a day.</summary>
    /// <remarks>
    /// Born on 29 February, one becomes a year older on 1 March of common years (T-20; house rule, states may
    /// differ). Null when nothing is known, or when the person may not yet have been born.
    /// </remarks>
    public (int Min, int Max)? AgeOn(DateOnly day)
    {
        if (Earliest is not { } earliest || Latest is not { } latest || earliest > day) return null;
        return (latest > day ? 0 : YearsBetween(latest, day), YearsBetween(earliest, day));
    }

    private static int YearsBetween(DateOnly born, DateOnly day)
    {
        var years = day.Year - born.Year;
        return (day.Month, day.Day).CompareTo((born.Month, born.Day)) < 0 ? years - 1 : years;
    }

    /// <summary>Reads ISO forms only. <c>08/06/2019</c> is refused, for it may be June or August (T-61).</summary>
    public static bool TryParse(string? text, out PartialDate date)
    {
        date = default;
        text = text?.Trim();
        if (string.IsNullOrEmpty(text)) return false;
        var parts = text.Split('-');
        if (parts.Length > 3 || parts[0].Length != 4 || !Number(parts[0], out var year) || year == 0) return false;
        var (month, day) = (0, 0);
        if (parts.Length > 1 && (parts[1].Length != 2 || !Number(parts[1], out month) || month is < 1 or > 12)) return false;
        if (parts.Length > 2 && (parts[2].Length != 2 || !Number(parts[2], out day)
            || day < 1 || day > DateTime.DaysInMonth(year, month))) return false;
        date = new(year, month, day);
        return true;

        static bool Number(string part, out int number) =>
            int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>The same day with day and month exchanged, where that is a date: a common slip of the pen.</summary>
    public bool TrySwap([NotNullWhen(true)] out PartialDate? swapped)
    {
        swapped = null;
        if (!IsFull || Day > 12 || Day == Month) return false;
        swapped = new(Year, Day, Month);
        return true;
    }

    public override string ToString() => IsUnknown ? ""
        : IsFull ? string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}-{Day:00}")
        : Month != 0 ? string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}")
        : Year.ToString("0000", CultureInfo.InvariantCulture);

    public int CompareTo(PartialDate other) => (Year, Month, Day).CompareTo((other.Year, other.Month, other.Day));
    public static bool operator <(PartialDate left, PartialDate right) => left.CompareTo(right) < 0;
    public static bool operator >(PartialDate left, PartialDate right) => left.CompareTo(right) > 0;
    public static bool operator <=(PartialDate left, PartialDate right) => left.CompareTo(right) <= 0;
    public static bool operator >=(PartialDate left, PartialDate right) => left.CompareTo(right) >= 0;
}

/// <summary>A partial date travels in JSON as its text; unknown is the empty text or null.</summary>
public sealed class PartialDateJson : JsonConverter<PartialDate>
{
    public override bool HandleNull => true;

    public override PartialDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.Null ? null : reader.GetString();
        if (string.IsNullOrEmpty(text)) return default;
        return PartialDate.TryParse(text, out var date)
            ? date
            : throw new JsonException($"\"{text}\" is no date: write 2003, 2003-04 or 2003-04-15.");
    }

    public override void Write(Utf8JsonWriter writer, PartialDate value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
