using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using Homeward.Kernel;

namespace Homeward.Exchange.Alerts;

/// <summary>CAP 1.2's rules for single values (OASIS CAP-v1.2, 3.2 and 3.3.2).</summary>
internal static partial class CapForms
{
    /// <summary>Ours: CAP has no bound, and an index of a database has.</summary>
    private const int NameCharsMax = 200;
    private static readonly SearchValues<char> _notInNames = SearchValues.Create(" ,<&\t\r\n");
    private static readonly Dictionary<CapForm, string[]> _words = new()
    {
        [CapForm.Status] = Enum.GetNames<CapStatus>(), [CapForm.Kind] = Enum.GetNames<CapKind>(), [CapForm.Scope] = ["Public", "Restricted", "Private"],
        [CapForm.Category] = ["Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE", "Other"],
        [CapForm.Response] = ["Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None"],
        [CapForm.Urgency] = ["Immediate", "Expected", "Future", "Past", "Unknown"],
        [CapForm.Severity] = ["Extreme", "Severe", "Moderate", "Minor", "Unknown"],
        [CapForm.Certainty] = ["Observed", "Likely", "Possible", "Unlikely", "Unknown"],
    };

    /// <returns>What is wrong and how to mend it; null when the value is as it must be.</returns>
    public static (string Reason, string Mend)? Fault(CapForm form, string text)
    {
        if (_words.TryGetValue(form, out var words))
            return words.Contains(text) ? null : ("not one of the words that CAP 1.2 has here", "write one of " + string.Join(", ", words));
        return form switch
        {
            CapForm.Name when text.Length is 0 or > NameCharsMax || text.AsSpan().IndexOfAny(_notInNames) >= 0 =>
                ($"empty, longer than {NameCharsMax} characters, or with a blank, a comma, < or &", "write it without them: others refer to the message by it"),
            CapForm.Instant when !TryInstant(text, out _) => ("not an instant as CAP writes it", "write 2019-07-01T12:00:00-05:00, and -00:00 for UTC"),
            CapForm.References when !TryReferences(text, out _) =>
                ("not a list of sender,identifier,sent", "name each earlier message as sender,identifier,sent, with blanks between them"),
            CapForm.Polygon when !IsPolygon(text) => ("not a closed ring of at least four points in degrees", "write lat,lon pairs with blanks between, the first again as the last"),
            CapForm.Circle when !IsCircle(text) => ("not a point and a radius", "write lat,lon radius, the radius in kilometres"),
            CapForm.Number when !TryNumber(text, out _) => ("not a number", "write a decimal number of feet"),
            CapForm.Whole when !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _) => ("not a whole number", "write the size in bytes"),
            _ => null,
        };
    }

    /// <summary>CAP's form alone: an offset always, never <c>Z</c>, no fractions.</summary>
    public static bool TryInstant(string text, out DateTimeOffset at)
    {
        at = default;
        if (!InstantForm().IsMatch(text) || !DateTimeOffset.TryParseExact(
            text, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)) return false;
        at = read.ToUniversalTime();
        return true;
    }

    public static bool TryReferences(string text, out IReadOnlyList<CapKey> keys)
    {
        var read = new List<CapKey>();
        keys = read;
        foreach (var one in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = one.Split(',');
            if (parts.Length != 3 || parts[0].Length is 0 or > NameCharsMax || parts[1].Length is 0 or > NameCharsMax || !TryInstant(parts[2], out var sent)) return false;
            read.Add(new CapKey(parts[0], parts[1], sent));
        }
        return read.Count > 0;
    }

    private static bool IsPolygon(string text)
    {
        var points = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return points.Length >= 4 && points[0] == points[^1] && Array.TrueForAll(points, IsPoint);
    }

    private static bool IsCircle(string text)
    {
        var parts = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 2 && IsPoint(parts[0]) && TryNumber(parts[1], out var km) && km >= 0;
    }

    private static bool IsPoint(string text) =>
        text.Split(',') is [var lat, var lon] && TryNumber(lat, out var north) && TryNumber(lon, out var east) && Math.Abs(north) <= 90 && Math.Abs(east) <= 180;

    private static bool TryNumber(string text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[-+][0-9]{2}:[0-9]{2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex InstantForm();
}
