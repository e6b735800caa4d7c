namespace Homeward.Exchange.CyberTips.Xml;

/// <summary>From a valid <c>fileDetails</c> document to the description of a file.</summary>
internal sealed class XmlFileMapping(XmlTree tree)
{
    private readonly TipBuilder _tip = new();

    public CyberTipReport FileDetails()
    {
        var fields = new XmlFields(tree, _tip);
        var number = "";
        string? id = null, name = null, original = null, classification = null, location = null;
        Stated viewed = default, exif = default, isPublic = default;
        var isReported = true;
        StatedInstant? uploadedAt = null;
        IReadOnlyList<string> annotations = [];
        List<TipHash>? hashes = null;
        List<TipIp>? ips = null;
        List<TipDevice>? devices = null;
        List<TipMetadata>? metadata = null;
        foreach (var part in tree.Of(XmlTree.Root))
        {
            switch (tree.Name(part))
            {
                case "reportId": number = fields.Value(part) ?? ""; break;
                case "fileId": id = fields.Value(part); break;
                case "fileName": name = fields.Value(part); break;
                case "originalFileName": original = fields.Value(part); break;
                case "uploadedToEspTimestamp": uploadedAt = _tip.Instant(tree.Path(part), tree.Text(part)); break;
                case "locationOfFile": location = fields.Url(part, null); break;
                case "fileViewedByEsp": viewed = Readings.Flag(fields.Value(part)); break;
                case "exifViewedByEsp": exif = Readings.Flag(fields.Value(part)); break;
                case "publiclyAvailable": isPublic = Readings.Flag(fields.Value(part)); break;
                case "fileRelevance": isReported = fields.Value(part) is null or "Reported"; break;
                case "potentialMeme":
                    if (Readings.Flag(fields.Value(part)) == Stated.Yes) annotations = ["potentialMeme"];
                    break;
                case "fileAnnotations": annotations = XmlReportMapping.Flags(tree, _tip, part); break;
                case "industryClassification": classification = fields.Value(part); break;
                case "originalFileHash":
                    if (fields.Value(part) is { } hash)
                    {
                        var of = new TipHash(tree.Attribute(part, "@hashType") ?? "", hash);
                        Gather.Add(ref hashes, of);
                        _tip.File(tree.Path(part), of);
                    }
                    break;
                case "ipCaptureEvent": Gather.Add(ref ips, fields.Ip(part, null)); break;
                case "deviceId": Gather.Add(ref devices, fields.Device(part, null)); break;
                case "details": Details(part, ref metadata); break;
                case "additionalInfo": fields.Text(TextKind.FileInfo, part, 0); break;
            }
        }
        var file = new TipFile(name ?? original ?? id ?? "")
        {
            OriginalName = original,
            FileId = id,
            Hashes = hashes.OrNone(),
            ViewedByEsp = viewed,
            ExifViewedByEsp = exif,
            PubliclyAvailable = isPublic,
            IsReported = isReported,
            Classification = classification,
            Annotations = annotations,
            Location = location,
            UploadedAt = uploadedAt,
            Ips = ips.OrNone(),
            Devices = devices.OrNone(),
            Metadata = metadata.OrNone(),
            Path = tree.Path(XmlTree.Root),
        };
        return new CyberTipReport
        {
            Form = ReportForm.ProviderXml,
            Number = number,
            Files = [file],
            Texts = _tip.Texts,
            Identifiers = _tip.Identifiers,
            Values = _tip.Values,
            Remarks = _tip.Remarks,
        };
    }

    private void Details(int details, ref List<TipMetadata>? metadata)
    {
        string? kind = null;
        foreach (var pair in tree.Of(details))
        {
            if (tree.Name(pair) == "@type") kind = _tip.Value(tree.Path(pair), tree.Text(pair));
            if (tree.Name(pair) != "nameValuePair") continue;
            string name = "", value = "";
            foreach (var part in tree.Of(pair))
            {
                switch (tree.Name(part))
                {
                    case "name": name = _tip.Value(tree.Path(part), tree.Text(part)) ?? ""; break;
                    case "value": value = _tip.Value(tree.Path(part), tree.Text(part)) ?? ""; break;
                    case "@type":
                        var misplaced = _tip.Value(tree.Path(part), tree.Text(part));
                        kind ??= misplaced;
                        _tip.Remark(tree.Path(part), "belongs on details; accepted");
                        break;
                }
            }
            Gather.Add(ref metadata, new TipMetadata(name, value, kind));
        }
    }
}
