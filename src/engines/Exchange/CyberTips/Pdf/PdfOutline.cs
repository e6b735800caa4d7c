using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Homeward.Exchange.CyberTips.Pdf;

/// <summary>A label with its value, or a line that has none.</summary>
/// <param name="Label">As printed, without its colon; empty for a line of its own.</param>
internal sealed record PdfEntry(string Label, string Value, int Page, int Line);

/// <summary>What stands under one heading.</summary>
/// <param name="Section">A to D, or empty for the cover.</param>
/// <param name="Index">Which block of this name in its section, from 1.</param>
internal sealed record PdfBlock(string Section, PdfBlockKind Kind, string Heading, int Index, List<PdfEntry> Entries);

internal enum PdfBlockKind { Other, Provider, Incident, Reported, Victim, Recipient, File, Web, Email, Chat, Phone, Gaming }

/// <summary>From lines to headings with their labels and values; a value that wraps is put together again.</summary>
internal static partial class PdfOutline
{
    private const int LabelCharsMax = 70;

    private static readonly (string Words, PdfBlockKind Kind)[] _headings =
    [
        ("reporting electronic service provider", PdfBlockKind.Provider), ("reporting esp", PdfBlockKind.Provider), ("submitter information", PdfBlockKind.Provider),
        ("incident information", PdfBlockKind.Incident), ("suspect", PdfBlockKind.Reported), ("user or person being reported", PdfBlockKind.Reported),
        ("reported person", PdfBlockKind.Reported), ("child victim", PdfBlockKind.Victim), ("victim", PdfBlockKind.Victim),
        ("intended recipient", PdfBlockKind.Recipient), ("recipient", PdfBlockKind.Recipient), ("uploaded file information", PdfBlockKind.File),
        ("uploaded file", PdfBlockKind.File), ("webpage/url", PdfBlockKind.Web), ("web page/url", PdfBlockKind.Web), ("webpage incident", PdfBlockKind.Web),
        ("email incident", PdfBlockKind.Email), ("chat/im", PdfBlockKind.Chat), ("chat/instant message", PdfBlockKind.Chat), ("cell phone", PdfBlockKind.Phone),
        ("online gaming", PdfBlockKind.Gaming), ("geo-lookup", PdfBlockKind.Other), ("explanation of categories", PdfBlockKind.Other),
    ];

    public static IReadOnlyList<PdfBlock> Of(IReadOnlyList<PdfLine> lines)
    {
        var blocks = new List<PdfBlock> { new("", PdfBlockKind.Other, "Cover", 1, []) };
        var counts = new Dictionary<(string Section, string Heading), int>();
        OpenEntry? open = null;
        foreach (var line in lines)
        {
            if (SectionHeading().Match(line.Text) is { Success: true } section)
            {
                Close();
                var title = section.Groups["title"].Value.Trim();
                // A title stands in the path of each entry; what is too long for one stays beside.
                var isTitle = title.Length <= LabelCharsMax;
                Open(section.Groups["letter"].Value, PdfBlockKind.Other, isTitle ? title : "", false);
                if (!isTitle) Keep(line);
            }
            else if (HeadingOf(line.Text) is { } heading)
            {
                Close();
                Open(blocks[^1].Section, heading.Kind, heading.Words, heading.IsContinued);
            }
            else if (LabelOf(line.Text) is { } label && !(open is { } text && PdfLabels.IsText(text.Label) && !PdfLabels.IsKnown(label)))
            {
                Close();
                open = new OpenEntry(label, line);
            }
            else if (open?.GoesOn(line) == true) open.Append(line);
            else
            {
                Close();
                Keep(line);
            }
        }
        Close();
        return blocks;

        void Close()
        {
            if (open is not null) blocks[^1].Entries.Add(open.Done);
            open = null;
        }

        void Keep(PdfLine line) => blocks[^1].Entries.Add(new PdfEntry("", line.Text, line.Page, line.Number));

        void Open(string letter, PdfBlockKind kind, string words, bool isContinued)
        {
            if (isContinued && blocks[^1].Kind == kind && blocks[^1].Section == letter) return;
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, (letter, words), out _);
            blocks.Add(new PdfBlock(letter, kind, words, ++count, []));
        }
    }

    /// <summary>The number in a report's title, wherever it stands; null in any other line.</summary>
    public static string? NumberOfTitle(string text) => Title().Match(text) is { Success: true } title ? title.Groups[1].Value : null;

    /// <summary>What the label asks for with which a line begins; null where none is known.</summary>
    public static PdfField? FieldOf(string text) => LabelOf(text) is { } label ? PdfLabels.Of(label) : null;

    /// <summary>Whether a line opens a section or a block.</summary>
    public static bool IsHeading(string text) => SectionHeading().IsMatch(text) || HeadingOf(text) is not null;

    /// <summary>Whether a second report begins in the print: its number, and then a Section A.</summary>
    /// <remarks>A text may name another report, and a print may hold the same one twice.</remarks>
    public static bool HasSeveral(IReadOnlyList<PdfLine> lines)
    {
        string? first = null;
        var (hasSection, isOther) = (false, false);
        foreach (var line in lines)
        {
            var number = NumberOfTitle(line.Text) ?? (FieldOf(line.Text) == PdfField.ReportNumber ? Number().Match(line.Text).Value : "");
            if (number.Length > 0)
            {
                first ??= number;
                isOther = number != first;
            }
            if (SectionHeading().Match(line.Text) is not { Success: true } section || section.Groups["letter"].Value != "A") continue;
            if (hasSection && isOther) return true;
            hasSection = true;
        }
        return false;
    }

    /// <summary>A label whose value may go on in the next line. Of a value of any length only the end is looked at for that.</summary>
    private sealed partial class OpenEntry(string label, PdfLine first)
    {
        private const int EndChars = 64;

        private readonly StringBuilder _value = new(first.Text[label.Length..].TrimStart(':', ' '));
        private bool _hasSpace = first.Text.AsSpan(label.Length).TrimStart(": ").Contains(' ');
        private readonly PdfLine _first = first;
        private PdfLine _last = first;

        public string Label => label;
        public PdfEntry Done => new(label, _value.ToString().Trim(), _first.Page, _first.Number);

        private string End => _value.ToString(Math.Max(0, _value.Length - EndChars), Math.Min(_value.Length, EndChars));

        /// <summary>A value that has not begun, a text, and what had no more room go on in a line without label.</summary>
        public bool GoesOn(PdfLine line) => _value.Length == 0 || PdfLabels.IsText(label) || _last.WrapsInto(line) || PdfLabels.IsUnfinished(label, End, line.Text);

        public void Append(PdfLine line)
        {
            if (_value.Length > 0 && !IsOneWordWith(line.Text))
            {
                _value.Append(' ');
                _hasSpace = true;
            }
            _value.Append(line.Text);
            _hasSpace |= line.Text.Contains(' ');
            _last = line;
        }

        /// <summary>Broken within a word. A column that is narrower than the page breaks before its lines are full: then what has no space on either side has none between.</summary>
        private bool IsOneWordWith(string next) => PdfLabels.IsOneWord(label)
            && (_last.IsFull || (!_hasSpace && !next.Contains(' ')) || (PdfLabels.IsFileName(label) && BrokenAtHyphen().IsMatch($"{End}\n{next}")));

        /// <summary>Behind a hyphen or before one: "holiday 2019-" and "film.mp4". One with a space beside it parts words.</summary>
        [GeneratedRegex(@"(\w[-_]\n\w|\w\n[-_.]\w)")]
        private static partial Regex BrokenAtHyphen();
    }

    private static (PdfBlockKind Kind, string Words, bool IsContinued)? HeadingOf(string text)
    {
        if (text.Length > LabelCharsMax || text.EndsWith(':')) return null;
        var match = HeadingTail().Match(text);
        var words = text[..match.Index].TrimEnd(' ', '#', '-').ToLowerInvariant();
        foreach (var (known, kind) in _headings)
        {
            // "Geo-Lookup (Suspect)", "Reporting Electronic Service Provider (ESP)".
            if (words == known || (words.StartsWith(known + " (", StringComparison.Ordinal) && words.EndsWith(')')))
                return (kind, char.ToUpperInvariant(known[0]) + known[1..], match.Groups["continued"].Success);
        }
        return null;
    }

    /// <summary>The words before the colon, where they are a label: one that is known, or that looks like one. Some prints leave the colon out.</summary>
    private static string? LabelOf(string text)
    {
        // Questions have no colon.
        var question = text.IndexOf('?', StringComparison.Ordinal);
        if (question > 0 && PdfLabels.IsKnown(text[..(question + 1)])) return text[..(question + 1)];
        if (PdfLabels.WithoutColon(text) is { } plain) return plain;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon is < 2 or > LabelCharsMax) return null;
        var label = text[..colon];
        if (PdfLabels.IsKnown(label)) return label;
        return (colon == text.Length - 1 || text[colon + 1] == ' ') && LooksLikeLabel().IsMatch(label) ? label : null;
    }

    /// <summary>As one line, whatever a letter of it stands for: else a line feed in it would be sought from each of its signs.</summary>
    [GeneratedRegex(@"^Section\s+(?<letter>[A-D])\b[:.\s-]*(?<title>.*)$", RegexOptions.Singleline)]
    private static partial Regex SectionHeading();

    /// <summary>The whole line, but for a note in brackets: a text that names a report goes on.</summary>
    [GeneratedRegex(@"^CyberTipline Report\s*#?:?\s*(\d{5,18})(\s*\([^()]*\))?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Title();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();

    /// <summary>A number and a note that the block goes on from the page before.</summary>
    [GeneratedRegex(@"(\s+#?\d{1,4})?(?<continued>\s*\(cont(inued|\.)?\))?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex HeadingTail();

    [GeneratedRegex(@"^[A-Z][A-Za-z0-9/()'?.,-]*( [A-Za-z0-9/()'?.,-]+){0,9}$")]
    private static partial Regex LooksLikeLabel();
}
