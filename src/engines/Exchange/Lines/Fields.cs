using System.Globalization;
using Homeward.Exchange.CyberTips;
using Homeward.Kernel;

namespace Homeward.Exchange.Lines;

/// <summary>Checks single values of one record and gathers every fault; JSON lines and CSV read through it alike.</summary>
/// <remarks>A faulty field yields null or default, so that reading goes on and all faults come at once.</remarks>
internal sealed class Fields(int line)
{
    private const int FaultsMax = 50;

    /// <summary>Longer than any free text that a person writes into such a record.</summary>
    private const int TextCharsMax = 20_000;

    public List<Rejection> Faults { get; } = [];

    /// <summary>What was asked for, by field: whatever else stands in the record is not read (<see cref="JsonUnread"/>).</summary>
    public HashSet<string> Asked { get; } = new(StringComparer.Ordinal);

    public void Fault(string field, string reason, string mend)
    {
        if (Faults.Count < FaultsMax) Faults.Add(new(line, 0, field, reason, mend));
    }

    public string? Text(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (text.Contains('\0')) Fault(field, "holds the character U+0000, which no text has", "leave it out");
        else if (text.Length <= TextCharsMax) return text;
        else Fault(field, $"longer than {TextCharsMax} characters", "shorten it");
        return null;
    }

    public string Required(string field, string? text)
    {
        if (Text(field, text) is { } given) return given;
        Fault(field, "missing", "give it");
        return "";
    }

    /// <summary>An instant in UTC with its Z. Another offset is converted; none is refused, for nobody knows the zone.</summary>
    public DateTimeOffset? Instant(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (Readings.Instant(text) is { ZoneKnown: true } instant) return instant.At;
        Fault(field, "not an instant with a time zone", "write 2019-07-01T10:00:00Z");
        return null;
    }

    public DateTimeOffset RequiredInstant(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) Fault(field, "missing", "write 2019-07-01T10:00:00Z");
        return Instant(field, text) ?? default;
    }

    public PartialDate PartialDate(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return default;
        if (Kernel.PartialDate.TryParse(text, out var date)) return date;
        Fault(field, "not a date, whole or in part", "write 2003, 2003-04 or 2003-04-15");
        return default;
    }

    public DateOnly? Day(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        Fault(field, "not a day", "write 2019-07-01");
        return null;
    }

    public int? Whole(string field, string? text, int min, int max)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var number = Readings.Whole(text, min, max);
        if (number is null) Fault(field, "not a whole number in range", $"give a number from {min} to {max}");
        return number;
    }

    public double? Degrees(string field, string? text, double limit)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var degrees = Readings.Degrees(text, limit);
        if (degrees is null) Fault(field, "no such degree on the earth", $"give degrees from -{limit} to {limit}");
        return degrees;
    }

    public string? Sex(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (text is "F" or "M") return text;
        Fault(field, "no such code", "give F, M or nothing");
        return null;
    }

    /// <summary>A word of a closed list; null when not stated.</summary>
    public T? Word<T>(string field, string? text) where T : struct, Enum
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (Words<T>.TryRead(text, out var value)) return value;
        Fault(field, "no such word", $"give one of: {Words<T>.Known}");
        return null;
    }

    public T RequiredWord<T>(string field, string? text) where T : struct, Enum
    {
        if (string.IsNullOrWhiteSpace(text)) Fault(field, "missing", $"give one of: {Words<T>.Known}");
        return Word<T>(field, text) ?? default;
    }

    public string RequiredOri(string field, string? text)
    {
        if (Oris.IsWellFormed(text)) return text!;
        Fault(field, string.IsNullOrWhiteSpace(text) ? "missing" : "not an ORI", "give the nine characters of the ORI, MOKPD0000");
        return "";
    }

    public string? Ori(string field, string? text) => string.IsNullOrWhiteSpace(text) ? null : RequiredOri(field, text) is { Length: > 0 } ori ? ori : null;

    public string RequiredNic(string field, string? text) => Nic(field, text, isRequired: true) ?? "";

    /// <summary>NIC number: one letter, nine digits.</summary>
    public string? Nic(string field, string? text, bool isRequired = false)
    {
        if (string.IsNullOrWhiteSpace(text) && !isRequired) return null;
        if (text is { Length: 10 } && char.IsAsciiLetterUpper(text[0]) && !text.AsSpan(1).ContainsAnyExceptInRange('0', '9'))
            return text;
        Fault(field, string.IsNullOrWhiteSpace(text) ? "missing" : "not a NIC number", "give one letter and nine digits, M123456789");
        return null;
    }

    /// <summary>County by its five digits.</summary>
    public string? Fips(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (text.Length == 5 && !text.AsSpan().ContainsAnyExceptInRange('0', '9')) return text;
        Fault(field, "not a county code", "give the five digits of the FIPS code, 29095");
        return null;
    }

    public string? Plate(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || Plates.CanBe(text)) return OrNull(text);
        Fault(field, "not a plate", "give its letters and digits, ten at most, 123ABC");
        return null;
    }

    public string? StateCode(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || (text.Length == 2 && text.All(char.IsAsciiLetter))) return OrNull(text);
        Fault(field, "not a code of a state or country", "give its two letters, KS");
        return null;
    }

    public string? PlateYear(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text == "NX" || (text.Length == 4 && text.All(char.IsAsciiDigit))) return OrNull(text);
        Fault(field, "not the year in which a plate expires", "give its four digits, 2020, or NX for one that does not expire");
        return null;
    }

    /// <param name="year">Of the vehicle, as far as known.</param>
    public string? Vin(string field, string? text, int? year)
    {
        if (string.IsNullOrWhiteSpace(text) || Vins.IsWellFormed(text, year)) return OrNull(text);
        Fault(field, "not a vehicle's number", "give its 17 letters and digits, none of them I, O or Q; of a vehicle built before 1981, give its year too");
        return null;
    }

    private static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    public void Ordered(string field, int? min, int? max)
    {
        if (min > max) Fault(field, "the least is above the most", "exchange the two");
    }
}
