using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Homeward.Kernel;

namespace Homeward.Release.Wording;

/// <summary>Writes an announcement as a page, as data and as a table. "Not reported" stays so in each (R-42).</summary>
internal static class AnnouncementExport
{
    private const string Exercise = "EXERCISE: invented people and events";
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ExportFile Of(ShowAnnouncement.Page page, ExportFormat format)
    {
        var name = $"announcement-{page.Office?.ToLowerInvariant() ?? "national"}";
        return format switch
        {
            ExportFormat.Html => new($"{name}.html", "text/html", Html(page)),
            ExportFormat.Json => new($"{name}.json", "application/json", Json(page)),
            ExportFormat.Csv => new($"{name}.csv", "text/csv", Csv(page)),
        };
    }

    private static string Html(ShowAnnouncement.Page page)
    {
        var text = page.Text;
        var html = new StringBuilder(8_000).Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
            .Append(Text(text.Heading)).Append("</title></head><body>\n");
        if (page.Exercise) html.Append("<p><strong>").Append(Exercise).Append("</strong></p>\n");
        html.Append("<h1>").Append(Text(text.Heading)).Append("</h1>\n");
        if (text.Correction is { } correction) html.Append("<p><strong>").Append(Text(correction)).Append("</strong></p>\n");
        foreach (var paragraph in text.Paragraphs.Append(text.Addition).Where(one => one.Length > 0)) html.Append("<p>").Append(Text(paragraph)).Append("</p>\n");
        if (text.Table.Count > 0)
        {
            html.Append("<table><caption>").Append(Text(text.TableTitle)).Append("</caption><thead><tr><th scope=\"col\">Office</th><th scope=\"col\">Children</th></tr></thead><tbody>\n");
            foreach (var line in text.Table) html.Append("<tr><th scope=\"row\">").Append(Text(line.Office)).Append("</th><td>").Append(Text(line.Shown)).Append("</td></tr>\n");
            html.Append("</tbody></table>\n");
        }
        return html.Append("<footer><p>").Append(Text(Foot(page))).Append(page.Exercise ? $" {Exercise}." : "").Append("</p></footer>\n</body></html>\n").ToString();
    }

    private static string Json(ShowAnnouncement.Page page) => JsonSerializer.Serialize(new
    {
        exercise = page.Exercise ? Exercise : null, page.Initiative, office = page.Office, heading = page.Text.Heading, correction = page.Text.Correction,
        asOf = Instants.Iso(page.AsOf), snapshot = page.SnapshotHash, publishedAt = page.PublishedAt is { } at ? Instants.Iso(at) : null,
        figures = page.Text.Figures.Where(figure => figure.Text is not null).Select(figure => new { figure.Measure, figure.Number, figure.Text }),
        table = page.Text.Table.Select(line => new { line.Office, line.Value, line.Shown }), partners = page.Text.Partners,
        paragraphs = page.Text.Paragraphs, addition = page.Text.Addition,
    }, _json) + "\n";

    private static string Csv(ShowAnnouncement.Page page)
    {
        var csv = new StringBuilder("scope,measure,value,shown,exercise\n");
        var mark = page.Exercise ? "EXERCISE" : "";
        foreach (var figure in page.Text.Figures.Where(figure => figure.Text is not null))
            Row(page.Office ?? "national", figure.Measure, figure.Number?.ToString(CultureInfo.InvariantCulture) ?? "", figure.Text!);
        foreach (var line in page.Text.Table) Row(line.Office, "children.total", line.Value?.ToString(CultureInfo.InvariantCulture) ?? "", line.Shown);
        return csv.ToString();

        void Row(string scope, string measure, string value, string shown) =>
            csv.Append(Cell(scope)).Append(',').Append(measure).Append(',').Append(value).Append(',').Append(Cell(shown)).Append(',').Append(mark).Append('\n');
    }

    /// <summary>Quoted where needed; a cell that a spreadsheet would compute is kept from it.</summary>
    private static string Cell(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@') text = "'" + text;
        return text.AsSpan().IndexOfAny(',', '"', '\n') < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string Foot(ShowAnnouncement.Page page) => $"As of {Instants.Iso(page.AsOf)}. Frozen count {page.SnapshotHash[..16]}.";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
