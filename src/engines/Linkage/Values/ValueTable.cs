using System.Runtime.InteropServices;
using System.Text;

namespace Homeward.Linkage;

/// <summary>The values of one field, each once: texts that fold alike are one value. Number 0 is "not known".</summary>
/// <remarks>
/// Values as objects would be a gibibyte for every ten million; here each is a record of 32 bytes and its folded
/// letters. The object is made again from its text when an explanation, or a rare likeness, asks for it.
/// </remarks>
internal sealed unsafe class ValueTable
{
    /// <summary>Values kept as objects once they were asked for, where the table is no longer than this.</summary>
    private const int KeptMax = 1 << 22;
    /// <summary>Between the values of a set, such as aliases, in one text; a semicolon is read as well.</summary>
    public const char SetSeparator = '|';

    /// <summary>As if so many more rows had other values: in a list of four a name that stands twice is not thereby common.</summary>
    private const double UnseenRows = 20;
    private const int TextsPerPiece = 1 << 13;

    /// <summary>Texts are looked for so many ahead: about as long as memory takes to answer.</summary>
    private const int Ahead = 8;

    private readonly Field _field;
    private readonly IReadOnlyList<string> _texts;
    private readonly TextTable _folded;
    private ValueRecord[] _memory = [];
    private ValueRecord* _records;
    private int _room;
    private readonly List<int> _firstTexts;
    private readonly List<int> _rowCounts;
    private readonly List<double>? _shares;
    private readonly FormTable[] _forms;
    private readonly Value?[]? _kept;
    private readonly double _knownRows;
    private readonly float[] _shareBits = [];
    private readonly ulong[] _digits = [];
    private readonly uint[] _users = [];

    /// <summary>Hashes of one form of each value; 0 where there is none, and where there are several.</summary>
    public sealed class FormTable(KeyForm form)
    {
        public KeyForm Form => form;
        public List<ulong> One { get; } = [0];
        public Dictionary<int, ulong[]> Several { get; } = [];
    }

    /// <summary>The members of the values that are sets, and the texts of values that first came within one.</summary>
    private readonly Dictionary<int, int[]> _members = [];
    private readonly Dictionary<int, string> _memberTexts = [];

    /// <summary>A text that was read by <see cref="PlainText"/>.</summary>
    private readonly record struct Plain(bool IsPlain, int Length, uint Hash, ValueRecord Record);

    private readonly record struct Read(string Text, ValueRecord Record, string Folded, double Share, ulong[] Forms, Read[]? Members = null);

    /// <param name="forms">The forms that blocking rules ask for, beside the value itself.</param>
    /// <param name="weighsShares">True when some level weighs by frequency.</param>
    public ValueTable(DataColumn column, Field field, IEnumerable<KeyForm> forms, bool weighsShares)
    {
        (_field, _texts, _forms) = (field, column.Texts, [.. forms.Distinct().Select(form => new FormTable(form))]);
        if (field.Frequency != FrequencySource.Records) _shares = [double.NaN];
        var counts = column.Count();
        NumberOfText = new int[counts.Length];
        // No more values than texts, but for the members of sets: room for all at once, for growing would copy them again and again.
        (_folded, _firstTexts, _rowCounts) = (new(counts.Length), new(counts.Length) { 0 }, new(counts.Length) { 0 });
        MakeRoom(counts.Length);
        _records[Count++] = default;
        var (texts, batch) = (column.Table, TextsPerPiece * Math.Max(2, Environment.ProcessorCount));
        var (reads, plain, letters) = (new Read?[batch], new Plain[batch], new byte[batch * PlainText.LettersMax]);
        for (var from = 1; from < counts.Length; from += batch)
        {
            var count = Math.Min(batch, counts.Length - from);
            var start = from;
            Parallel.For(0, (count + TextsPerPiece - 1) / TextsPerPiece, Cores.All, piece =>
            {
                for (var i = piece * TextsPerPiece; i < Math.Min(count, (piece + 1) * TextsPerPiece); i++)
                {
                    if (!TryPlain(texts.Bytes(start + i), letters.AsSpan(i * PlainText.LettersMax, PlainText.LettersMax), out plain[i])) reads[i] = ReadText(texts[start + i]);
                }
            });
            for (var i = 0; i < count; i++)
            {
                var (text, rows) = (from + i, counts[from + i]);
                if (plain[i].IsPlain)
                {
                    if (i + Ahead < count) _folded.PrefetchSlot(plain[i + Ahead].Hash);
                    if (plain[i].Length == 0) continue;
                    NumberOfText[text] = Add(plain[i], letters.AsSpan(i * PlainText.LettersMax, plain[i].Length), text, rows);
                }
                else
                {
                    if (reads[i] is not { } read) continue;
                    NumberOfText[text] = Add(read, text, rows);
                }
                _knownRows += rows;
            }
        }
        _folded.Close();
        HasDoubtful = Any(static record => record.IsDoubtful);
        if (Any(static record => record.HasDigits)) _digits = Each(static record => record.HasDigits && !record.IsOdd ? record.Head : 0);
        if (field.Kind == FieldKind.Email) _users = Each(static record => record.FormalBag);
        _kept = Count <= KeptMax ? new Value?[Count] : null;
        if (!weighsShares) return;
        _shareBits = GC.AllocateUninitializedArray<float>(Count);
        for (var number = 0; number < Count; number++) _shareBits[number] = (float)Math.Log2(Share(number));
    }

    /// <summary>The value of each text of the column.</summary>
    public int[] NumberOfText { get; private set; }

    public int Count { get; private set; }

    /// <summary>True where some value is not the same as itself: a date known in part.</summary>
    public bool HasDoubtful { get; }

    /// <summary>True where some value is a set: two that differ may share a member and so be the same.</summary>
    public bool HasSets => _members.Count > 0;

    /// <summary>The record of a value.</summary>
    public ref readonly ValueRecord this[int number] => ref _records[number];

    /// <summary>The digits of a date that has eight, else 0: a quarter of the record, and all that most comparisons of dates look at.</summary>
    public ulong Digits(int number) => number < _digits.Length ? _digits[number] : 0;

    /// <summary>Of an e-mail address a hash of what stands before the @: an eighth of the record, and enough to tell most apart.</summary>
    public uint User(int number) => _users[number];

    /// <summary>True where <see cref="User"/> may be asked: two that differ in it are not of one user.</summary>
    public bool HasUsers => _users.Length > 0 && !HasSets;

    /// <summary>Asks for a record's memory ahead of its use.</summary>
    public void Prefetch(int number)
    {
        if (System.Runtime.Intrinsics.X86.Sse.IsSupported) System.Runtime.Intrinsics.X86.Sse.Prefetch0(_records + number);
    }

    /// <summary>The folded letters of a plain value.</summary>
    public ReadOnlySpan<byte> Letters(in ValueRecord record) => _folded.At(record.Letters);

    public FormTable this[KeyForm form] => Array.Find(_forms, table => table.Form == form)!;

    /// <summary>The share of rows or people with a value; NaN where nothing tells.</summary>
    public double Share(int number) => 
        number == 0 || _members.ContainsKey(number) ? double.NaN : _shares is null ? _rowCounts[number] / (_knownRows + UnseenRows) : _shares[number];

    /// <summary>The binary logarithm of the share, near enough to tell what is not worth a closer look; NaN where nothing tells.</summary>
    public float ShareBits(int number) => _shareBits[number];

    /// <summary>The value itself; null for number 0.</summary>
    public Value? ValueOf(int number)
    {
        if (number == 0) return null;
        if (_kept is not null && Volatile.Read(ref _kept[number]) is { } kept) return kept;
        var value = _members.TryGetValue(number, out var members)
            ? new SetValue([.. members.Select(member => ValueOf(member)!)])
            : ValueReader.Read(_field, _memberTexts.GetValueOrDefault(number) ?? _texts[_firstTexts[number]])!;
        value.RowCount = _rowCounts[number];
        value.Share = Share(number);
        return _kept is null ? value : Interlocked.CompareExchange(ref _kept[number], value, null) ?? value;
    }

    /// <summary>The numbers have been taken over: gives back what they took.</summary>
    public void ForgetTexts() => NumberOfText = [];

    private bool TryPlain(ReadOnlySpan<byte> text, Span<byte> letters, out Plain plain)
    {
        // Forms for blocking rules are made of the value itself.
        plain = default;
        if (_forms.Length > 0 || (_field.IsSet && text.IndexOfAny((byte)SetSeparator, (byte)';') >= 0)) return false;
        if (!PlainText.TryRead(_field, text, letters, out var length, out var record)) return false;
        plain = new(true, length, TextTable.Hash(letters[..length]), record);
        return true;
    }

    private Read? ReadText(string text)
    {
        if (!_field.IsSet || text.AsSpan().IndexOfAny(SetSeparator, ';') < 0) return ReadOne(text);
        var members = new List<(Value Value, Read Read)>();
        foreach (var part in text.Split([SetSeparator, ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (ValueReader.Read(_field, part) is { } value && !members.Exists(member => member.Value.Folded == value.Folded)) members.Add((value, Of(part, value)));
        if (members.Count == 0) return null;
        return members.Count == 1
            ? members[0].Read
            : Of(text, new SetValue([.. members.Select(member => member.Value)])) with { Members = [.. members.Select(member => member.Read)] };
    }

    private Read? ReadOne(string text) => ValueReader.Read(_field, text) is { } value ? Of(text, value) : null;

    private Read Of(string text, Value value)
    {
        if (_forms.Length == 0) return new(text, new(value), value.Folded, value.Share, []);
        Span<ulong> hashes = stackalloc ulong[Keys.PerRuleMax];
        // For each form how many there are, and then these.
        var forms = new List<ulong>(_forms.Length * 2);
        foreach (var table in _forms)
        {
            var count = Keys.FormsOf(table.Form, value, hashes);
            forms.Add((ulong)count);
            foreach (var hash in hashes[..count]) forms.Add(hash);
        }
        return new(text, new(value), value.Folded, value.Share, [.. forms]);
    }

    private int Add(in Plain plain, ReadOnlySpan<byte> folded, int text, int rows)
    {
        var number = _folded.Add(folded, plain.Hash);
        if (number < Count)
        {
            _rowCounts[number] += rows;
            return number;
        }
        Add(new ValueRecord(plain.Record, _folded.StartOf(number)));
        _firstTexts.Add(text);
        _rowCounts.Add(rows);
        return number;
    }

    private int Add(in Read read, int text, int rows)
    {
        foreach (var member in read.Members ?? []) Add(member, text, rows);
        // Sets of values fold to nothing: their text is all they have.
        var number = read.Folded.Length == 0 ? _folded.Add($"\0{read.Text}") : _folded.Add(read.Folded);
        if (number < Count)
        {
            _rowCounts[number] += rows;
            return number;
        }
        Add(new ValueRecord(read.Record, _folded.StartOf(number)));
        _firstTexts.Add(text);
        if (read.Members is { } members) _members[number] = [.. members.Select(member => _folded.Add(member.Folded))];
        else if (_field.IsSet && read.Text != _texts[text]) _memberTexts[number] = read.Text;
        _rowCounts.Add(rows);
        _shares?.Add(read.Share);
        var at = 0;
        foreach (var table in _forms)
        {
            var count = (int)read.Forms[at++];
            table.One.Add(count == 1 ? read.Forms[at] : 0);
            if (count > 1) table.Several[number] = read.Forms[at..(at + count)];
            at += count;
        }
        return number;
    }

    private void Add(ValueRecord record)
    {
        if (Count == _room) MakeRoom(_room * 2);
        _records[Count++] = record;
    }

    /// <summary>Whole records to a cache line, at a place that the collector leaves alone.</summary>
    private void MakeRoom(int records)
    {
        var memory = GC.AllocateUninitializedArray<ValueRecord>(records + 1, pinned: true);
        var address = (nint)Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0);
        LargePages.AskFor((void*)address, (long)memory.Length * sizeof(ValueRecord));
        var start = (ValueRecord*)((address + sizeof(ValueRecord) - 1) / sizeof(ValueRecord) * sizeof(ValueRecord));
        new ReadOnlySpan<ValueRecord>(_records, Count).CopyTo(new(start, records));
        (_memory, _room) = (memory, records);
        _records = start;
    }

    private bool Any(Func<ValueRecord, bool> holds)
    {
        for (var number = 0; number < Count; number++)
            if (holds(_records[number])) return true;
        return false;
    }

    private T[] Each<T>(Func<ValueRecord, T> what)
    {
        var each = GC.AllocateUninitializedArray<T>(Count);
        for (var number = 0; number < Count; number++) each[number] = what(_records[number]);
        return each;
    }
}
