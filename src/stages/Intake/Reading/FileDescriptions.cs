using System.Globalization;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.CyberTips.Xml;

namespace Homeward.Intake.Reading;

/// <summary>Puts what a provider says of its uploaded files beside the report that they came with: two documents of one sender.</summary>
internal static class FileDescriptions
{
    /// <summary>The report with its files. Paths are counted: <c>/fileDetails[2]/ipCaptureEvent</c>. Of a file without description nothing is stated.</summary>
    public static CyberTipReport AddTo(CyberTipReport report, IReadOnlyList<RawFile> uploaded)
    {
        List<TipFile> files = [.. report.Files];
        List<FreeText> texts = [.. report.Texts];
        List<Identifier> identifiers = [.. report.Identifiers];
        List<TipValue> values = [.. report.Values];
        List<Remark> remarks = [.. report.Remarks];
        foreach (var (fileId, details, md5) in uploaded)
        {
            var place = $"/fileDetails[{(files.Count + 1).ToString(CultureInfo.InvariantCulture)}]";
            // Whatever its sender says of it: another report may name it by its hash, or have it.
            if (NormalForms.FileHash("MD5", md5) is { } hash) identifiers.Add(new(IdentifierKind.File, md5, hash, place, null, null));
            if (details is null)
            {
                files.Add(new TipFile(fileId) { FileId = fileId, Path = place });
                continue;
            }
            var described = CyberTipXml.ReadFileDetails(details).Value;
            var owner = files.Count;
            files.Add(described.Files[0] with { FileId = fileId, Path = place });
            texts.AddRange(described.Texts.Select(text => text with { Owner = owner, Path = Under(text.Path) }));
            identifiers.AddRange(described.Identifiers.Where(identifier => identifier.Kind != IdentifierKind.File || !identifier.Raw.Equals(md5, StringComparison.OrdinalIgnoreCase)).Select(identifier => identifier with { Path = Under(identifier.Path) }));
            values.AddRange(described.Values.Select(value => value with { Path = Under(value.Path) }));
            remarks.AddRange(described.Remarks.Select(remark => remark with { Path = Under(remark.Path) }));

            string Under(string path) => place + path["/fileDetails".Length..];
        }
        return report with { Files = files, Texts = texts, Identifiers = identifiers, Values = values, Remarks = remarks };
    }
}
