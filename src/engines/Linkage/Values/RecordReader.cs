namespace Homeward.Linkage;

/// <summary>Turns records into rows of values. Equal texts of a field share one value while the reader remembers them.</summary>
internal sealed class RecordReader(LinkageSettings settings)
{
    private readonly Field[] _fields = [.. settings.Fields];
    private readonly Dictionary<string, Value?>[] _known =
        [.. settings.Fields.Select(_ => new Dictionary<string, Value?>(StringComparer.Ordinal))];

    /// <summary>Reads without remembering; safe for many threads.</summary>
    public Value?[] Read(LinkRecord record) => Read(record, static (_, field, _, text) => ValueReader.Read(field, text));

    /// <summary>Reads and remembers; one thread at a time.</summary>
    public Value?[] ReadShared(LinkRecord record) => Read(record, static (reader, field, index, text) =>
    {
        ref var value = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
            reader._known[index], text, out var known);
        return known ? value : value = ValueReader.Read(field, text);
    });

    private Value?[] Read(LinkRecord record, Func<RecordReader, Field, int, string, Value?> read)
    {
        var row = new Value?[_fields.Length];
        for (var i = 0; i < row.Length; i++)
        {
            var texts = record[_fields[i].Name];
            if (texts.Count == 0) continue;
            if (!_fields[i].IsSet || texts.Count == 1)
            {
                row[i] = read(this, _fields[i], i, texts[0]);
                continue;
            }
            var members = new List<Value>(texts.Count);
            foreach (var text in texts)
                if (read(this, _fields[i], i, text) is { } member && !members.Exists(other => other.Folded == member.Folded))
                    members.Add(member);
            row[i] = members.Count switch { 0 => null, 1 => members[0], _ => new SetValue([.. members]) };
        }
        return row;
    }
}
