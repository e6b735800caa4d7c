using System.Text;

namespace Homeward.Exchange.Lines;

/// <summary>A list inside one CSV cell: items by <c>;</c>, parts of an item by <c>|</c>, a backslash before either in a text.</summary>
internal static class Cells
{
    public static string List(IEnumerable<string> items) => string.Join(';', items.Select(Escape));

    public static string Parts(IEnumerable<string?[]> items) =>
        string.Join(';', items.Select(parts => string.Join('|', parts.Select(part => Escape(part ?? "")))));

    /// <remarks>Items of a plain list have no parts: a <c>|</c> that nobody escaped belongs to the text.</remarks>
    public static IReadOnlyList<string> ReadList(string? cell) =>
        [.. ReadParts(cell).Select(parts => string.Join('|', parts)).Where(item => item.Length > 0)];

    public static List<string[]> ReadParts(string? cell)
    {
        List<string[]> items = [];
        if (string.IsNullOrEmpty(cell)) return items;
        List<string> parts = [];
        var part = new StringBuilder();
        for (var i = 0; i < cell.Length; i++)
        {
            switch (cell[i])
            {
                case '\\' when i + 1 < cell.Length: part.Append(cell[++i]); break;
                case '|': EndPart(); break;
                case ';': EndItem(); break;
                default: part.Append(cell[i]); break;
            }
        }
        EndItem();
        return items;

        void EndPart()
        {
            parts.Add(part.ToString());
            part.Clear();
        }

        void EndItem()
        {
            EndPart();
            items.Add([.. parts]);
            parts.Clear();
        }
    }

    private static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAny("\\|;")) return text;
        var escaped = new StringBuilder(text.Length + 4);
        foreach (var c in text)
        {
            if (c is '\\' or '|' or ';') escaped.Append('\\');
            escaped.Append(c);
        }
        return escaped.ToString();
    }
}
