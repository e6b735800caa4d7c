namespace Homeward.Linkage;

/// <summary>A record as it comes in: an id, a source, and text by field. What is not set is not known.</summary>
/// <param name="Id">Unique in its source; in an <see cref="OnlineIndex"/> unique altogether.</param>
/// <param name="Source">The list or system that it comes from; empty where there is but one.</param>
public sealed record LinkRecord(string Id, string Source = "")
{
    // A lean array that is replaced, never changed: a copy made by "with" keeps what it had.
    private (string Field, string Text)[] _values = [];

    /// <summary>The values of a field; none where it is not known.</summary>
    public IReadOnlyList<string> this[string field]
    {
        get
        {
            var count = 0;
            foreach (var value in _values) if (value.Field == field) count++;
            if (count == 0) return [];
            var texts = new string[count];
            for (var index = _values.Length - 1; count > 0; index--) if (_values[index].Field == field) texts[--count] = _values[index].Text;
            return texts;
        }
    }

    internal ReadOnlySpan<(string Field, string Text)> Values => _values;

    /// <summary>A record whose values are already as <see cref="With(string, string?)"/> would leave them.</summary>
    internal static LinkRecord Of(string id, string source, (string Field, string Text)[] values) => new(id, source) { _values = values };

    /// <summary>Adds a value to this record; empty and blank ones are passed over, for they say nothing.</summary>
    public LinkRecord With(string field, string? text)
    {
        if (!string.IsNullOrWhiteSpace(text)) _values = [.. _values, (field, text.Trim())];
        return this;
    }

    /// <summary>Adds several values to this record.</summary>
    public LinkRecord With(string field, IEnumerable<string> texts)
    {
        foreach (var text in texts) With(field, text);
        return this;
    }

    /// <summary>Two records are equal when id, source and all values are.</summary>
    public bool Equals(LinkRecord? other) =>
        other is not null && Id == other.Id && Source == other.Source && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => HashCode.Combine(Id, Source, _values.Length);
}
