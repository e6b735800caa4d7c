using System.Diagnostics.CodeAnalysis;
using Homeward.Kernel;

namespace Homeward.Foundations.Storage;

/// <summary>The row that is being written: its values are put one after another, in the order of the table's columns.</summary>
public abstract class BulkRow
{
    private int _put;

    public BulkRow Put(string? value)
    {
        if (IsStated(value)) Write(value);
        return this;
    }

    public BulkRow Put(int? value)
    {
        if (IsStated(value)) Write(value.Value);
        return this;
    }

    public BulkRow Put(long? value)
    {
        if (IsStated(value)) Write(value.Value);
        return this;
    }

    public BulkRow Put(double? value)
    {
        if (IsStated(value)) Write(value.Value);
        return this;
    }

    public BulkRow Put(bool? value)
    {
        if (IsStated(value)) Write(value.Value);
        return this;
    }

    public BulkRow Put(Guid? value)
    {
        if (IsStated(value)) Write(value.Value);
        return this;
    }

    public BulkRow Put(DateTimeOffset? value)
    {
        if (IsStated(value)) Write(Instants.Truncate(value.Value).ToUniversalTime());
        return this;
    }

    public BulkRow Put(byte[]? value)
    {
        if (IsStated(value)) Write(value);
        return this;
    }

    /// <summary>Values of any kind that a column has.</summary>
    public void PutAll(object?[] values)
    {
        foreach (var value in values)
        {
            _ = value switch
            {
                null => Put((string?)null),
                string text => Put(text),
                int number => Put(number),
                long number => Put(number),
                double number => Put(number),
                bool flag => Put(flag),
                Guid id => Put(id),
                DateTimeOffset instant => Put(instant),
                byte[] bytes => Put(bytes),
                _ => throw new BrokenInvariantException($"a bulk value of {value.GetType().Name}"),
            };
        }
    }

    /// <summary>The row is whole; what is put next belongs to the next one.</summary>
    internal void End(int columns)
    {
        Ensure.That(_put == columns);
        _put = 0;
    }

    /// <summary>Counts a value; of one that is not stated this is all.</summary>
    private bool IsStated<T>([NotNullWhen(true)] T? value)
    {
        _put++;
        if (value is not null) return true;
        Null();
        return false;
    }

    protected abstract void Null();
    protected abstract void Write(string text);
    protected abstract void Write(int number);
    protected abstract void Write(long number);
    protected abstract void Write(double number);
    protected abstract void Write(bool flag);
    protected abstract void Write(Guid id);
    /// <param name="instant">In whole microseconds, UTC.</param>
    protected abstract void Write(DateTimeOffset instant);
    protected abstract void Write(byte[] bytes);
}
