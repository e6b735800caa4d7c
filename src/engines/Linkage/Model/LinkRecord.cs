namespace Homeward.Linkage;

/// <summary>A record as it comes in: an id, a source, and text by field. What is not set is not known.</summary>
/// <param name="Id">Unique in its source; in an <see cref="OnlineIndex"/> unique altogether.</param>
/// <param name="Source">The list or system that it comes from; empty where there is but one.</param>
public sealed record LinkRecord(string Id, string Source = "")
{
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);

    public IReadOnlyList<string> this[string field] => _values.TryGetValue(field, out var texts) ? texts : [];

    /// <summary>Adds a value; empty and blank ones are passed over, for they say nothing.</summary>
    public LinkRecord With(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return this;
        if (!_values.TryGetValue(field, out var texts)) _values[field] = texts = [];
        texts.Add(text.Trim());
        return this;
    }

    public LinkRecord With(string field, IEnumerable<string> texts)
    {
        foreach (var text in texts) With(field, text);
        return this;
    }
}
