using System.Xml.Linq;
using Homeward.Kernel;

namespace Homeward.Exchange.Alerts;

/// <summary>Makes the record of a document that was found in order.</summary>
internal static class CapMapping
{
    private const string DefaultLanguage = "en-US";

    public static CapAlert Alert(XElement root, CapWalk walk) => new()
    {
        Key = new(Required(root, "sender"), Required(root, "identifier"), Instant(root, "sent")!.Value),
        Status = Enum.Parse<CapStatus>(Required(root, "status")), Kind = Enum.Parse<CapKind>(Required(root, "msgType")), Scope = Required(root, "scope"),
        References = Text(root, "references") is { } references && CapForms.TryReferences(references, out var keys) ? keys : [],
        Infos = [.. All(root, "info").Select(Info)], Values = walk.Values, Unknown = walk.Unknown,
    };

    private static CapInfo Info(XElement info) => new(
        Text(info, "language") ?? DefaultLanguage, Required(info, "event"), Instant(info, "onset"), Instant(info, "expires"), Text(info, "senderName"),
        Text(info, "headline"), Text(info, "description"), Text(info, "instruction"), Text(info, "contact"), Codes(info, "eventCode"),
        Codes(info, "parameter"), [.. All(info, "area").Select(Area)], [.. All(info, "resource").Select(resource => Required(resource, "resourceDesc"))]);

    private static CapArea Area(XElement area) => new(
        Required(area, "areaDesc"), [.. All(area, "polygon").Select(Of)], [.. All(area, "circle").Select(Of)], Codes(area, "geocode"));

    private static IReadOnlyList<CapCode> Codes(XElement parent, string name) =>
        [.. All(parent, name).Select(code => new CapCode(Required(code, "valueName"), Required(code, "value")))];

    private static DateTimeOffset? Instant(XElement parent, string name) =>
        Text(parent, name) is { } text && CapForms.TryInstant(text, out var at) ? at : null;

    private static string Required(XElement parent, string name)
    {
        var text = Text(parent, name);
        Ensure.That(text is not null);
        return text;
    }

    internal static string? Text(XElement parent, string name) => All(parent, name).FirstOrDefault() is { } element ? Of(element) : null;

    private static string Of(XElement element) => string.Concat(element.Nodes().OfType<XText>().Select(node => node.Value)).Trim();

    internal static IEnumerable<XElement> All(XElement parent, string name) => parent.Elements(XName.Get(name, CapShape.Namespace));
}

/// <summary>CAP's rules across several values, and what makes a message an AMBER alert.</summary>
internal static class CapRules
{
    public static IReadOnlyList<Rejection> Faults(XElement root, CapAlert alert)
    {
        var faults = new List<Rejection>();
        if (alert.Kind != CapKind.Alert && alert.References.Count == 0)
            Add("references", $"is missing, and an {alert.Kind} must name what it is about", "name the earlier message as sender,identifier,sent");
        if (alert.References.Contains(alert.Key)) Add("references", "names the message itself", "name the earlier message");
        if (alert.Scope == "Restricted" && string.IsNullOrEmpty(CapMapping.Text(root, "restriction")))
            Add("restriction", "is missing, and the scope is Restricted", "say the rule by which it is restricted");
        if (alert.Scope == "Private" && string.IsNullOrEmpty(CapMapping.Text(root, "addresses"))) Add("addresses", "is missing, and the scope is Private", "say to whom it goes");
        if (alert.Kind is CapKind.Alert or CapKind.Update && alert.Infos.Count == 0) Add("info", "is missing: the alert says nothing", "add an info block");
        // A cancel or an answer may come without a word of its own; what it refers to says what it is.
        if (alert.Infos.Count > 0 && !alert.Infos.SelectMany(info => info.EventCodes).Any(IsAmber))
            Add("info[1]/eventCode", "no event code SAME CAE: this is no AMBER alert", "send only child abduction emergencies here");
        return faults;

        void Add(string field, string reason, string mend) =>
            faults.Add(CapXml.At(CapMapping.All(root, field.Split('[')[0]).FirstOrDefault() ?? root, "/alert/" + field, reason, mend));
    }

    private static bool IsAmber(CapCode code) => code is { List: "SAME", Value: "CAE" };
}
