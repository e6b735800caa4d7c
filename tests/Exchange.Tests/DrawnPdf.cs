using System.Globalization;
using System.Text;

namespace Homeward.Exchange.Tests;

/// <summary>A PDF whose pages show forms: drawings of their own, which may show each other.</summary>
internal sealed class DrawnPdf
{
    private readonly List<string> _objects = [];

    /// <summary>The number under which a form will stand; written later, so that two may name each other.</summary>
    public int Reserve()
    {
        _objects.Add("");
        return _objects.Count;
    }

    /// <param name="names">What the content shows by name, as <c>/F1 3 0 R</c>; null for a form without resources of its own.</param>
    public int Form(string content, string? names = "", int? number = null)
    {
        var at = number ?? Reserve();
        _objects[at - 1] = $"<</Type/XObject/Subtype/Form/BBox[0 0 612 792]{(names is null ? "" : Resources(names))}/Length {content.Length}>>stream\n{content}\nendstream";
        return at;
    }

    /// <param name="pages">What each page shows.</param>
    /// <param name="names">By name, on every page.</param>
    public byte[] Build(IReadOnlyList<string> pages, string names)
    {
        var tree = Reserve();
        var kids = pages.Select(content => Object($"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 612 792]{Resources(names)}/Contents "
            + $"{Object($"<</Length {content.Length}>>stream\n{content}\nendstream")} 0 R>>")).ToList();
        _objects[tree - 1] = $"<</Type/Pages/Count {kids.Count}/Kids[{string.Join(' ', kids.Select(kid => $"{kid} 0 R"))}]>>";
        var catalog = Object($"<</Type/Catalog/Pages {tree} 0 R>>");

        var text = new StringBuilder("%PDF-1.7\n");
        var places = new List<int>();
        for (var i = 0; i < _objects.Count; i++)
        {
            places.Add(text.Length);
            text.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{_objects[i]}\nendobj\n");
        }
        var table = text.Length;
        text.Append(CultureInfo.InvariantCulture, $"xref\n0 {places.Count + 1}\n0000000000 65535 f \n");
        foreach (var place in places) text.Append(CultureInfo.InvariantCulture, $"{place:D10} 00000 n \n");
        text.Append(CultureInfo.InvariantCulture, $"trailer<</Size {places.Count + 1}/Root {catalog} 0 R>>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>Lines of text, from the top of a page.</summary>
    public static string Text(double top, params IReadOnlyList<string> lines) =>
        string.Concat(lines.Select((line, at) => string.Create(CultureInfo.InvariantCulture, $"BT /T 10 Tf 54 {top - 14 * at} Td ({line}) Tj ET\n")));

    private int Object(string content)
    {
        _objects.Add(content);
        return _objects.Count;
    }

    private static string Resources(string names) =>
        $"/Resources<</XObject<<{names}>>/Font<</T<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>";
}
