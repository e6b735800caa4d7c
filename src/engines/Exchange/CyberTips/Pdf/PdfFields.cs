using System.Globalization;
using System.Text.RegularExpressions;

namespace Homeward.Exchange.CyberTips.Pdf;

/// <summary>Values that the print packs into one line.</summary>
internal static partial class PdfFields
{
    /// <summary>An instant of the print: month first, in UTC.</summary>
    public static StatedInstant? Instant(TipBuilder tip, string path, string text)
    {
        if (tip.Value(path, text) is not { } given) return null;
        var instant = Readings.Printed(given);
        if (instant is null) tip.Remark(path, "not a date of the form MM-DD-YYYY; left out");
        return instant;
    }

    /// <summary><c>192.0.2.7 (Login) 07-01-2019 11:00:00 UTC port 443</c>: only the address is always there.</summary>
    public static TipIp? Ip(TipBuilder tip, string path, string text, int? person)
    {
        if (tip.Value(path, text) is not { } given) return null;
        var address = given.Split(' ', 2)[0];
        var seen = Event().Match(given);
        var at = When().Match(given);
        var port = Port().Match(given);
        var name = seen.Success ? seen.Groups[1].Value : null;
        var ip = new TipIp(
            address, name is null ? null : EventOf(name),
            at.Success ? Readings.Printed(at.Value) : null,
            port.Success && int.Parse(port.Groups[1].Value, CultureInfo.InvariantCulture) is > 0 and <= 65535 and var number ? number : null);
        tip.Ip(path, ip, person);
        return ip;
    }

    /// <summary><c>IMEI 35-209900-176148-1 (Login) 07-01-2019 11:00:00 UTC</c>, and <c>352099001761481 (IMEI)</c>.</summary>
    public static TipDevice? Device(TipBuilder tip, string path, string text, int? person)
    {
        if (tip.Value(path, text) is not { } given) return null;
        var note = Event().Match(given);
        var at = WhenBehind().Match(given);
        var end = Math.Min(note is { Success: true, Index: > 0 } ? note.Index : given.Length, at.Success ? at.Index : given.Length);
        var (type, value) = DeviceForm.Split(given[..end].Trim());
        var name = note is { Success: true, Index: > 0 } ? note.Groups[1].Value : null;
        if (name is not null && DeviceForm.IsKind(name)) (type, name) = (name, null);
        var device = new TipDevice(type, value, name is null ? null : EventOf(name), at.Success ? Readings.Printed(at.Value) : null);
        tip.Device(path, device, person);
        return device;
    }

    public static TipPhone? Phone(TipBuilder tip, string path, string text, int? person)
    {
        if (tip.Value(path, text) is not { } given) return null;
        var (number, verified) = Verified(given);
        var phone = new TipPhone(number, null, verified);
        tip.Phone(path, phone, person);
        return phone;
    }

    private static string EventOf(string name) => Xml.TipSchema.Events.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase), name);

    /// <summary><c>+1 816 555 0100 (Verified 07-01-2019 11:00:00 UTC)</c>.</summary>
    public static (string Value, Stated Verified) Verified(string text)
    {
        // The last bracket's alone: sought from each bracket to the end, a value full of them would never be done.
        var end = text.AsSpan().TrimEnd().Length - 1;
        if (end < 1 || text[end] != ')') return (text, Stated.NotStated);
        var match = Note().Match(text, text.LastIndexOf(')', end - 1) + 1);
        if (!match.Success) return (text, Stated.NotStated);
        return (text[..match.Index].Trim(), match.Groups[1].Success ? Stated.No : Stated.Yes);
    }

    [GeneratedRegex(@"\(([A-Za-z ]{2,30})\)")]
    private static partial Regex Event();

    [GeneratedRegex(@"\d{2}-\d{2}-\d{4}( \d{2}:\d{2}(:\d{2})?)?( UTC)?")]
    private static partial Regex When();

    /// <summary>Digits and hyphens may be a device's number as well: an instant stands apart from what is before it.</summary>
    [GeneratedRegex(@" \d{2}-\d{2}-\d{4}( \d{2}:\d{2}(:\d{2})?)?( UTC)?$")]
    private static partial Regex WhenBehind();

    [GeneratedRegex(@"port:? (\d{1,5})\b", RegexOptions.IgnoreCase)]
    private static partial Regex Port();

    [GeneratedRegex(@"\((not |un)?verified\b", RegexOptions.IgnoreCase)]
    private static partial Regex Note();
}
