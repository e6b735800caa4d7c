using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Homeward.Exchange.CyberTips;
using Homeward.Foundations.Work;
using Homeward.Intake;

namespace Homeward.Review.NoNexus;

/// <summary>What a package says: one JSON document, the same bytes each time it is asked for.</summary>
/// <remarks>
/// To NCMEC goes which of its own reports come back and why: all that they say is NCMEC's already. Abroad goes what an officer there
/// needs to begin: what the provider stated and what machines added, by identifier. Never go: free text, names, anything that stands at a
/// victim (18 USC 3509(d)), what NCMEC's analysts noted and to whom it was routed, which is NCMEC's to share, and the files: they stay
/// sealed, and are named by hash alone.
/// </remarks>
internal sealed record PackageContent(
    string Format, string Package, bool Exercise, NexusWay Way, string To, DateTimeOffset DecidedAt, string Reason, string Rule, string RuleSource,
    IReadOnlyList<string> LeftOut, IReadOnlyList<PackageContent.Report> Reports)
{
    public const string FormatName = "homeward-no-nexus/1";

    /// <param name="Sha256">Of the original as it came, by which both sides know that they speak of the same bytes.</param>
    public sealed record Report(
        string Number, int Version, string Form, string Sha256, string IncidentType, DateTimeOffset ReceivedAt, string? Provider = null,
        DateTimeOffset? IncidentAt = null, IReadOnlyList<Identifier>? Identifiers = null, IReadOnlyList<SealedFileGist>? SealedFiles = null);

    /// <param name="Layer">Whose word it is: the provider's or a machine's.</param>
    public sealed record Identifier(string Kind, string Value, string Path, ReportLayer Layer);

    /// <summary>The layers of a report that may go to another country.</summary>
    private static readonly ReportLayer[] _goAbroad = [ReportLayer.Provider, ReportLayer.Machine];

    /// <summary>What goes, in the words of the page.</summary>
    public static IReadOnlyList<string> Goes(NexusWay way) => way == NexusWay.Returned
        ? ["the reports' numbers, versions and types", "the hash of each original", "the reason and the rule"]
        : ["the reports' numbers, versions, types and times", "the hash of each original", "provider", "identifiers that the provider stated or a machine added", "hash, size and type of each sealed file", "the reason and the rule"];

    /// <summary>What stays in the house, in the words of the page and of the document.</summary>
    public static IReadOnlyList<string> Stays(NexusWay way) => way == NexusWay.Returned
        ? ["free text", "persons and identifiers", "sealed files"]
        : ["free text", "names, birth dates and street addresses of persons", "all that stands at a victim", "NCMEC's analysts' notes and routing", "the content of sealed files"];

    public static Report Of(NexusWay way, ReportGist gist, ReportOriginal original)
    {
        var report = new Report(gist.Number, gist.Version, gist.Form, original.Sha256, gist.IncidentType, gist.ReceivedAt);
        if (way == NexusWay.Returned) return report;
        var victims = gist.Persons.Where(person => person.Role == "victim").Select(person => person.Path).ToList();
        return report with
        {
            Provider = gist.Provider, IncidentAt = gist.IncidentAt, SealedFiles = original.Files,
            Identifiers = [.. gist.Identifiers.Select(one => new Identifier(one.Kind, one.Value, one.Path, ReportLayers.Of(one.Path)))
                .Where(one => _goAbroad.Contains(one.Layer) && !victims.Exists(path => IsAt(one.Path, path)))],
        };
    }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, _form);

    private static readonly JsonSerializerOptions _form = new(WorkItem.Json) { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The very place, or one below it; <c>victim[1]</c> is not above <c>victim[10]</c>.</summary>
    private static bool IsAt(string path, string place) =>
        path.StartsWith(place, StringComparison.Ordinal) && (path.Length == place.Length || path[place.Length] is '/' or '[' or '@');
}
