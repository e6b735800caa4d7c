using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Homeward.Kernel;
using PhoneNumbers;

namespace Homeward.Exchange.CyberTips;

/// <summary>Values brought to the form in which they can be compared. Null: the value has no such form.</summary>
public static class NormalForms
{
    /// <summary>The format's bound on an address; anything longer is no e-mail address.</summary>
    private const int EmailCharsMax = 255;
    private const int PhoneCharsMax = 50;
    /// <summary>Of a field with several numbers.</summary>
    private const int PhonesCharsMax = 255;
    /// <summary>The shortest of a number that stands behind another one: <c>/0101</c> is an end of it.</summary>
    private const int PhoneDigitsMin = 7;
    private static readonly SearchValues<char> _betweenPhones = SearchValues.Create(";,|&\r\n");

    /// <summary>Lower case, no blanks around; exactly one <c>@</c> with something on both sides.</summary>
    public static string? Email(string raw)
    {
        var text = raw.AsSpan().Trim();
        var at = text.IndexOf('@');
        if (text.Length > EmailCharsMax || at < 1 || at == text.Length - 1) return null;
        if (text[(at + 1)..].Contains('@') || text.IndexOfAny(" \t\r\n\0") >= 0) return null;
        return text.ToString().ToLowerInvariant();
    }

    /// <summary>Each number of a field, once, as <see cref="Phone"/> gives it: two are often written in one.</summary>
    public static IReadOnlyList<string> Phones(string field, string? callingCode = null)
    {
        if (!field.AsSpan().ContainsAny(_betweenPhones) && !field.Contains('/', StringComparison.Ordinal)) return Phone(field, callingCode) is { } one ? [one] : [];
        if (field.Length > PhonesCharsMax) return [];
        var found = new List<string>();
        foreach (var range in field.AsSpan().SplitAny(_betweenPhones))
        {
            var text = field[range];
            var slash = text.IndexOf('/', StringComparison.Ordinal);
            // 816/555-0100 is one: what stands before the slash is no number by itself.
            if (slash < 0 || (Digits(text.AsSpan(0, slash)) < PhoneDigitsMin && Phone(text, callingCode) is not null)) Add(text);
            else
                foreach (var part in text.Split('/')) Add(part);
        }
        return found;

        void Add(string text)
        {
            if (Digits(text) >= PhoneDigitsMin && Phone(text, callingCode) is { } number && !found.Contains(number)) found.Add(number);
        }
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var letter in text)
            if (char.IsAsciiDigit(letter)) count++;
        return count;
    }

    /// <summary>E.164, <c>+18165550100</c>. A number without country is taken for one of the US plan.</summary>
    /// <remarks>
    /// A local number, <c>555-0177</c>, has none: it is another one in each area, and would join people who have nothing in common.
    /// Numbers of the North American plan are by far the most and are read by hand (ITU +1: area code and exchange
    /// begin with 2 to 9); the rest goes to libphonenumber, which takes a hundred times as long.
    /// </remarks>
    public static string? Phone(string number, string? callingCode = null)
    {
        if (number.Length > PhoneCharsMax) return null;
        // How most countries dial abroad.
        if (number.AsSpan().TrimStart().StartsWith("00")) number = string.Concat("+", number.AsSpan().TrimStart()[2..].TrimStart());
        var isAbroad = callingCode is not (null or "" or "+1") || number.AsSpan().TrimStart().StartsWith("+");
        if (!isAbroad || number.AsSpan().TrimStart().StartsWith("+1"))
        {
            Span<char> digits = stackalloc char[PhoneCharsMax];
            var count = 0;
            foreach (var c in number)
            {
                if (char.IsAsciiDigit(c)) digits[count++] = c;
                else if (!" ()-.+\t/".Contains(c, StringComparison.Ordinal)) { count = -1; break; }
            }
            if (count == 11 && digits[0] == '1')
            {
                digits = digits[1..];
                count = 10;
            }
            if (count == NanpDigits) return IsNanp(digits) ? $"+1{digits[..NanpDigits]}" : null;
            // 011 is how the plan dials abroad.
            if (count >= 0 && !digits[..count].StartsWith("011")) return null;
        }
        return Abroad(callingCode is { Length: > 1 } && !number.AsSpan().TrimStart().StartsWith("+")
            ? $"{callingCode}{number}" : number);
    }

    /// <summary>Whether a number begins with the calling code that is given beside it.</summary>
    /// <remarks>
    /// Not each does that begins with its digits: 4931 12345 is in Norden, +49, and 91987 65432 is in India, +91. Where a number
    /// can be dialled as it is in its country it is taken for that.
    /// </remarks>
    public static bool BeginsWithCode(string number, string callingCode)
    {
        var (plus, first) = (number.IndexOf('+', StringComparison.Ordinal), number.AsSpan().IndexOfAnyInRange('0', '9'));
        if (number.Length > PhoneCharsMax || first < 0 || callingCode.Length < 2) return false;
        var digits = string.Concat(number.Where(char.IsAsciiDigit));
        var code = callingCode.AsSpan(1);
        if (plus >= 0 && plus < first) return digits.AsSpan().StartsWith(code);
        // Of the North American plan no number begins with 1.
        if (code is "1" && digits[0] == '1') return true;
        if (digits.StartsWith("00", StringComparison.Ordinal)) return digits.AsSpan(2).StartsWith(code) && Abroad("+" + digits[2..]) is not null;
        return digits.AsSpan().StartsWith(code) && IsGiven("+" + digits) && !IsGiven(callingCode + digits);
    }

    /// <summary>Whether its plan gives such a number to anybody.</summary>
    private static bool IsGiven(string number)
    {
        try
        {
            var util = PhoneNumberUtil.GetInstance();
            return util.IsValidNumber(util.Parse(number, null));
        }
        catch (NumberParseException)
        {
            return false;
        }
    }

    private static string? Abroad(string number)
    {
        try
        {
            var util = PhoneNumberUtil.GetInstance();
            var parsed = util.Parse(number, "US");
            // Mexico gave up the 1 before mobile numbers in 2019; they are the same numbers.
            if (parsed.CountryCode == 52 && parsed.NationalNumber / 10_000_000_000 == 1)
            {
                parsed = new PhoneNumber.Builder().MergeFrom(parsed).SetNationalNumber(parsed.NationalNumber - 10_000_000_000).Build();
            }
            // One that can be dialled from nearby only is possible too, by the library's other question.
            if (util.IsPossibleNumberWithReason(parsed) != PhoneNumberUtil.ValidationResult.IS_POSSIBLE) return null;
            var form = util.Format(parsed, PhoneNumberFormat.E164);
            return parsed.CountryCode == 1 && !IsNanp(form.AsSpan(2)) ? null : form;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    private const int NanpDigits = 10;

    private static bool IsNanp(ReadOnlySpan<char> national) => national.Length >= NanpDigits && national[0] >= '2' && national[3] >= '2';

    /// <summary>Lower case, then <c>@</c> and the folded service; the same name on two services is two accounts.</summary>
    public static string? ScreenName(string raw, string? service)
    {
        var name = raw.AsSpan().Trim();
        if (name.Length > 0 && name[0] == '@') name = name[1..];
        return name.Length == 0 ? null : $"{name.ToString().ToLowerInvariant()}@{Fold(service)}";
    }

    /// <summary>The folded company, a colon, and the ID as the provider writes it: capitals may tell two accounts apart.</summary>
    public static string? AccountId(string raw, string? company)
    {
        var id = raw.AsSpan().Trim();
        return id.Length == 0 ? null : $"{Fold(company)}:{id}";
    }

    /// <summary>The address in its shortest form; an IPv4 address mapped into IPv6 becomes IPv4 again.</summary>
    /// <remarks>
    /// IPv4 only in its strict form (RFC 6943, 3.1.1): the platform's parser takes <c>1</c> and <c>0x7f.1</c> as well, and reads
    /// <c>010</c> as eight, which is another address than its writer meant.
    /// </remarks>
    public static string? Ip(string raw)
    {
        var text = raw.AsSpan().Trim();
        var end = text.IndexOfAny('%', ']');
        var host = end < 0 ? text : text[..end];
        // An IPv6 address may end in an IPv4 one.
        var colon = host.LastIndexOf(':');
        var last = host[(colon + 1)..];
        if ((colon < 0 || last.Contains('.')) && !IsFourNumbers(last)) return null;
        if (!IPAddress.TryParse(text, out var address)) return null;
        if (address.AddressFamily == AddressFamily.InterNetwork) return address.ToString();
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4().ToString();
        address.ScopeId = 0;
        return address.ToString();
    }

    /// <summary>Four numbers with dots between, decimal, without leading zeros. That none is above 255 the parser says.</summary>
    private static bool IsFourNumbers(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var part in text.Split('.'))
        {
            var number = text[part];
            if (number.Length is 0 or > 3 || number.ContainsAnyExceptInRange('0', '9') || (number.Length > 1 && number[0] == '0')) return false;
            count++;
        }
        return count == 4;
    }

    /// <summary>Host in lower case and what follows it, without scheme and closing slash; what is the same by RFC 3986 has one form.</summary>
    public static string? Url(string raw) => UrlForm.Of(raw);

    /// <summary>The folded kind, a colon, and the value in lower case; of an IMEI and its like the bare number.</summary>
    public static string? Device(string idType, string idValue) => DeviceForm.Of(Fold(idType), idValue);

    private static readonly string[] _emptyFiles =
        ["d41d8cd98f00b204e9800998ecf8427e", "da39a3ee5e6b4b0d3255bfef95601890afd80709", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"];

    /// <summary><c>md5:</c>, <c>sha1:</c> or <c>sha256:</c> and the hash in lower case. Null for one that is likeness and not identity (PhotoDNA), that is none, or that every empty file has.</summary>
    public static string? FileHash(string hashType, string value)
    {
        var hash = value.AsSpan().Trim();
        var kind = hash.Length switch { 32 => "md5", 40 => "sha1", 64 => "sha256", _ => null };
        if (kind is null || hash.ContainsAnyExcept(_hexDigits)) return null;
        var said = hashType.AsSpan().Trim().ToString().Replace("-", "", StringComparison.Ordinal);
        if (said.Length > 0 && !said.Equals(kind, StringComparison.OrdinalIgnoreCase)) return null;
        var lower = hash.ToString().ToLowerInvariant();
        return _emptyFiles.Contains(lower) ? null : $"{kind}:{lower}";
    }

    private static readonly SearchValues<char> _hexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>The shortest is a MAC address, of twelve.</summary>
    private const int DeviceDigitsMin = 12, DeviceDigitsMax = 64;

    /// <summary>Whether a text may be a device's number alone: digits up to f, and signs that part them.</summary>
    public static bool IsDeviceNumber(ReadOnlySpan<char> value)
    {
        var count = 0;
        foreach (var letter in value.Trim())
        {
            if (letter is ' ' or '-' or ':' or '.' or '/') continue;
            if (!char.IsAsciiHexDigit(letter) || count++ == DeviceDigitsMax) return false;
        }
        return count >= DeviceDigitsMin;
    }

    /// <summary><c>kansas city/MO/64106/US</c>; a part that is not stated is empty: <c>/MO//US</c> is a place too. Null where nothing is stated.</summary>
    /// <remarks>By itself a country counts only where it is one for sure: a network's code places nobody.</remarks>
    public static string? Place(string? city, string? state, string? zip, string? country)
    {
        var foldedCity = Fold(city);
        var zip5 = zip.AsSpan().Trim();
        if (zip5.Length > 5 && zip5[5] == '-') zip5 = zip5[..5];
        return foldedCity.Length == 0 && zip5.Length == 0 && string.IsNullOrWhiteSpace(state) && Countries.CodeOf(country) is null
            ? null
            : $"{foldedCity}/{state?.Trim().ToUpperInvariant()}/{zip5}/{country?.Trim().ToUpperInvariant()}";
    }

    /// <summary>Folded words, kept: there are few services, cities and kinds of device, and folding each anew is slow.</summary>
    private static string Fold(string? word)
    {
        if (string.IsNullOrEmpty(word)) return "";
        var folded = _folded ??= new(StringComparer.Ordinal);
        if (folded.TryGetValue(word, out var known)) return known;
        if (folded.Count == FoldedMax) folded.Clear();
        return folded[word] = Names.Fold(word);
    }

    private const int FoldedMax = 4096;

    [ThreadStatic]
    private static Dictionary<string, string>? _folded;
}
