using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace Homeward.Linkage;

/// <summary>Reads a flat Parquet file into a data set; numbers, days and truths become their invariant text.</summary>
internal static class ParquetSource
{
    /// <exception cref="LinkageException">The file is missing, is no Parquet, or holds nested columns.</exception>
    public static void Read(Dataset data, string path, string source, CancellationToken cancel)
    {
        try
        {
            // The library is asynchronous only; a linkage is one long computation on a thread of its own.
            ReadAsync(data, path, source, cancel).GetAwaiter().GetResult();
        }
        catch (Exception fault) when (fault is ParquetException or InvalidDataException or IOException
            or UnauthorizedAccessException or NotSupportedException or InvalidOperationException)
        {
            throw new LinkageException($"{path} cannot be read as Parquet: {fault.Message}", fault);
        }
    }

    private static async Task ReadAsync(Dataset data, string path, string source, CancellationToken cancel)
    {
        await using var reader = await ParquetReader.CreateAsync(path, new ParquetOptions(), cancel);
        if (reader.Schema.Fields.FirstOrDefault(field => field is not DataField { IsArray: false }) is { } nested)
            throw new LinkageException($"{path}: column \"{nested.Name}\" is nested. Write flat columns.");
        var fields = reader.Schema.Fields.Cast<DataField>().ToArray();
        var columns = data.Begin(source, [.. fields.Select(field => field.Name.Trim())]);
        for (var group = 0; group < reader.RowGroupCount; group++)
        {
            using var rows = reader.OpenRowGroupReader(group);
            var count = checked((int)rows.RowCount);
            for (var i = 0; i < fields.Length; i++)
            {
                var texts = await TextsAsync(rows, fields[i], count, cancel);
                for (var row = 0; row < count; row++) columns[i].Add(data.RowCount + row, texts[row]);
            }
            for (var row = 0; row < count; row++) data.EndRow();
        }
        data.EndSource();
    }

    private static async Task<string?[]> TextsAsync(ParquetRowGroupReader rows, DataField field, int count, CancellationToken cancel)
    {
        if (field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>))
        {
            var texts = new string?[count];
            await rows.ReadAsync(field, texts.AsMemory(), null, cancel);
            return texts;
        }
        if (field.ClrType == typeof(DateTime))
            return await OfAsync<DateTime>(rows, field, count, day => day.ToString(day.TimeOfDay == default ? "yyyy-MM-dd" : "O", CultureInfo.InvariantCulture), cancel);
        if (field.ClrType == typeof(DateOnly))
            return await OfAsync<DateOnly>(rows, field, count, day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), cancel);
        if (field.ClrType == typeof(bool)) return await OfAsync<bool>(rows, field, count, truth => truth ? "true" : "false", cancel);
        if (field.ClrType == typeof(long)) return await NumberAsync<long>(rows, field, count, cancel);
        if (field.ClrType == typeof(int)) return await NumberAsync<int>(rows, field, count, cancel);
        if (field.ClrType == typeof(short)) return await NumberAsync<short>(rows, field, count, cancel);
        if (field.ClrType == typeof(sbyte)) return await NumberAsync<sbyte>(rows, field, count, cancel);
        if (field.ClrType == typeof(ulong)) return await NumberAsync<ulong>(rows, field, count, cancel);
        if (field.ClrType == typeof(uint)) return await NumberAsync<uint>(rows, field, count, cancel);
        if (field.ClrType == typeof(double)) return await NumberAsync<double>(rows, field, count, cancel);
        if (field.ClrType == typeof(float)) return await NumberAsync<float>(rows, field, count, cancel);
        if (field.ClrType == typeof(decimal)) return await NumberAsync<decimal>(rows, field, count, cancel);
        throw new LinkageException($"Column \"{field.Name}\" holds {field.ClrType.Name}, which cannot be compared. Leave it out, or write it as text.");
    }

    private static Task<string?[]> NumberAsync<T>(ParquetRowGroupReader rows, DataField field, int count, CancellationToken cancel)
        where T : struct, IFormattable =>
        OfAsync<T>(rows, field, count, static number => number.ToString(null, CultureInfo.InvariantCulture), cancel);

    private static async Task<string?[]> OfAsync<T>(
        ParquetRowGroupReader rows, DataField field, int count, Func<T, string> text, CancellationToken cancel) where T : struct
    {
        if (field.IsNullable)
        {
            var values = new T?[count];
            await rows.ReadAsync<T>(field, values.AsMemory(), null, cancel);
            return [.. values.Select(value => value is { } known ? text(known) : null)];
        }
        var sure = new T[count];
        await rows.ReadAsync<T>(field, sure.AsMemory(), null, cancel);
        return [.. sure.Select(text)];
    }
}
