namespace Homeward.Exchange.Alerts;

/// <summary>How a value must be written.</summary>
internal enum CapForm { Text, Name, Instant, Status, Kind, Scope, Category, Response, Urgency, Severity, Certainty, Polygon, Circle, Number, Whole, References, Block }

/// <param name="Block">What stands inside, where the form is <see cref="CapForm.Block"/>.</param>
internal sealed record CapElement(string Name, CapForm Form, bool IsRequired, bool MayRepeat, IReadOnlyList<CapElement> Block);

/// <summary>CAP 1.2's elements in their order, as its schema has them (OASIS CAP-v1.2, 3.4).</summary>
/// <remarks>A table of our own and not the schema file: the platform's validator stops at what it does not know, and here that is kept and told.</remarks>
internal static class CapShape
{
    public const string Namespace = "urn:oasis:names:tc:emergency:cap:1.2";

    private static readonly CapElement[] _code = [One("valueName", CapForm.Text), One("value", CapForm.Text)];

    private static readonly CapElement[] _area =
    [
        One("areaDesc"), Many("polygon", CapForm.Polygon), Many("circle", CapForm.Circle), Blocks("geocode", _code),
        Maybe("altitude", CapForm.Number), Maybe("ceiling", CapForm.Number),
    ];

    private static readonly CapElement[] _resource =
        [One("resourceDesc"), One("mimeType"), Maybe("size", CapForm.Whole), Maybe("uri"), Maybe("derefUri"), Maybe("digest")];

    private static readonly CapElement[] _info =
    [
        Maybe("language"), One("category", CapForm.Category) with { MayRepeat = true }, One("event"), Many("responseType", CapForm.Response),
        One("urgency", CapForm.Urgency), One("severity", CapForm.Severity), One("certainty", CapForm.Certainty), Maybe("audience"),
        Blocks("eventCode", _code), Maybe("effective", CapForm.Instant), Maybe("onset", CapForm.Instant), Maybe("expires", CapForm.Instant),
        Maybe("senderName"), Maybe("headline"), Maybe("description"), Maybe("instruction"), Maybe("web"), Maybe("contact"),
        Blocks("parameter", _code), Blocks("resource", _resource), Blocks("area", _area),
    ];

    public static IReadOnlyList<CapElement> Alert { get; } =
    [
        One("identifier", CapForm.Name), One("sender", CapForm.Name), One("sent", CapForm.Instant), One("status", CapForm.Status),
        One("msgType", CapForm.Kind), Maybe("source"), One("scope", CapForm.Scope), Maybe("restriction"), Maybe("addresses"), Many("code"),
        Maybe("note"), Maybe("references", CapForm.References), Maybe("incidents"), Blocks("info", _info),
    ];

    private static CapElement One(string name, CapForm form = CapForm.Text) => new(name, form, true, false, []);
    private static CapElement Maybe(string name, CapForm form = CapForm.Text) => new(name, form, false, false, []);
    private static CapElement Many(string name, CapForm form = CapForm.Text) => new(name, form, false, true, []);
    private static CapElement Blocks(string name, IReadOnlyList<CapElement> block) => new(name, CapForm.Block, false, true, block);
}
