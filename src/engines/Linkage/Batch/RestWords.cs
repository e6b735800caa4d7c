using Homeward.Kernel;

namespace Homeward.Linkage;

/// <summary>The words of one rest of rules: for each row one, or several where a value has several forms.</summary>
/// <remarks>
/// A word is the upper half of a hash: two rests that differ may share one, and then a pair more is compared. The
/// first word of a row lies in the row itself; only where some row has several are all of them kept here.
/// </remarks>
internal sealed class RestWords
{
    private const int RowsPerPiece = 1 << 15;

    private readonly (ValueTable.FormTable[] Tables, int[] Fields)[] _parts;
    private int[]? _starts;
    private uint[] _words = [];

    public RestWords(KeyPart[] rest, LinkageSettings settings, ValueTable[] values) => _parts =
        [.. rest.Select(part => (part.Fields.Select(field => values[settings.IndexOf(field)][part.Form]).ToArray(), part.Fields.Select(settings.IndexOf).ToArray()))];

    /// <summary>True when some row has several words.</summary>
    public bool HasSeveral => _starts is not null;

    /// <summary>True when some row may have several words.</summary>
    public bool MayHaveSeveral => Array.Exists(_parts, part => part.Tables.Length > 1 || part.Tables[0].Several.Count > 0);

    /// <summary>A bit for a word: rows whose words have no bit in common have no word in common.</summary>
    public static int BagOf(uint word) => 1 << (int)(word >> 27);

    /// <summary>Makes the words of all rows and writes the first of each into its row, and the bag of all where there is a place for it.</summary>
    /// <param name="bagPlace">Below 0 where no row has several.</param>
    public void Fill(RowTable rows, int place, int bagPlace)
    {
        var pieces = new (int[] Counts, List<uint> Words)[(rows.RowCount + RowsPerPiece - 1) / RowsPerPiece];
        Parallel.For(0, pieces.Length, Cores.All, piece =>
        {
            var (start, end) = (piece * RowsPerPiece, Math.Min(rows.RowCount, (piece + 1) * RowsPerPiece));
            var (counts, words, found) = (new int[end - start], new List<uint>(), new List<ulong>());
            var hasSeveral = false;
            for (var row = start; row < end; row++)
            {
                var numbers = rows.Numbers(row);
                var before = words.Count;
                if (One(numbers) is not 0 and var one) words.Add(one);
                else Several(numbers, found, words);
                counts[row - start] = words.Count - before;
                hasSeveral |= words.Count - before > 1;
                if (words.Count > before) rows.SetWord(row, place, words[before]);
                if (bagPlace < 0) continue;
                var bag = 0;
                for (var i = before; i < words.Count; i++) bag |= BagOf(words[i]);
                rows.SetWord(row, bagPlace, (uint)bag);
            }
            // Without counts each row has its one word, or none.
            pieces[piece] = (hasSeveral ? counts : [], words);
        });
        if (!Array.TrueForAll(pieces, piece => piece.Counts.Length == 0)) Keep(pieces, rows, place);
    }

    /// <summary>All words of a row, ascending.</summary>
    /// <param name="first">The word that lies in the row.</param>
    public ReadOnlySpan<uint> Of(int row, ref readonly int first) =>
        _starts is { } starts ? _words.AsSpan(starts[row], starts[row + 1] - starts[row])
        : first == 0 ? []
        : System.Runtime.InteropServices.MemoryMarshal.Cast<int, uint>(new ReadOnlySpan<int>(in first));

    private void Keep((int[] Counts, List<uint> Words)[] pieces, RowTable rows, int place)
    {
        _starts = new int[rows.RowCount + 1];
        _words = new uint[pieces.Sum(piece => piece.Words.Count)];
        var at = 0;
        for (var piece = 0; piece < pieces.Length; piece++)
        {
            pieces[piece].Words.CopyTo(_words, at);
            var (start, end) = (piece * RowsPerPiece, Math.Min(rows.RowCount, (piece + 1) * RowsPerPiece));
            for (var row = start; row < end; row++)
                _starts[row + 1] = at += pieces[piece].Counts is { Length: > 0 } counts ? counts[row - start] : rows.Word(row, place) == 0 ? 0 : 1;
        }
    }

    /// <returns>The word where each part is one field with one form, which is usual; else 0.</returns>
    private uint One(ReadOnlySpan<int> numbers)
    {
        var hash = 1UL;
        foreach (var (tables, fields) in _parts)
        {
            if (tables.Length != 1 || tables[0].One[numbers[fields[0]]] == 0) return 0;
            hash = StableHash.Mix(hash ^ tables[0].One[numbers[fields[0]]]);
        }
        return Word(hash);
    }

    /// <summary>Every choice of one form for each part, each once and ascending; none where a part has no form.</summary>
    private void Several(ReadOnlySpan<int> numbers, List<ulong> found, List<uint> words)
    {
        found.Clear();
        found.Add(1);
        Span<ulong> forms = stackalloc ulong[Keys.PerRuleMax];
        foreach (var (tables, fields) in _parts)
        {
            var count = 0;
            for (var i = 0; i < tables.Length; i++)
            {
                var number = numbers[fields[i]];
                if (tables[i].One[number] is not 0 and var one) Add(one, forms, ref count);
                else if (tables[i].Several.TryGetValue(number, out var several)) foreach (var form in several) Add(form, forms, ref count);
            }
            if (count == 0) return;
            var prefixes = found.Count;
            for (var form = 1; form < count; form++)
                for (var i = 0; i < prefixes && found.Count < Keys.PerRuleMax; i++) found.Add(StableHash.Mix(found[i] ^ forms[form]));
            for (var i = 0; i < prefixes; i++) found[i] = StableHash.Mix(found[i] ^ forms[0]);
        }
        var start = words.Count;
        foreach (var hash in found) words.Add(Word(hash));
        var added = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(words)[start..];
        added.Sort();
        var kept = 0;
        for (var i = 0; i < added.Length; i++) if (i == 0 || added[i] != added[i - 1]) added[kept++] = added[i];
        words.RemoveRange(start + kept, added.Length - kept);

        static void Add(ulong form, Span<ulong> forms, ref int count)
        {
            if (count < forms.Length && !forms[..count].Contains(form)) forms[count++] = form;
        }
    }

    /// <summary>The upper half of the hash; 0 is kept for "none".</summary>
    private static uint Word(ulong hash) => Math.Max(1, (uint)(hash >> 32));
}
