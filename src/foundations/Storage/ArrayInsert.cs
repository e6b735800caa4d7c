using System.Diagnostics.CodeAnalysis;
using Homeward.Kernel;
using Npgsql;

namespace Homeward.Foundations.Storage;

/// <summary>Writes a few rows to PostgreSQL with one question and one answer: an array for each column, laid side by side.</summary>
/// <remarks>COPY takes the rows faster, but is a talk of two questions, and for a few rows the talk is what costs.</remarks>
internal static class ArrayInsert
{
    private const int RowsMax = 128;
    private const int BytesMax = 1 << 20;

    /// <summary>Whether so many rows are few.</summary>
    public static bool Suits(int rows) => rows is > 0 and <= RowsMax;

    /// <summary>Whether they are small, too.</summary>
    public static bool Suits(IReadOnlyList<object?[]> few) => few.Sum(row => row.Sum(value => value is byte[] bytes ? bytes.LongLength : 0)) <= BytesMax;

    /// <summary>Writes them in order, in the connection's transaction.</summary>
    public static async Task WriteAsync(NpgsqlConnection connection, string table, IReadOnlyList<string> columns, IReadOnlyList<object?[]> rows, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Of(table, columns, rows));
        Ensure.That(await batch.ExecuteHereAsync(cancel) == rows.Count);
    }

    /// <summary>Writes them in order, whenever it is done.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "The text is made of the house's own names.")]
    public static NpgsqlBatchCommand Of(string table, IReadOnlyList<string> columns, IReadOnlyList<object?[]> rows)
    {
        // A column without any value is left out: an array of nothing has no type.
        var filled = Enumerable.Range(0, columns.Count).Where(column => rows.Any(row => row[column] is not null)).ToList();
        var insert = new NpgsqlBatchCommand($"INSERT INTO {table} ({string.Join(", ", filled.Select(column => columns[column]))}) SELECT * FROM unnest({string.Join(", ", filled.Select((_, index) => $"${index + 1}"))})");
        foreach (var column in filled) insert.Parameters.Add(new NpgsqlParameter { Value = Column(rows, column) });
        return insert;
    }

    private static Array Column(IReadOnlyList<object?[]> rows, int column) => rows.First(row => row[column] is not null)[column] switch
    {
        string => Of(rows, column, value => (string?)value),
        int => Of(rows, column, value => (int?)value),
        long => Of(rows, column, value => (long?)value),
        double => Of(rows, column, value => (double?)value),
        bool => Of(rows, column, value => (bool?)value),
        Guid => Of(rows, column, value => (Guid?)value),
        byte[] => Of(rows, column, value => (byte[]?)value),
        DateTimeOffset => Of(rows, column, value => (DateTimeOffset?)value),
        var other => throw new BrokenInvariantException($"a bulk value of {other?.GetType().Name}"),
    };

    private static T[] Of<T>(IReadOnlyList<object?[]> rows, int column, Func<object?, T> read)
    {
        var values = new T[rows.Count];
        for (var row = 0; row < values.Length; row++) values[row] = read(rows[row][column]);
        return values;
    }
}

/// <summary>Keeps the values of rows until all are there.</summary>
internal sealed class KeptRows(int columns) : BulkRow
{
    private readonly List<object?[]> _rows = [];
    private readonly List<object?> _values = new(columns);

    public IReadOnlyList<object?[]> Rows => _rows;

    public void Keep()
    {
        _rows.Add([.. _values]);
        _values.Clear();
    }

    protected override void Null() => _values.Add(null);
    // As the other ways write it: the driver's own encoding would throw at half a pair.
    protected override void Write(string text) => _values.Add(Texts.WellFormed(text));
    protected override void Write(int number) => _values.Add(number);
    protected override void Write(long number) => _values.Add(number);
    protected override void Write(double number) => _values.Add(number);
    protected override void Write(bool flag) => _values.Add(flag);
    protected override void Write(Guid id) => _values.Add(id);
    protected override void Write(DateTimeOffset instant) => _values.Add(instant);
    protected override void Write(byte[] bytes) => _values.Add(bytes);
}
