namespace Homeward.Exchange.CyberTips.Json;

/// <summary>Descriptions of uploaded files. The files lie beside the report in the package, or are absent.</summary>
internal sealed class JsonFileMapping(TipBuilder tip)
{
    private readonly JsonFields _fields = new(tip);

    public void File(JsonAt at)
    {
        var me = tip.Files.Count;
        var captured = new JsonFields.Captured();
        _fields.Captures(at, null, captured);
        _fields.Infos(TextKind.FileInfo, at, me);
        List<TipHash>? hashes = null;
        if (_fields.Value(at["verificationHash"]) is { } md5) Hash(at["verificationHash"], "MD5", md5);
        foreach (var hash in at.Wrapped("originalFileHashes"))
        {
            var type = _fields.Value(hash["hashType"]);
            if (_fields.Value(hash["value"]) is { } value) Hash(hash["value"], type ?? "", value);
        }
        List<string>? tags = null;
        foreach (var group in at["ncmecTags"]["groups"].Items())
        {
            foreach (var tag in group["tags"].Items()) Gather.Add(ref tags, _fields.Value(tag.Said));
        }
        List<string>? annotations = null;
        foreach (var annotation in at.Wrapped("fileAnnotations")) Gather.Add(ref annotations, _fields.Value(annotation.Said));
        List<TipMetadata>? metadata = null;
        foreach (var pair in at["espMetadata"]["metadatas"].Items())
        {
            Gather.Add(ref metadata, new TipMetadata(
                _fields.Value(pair["name"]) ?? "", _fields.Value(pair["value"]) ?? "", _fields.Value(pair["type"])));
        }
        var (name, original, id) =
            (_fields.Value(at["filename"]), _fields.Value(at["originalFilename"]), _fields.Value(at["submittalId"]));
        tip.Files.Add(new TipFile(name ?? original ?? id ?? "")
        {
            OriginalName = original,
            FileId = id,
            Hashes = hashes.OrNone(),
            ViewedByEsp = _fields.Flag(at["viewedByEsp"]),
            ExifViewedByEsp = _fields.Flag(at["exifViewedByEsp"]),
            PubliclyAvailable = _fields.Flag(at["publiclyAvailable"]),
            IsReported = _fields.Value(at["fileRelevance"]) is null or "Reported",
            Classification = _fields.Value(at["industryClassification"]),
            Annotations = annotations.OrNone(),
            NcmecTags = tags.OrNone(),
            Location = captured.Urls is [var first, ..] ? first : null,
            UploadedAt = _fields.Instant(at["uploadedToEspTimestamp"]),
            Ips = captured.Ips.OrNone(),
            Devices = captured.Devices.OrNone(),
            Metadata = metadata.OrNone(),
            Path = at.Path,
        });

        void Hash(JsonAt where, string type, string value)
        {
            var hash = new TipHash(type, value);
            Gather.Add(ref hashes, hash);
            tip.File(where.Path, hash);
        }
    }
}
