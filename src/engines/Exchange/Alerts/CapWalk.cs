using System.Xml;
using System.Xml.Linq;

namespace Homeward.Exchange.Alerts;

/// <summary>Goes through a document once: order, number and form of the elements, every value noted with its path.</summary>
internal sealed class CapWalk(int faultsMax)
{
    private readonly List<Rejection> _faults = [];
    private readonly List<CapValue> _values = [];
    private readonly List<CapValue> _unknown = [];

    public IReadOnlyList<Rejection> Faults => _faults;
    public IReadOnlyList<CapValue> Values => _values;
    public IReadOnlyList<CapValue> Unknown => _unknown;

    public void Block(XElement parent, string path, IReadOnlyList<CapElement> shape)
    {
        Attributes(parent, path);
        var counts = new Dictionary<XName, int>();
        var place = 0;
        foreach (var node in parent.Nodes())
        {
            if (node is not XElement child)
            {
                if (node is XText text && !string.IsNullOrWhiteSpace(text.Value)) Stray(text, $"{path}/text()", text.Value);
                continue;
            }
            var nth = counts[child.Name] = counts.GetValueOrDefault(child.Name) + 1;
            var here = $"{path}/{child.Name.LocalName}[{nth}]";
            var at = child.Name.NamespaceName == CapShape.Namespace ? IndexOf(shape, child.Name.LocalName) : -1;
            if (at < 0)
            {
                Keep(child, here);
                continue;
            }
            if (at < place) Fault(child, here, "stands too late: CAP 1.2 has an order", $"put it before {shape[place].Name}");
            if (nth > 1 && !shape[at].MayRepeat) Fault(child, here, "stands more than once", "leave one");
            place = Math.Max(place, at);
            if (shape[at].Form == CapForm.Block) Block(child, here, shape[at].Block);
            else Value(child, here, shape[at].Form);
        }
        foreach (var element in shape)
            if (element.IsRequired && !counts.ContainsKey(XName.Get(element.Name, CapShape.Namespace)))
                Fault(parent, $"{path}/{element.Name}", "is missing", $"add {element.Name}");
    }

    private void Value(XElement element, string path, CapForm form)
    {
        Attributes(element, path);
        foreach (var inner in element.Elements()) Keep(inner, $"{path}/{inner.Name.LocalName}");
        // What stands around an element inside a value is part of the value; the element itself is told apart.
        var text = string.Concat(element.Nodes().OfType<XText>().Select(node => node.Value));
        _values.Add(new(path, text, Line(element)));
        if (CapForms.Fault(form, text.Trim()) is { } fault) Fault(element, path, fault.Reason, fault.Mend);
    }

    /// <summary>An element that CAP does not name, with all that is in it.</summary>
    private void Keep(XElement element, string path)
    {
        Attributes(element, path);
        Stray(element, path, string.Concat(element.Nodes().OfType<XText>().Select(node => node.Value)));
        foreach (var inner in element.Elements()) Keep(inner, $"{path}/{inner.Name.LocalName}");
    }

    /// <summary>CAP has no attributes but the declarations of namespaces.</summary>
    private void Attributes(XElement element, string path)
    {
        foreach (var attribute in element.Attributes().Where(one => !one.IsNamespaceDeclaration)) Stray(attribute, $"{path}/@{attribute.Name.LocalName}", attribute.Value);
    }

    private void Stray(XObject node, string path, string text)
    {
        var value = new CapValue(path, text, Line(node));
        _values.Add(value);
        _unknown.Add(value);
    }

    private void Fault(XObject node, string path, string reason, string mend)
    {
        if (_faults.Count < faultsMax) _faults.Add(CapXml.At(node, path, reason, mend));
    }

    private static int Line(XObject node) => ((IXmlLineInfo)node).LineNumber;

    private static int IndexOf(IReadOnlyList<CapElement> shape, string name)
    {
        for (var at = 0; at < shape.Count; at++)
            if (shape[at].Name == name) return at;
        return -1;
    }
}
