using System.Text;
using System.Xml;

namespace Homeward.Exchange.CyberTips.Xml;

/// <summary>One document as a flat list of elements and attributes, reused from report to report.</summary>
/// <remarks>
/// The forward reader is half as fast again as XDocument but makes the mapping follow the schema's order; this list
/// keeps the speed and lets the mapping read as the form does. One for each thread.
/// </remarks>
internal sealed class XmlTree
{
    /// <summary>Deeper than any document of the format by far.</summary>
    private const int DepthMax = 32;
    private static readonly string[] Repeatable =
    [
        "internetDetails", "personOrUserReported", "intendedRecipient", "victim", "associatedAccount", "phone", "email",
        "displayName", "profileUrl", "ipCaptureEvent", "deviceId", "priorCTReports", "priorCTReport", "url",
        "emailAddress", "incidentAddress", "originalFileHash", "details", "nameValuePair",
    ];
    private static readonly HashSet<string> Repeats = new(Repeatable, StringComparer.Ordinal);

    private readonly List<Node> _nodes = new(256);
    private readonly List<int> _open = new(DepthMax);
    private readonly List<string> _openPaths = new(DepthMax);
    /// <summary>By depth, the text of an element that is open, where it came in more than one piece.</summary>
    private readonly StringBuilder?[] _pieces = new StringBuilder?[DepthMax + 1];

    private struct Node
    {
        public string Name;
        public string Path;
        public string? Text;
        public int Ordinal;
        public int First;
        public int Last;
        public int Next;
        public int Line;
        public int Column;
    }

    /// <summary>The root of a document read without fault.</summary>
    public const int Root = 0;

    /// <summary>Where the reader stands, for faults.</summary>
    public string Here => _openPaths.Count == 0 ? "" : _openPaths[^1];

    public string Name(int node) => _nodes[node].Name;
    public string Path(int node) => _nodes[node].Path;
    public string Text(int node) => _nodes[node].Text ?? "";

    /// <summary>How many there are, each under a number below it.</summary>
    public int Count => _nodes.Count;

    /// <summary>Where the element begins, from 1; an attribute stands where its element does.</summary>
    public (int Line, int Column) At(int node) => (_nodes[node].Line, _nodes[node].Column);
    public Children Of(int node) => new(this, _nodes[node].First);

    /// <summary>Text of an attribute, or null.</summary>
    public string? Attribute(int node, string name)
    {
        for (var child = _nodes[node].First; child >= 0; child = _nodes[child].Next)
        {
            if (_nodes[child].Name == name) return _nodes[child].Text;
        }
        return null;
    }

    public void Clear()
    {
        _nodes.Clear();
        _open.Clear();
        _openPaths.Clear();
        Array.Clear(_pieces);
    }

    /// <returns>False when the document is nested deeper than the format ever is.</returns>
    /// <exception cref="XmlException">Not well-formed, or larger than the reader's settings allow.</exception>
    public bool Fill(XmlReader reader)
    {
        Clear();
        if (reader.NodeType == XmlNodeType.Element) Open(reader);
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (_open.Count == DepthMax) return false;
                    Open(reader);
                    break;
                case XmlNodeType.EndElement:
                    Close();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace when _open.Count > 0:
                    AddText(reader.Value);
                    break;
            }
        }
        return true;
    }

    private void Open(XmlReader reader)
    {
        var isEmpty = reader.IsEmptyElement;
        var (line, column) = reader is IXmlLineInfo at ? (at.LineNumber, at.LinePosition) : (0, 0);
        Open(reader.LocalName, line, column);
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI.Length > 0) continue;   // xsi:… tells the parser something, not us
            AddAttribute(reader.NameTable.Add("@" + reader.LocalName), reader.Value, line, column);
        }
        reader.MoveToElement();
        if (isEmpty) Close();
    }

    /// <summary>An element begins. Its name is an object that stays the same: paths are known by it.</summary>
    public void Open(string name, int line, int column)
    {
        var element = Add(_open.Count == 0 ? -1 : _open[^1], name, line, column);
        _open.Add(element);
        _openPaths.Add(_nodes[element].Path);
    }

    /// <summary>An attribute of the element that is open.</summary>
    public void AddAttribute(string name, string text, int line, int column)
    {
        SetText(Add(_open[^1], name, line, column), text);
    }

    /// <summary>Text of the element that is open, or more of it: CDATA and comments cut it into as many pieces as the sender likes.</summary>
    public void AddText(string text)
    {
        var node = _nodes[_open[^1]];
        if (node.Text is null) SetText(_open[^1], text);
        else (_pieces[_open.Count] ??= new StringBuilder(node.Text)).Append(text);
    }

    private void SetText(int at, string text)
    {
        var node = _nodes[at];
        node.Text = text;
        _nodes[at] = node;
    }

    public void Close()
    {
        if (_pieces[_open.Count] is { } pieces)
        {
            SetText(_open[^1], pieces.ToString());
            _pieces[_open.Count] = null;
        }
        _open.RemoveAt(_open.Count - 1);
        _openPaths.RemoveAt(_openPaths.Count - 1);
    }

    private int Add(int parent, string name, int line, int column)
    {
        var ordinal = Repeats.Contains(name) || IsOuterAddress(parent, name) ? 1 : 0;
        var added = _nodes.Count;
        if (parent >= 0)
        {
            var above = _nodes[parent];
            if (above.Last >= 0)
            {
                var before = _nodes[above.Last];
                // Siblings of one name always stand together in this format, except in the annotation blocks.
                if (ordinal == 1 && before.Name == name) ordinal = before.Ordinal + 1;
                before.Next = added;
                _nodes[above.Last] = before;
            }
            else above.First = added;
            above.Last = added;
            _nodes[parent] = above;
        }
        var path = PathCache.Mine.Element(parent < 0 ? "" : _nodes[parent].Path, name, ordinal);
        _nodes.Add(new Node { Name = name, Path = path, Ordinal = ordinal, First = -1, Last = -1, Next = -1, Line = line, Column = column });
        return added;
    }

    /// <summary>Inside an address an element of the same name is the street line, and stands once.</summary>
    private bool IsOuterAddress(int parent, string name) =>
        name == "address" && parent >= 0 && _nodes[parent].Name is not ("address" or "incidentAddress");

    /// <summary>The children of a node, attributes (named <c>@x</c>) first.</summary>
    public readonly struct Children(XmlTree tree, int first)
    {
        public Enumerator GetEnumerator() => new(tree, first);

        public struct Enumerator(XmlTree tree, int next)
        {
            private int _next = next;
            public int Current { get; private set; } = -1;

            public bool MoveNext()
            {
                if (_next < 0) return false;
                Current = _next;
                _next = tree._nodes[_next].Next;
                return true;
            }
        }
    }
}
