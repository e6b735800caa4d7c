using UglyToad.PdfPig.Content;

namespace Homeward.Exchange.CyberTips.Pdf;

/// <summary>Tells fields apart that a print sets beside each other: a label with its value, far to the right of it another one.</summary>
/// <remarks>
/// Read as one line the second label and its value would be the end of the first value. The left field comes first with all its lines, then the right
/// one. What stands on a line alone is no column, however it is spaced: only labels that are known open one.
/// </remarks>
internal sealed class PdfColumns(Func<IReadOnlyList<Word>, string> text)
{
    /// <summary>Points between columns: about four spaces of ordinary letters.</summary>
    private const double GapMin = 12;
    /// <summary>Points by which the lines of a column may begin elsewhere.</summary>
    private const double StartSlack = 3;

    /// <param name="At">Which row of the page, from 0.</param>
    /// <param name="Edge">Where the column ends; null for the page's own edge.</param>
    public sealed record Cell(int At, IReadOnlyList<Word> Words, double? Edge);

    private readonly List<Cell> _cells = [], _left = [], _right = [];
    private double _start;

    /// <param name="rows">Of one page, top to bottom, each with its words from left to right.</param>
    public IReadOnlyList<Cell> Of(IReadOnlyList<List<Word>> rows)
    {
        for (var at = 0; at < rows.Count; at++) Take(at, rows[at]);
        Close();
        return _cells;
    }

    private void Take(int at, List<Word> words)
    {
        if (_right.Count > 0 && words.FindIndex(word => Math.Abs(word.BoundingBox.Left - _start) <= StartSlack) is >= 0 and var known && IsApart(words, known))
        {
            if (known > 0 && IsLabelled(words[..known])) Close();
            Put(at, words, known);
        }
        else if (Split(words) is > 0 and var split)
        {
            Close();
            Put(at, words, split);
        }
        else if (_right.Count > 0 && GoesOnAtLeft(words)) _left.Add(new(at, words, _start - GapMin));
        else
        {
            Close();
            _cells.Add(new(at, words, null));
        }
    }

    private void Put(int at, List<Word> words, int split)
    {
        _start = words[split].BoundingBox.Left;
        if (split > 0) _left.Add(new(at, words[..split], _start - GapMin));
        _right.Add(new(at, words[split..], null));
    }

    private void Close()
    {
        _cells.AddRange([.. _left, .. _right]);
        _left.Clear();
        _right.Clear();
    }

    /// <summary>Where a second field begins; 0 where none does.</summary>
    private int Split(List<Word> words)
    {
        for (var at = 1; at < words.Count; at++)
            if (IsApart(words, at) && IsLabelled(words[at..]) && IsLabelled(words[..at])) return at;
        return 0;
    }

    private static bool IsApart(List<Word> words, int at) => at == 0 || words[at].BoundingBox.Left - words[at - 1].BoundingBox.Right > GapMin;

    private bool IsLabelled(IReadOnlyList<Word> words) => PdfOutline.FieldOf(text(words)) is not null;

    /// <summary>The left field's last line had no room for the word with which this one begins.</summary>
    private bool GoesOnAtLeft(List<Word> words) =>
        _left.Count > 0 && words[^1].BoundingBox.Right < _start && !IsLabelled(words) && !PdfOutline.IsHeading(text(words))
        && _start - GapMin - _left[^1].Words[^1].BoundingBox.Right < words[0].BoundingBox.Width;
}
