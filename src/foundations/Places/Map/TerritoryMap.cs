using System.Globalization;
using System.Net;
using System.Text;
using Homeward.Kernel;

namespace Homeward.Foundations.Places.Map;

/// <summary>One measure of the offices, to be shown on the map.</summary>
/// <param name="Label">What is counted, as a heading: "Children recovered".</param>
/// <param name="Values">Count by office code; null or absent is "not reported", which is not 0.</param>
public sealed record TerritoryMeasure(string Label, IReadOnlyDictionary<string, int?> Values)
{
    /// <summary>Counts from 1 to below this are shown as "fewer than N" and alike. Null shows every count.</summary>
    /// <remarks>This hides what the map itself would show. Whether a hidden cell can be worked out from totals is for Release.</remarks>
    public int? ProtectBelow { get; init; }

    /// <summary>Where an office leads to; null for a map without links.</summary>
    public Func<FieldOffice, string>? Link { get; init; }

    /// <summary>Begins every id in the drawing: set it where a page has two maps.</summary>
    public string IdPrefix { get; init; } = "map";
}

/// <summary>The national map of territories, drawn on the server as SVG: no script, no inline style.</summary>
/// <remarks>
/// Shades are classes (<c>map-step-1</c> to <c>map-step-5</c>, <c>map-zero</c>, <c>map-protected</c>,
/// <c>map-unreported</c>) with presentation attributes beneath, so it reads without a style sheet too. A style sheet
/// shows the card of the office in hand: <c>.map-office:hover .map-card, .map-office:focus .map-card
/// { visibility: visible }</c>. Safe for many threads.
/// </remarks>
public sealed class TerritoryMap
{
    private const int LegendHeight = 200;
    private static readonly string[] Shades = ["#cfe5e3", "#9fcbc7", "#68aaa5", "#348680", "#0b5c57"];
    private const string Land = "#e7e5df";
    private const string LandCounted = "#f6f5f1";

    private readonly FieldOffices _offices;
    private readonly Lazy<TerritoryShapes[]> _times;

    internal TerritoryMap(ReferenceFolder folder, FieldOffices offices)
    {
        _offices = offices;
        _times = new(() =>
        {
            var file = TopoJson.Read(folder.PathOf("map/us-fbi-light.topo.json"));
            return [TerritoryShapes.Of(file, "field_offices_2019"), TerritoryShapes.Of(file, "field_offices_2024")];
        });
    }

    /// <summary>The map of the offices that are open on a day, as one <c>svg</c> element (about 100 KB, 30 KB compressed).</summary>
    /// <remarks>A table with the same words must stand beside it: small territories are hard to hit.</remarks>
    public string RenderSvg(DateOnly date, TerritoryMeasure measure)
    {
        var offices = _offices.On(date);
        var shapes = ShapesOf(offices);
        var lowest = Math.Max(1, measure.ProtectBelow ?? 1);
        var steps = new MapSteps(lowest, offices.Max(office => ValueOf(measure, office) ?? 0));
        var id = Text(measure.IdPrefix);

        var svg = new StringBuilder(140_000);
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" class="territory-map" viewBox="0 0 {AlbersUsa.Width} {AlbersUsa.Height + LegendHeight}" role="group" aria-labelledby="{id}-title" aria-describedby="{id}-note"><title id="{id}-title">{Text(measure.Label)} by FBI field office, territories of {date:yyyy-MM-dd}</title><defs><pattern id="{id}-hatch" width="12" height="12" patternUnits="userSpaceOnUse"><rect width="12" height="12" fill="{LandCounted}"/><path d="M0 12L12 0" stroke="{Shades[3]}" stroke-width="2"/></pattern></defs>
            """);
        foreach (var office in offices)
            AppendOffice(svg, office, shapes.Paths[office.Code], Look.Of(ValueOf(measure, office), measure.ProtectBelow, steps), measure);
        svg.Append(CultureInfo.InvariantCulture, $"""<path class="map-states" d="{shapes.Borders}" fill="none" stroke="#8a877f" stroke-width="1" stroke-dasharray="2 5" pointer-events="none" aria-hidden="true"/>""");
        AppendLegend(svg, measure, steps, offices);
        return svg.Append("</svg>").ToString();
    }

    /// <summary>The words of an office as its card, label and title say them; the table twin may use them too.</summary>
    public static string WordsOf(FieldOffice office, TerritoryMeasure measure) =>
        $"{office.Name}. {measure.Label}: {Look.Words(ValueOf(measure, office), measure.ProtectBelow)}";

    private TerritoryShapes ShapesOf(IReadOnlyList<FieldOffice> offices)
    {
        var codes = offices.Select(office => office.Code).ToHashSet(StringComparer.Ordinal);
        var found = Array.Find(_times.Value, shapes => codes.SetEquals(shapes.Paths.Keys));
        Ensure.That(found is not null);
        return found;
    }

    private static int? ValueOf(TerritoryMeasure measure, FieldOffice office) => measure.Values.GetValueOrDefault(office.Code);

    private static void AppendOffice(StringBuilder svg, FieldOffice office, string path, Look look, TerritoryMeasure measure)
    {
        var words = Text(WordsOf(office, measure));
        var fill = look.Shade is { } shade ? Shades[shade - 1] : look.Class switch
        {
            "map-protected" => $"url(#{Text(measure.IdPrefix)}-hatch)",
            "map-zero" => LandCounted,
            _ => Land,
        };
        var (open, close) = measure.Link is { } link
            ? ($"<a href=\"{Text(link(office))}\"", "</a>")
            : ("<g tabindex=\"0\" role=\"img\"", "</g>");
        svg.Append(CultureInfo.InvariantCulture, $"""
            {open} class="map-office {look.Class}" data-office="{office.Code}" aria-label="{words}"><title>{words}</title><path d="{path}" fill="{fill}" fill-rule="evenodd" stroke="#5d5a52" stroke-width="2" stroke-linejoin="round"/><text class="map-card" x="975" y="64" text-anchor="middle" font-size="40" visibility="hidden" aria-hidden="true">{words}</text>{close}
            """);
    }

    private static void AppendLegend(StringBuilder svg, TerritoryMeasure measure, MapSteps steps, IReadOnlyList<FieldOffice> offices)
    {
        var entries = new List<(string Class, string Fill, string Words)>();
        var values = offices.Select(office => ValueOf(measure, office)).ToList();
        for (var step = 0; step < steps.Count; step++)
        {
            var shade = steps.ShadeOf(step);
            entries.Add(($"map-step-{shade}", Shades[shade - 1], steps.WordsOf(step)));
        }
        if (measure.ProtectBelow is > 1 and var below)
            entries.Add(("map-protected", $"url(#{Text(measure.IdPrefix)}-hatch)", $"fewer than {below}, not none"));
        if (values.Contains(0)) entries.Add(("map-zero", LandCounted, "none"));
        if (values.Contains(null)) entries.Add(("map-unreported", Land, "not reported"));

        const int perRow = 5;
        const int columnWidth = 360;
        svg.Append("<g class=\"map-legend\" role=\"list\" aria-label=\"Legend\">");
        for (var i = 0; i < entries.Count; i++)
        {
            var (x, y) = (60 + (i % perRow * columnWidth), AlbersUsa.Height + 20 + (i / perRow * 60));
            svg.Append(CultureInfo.InvariantCulture, $"""
                <g role="listitem" class="{entries[i].Class}"><rect x="{x}" y="{y}" width="56" height="36" fill="{entries[i].Fill}" stroke="#5d5a52" stroke-width="2"/><text x="{x + 70}" y="{y + 29}" font-size="30">{Text(entries[i].Words)}</text></g>
                """);
        }
        svg.Append(CultureInfo.InvariantCulture, $"""
            </g><text id="{Text(measure.IdPrefix)}-note" class="map-note" x="60" y="{AlbersUsa.Height + LegendHeight - 30}" font-size="26">Solid lines: territories. Dotted: states. Guam, the Northern Marianas and American Samoa belong to Honolulu, the U.S. Virgin Islands to San Juan.</text>
            """);
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>How a count looks and reads.</summary>
    private readonly record struct Look(string Class, int? Shade)
    {
        public static Look Of(int? value, int? protectBelow, MapSteps steps) => value switch
        {
            null => new("map-unreported", null),
            0 => new("map-zero", null),
            { } count when count < protectBelow => new("map-protected", null),
            { } count => steps.ShadeOf(steps.StepOf(count)) is var shade ? new($"map-step-{shade}", shade) : default,
        };

        public static string Words(int? value, int? protectBelow) => value switch
        {
            null => "not reported",
            0 => "none",
            { } count when count < protectBelow => $"fewer than {protectBelow}",
            { } count => count.ToString("N0", CultureInfo.InvariantCulture),
        };
    }
}
