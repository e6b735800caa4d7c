using System.Runtime.InteropServices;
using System.Text;
using System.Xml;

namespace Homeward.Exchange.CyberTips.Xml;

/// <summary>Reads the provider's XML: one <c>report</c> document, or one <c>fileDetails</c>.</summary>
/// <remarks>
/// DTDs are prohibited, nothing is ever fetched, size and depth are bounded, and the whole document is checked
/// against the schema. Bad input is answered with rejections, never with an exception. Safe for many threads: each
/// has its own name table, the compiled schema is shared.
/// </remarks>
public static class CyberTipXml
{
    /// <summary>Largest document, in bytes and in characters. Real ones have some thousands.</summary>
    public const int DocumentBytesMax = 4 * 1024 * 1024;

    /// <summary>A name table never forgets a name, and names come from outside: a new one after so many documents.</summary>
    private const int DocumentsPerWorkplaceMax = 20_000;

    [ThreadStatic]
    private static Workplace? _workplace;

    private static Workplace Mine()
    {
        if (_workplace is null || _workplace.Documents == DocumentsPerWorkplaceMax) _workplace = new();
        return _workplace;
    }

    /// <summary>Reads a report.</summary>
    /// <param name="document">The received bytes, whole.</param>
    /// <param name="number">CyberTipline number; the document itself carries none.</param>
    /// <param name="providerName">Name of the sending account, if the caller knows it.</param>
    public static Parsed<CyberTipReport> Read(ReadOnlyMemory<byte> document, string number, string? providerName = null)
    {
        return TryReadPlain(document, number, providerName) ?? ReadByValidator(document, number, providerName);
    }

    /// <summary>Reads what programs write, at once; null for what only the schema's validator may judge.</summary>
    internal static Parsed<CyberTipReport>? TryReadPlain(ReadOnlyMemory<byte> document, string number, string? providerName)
    {
        return PlainTree(document) is { } tree ? Parsed<CyberTipReport>.Taken(new XmlReportMapping(tree).Report(number, providerName)) : null;
    }

    /// <summary>This thread's tree with a report that programs write; null for what only the validator may judge.</summary>
    private static XmlTree? PlainTree(ReadOnlyMemory<byte> document)
    {
        if (document.Length > DocumentBytesMax) return null;
        var tree = Mine().Tree;
        tree.Clear();
        return PlainXml.TryFillReport(document.Span, tree) ? tree : null;
    }

    internal static Parsed<CyberTipReport> ReadByValidator(ReadOnlyMemory<byte> document, string number, string? providerName)
    {
        var place = Mine();
        return place.Fill(document, "report") is { } faults
            ? Parsed<CyberTipReport>.Rejected(faults)
            : Parsed<CyberTipReport>.Taken(new XmlReportMapping(place.Tree).Report(number, providerName));
    }

    /// <summary>Reads the description of an uploaded file. Its Name is the file's name, else its id.</summary>
    /// <returns>The file with its texts in <see cref="CyberTipReport.Texts"/>, as a report of one file and no persons.</returns>
    public static Parsed<CyberTipReport> ReadFileDetails(ReadOnlyMemory<byte> document)
    {
        var place = Mine();
        return place.Fill(document, "fileDetails") is { } faults
            ? Parsed<CyberTipReport>.Rejected(faults)
            : Parsed<CyberTipReport>.Taken(new XmlFileMapping(place.Tree).FileDetails());
    }

    /// <summary>Judges a document as the receiving door must: well-formed and of this door, then the schema, then the value rules.</summary>
    /// <param name="document">The received bytes, whole.</param>
    /// <param name="isReport">A <c>report</c>; else a <c>fileDetails</c>.</param>
    /// <param name="now">The house's time, for what must lie in the past.</param>
    public static Examined Examine(ReadOnlyMemory<byte> document, bool isReport, DateTimeOffset now) =>
        (isReport ? TryExaminePlain(document, now) : null) ?? ExamineByValidator(document, isReport, now);

    /// <summary>Judges at once what programs write and nothing is to be said of; null for all else: only the validator knows where it stands.</summary>
    internal static Examined? TryExaminePlain(ReadOnlyMemory<byte> document, DateTimeOffset now)
    {
        if (PlainTree(document) is not { } tree) return null;
        return new SubmissionRules(tree, now).Apply(isReport: true) is { Broken.Count: 0, PriorReports.Count: 0 } examined ? examined : null;
    }

    internal static Examined ExamineByValidator(ReadOnlyMemory<byte> document, bool isReport, DateTimeOffset now)
    {
        var place = Mine();
        if (place.Fill(document, isReport ? "report" : "fileDetails") is { } faults)
            return new Examined(place.IsMalformed ? Verdict.Malformed : Verdict.Invalid) { Faults = faults };
        return new SubmissionRules(place.Tree, now).Apply(isReport);
    }

    /// <summary>What one thread needs to read documents, kept from one to the next.</summary>
    private sealed class Workplace
    {
        private readonly XmlReaderSettings _settings;
        private readonly XmlReaderSettings _unjudged;
        private readonly List<Rejection> _faults = [];
        private XmlReader? _reader;
        private ReadOnlyMemory<byte> _document;

        public XmlTree Tree { get; } = new();
        public int Documents { get; private set; }

        /// <summary>True when the last document was no document of this door at all, rather than one that breaks the schema.</summary>
        public bool IsMalformed { get; private set; }

        public Workplace()
        {
            _settings = new XmlReaderSettings
            {
                NameTable = new NameTable(),
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                MaxCharactersInDocument = DocumentBytesMax,
                ValidationType = ValidationType.Schema,
                Schemas = TipSchema.Set,
            };
            // Blanks between elements are passed over by the tree; blanks in a value are judged as what they are.
            _unjudged = _settings.Clone();
            _unjudged.ValidationType = ValidationType.None;
            // Without this a root of an unknown namespace passes in silence: nothing to validate, nothing to say.
            _settings.ValidationFlags |= System.Xml.Schema.XmlSchemaValidationFlags.ReportValidationWarnings;
            // xml:lang and xml:space would pass on any element; the schema declares them on none.
            _settings.ValidationFlags &= ~System.Xml.Schema.XmlSchemaValidationFlags.AllowXmlAttributes;
            _settings.ValidationEventHandler += (_, fault) => XmlFaults.Add(_faults, Here(), Element(fault.Exception), fault.Exception);
        }

        /// <summary>Path of the element that the validator complains of: it is read before the tree has it.</summary>
        private string Here() => _reader is { NodeType: XmlNodeType.Element } reader
            ? $"{Tree.Here}/{reader.LocalName}" : Tree.Here;

        private string? Element(System.Xml.Schema.XmlSchemaException fault) => _reader?.NodeType switch
        {
            XmlNodeType.Element => _reader.LocalName,
            XmlNodeType.Attribute => XmlPlaces.StartTagAround(_document.Span, fault.LineNumber, fault.LinePosition),
            _ => null,
        };

        /// <returns>The faults, or null when the tree holds a valid document with this root.</returns>
        public IReadOnlyList<Rejection>? Fill(ReadOnlyMemory<byte> document, string root)
        {
            Documents++;
            Tree.Clear();
            IsMalformed = true;
            if (document.Length > DocumentBytesMax)
                return [new(0, 0, "", $"larger than {DocumentBytesMax} bytes", "send files by upload, not inside the report")];
            _faults.Clear();
            // The validator does not know the day's last instant, which the schema allows: it judges a copy, and the original is read.
            if (XmlMidnight.AsNextDay(document) is not { } judged) return Pass(document, root, _settings) ?? Gaps();
            if (Pass(judged, root, _settings) is { } faults) return faults;
            Tree.Clear();
            return Pass(document, root, _unjudged) ?? Gaps();
        }

        /// <summary>What the platform's validator let through; null where nothing.</summary>
        private IReadOnlyList<Rejection>? Gaps()
        {
            List<Rejection>? faults = null;
            for (var node = 0; node < Tree.Count; node++)
                if (SchemaGaps.Expected(Tree.Name(node), Tree.Text(node)) is { } expected) (faults ??= []).Add(XmlFaults.Unfit(Tree, node, expected));
            return faults;
        }

        private IReadOnlyList<Rejection>? Pass(ReadOnlyMemory<byte> document, string root, XmlReaderSettings settings)
        {
            _document = document;
            try
            {
                using var stream = MemoryMarshal.TryGetArray(document, out var bytes)
                    ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
                    : new MemoryStream(document.ToArray(), writable: false);
                // A name for UTF-8 that others know, and the platform does not.
                using var text = XmlPlaces.IsUtf8ByAnotherName(document.Span) ? new StreamReader(stream, Encoding.UTF8) : null;
                using var reader = _reader = text is null ? XmlReader.Create(stream, settings) : XmlReader.Create(text, settings);
                reader.MoveToContent();
                if (reader.LocalName != root || reader.NamespaceURI.Length > 0)
                {
                    var (line, column) = reader is IXmlLineInfo at ? (at.LineNumber, at.LinePosition) : (1, 1);
                    return [new(line, column, "/" + root, $"the root is not a {root} element without namespace",
                        $"send a {root} document to this door, with no xmlns on it")];
                }
                if (!Tree.Fill(reader))
                {
                    var (line, column) = reader is IXmlLineInfo at ? (at.LineNumber, at.LinePosition) : (0, 0);
                    return [new(line, column, Tree.Here, "nested deeper than the format ever is", "compare with report.xsd")];
                }
            }
            catch (XmlException fault)
            {
                return [.. _faults, XmlFaults.NotWellFormed(Tree.Here, document.Span, fault)];
            }
            catch (Exception fault) when (fault is ArgumentException or NotSupportedException or IOException)
            {
                // The declared encoding does not exist here, or the bytes are none of it.
                return [new(1, 1, "", "the bytes are not in the encoding that the document declares", "send UTF-8")];
            }
            finally
            {
                (_reader, _document) = (null, default);
            }
            IsMalformed = false;
            return _faults.Count == 0 ? null : _faults.ToArray();
        }
    }
}
