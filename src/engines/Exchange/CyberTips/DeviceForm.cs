using Homeward.Kernel;

namespace Homeward.Exchange.CyberTips;

/// <summary>A device in one form, whether its kind stands in a field of its own or before its number: <c>imei:352099001761481</c>.</summary>
internal static class DeviceForm
{
    /// <summary>The kind where nobody tells another.</summary>
    public const string Untold = "Device ID";

    /// <summary>Numbers by a standard: what parts their digits means nothing.</summary>
    private static readonly string[] _numbered = ["imeisv", "imei", "meid", "esn", "imsi", "iccid", "mac"];

    /// <summary>Kinds that are known before a number without a colon, the longer ones first.</summary>
    private static readonly string[] _kinds =
        ["mac address", "imei number", "serial number", "advertising id", "android id", .. _numbered, "idfa", "idfv", "udid", "uuid"];

    /// <param name="foldedType">The kind as <see cref="Names.Fold"/> gives it.</param>
    public static string? Of(string foldedType, ReadOnlySpan<char> idValue)
    {
        var value = idValue.Trim();
        if (value.Length == 0) return null;
        if (foldedType is "" or "device" or "device id" or "device identifier" && Split(value.ToString()) is var (type, number) && type != Untold)
            return Of(Names.Fold(type), number);
        foreach (var kind in _numbered)
            if (foldedType.StartsWith(kind, StringComparison.Ordinal) && foldedType.AsSpan(kind.Length) is "" or " number" or " no" or " id" or " address" or " 1" or " 2")
                return Bare(value) is { Length: > 0 } bare ? $"{kind}:{bare}" : null;
        return $"{foldedType}:{value.ToString().ToLowerInvariant()}";
    }

    /// <summary>"IMEI 35-209900-176148-1" and "Android ID: 9774d56d" told apart; of any other text the kind is <see cref="Untold"/>.</summary>
    public static (string Type, string Value) Split(string text)
    {
        foreach (var kind in _kinds)
        {
            if (text.Length <= kind.Length || !text.StartsWith(kind, StringComparison.OrdinalIgnoreCase) || char.IsLetterOrDigit(text[kind.Length])) continue;
            if (text[kind.Length..].TrimStart(' ', ':', '#') is { Length: > 0 } value) return (text[..kind.Length], value);
        }
        return text.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon && IsWords(text.AsSpan(0, colon)) && text[(colon + 1)..].Trim() is { Length: > 0 } rest
            ? (text[..colon], rest)
            : (Untold, text);
    }

    /// <summary>Whether a text names a kind and nothing else: "(IMEI)" behind its number.</summary>
    public static bool IsKind(string text) => Array.Exists(_kinds, kind => kind.Equals(text, StringComparison.OrdinalIgnoreCase));

    private static bool IsWords(ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
            if (!char.IsAsciiLetter(letter) && letter != ' ') return false;
        return true;
    }

    /// <summary>Letters and digits alone, in lower case.</summary>
    private static string Bare(ReadOnlySpan<char> value)
    {
        var (bare, length) = (new char[value.Length], 0);
        foreach (var letter in value)
            if (char.IsLetterOrDigit(letter)) bare[length++] = char.ToLowerInvariant(letter);
        return new string(bare, 0, length);
    }
}
