using System.Globalization;
using System.Text.RegularExpressions;
using Homeward.Kernel;

namespace Homeward.Exchange.Lines;

/// <summary>How others write a date, a time, a name, a height or a yes, turned into how we read it: the <c>as</c> of a <see cref="ColumnMap"/>.</summary>
/// <remarks>
/// <c>date</c>: a day, by default 2019-07-01, 07/01/2019, 7/1/2019 or 20190701. <c>instant</c>: a local time in <c>zone</c>; of the
/// hour that comes twice in autumn the first is meant, so that no clock starts late. <c>family-given</c>: <c>FAMILY, GIVEN MIDDLE</c>, several by <c>;</c>.
/// <c>height</c>: 504, 5-04 or 5'4" are feet and inches. <c>flag</c>: Y, yes, true, 1 and their contraries; U is not stated.
/// </remarks>
internal static partial class CellForms
{
    private static readonly string[] _days = ["yyyy-MM-dd", "MM/dd/yyyy", "M/d/yyyy", "yyyyMMdd"];
    private static readonly string[] _times = ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "MM/dd/yyyy HH:mm", "M/d/yyyy H:mm", "yyyyMMdd HHmm", "yyyyMMddHHmm"];
    private const int InchesPerFoot = 12;

    /// <param name="fault">Told of what is no form: where, why, and how to mend it.</param>
    /// <returns>Null where cells are read as they are. What it makes is null where a cell is not written so.</returns>
    public static Func<string, string?>? Of(string? form, IReadOnlyList<string> formats, string? zone, Action<string, string, string> fault)
    {
        if (formats.Count > 0 && form is not ("date" or "instant")) fault("/format", "only a date or an instant has a format", "write \"as\": \"date\", or leave it out");
        if (zone is not null && form != "instant") fault("/zone", "only an instant has a zone", "write \"as\": \"instant\", or leave it out");
        switch (form)
        {
            case null: return null;
            case "date": return text => Day(text, formats.Count > 0 ? [.. formats] : _days);
            case "family-given": return Names;
            case "height": return Height;
            case "flag": return Flag;
            case "instant":
                if (zone is null || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var place))
                {
                    fault("/zone", zone is null ? "an instant needs the zone in which it is written" : "no time zone", "write \"zone\": \"America/Chicago\"");
                    return null;
                }
                return text => Instant(text, formats.Count > 0 ? [.. formats] : _times, place);
            default:
                fault("/as", "not known here", "date, instant, family-given, height, flag and parts are");
                return null;
        }
    }

    private static string? Day(string text, string[] formats) =>
        DateOnly.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    private static string? Instant(string text, string[] formats, TimeZoneInfo zone)
    {
        if (!DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) || local.Kind != DateTimeKind.Unspecified || zone.IsInvalidTime(local)) return null;
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return Instants.Iso(new DateTimeOffset(local, offset).ToUniversalTime());
    }

    private static string? Names(string text)
    {
        var names = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(name => name.Split(',', 2, StringSplitOptions.TrimEntries)).ToList();
        return Cells.Parts(names.Select((parts, place) => new[] { parts.Length > 1 ? parts[1] : null, parts[0], place == 0 ? "name" : "alias" }));
    }

    private static string? Height(string text)
    {
        if (FeetAndInches().Match(text) is not { Success: true } match) return null;
        var (feet, inches) = (int.Parse(match.Groups["feet"].ValueSpan, CultureInfo.InvariantCulture), int.Parse(match.Groups["inches"].ValueSpan, CultureInfo.InvariantCulture));
        return inches < InchesPerFoot ? ((feet * InchesPerFoot) + inches).ToString(CultureInfo.InvariantCulture) : null;
    }

    private static string? Flag(string text) => text.ToUpperInvariant() switch
    {
        "Y" or "YES" or "TRUE" or "T" or "1" => "1",
        "N" or "NO" or "FALSE" or "F" or "0" => "0",
        "U" or "UNKNOWN" => "",
        _ => null,
    };

    /// <summary>Three digits, or a foot mark or hyphen between: two digits alone are inches.</summary>
    [GeneratedRegex("""^(?<feet>[2-7])(\s*['-]\s*(?<inches>\d{1,2})\s*("|'')?|(?<inches>\d{2}))$""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex FeetAndInches();
}
