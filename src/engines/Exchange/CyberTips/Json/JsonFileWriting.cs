using System.Text.Json;

namespace Homeward.Exchange.CyberTips.Json;

/// <summary>Writes the descriptions of uploaded files.</summary>
internal static class JsonFileWriting
{
    public static void All(Utf8JsonWriter json, CyberTipReport report)
    {
        if (report.Files.Count == 0) return;
        json.OpenWrapped("uploadedFiles", "uploadedFiles");
        for (var i = 0; i < report.Files.Count; i++) File(json, report, i);
        json.CloseWrapped();
    }

    private static void File(Utf8JsonWriter json, CyberTipReport report, int index)
    {
        var file = report.Files[index];
        json.WriteStartObject();
        json.WriteString("filename", file.Name);
        json.Text("originalFilename", file.OriginalName);
        json.Text("submittalId", file.FileId);
        // The first MD5 has a key of its own; it is read back first, so it must stand first.
        var md5 = file.Hashes is [{ HashType: "MD5" } first, ..] ? first : null;
        json.Text("verificationHash", md5?.Value);
        json.Wrapped("originalFileHashes", md5 is null ? file.Hashes : [.. file.Hashes.Skip(1)], static (json, hash) =>
        {
            json.WriteString("value", hash.Value);
            json.Text("hashType", hash.HashType);
        });
        // Null is what the original writes for "no information provided".
        if (file.ViewedByEsp == Stated.NotStated) json.WriteNull("viewedByEsp");
        json.Flag("viewedByEsp", file.ViewedByEsp);
        json.Flag("exifViewedByEsp", file.ExifViewedByEsp);
        json.Flag("publiclyAvailable", file.PubliclyAvailable);
        json.WriteString("fileRelevance", file.IsReported ? "Reported" : "Supplemental Reported");
        json.Text("industryClassification", file.Classification);
        json.Text("uploadedToEspTimestamp", file.UploadedAt?.Text);
        json.Wrapped("fileAnnotations", file.Annotations);
        if (file.NcmecTags.Count > 0)
        {
            json.OpenWrapped("ncmecTags", "groups");
            json.WriteStartObject();
            json.WriteStartArray("tags");
            foreach (var tag in file.NcmecTags) json.Valued(tag);
            json.WriteEndArray();
            json.WriteEndObject();
            json.CloseWrapped();
        }
        json.Captures(JsonFields.UrlCapture, file.Location is { } location ? [location] : [], file.Ips, file.Devices);
        if (file.Metadata.Count > 0)
        {
            json.OpenWrapped("espMetadata", "metadatas");
            foreach (var pair in file.Metadata)
            {
                json.WriteStartObject();
                json.WriteString("name", pair.Name);
                json.WriteString("value", pair.Value);
                json.Text("type", pair.Kind);
                json.WriteEndObject();
            }
            json.CloseWrapped();
        }
        json.Infos(report, TextKind.FileInfo, index, "additionalInformations");
        json.WriteEndObject();
    }
}
