using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Kernel;

namespace Homeward.Intake.Reading;

/// <summary>What a text that somebody types may be, in the forms in which reports are kept.</summary>
internal static class Typed
{
    /// <summary>What providers call the IDs of devices, as far as somebody may type one without saying which it is. Some say nothing of it.</summary>
    private static readonly string[] _deviceKinds =
    [
        "", "imei", "meid", "imsi", "iccid", "esn", "mac", "mac address", "serial number", "udid", "uuid", "idfa", "idfv", "gaid", "android id", "advertising id",
        "device id", "device",
    ];

    /// <summary>The shortest ID of a device that is looked for without its kind.</summary>
    private const int DeviceSignsMin = 8;

    public static IReadOnlyList<ReportIdentifier> Read(string typed)
    {
        var text = TypedText.Bare(typed);
        var found = new List<ReportIdentifier>();
        Add("email", NormalForms.Email(text));
        foreach (var number in NormalForms.Phones(text)) Add("phone", number);
        Add("ip", NormalForms.Ip(text) ?? NormalForms.Ip(WithoutPort(text)));
        Add("plate", Plates.Normal(text));
        Add("file", NormalForms.FileHash("", text) ?? Hash(text));
        if (MayBeUrl(text)) Add("url", NormalForms.Url(text));
        // "service:name" as the house writes it, and a name of which nobody says on which service it is.
        var hasScheme = text.Contains("://", StringComparison.Ordinal);
        if (!hasScheme && text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
        {
            Add("screen-name", ScreenNames.Of(text[..colon], text[(colon + 1)..]));
            Add("account-id", NormalForms.AccountId(text[(colon + 1)..], text[..colon]));
        }
        else if (!hasScheme) Add("screen-name", ScreenNames.Of(null, text));
        // "name@service", as people write an account. It may be a mailbox as well.
        if (text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at == text.LastIndexOf('@') && at < text.Length - 1)
            Add("screen-name", ScreenNames.Of(text[(at + 1)..], text[..at]));
        if (!hasScheme) foreach (var device in Devices(text)) Add("device", device);
        // An ID may hold a colon of its own.
        Add("account-id", NormalForms.AccountId(text, null));
        return found;

        void Add(string kind, string? value)
        {
            if (value is not null) found.Add(new ReportIdentifier(kind, value, ""));
        }
    }

    /// <summary>"imei:35…" and "MAC address 00-1b-…" as the kind that is said; a number or an ID alone as each kind.</summary>
    private static IEnumerable<string> Devices(string text)
    {
        if (NormalForms.IsDeviceNumber(text)) return OfEachKind(text);
        var kind = _deviceKinds.Where(kind => text.Length > kind.Length + 1 && text[kind.Length] is ' ' or ':' or '#' && text.StartsWith(kind, StringComparison.OrdinalIgnoreCase))
            .MaxBy(kind => kind.Length);
        if (kind is { Length: > 0 }) return One(kind, text[(kind.Length + 1)..].TrimStart(' ', ':', '#'));
        if (text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon) return One(text[..colon], text[(colon + 1)..]);
        var isId = text.Length >= DeviceSignsMin && text.Any(char.IsAsciiDigit) && text.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_' or '.');
        return isId ? OfEachKind(text) : [];

        static IEnumerable<string> OfEachKind(string id) => _deviceKinds.Select(kind => NormalForms.Device(kind, id)).OfType<string>().Distinct();
        static IEnumerable<string> One(string kind, string id) => NormalForms.Device(kind, id) is { } device ? [device] : [];
    }

    /// <summary>"sha-256:9f86…", as pages show it.</summary>
    private static string? Hash(string text) => text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? NormalForms.FileHash(text[..colon], text[(colon + 1)..]) : null;

    /// <summary>"198.51.100.7:443", without the port; an IPv6 address stands in brackets before one.</summary>
    private static string WithoutPort(string text) =>
        text.LastIndexOf(':') is > 0 and var colon && colon < text.Length - 1 && text.IndexOf(':', StringComparison.Ordinal) == colon && !text.AsSpan(colon + 1).ContainsAnyExceptInRange('0', '9')
            ? text[..colon] : text;

    /// <summary>With its scheme, or as pages show it: a host with a dot in it, whatever follows. A name may look so too.</summary>
    private static bool MayBeUrl(string text)
    {
        if (text.Contains("://", StringComparison.Ordinal)) return true;
        var host = text.AsSpan().Trim();
        var end = host.IndexOfAny("/?#");
        if (end >= 0) host = host[..end];
        return host.IndexOf('.') is > 0 and var dot && dot < host.Length - 1 && !host.Contains('@');
    }
}
