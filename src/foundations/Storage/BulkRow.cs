using Homeward.Kernel;

namespace Homeward.Foundations.Storage;

/// <summary>The row that is being written: its values are put one after another, in the order of the table's columns.</summary>
public abstract class BulkRow
{
    private int _put;

    public BulkRow Put(string? value)
    {
        _put++;
        if (value is null) Null();
        else Write(value);
        return this;
    }

    public BulkRow Put(int? value)
    {
        _put++;
        if (value is { } number) Write(number);
        else Null();
        return this;
    }

    public BulkRow Put(long? value)
    {
        _put++;
        if (value is { } number) Write(number);
        else Null();
        return this;
    }

    public BulkRow Put(double? value)
    {
        _put++;
        if (value is { } number) Write(number);
        else Null();
        return this;
    }

    public BulkRow Put(bool? value)
    {
        _put++;
        if (value is { } flag) Write(flag);
        else Null();
        return this;
    }

    public BulkRow Put(Guid? value)
    {
        _put++;
        if (value is { } id) Write(id);
        else Null();
        return this;
    }

    public BulkRow Put(DateTimeOffset? value)
    {
        _put++;
        if (value is { } instant) Write(Instants.Truncate(instant).ToUniversalTime());
        else Null();
        return this;
    }

    public BulkRow Put(byte[]? value)
    {
        _put++;
        if (value is null) Null();
        else Write(value);
        return this;
    }

    /// <summary>Of any kind that a column has.</summary>
    public BulkRow PutAny(object? value) => value switch
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

    /// <summary>The row is whole; what is put next belongs to the next one.</summary>
    internal void End(int columns)
    {
        Ensure.That(_put == columns);
        _put = 0;
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
