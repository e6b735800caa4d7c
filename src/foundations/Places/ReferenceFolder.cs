using System.Globalization;
using Sylvan.Data.Csv;

namespace Homeward.Foundations.Places;

/// <summary>The folder of reference data that the product carries (data/SOURCES.md says where each file is from).</summary>
internal sealed class ReferenceFolder(string path)
{
    private readonly HashSet<string> _shared = new(StringComparer.Ordinal);

    /// <summary>One string for a text that comes in thousands of rows: a state, a type, a basis.</summary>
    public string Shared(ReadOnlySpan<char> text)
    {
        // Parts may load on several threads at once.
        lock (_shared)
        {
            var lookup = _shared.GetAlternateLookup<ReadOnlySpan<char>>();
            if (lookup.TryGetValue(text, out var known)) return known;
            var added = text.ToString();
            _shared.Add(added);
            return added;
        }
    }

    public string PathOf(string file)
    {
        var full = Path.Combine(path, file);
        return File.Exists(full)
            ? full
            : throw new FileNotFoundException(
                $"Reference file '{file}' is missing: the folder data/ must stand beside the program; sought at {path}", full);
    }

    /// <summary>The rows of a file in their order. The reader is the row: read it before taking the next.</summary>
    public IEnumerable<CsvDataReader> Rows(string file)
    {
        var options = new CsvDataReaderOptions { Culture = CultureInfo.InvariantCulture };
        using var reader = CsvDataReader.Create(PathOf(file), options);
        while (reader.Read()) yield return reader;
    }
}

/// <summary>How a field of a reference file is read. Malformed data is a broken build, hence exceptions.</summary>
internal static class ReferenceRow
{
    public static string? TextOrNull(this CsvDataReader row, int at) =>
        row.GetFieldSpan(at).IsEmpty ? null : row.GetString(at);

    public static string[] Words(this CsvDataReader row, int at) =>
        row.GetString(at).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public static DateOnly? Day(this CsvDataReader row, int at) => row.GetFieldSpan(at) is { IsEmpty: false } text
        ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture)
        : null;

    public static int? Count(this CsvDataReader row, int at) => row.GetFieldSpan(at) is { IsEmpty: false } text
        ? int.Parse(text, CultureInfo.InvariantCulture)
        : null;

    public static double? Number(this CsvDataReader row, int at) => row.GetFieldSpan(at) is { IsEmpty: false } text
        ? double.Parse(text, CultureInfo.InvariantCulture)
        : null;

    /// <summary>Latitude and longitude from two fields side by side.</summary>
    public static GeoPoint? Point(this CsvDataReader row, int at) =>
        row.Number(at) is { } north && row.Number(at + 1) is { } east ? new GeoPoint(north, east) : null;

    public static List<T> GetOrAdd<TKey, T>(this Dictionary<TKey, List<T>> lists, TKey key) where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list)) lists.Add(key, list = []);
        return list;
    }
}
