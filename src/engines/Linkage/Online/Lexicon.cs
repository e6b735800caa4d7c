using System.Globalization;

namespace Homeward.Linkage;

/// <summary>Texts that come again, each once with the value that it stands for: a row names them by number.</summary>
/// <remarks>
/// Filled by one thread, and then only read. Names, towns and days come again and again, and what is met first is mostly what is
/// frequent; once there are so many, a text that is not among them is left to its row.
/// </remarks>
/// <param name="max">So many texts; about 250 bytes each.</param>
internal sealed class Lexicon(LinkageSettings settings, int max = Lexicon.Max)
{
    public const int Max = 1 << 19;

    /// <summary>The part of it that is for fields whose values hardly ever come again; in a small index they have room there, and are as near as the rest.</summary>
    private const int ComeOncePart = 4;

    private readonly Field[] _fields = [.. settings.Fields];
    private readonly bool[] _comeOnce = [.. settings.Fields.Select(field => field.Kind is FieldKind.Email or FieldKind.Phone or FieldKind.ScreenName or FieldKind.Identifier)];

    /// <summary>Those of the fields first, so that a field's number is its place.</summary>
    private readonly List<string> _names = [.. settings.Fields.Select(field => field.Name)];

    private FrozenRows.Cell[] _cells = new FrozenRows.Cell[1024];
    /// <summary>Of each a text, or the texts that one record gives for one field.</summary>
    private object[] _texts = new object[1024];
    private int _count;
    private Dictionary<string, int>[]? _numbers = [.. settings.Fields.Select(_ => new Dictionary<string, int>(StringComparer.Ordinal))];
    private readonly Dictionary<string, int> _ofSeveral = new(StringComparer.Ordinal);

    public int FieldCount => _fields.Length;

    /// <summary>What a number stands for. Its value is null where the text says nothing.</summary>
    public ref readonly FrozenRows.Cell this[int number] => ref _cells[number];

    /// <summary>The name of a field or a source.</summary>
    public string Name(int number) => _names[number];

    public int NumberOfName(string name)
    {
        for (var number = 0; number < _names.Count; number++)
            if (_names[number] == name) return number;
        _names.Add(name);
        return _names.Count - 1;
    }

    /// <param name="field">A place among the fields.</param>
    /// <param name="texts">What one record gives for it.</param>
    /// <returns>-1 for what is left to its row.</returns>
    public int NumberOf(int field, ReadOnlySpan<(string Field, string Text)> texts)
    {
        var numbers = texts.Length == 1 ? _numbers![field] : _ofSeveral;
        var key = texts.Length == 1 ? texts[0].Text : KeyOf(field, texts);
        if (numbers.TryGetValue(key, out var known)) return known;
        if (_count >= (_comeOnce[field] ? max / ComeOncePart : max)) return -1;
        if (_count == _cells.Length)
        {
            Array.Resize(ref _cells, _count * 2);
            Array.Resize(ref _texts, _count * 2);
        }
        var value = Read(field, texts);
        _cells[_count] = new(value);
        _texts[_count] = texts.Length == 1 ? texts[0].Text : texts.ToArray().Select(one => one.Text).ToArray();
        numbers.Add(key, _count);
        return _count++;
    }

    public ReadOnlySpan<string> Texts(int number, ref string room)
    {
        if (_texts[number] is string[] several) return several;
        room = (string)_texts[number];
        return new(ref room);
    }

    /// <summary>The value of what a record gives for a field; null where it says nothing.</summary>
    public Value? Read(int field, ReadOnlySpan<(string Field, string Text)> texts)
    {
        Value? value = null;
        foreach (var (_, text) in texts)
        {
            if (value is not null && !_fields[field].IsSet) break;
            if (ValueReader.Read(_fields[field], text) is { } read) value = RecordReader.Joined(value, read);
        }
        return value;
    }

    /// <summary>The value of a field that comes again in a record after another.</summary>
    public Value Joined(int field, Value before, Value more)
    {
        if (!_fields[field].IsSet) return before;
        foreach (var member in more is SetValue set ? set.Members : [more]) before = RecordReader.Joined(before, member);
        return before;
    }

    /// <summary>Nothing comes any more: what found the numbers is let go.</summary>
    public void Close()
    {
        _numbers = null;
        _ofSeveral.Clear();
        _ofSeveral.TrimExcess();
        Array.Resize(ref _cells, _count);
        Array.Resize(ref _texts, _count);
    }

    // With their lengths: no two lists of texts have one key.
    private static string KeyOf(int field, ReadOnlySpan<(string Field, string Text)> texts)
    {
        var key = new System.Text.StringBuilder();
        key.Append(CultureInfo.InvariantCulture, $"{field}");
        foreach (var (_, text) in texts) key.Append(CultureInfo.InvariantCulture, $" {text.Length}:").Append(text);
        return key.ToString();
    }
}
