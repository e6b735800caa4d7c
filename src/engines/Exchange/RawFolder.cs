using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Homeward.Exchange.CyberTips;

namespace Homeward.Exchange;

/// <summary>Where things lie in a raw folder: what outsiders sent, as they sent it (format homeward-raw/1).</summary>
/// <remarks>
/// Paths are relative to the folder and use <c>/</c>. A report's path carries what its XML cannot say: when it
/// arrived and its number. The same number may come again, as a repeat or as a new version.
/// </remarks>
public static class RawFolder
{
    public const string Format = "homeward-raw/1";

    /// <summary>Stands beside <see cref="Raw"/>; says what the folder is.</summary>
    public const string Manifest = "manifest.json";
    public const string Raw = "raw";
    public const string Truth = "truth";

    /// <summary>Where the raw files of a folder lie that somebody named: in its own <see cref="Raw"/>, where it has one, else in itself.</summary>
    public static string Of(string folder) => Path.Combine(folder, Raw) is var raw && Directory.Exists(raw) ? raw : folder;

    public const string Reports = "reports";
    public const string MissingEntries = "missing/entries.jsonl";
    public const string HotlineTips = "tips/hotline.jsonl";
    public const string AgencyReferrals = "referrals/agency.jsonl";
    public const string Agencies = "partners/agencies.csv";
    public const string TaskForces = "partners/task-forces.csv";
    public const string Members = "partners/members.csv";
    public const string Children = "outcomes/children.jsonl";
    public const string Adults = "outcomes/adults.jsonl";
    public const string Arrests = "outcomes/arrests.jsonl";
    public const string Investigations = "outcomes/investigations.jsonl";
    public const string Courts = "outcomes/courts.jsonl";

    private const string ArrivalFormat = "yyyy-MM-dd/HHmmss";
    private const int NumberDigitsMax = 18;

    /// <summary><c>reports/2019-07-01/083000-100200300.xml</c>: arrival to the second, in UTC.</summary>
    public static string ReportPath(DateTimeOffset arrivedAt, string number, ReportForm form) =>
        string.Concat(Reports, "/", arrivedAt.UtcDateTime.ToString(ArrivalFormat, CultureInfo.InvariantCulture), "-",
            number, form switch { ReportForm.ProviderXml => ".xml", ReportForm.AgencyJson => ".json", ReportForm.AgencyPdf => ".pdf" });

    /// <summary>Reads a report's path back. Any text before the folder of the day is ignored; both slashes do, and capitals in the ending.</summary>
    /// <returns>False for a path of another shape: the file is then no report.</returns>
    public static bool TryReadReportPath(string path, [NotNullWhen(true)] out ReportArrival? arrival)
    {
        arrival = null;
        var parts = path.Replace('\\', '/').Split('/');
        if (parts.Length < 2) return false;
        var file = parts[^1];
        ReportForm form;
        if (file.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)) form = ReportForm.ProviderXml;
        else if (file.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) form = ReportForm.AgencyJson;
        else if (file.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase)) form = ReportForm.AgencyPdf;
        else return false;

        var stem = file[..file.LastIndexOf('.')];
        var dash = stem.IndexOf('-', StringComparison.Ordinal);
        if (dash != 6) return false;
        var number = stem[(dash + 1)..];
        if (number.Length is 0 or > NumberDigitsMax || number.AsSpan().ContainsAnyExceptInRange('0', '9')) return false;
        if (!DateTime.TryParseExact($"{parts[^2]}/{stem[..dash]}", ArrivalFormat, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)) return false;
        arrival = new ReportArrival(new DateTimeOffset(at, TimeSpan.Zero), number, form);
        return true;
    }
}

/// <summary>What the path of a report says of it.</summary>
public sealed record ReportArrival(DateTimeOffset ArrivedAt, string Number, ReportForm Form);
