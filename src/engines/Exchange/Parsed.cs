using System.Diagnostics.CodeAnalysis;
using Homeward.Kernel;

namespace Homeward.Exchange;

/// <summary>What a reader answers: the record, or every fault that it found. Readers do not throw on bad input.</summary>
public readonly struct Parsed<T> where T : class
{
    private readonly T? _value;
    private readonly IReadOnlyList<Rejection>? _rejections;
    private readonly IReadOnlyList<string>? _unread;

    private Parsed(T? value, IReadOnlyList<Rejection>? rejections, IReadOnlyList<string>? unread = null) =>
        (_value, _rejections, _unread) = (value, rejections, unread);

    /// <summary>True when there is a record.</summary>
    public bool IsTaken => _value is not null;

    /// <summary>The faults, in the order in which they stand in the original; empty when the record was taken.</summary>
    public IReadOnlyList<Rejection> Rejections => _rejections ?? [];

    /// <summary>Names of what stands in a taken record and is read by nobody, each once: <c>child.nickname</c>, <c>names[].nick</c>, a column of a table.</summary>
    public IReadOnlyList<string> Unread => _unread ?? [];

    /// <exception cref="BrokenInvariantException">Asked of a rejected record.</exception>
    public T Value
    {
        get
        {
            Ensure.That(_value is not null);
            return _value;
        }
    }

    public bool TryGet([NotNullWhen(true)] out T? value, out IReadOnlyList<Rejection> rejections)
    {
        (value, rejections) = (_value, Rejections);
        return value is not null;
    }

    internal static Parsed<T> Taken(T value, IReadOnlyList<string>? unread = null) => new(value, null, unread);

    internal static Parsed<T> Rejected(IReadOnlyList<Rejection> rejections)
    {
        Ensure.That(rejections.Count > 0);
        return new(null, rejections);
    }

    internal static Parsed<T> Rejected(Rejection rejection) => new(null, [rejection]);
}

/// <summary>One record of a file of many: where it stood, and what became of it.</summary>
/// <param name="Line">Line of the file, from 1, on which the record begins.</param>
public readonly record struct ReadRow<T>(int Line, Parsed<T> Outcome) where T : class;
