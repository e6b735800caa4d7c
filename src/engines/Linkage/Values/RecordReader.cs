using System.Runtime.InteropServices;

namespace Homeward.Linkage;

/// <summary>Turns records into rows of values. Equal texts of a field share one value while the reader remembers them.</summary>
internal sealed class RecordReader(LinkageSettings settings)
{
    /// <summary>Values remembered at most: an index that lives for years must not keep every text that it ever saw.</summary>
    private const int KnownMax = 1 << 20;

    private readonly Field[] _fields = [.. settings.Fields];

    /// <summary>Fields whose values hardly ever come again: to remember them costs more than to read them.</summary>
    private readonly bool[] _comeOnce = [.. settings.Fields.Select(field => field.Kind is FieldKind.Email or FieldKind.Phone or FieldKind.ScreenName or FieldKind.Identifier)];
    private readonly Dictionary<string, Value?>[] _known =
        [.. settings.Fields.Select(_ => new Dictionary<string, Value?>(StringComparer.Ordinal))];

    /// <summary>Reads without remembering; safe for many threads.</summary>
    public Value?[] Read(LinkRecord record)
    {
        var row = new Value?[_fields.Length];
        Read(record, row, remembers: false);
        return row;
    }

    /// <summary>Reads and remembers; one thread at a time.</summary>
    public Value?[] ReadShared(LinkRecord record)
    {
        var row = new Value?[_fields.Length];
        Read(record, row, remembers: true);
        return row;
    }

    private void Read(LinkRecord record, Value?[] row, bool remembers)
    {
        foreach (var (name, text) in record.Values)
        {
            var place = PlaceOf(name);
            if (place < 0 || (row[place] is not null && !_fields[place].IsSet)) continue;
            if ((remembers && !_comeOnce[place] ? Remembered(place, text) : ValueReader.Read(_fields[place], text)) is { } value) Add(row, place, value);
        }
    }

    private void Add(Value?[] row, int place, Value value)
    {
        if (row[place] is not null && !_fields[place].IsSet) return;
        row[place] = Joined(row[place], value);
    }

    /// <summary>What several values of one field are together.</summary>
    /// <param name="value">No set.</param>
    internal static Value Joined(Value? before, Value value) => before switch
    {
        null => value,
        SetValue set => set.Members.Any(member => member.Folded == value.Folded) ? set : new SetValue([.. set.Members, value]),
        var single => single.Folded == value.Folded ? single : new SetValue([single, value]),
    };

    private int PlaceOf(string name)
    {
        for (var i = 0; i < _fields.Length; i++) if (_fields[i].Name == name) return i;
        return -1;
    }

    private Value? Remembered(int place, string text)
    {
        var known = _known[place];
        if (known.Count >= KnownMax) known.Clear();
        ref var value = ref CollectionsMarshal.GetValueRefOrAddDefault(known, text, out var found);
        return found ? value : value = ValueReader.Read(_fields[place], text);
    }
}
