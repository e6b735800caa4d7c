using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Geometry;
using UglyToad.PdfPig.Graphics.Operations;
using UglyToad.PdfPig.Outline.Destinations;
using UglyToad.PdfPig.Parser;
using UglyToad.PdfPig.Tokenization.Scanner;
using UglyToad.PdfPig.Tokens;

namespace Homeward.Exchange.CyberTips.Pdf;

/// <summary>What is wrong with the forms of a page; null when it may be read.</summary>
internal sealed record PdfFormFault(string? Reason);

/// <summary>Counts, before a page is read, how often its reading would draw a form: a drawing by itself that pages and other forms show.</summary>
/// <remarks>
/// The library draws a form as often as it is shown. Thirty forms, each showing the next one ten times, are two kilobytes and
/// would take longer than anybody lives; two that show each other end the whole program, for a stack that is full is no exception.
/// Here the same way is gone with nothing but names, and no further than the bounds. What a form shows is looked up as the
/// library does it: in its own resources, then in those of who shows it. So it depends on the way there, and no sum is kept.
/// One for each document; not for several threads.
/// </remarks>
internal sealed class PdfForms(IPdfTokenScanner scanner, IResourceStore resources, ILookupFilterProvider filters, IPageContentParser parser, ParsingOptions options)
    : BasePageFactory<PdfFormFault>(scanner, resources, filters, parser, options)
{
    /// <summary>Of forms, a page. A print shows a few; a map or a plan that shows each of its signs as a form stays below. The library draws about 40,000 in a second.</summary>
    private const int DrawnMax = 10_000;
    /// <summary>Of what stands in forms, a page, each counted as often as it is drawn.</summary>
    private const long BytesMax = 16 * 1024 * 1024;
    /// <summary>A document may come to so many times a page's measure, however many pages it has.</summary>
    private const int DocumentTimes = 10;
    /// <summary>Of forms within forms. Programs that put pages into pages come to a handful.</summary>
    private const int DepthMax = 32;

    /// <param name="Shown">Names, in order, each as often as it is shown.</param>
    /// <param name="Own">Which object a name is, by its own resources.</param>
    private sealed record Form(IReadOnlyList<NameToken> Shown, IReadOnlyDictionary<string, IToken>? Own, long Bytes);

    private readonly Dictionary<IndirectReference, Form?> _forms = [];
    /// <summary>Those that are being drawn, the innermost last.</summary>
    private readonly List<Form> _open = [];
    private int _drawn, _drawnInAll;
    private long _bytes, _bytesInAll;

    protected override PdfFormFault ProcessPage(int pageNumber, DictionaryToken dictionary, NamedDestinations namedDestinations, MediaBox mediaBox, CropBox cropBox,
        UserSpaceUnit userSpaceUnit, PageRotationDegrees rotation, TransformationMatrix initialMatrix, IReadOnlyList<IGraphicsStateOperation> operations)
    {
        (_drawn, _bytes) = (0, 0);
        _open.Clear();
        return new(Drawn(Shown(operations)));
    }

    private string? Drawn(IReadOnlyList<NameToken> shown)
    {
        foreach (var name in shown)
        {
            if (Find(name) is not { } form) continue;
            if (++_drawn > DrawnMax) return $"it shows drawings within drawings more than {DrawnMax} times";
            if ((_bytes += form.Bytes) > BytesMax) return $"its drawings unfold to more than {BytesMax} bytes";
            if (++_drawnInAll > DrawnMax * DocumentTimes) return $"up to it drawings within drawings are shown more than {DrawnMax * DocumentTimes} times";
            if ((_bytesInAll += form.Bytes) > BytesMax * DocumentTimes) return $"up to it drawings unfold to more than {BytesMax * DocumentTimes} bytes";
            if (_open.Count == DepthMax) return $"it shows drawings within drawings, more than {DepthMax} deep or in a circle";
            _open.Add(form);
            if (Drawn(form.Shown) is { } fault) return fault;
            _open.RemoveAt(_open.Count - 1);
        }
        return null;
    }

    private Form? Find(NameToken name)
    {
        for (var i = _open.Count - 1; i >= 0; i--)
            if (_open[i].Own is { } own && own.TryGetValue(name.Data, out var token) && token is IndirectReferenceToken inside) return FormAt(inside.Data);
        return ResourceStore.TryGetXObjectReference(name, out var outside) ? FormAt(outside) : null;
    }

    /// <returns>Null for a picture, which shows nothing, and for what is not there.</returns>
    private Form? FormAt(IndirectReference reference)
    {
        if (_forms.TryGetValue(reference, out var known)) return known;
        return _forms[reference] = PdfScanner.Get(reference)?.Data is StreamToken stream
            && stream.StreamDictionary.TryGet(NameToken.Subtype, PdfScanner, out NameToken? kind) && kind.Equals(NameToken.Form) ? FormOf(stream) : null;
    }

    private Form FormOf(StreamToken stream)
    {
        var content = stream.Decode(FilterProvider, PdfScanner);
        IReadOnlyDictionary<string, IToken>? own = null;
        if (stream.StreamDictionary.TryGet(NameToken.Resources, PdfScanner, out DictionaryToken? resources)
            && resources.TryGet(NameToken.Xobject, PdfScanner, out DictionaryToken? objects)) own = objects.Data;
        return new(Shown(PageContentParser.Parse(0, new MemoryInputBytes(content), ParsingOptions.Logger)), own, content.Length);
    }

    private static List<NameToken> Shown(IReadOnlyList<IGraphicsStateOperation> operations) => [.. operations.OfType<InvokeNamedXObject>().Select(one => one.Name)];
}
