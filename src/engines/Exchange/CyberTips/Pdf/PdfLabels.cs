using System.Globalization;
using System.Text.RegularExpressions;
using Homeward.Kernel;

namespace Homeward.Exchange.CyberTips.Pdf;

/// <summary>What a label asks for. The print's wording changes from year to year; those that public programs match are all here.</summary>
internal enum PdfField
{
    ReportNumber, Received, Priority, Disposition, NcmecIncidentType, RelatedReports, Summary,
    Company, IncidentType, IncidentTime, IncidentTimeMeans, Platform, Escalates,
    Name, First, Middle, Last, Preferred, Born, Age, Sex, Phone, Email, ScreenName, DisplayName, AccountId, Service, ProfileUrl, Url, Ip, Device, City, State, Zip, Country, Street, Vehicle, VehicleTag,
    ChatClient, ChatRoom,
    FileName, OriginalFileName, Md5, FileId, Viewed, ExifViewed, Public, Category, UploadedAt, Notes, Region, Isp, Agency, Contact, HandedAt,
}

/// <summary>Labels and the single values behind them.</summary>
internal static partial class PdfLabels
{
    private const int Md5Digits = 32;

    private static readonly Dictionary<string, PdfField> _fields = new(StringComparer.Ordinal)
    {
        ["report number"] = PdfField.ReportNumber, ["cybertipline report number"] = PdfField.ReportNumber, ["report id"] = PdfField.ReportNumber,
        ["received by ncmec on"] = PdfField.Received, ["received by ncmec"] = PdfField.Received, ["date received"] = PdfField.Received,
        ["priority level"] = PdfField.Priority, ["ncmec priority level"] = PdfField.Priority, ["ncmec priority"] = PdfField.Priority,
        ["ncmec classification"] = PdfField.Disposition, ["report classification"] = PdfField.Disposition,
        ["ncmec incident type"] = PdfField.NcmecIncidentType, ["related reports"] = PdfField.RelatedReports, ["related report"] = PdfField.RelatedReports,
        ["executive summary"] = PdfField.Summary, ["summary"] = PdfField.Summary, ["ncmec notes"] = PdfField.Summary, ["notes"] = PdfField.Summary,
        ["submitter"] = PdfField.Company, ["company"] = PdfField.Company, ["esp name"] = PdfField.Company, ["company name"] = PdfField.Company,
        ["incident type"] = PdfField.IncidentType, ["incident time"] = PdfField.IncidentTime, ["incident date"] = PdfField.IncidentTime,
        ["incident date/time"] = PdfField.IncidentTime, ["description of incident time"] = PdfField.IncidentTimeMeans, ["platform"] = PdfField.Platform,
        ["escalate to high priority"] = PdfField.Escalates, ["esp escalation"] = PdfField.Escalates,
        ["name"] = PdfField.Name, ["first name"] = PdfField.First, ["middle name"] = PdfField.Middle, ["last name"] = PdfField.Last,
        ["preferred name"] = PdfField.Preferred, ["date of birth"] = PdfField.Born, ["approximate age"] = PdfField.Age, ["age"] = PdfField.Age,
        ["gender"] = PdfField.Sex, ["sex"] = PdfField.Sex, ["phone"] = PdfField.Phone, ["mobile phone"] = PdfField.Phone, ["home phone"] = PdfField.Phone,
        ["business phone"] = PdfField.Phone, ["phone number"] = PdfField.Phone, ["email"] = PdfField.Email, ["email address"] = PdfField.Email,
        ["e-mail address"] = PdfField.Email, ["screen/user name"] = PdfField.ScreenName, ["screen name"] = PdfField.ScreenName, ["user name"] = PdfField.ScreenName,
        ["display name"] = PdfField.DisplayName, ["esp user id"] = PdfField.AccountId, ["esp service"] = PdfField.Service, ["profile url"] = PdfField.ProfileUrl,
        ["url"] = PdfField.Url, ["original url where file was located"] = PdfField.Url, ["original url"] = PdfField.Url, ["original url of file"] = PdfField.Url,
        ["ip address"] = PdfField.Ip, ["device id"] = PdfField.Device, ["city"] = PdfField.City, ["state"] = PdfField.State, ["zip code"] = PdfField.Zip,
        ["vehicle description"] = PdfField.Vehicle, ["vehicle"] = PdfField.Vehicle, ["vehicle tag number"] = PdfField.VehicleTag, ["vehicle tag"] = PdfField.VehicleTag,
        ["license plate"] = PdfField.VehicleTag, ["license plate number"] = PdfField.VehicleTag, ["chat client"] = PdfField.ChatClient, ["im client"] = PdfField.ChatClient,
        ["game name"] = PdfField.ChatClient, ["chat room"] = PdfField.ChatRoom, ["chat room name"] = PdfField.ChatRoom, ["console"] = PdfField.ChatRoom, ["cell phone"] = PdfField.Phone,
        ["postal code"] = PdfField.Zip, ["country"] = PdfField.Country, ["address"] = PdfField.Street, ["street"] = PdfField.Street,
        ["filename"] = PdfField.FileName, ["file name"] = PdfField.FileName, ["original filename"] = PdfField.OriginalFileName,
        ["original filename associated with file"] = PdfField.OriginalFileName, ["md5"] = PdfField.Md5, ["submittal id"] = PdfField.FileId,
        ["viewed by esp?"] = PdfField.Viewed, ["viewed by esp"] = PdfField.Viewed, ["did reporting esp view entire contents of uploaded file?"] = PdfField.Viewed,
        ["did reporting esp view entire contents of uploaded file"] = PdfField.Viewed, ["exif viewed by esp?"] = PdfField.ExifViewed,
        ["exif viewed?"] = PdfField.ExifViewed, ["did reporting esp view the exif of uploaded file?"] = PdfField.ExifViewed,
        ["publicly available?"] = PdfField.Public, ["publicly available"] = PdfField.Public,
        ["were entire contents of uploaded file publicly available?"] = PdfField.Public, ["image categorization by esp"] = PdfField.Category,
        ["file categorization"] = PdfField.Category, ["industry classification"] = PdfField.Category, ["date/time uploaded"] = PdfField.UploadedAt,
        ["uploaded"] = PdfField.UploadedAt, ["additional information"] = PdfField.Notes, ["region"] = PdfField.Region, ["isp"] = PdfField.Isp,
        ["internet service provider"] = PdfField.Isp, ["agency"] = PdfField.Agency, ["law enforcement agency"] = PdfField.Agency,
        ["investigator"] = PdfField.Contact, ["contact"] = PdfField.Contact, ["made available"] = PdfField.HandedAt, ["date made available"] = PdfField.HandedAt,
    };

    private static readonly int _labelCharsMax = _fields.Keys.Max(label => label.Length);

    public static PdfField? Of(string label) =>
        label.Trim() is { } words && words.Length <= _labelCharsMax && _fields.TryGetValue(words.ToLowerInvariant(), out var field) ? field : null;

    public static bool IsKnown(string label) => Of(label) is not null;

    /// <summary>Free writing: whatever follows without a label belongs to it.</summary>
    public static bool IsText(string label) => Of(label) is PdfField.Summary or PdfField.Notes or PdfField.IncidentTimeMeans or PdfField.Escalates;

    /// <summary>Values that are broken within a word: a space that the line's end put in would make another value of them.</summary>
    public static bool IsOneWord(string label) => Of(label) is PdfField.FileName or PdfField.OriginalFileName or PdfField.Md5 or PdfField.Url or PdfField.ProfileUrl
        or PdfField.Email or PdfField.ScreenName or PdfField.AccountId or PdfField.Device or PdfField.FileId;

    public static bool IsFileName(string label) => Of(label) is PdfField.FileName or PdfField.OriginalFileName;

    /// <summary>By its form the value lacks its end, and the next line is that end: a file's name without ending, half a hash.</summary>
    public static bool IsUnfinished(string label, string value, string next) => Of(label) switch
    {
        PdfField.FileName or PdfField.OriginalFileName => !FileEnding().IsMatch(value) && FileEnding().IsMatch(next) && !next.Contains(' '),
        PdfField.Md5 => value.Length + next.Length == Md5Digits && (value + next).All(char.IsAsciiHexDigit),
        _ => false,
    };

    /// <summary>
    /// The label with which a line begins that has no colon: a text's, where nothing else stands on the line, as a heading stands above its
    /// text; and one behind which the rest of the line is plainly its value.
    /// </summary>
    public static string? WithoutColon(string line)
    {
        if (line is not [>= 'A' and <= 'Z', ..]) return null;
        if (IsText(line)) return line;
        // A line may be as long as its writer likes, a label is not.
        for (var end = line.LastIndexOf(' ', Math.Min(line.Length - 1, _labelCharsMax)); end > 0; end = line.LastIndexOf(' ', end - 1))
            if (Of(line[..end]) is { } field && IsPlainly(field, line[(end + 1)..])) return line[..end];
        return null;
    }

    private static bool IsPlainly(PdfField field, string text) => field switch
    {
        PdfField.Received or PdfField.IncidentTime or PdfField.UploadedAt or PdfField.HandedAt => Readings.Printed(text) is not null,
        PdfField.Born => !Date(text).IsUnknown,
        PdfField.ReportNumber => text.Length > 0 && text.All(char.IsAsciiDigit),
        _ => false,
    };

    public static PartialDate Date(string text) =>
        DateOnly.TryParseExact(text.Trim(), "MM-dd-yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? PartialDate.Of(day)
            : Readings.Date(text);

    /// <summary>Yes, No; "Information not provided by company" and whatever else states nothing.</summary>
    public static Stated Answer(string text) => text.Trim().TrimEnd('.').ToUpperInvariant() switch
    {
        "YES" => Stated.Yes,
        "NO" => Stated.No,
        _ => Stated.NotStated,
    };

    [GeneratedRegex(@"\.[A-Za-z0-9]{1,5}$")]
    private static partial Regex FileEnding();
}
