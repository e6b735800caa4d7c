using System.Diagnostics.CodeAnalysis;

namespace Homeward.Kernel;

/// <summary>Why a request was refused, in words that help the person who made it.</summary>
/// <param name="Code">Stable, kebab-case, for programs and tests: <c>needs-second-reader</c>.</param>
/// <param name="What">What is wrong, as a sentence.</param>
/// <param name="Mend">What to do about it, as a sentence; empty where nothing can be done.</param>
/// <param name="Kind">Which family of refusal, so that the edge can answer with the right status.</param>
/// <param name="Details">More, by name, such as both texts of a conflict.</param>
public sealed record Problem(
    string Code, string What, string Mend = "", ProblemKind Kind = ProblemKind.Refused,
    IReadOnlyDictionary<string, string>? Details = null)
{
    /// <summary>What is wrong with single fields, by their names in the request, <c>child.born</c>: a form says it beside them.</summary>
    public IReadOnlyDictionary<string, string>? Fields { get; init; }

    public static Problem Of(string code, string what, string mend = "") => new(code, what, mend);
    public static Problem Missing(string what) => new("not-found", what, Kind: ProblemKind.NotFound);
    public static Problem Forbidden(string what) => new("not-permitted", what, Kind: ProblemKind.Forbidden);
    public static Problem Invalid(string code, string what, string mend) => new(code, what, mend, ProblemKind.Invalid);
    public static Problem Conflict(string code, string what, string mend) => new(code, what, mend, ProblemKind.Conflict);

    /// <summary>The same, and what is wrong is wrong with one field.</summary>
    public Problem Beside(string field) => this with { Fields = new Dictionary<string, string> { [field] = What } };

    public override string ToString() => Mend.Length == 0 ? $"{Code}: {What}" : $"{Code}: {What} {Mend}";
}

/// <summary>The families of refusal: 422, 404, 403, 400, 409 and 503 at the edge.</summary>
public enum ProblemKind { Refused, NotFound, Forbidden, Invalid, Conflict, Unavailable }

/// <summary>What a use case answers: the value, or why not. Exceptions are for what should not be.</summary>
public readonly struct Result<T> : IEquatable<Result<T>>
{
    private readonly T? _value;
    private readonly Problem? _problem;
    private readonly bool _set;

    private Result(T? value, Problem? problem) => (_value, _problem, _set) = (value, problem, true);

    public bool IsDone => _set && _problem is null;
    public T Value
    {
        get
        {
            Ensure.That(IsDone);
            return _value!;
        }
    }

    public Problem Problem
    {
        get
        {
            Ensure.That(_problem is not null);
            return _problem;
        }
    }

    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out Problem? problem)
    {
        Ensure.That(_set);
        (value, problem) = (_value, _problem);
        return _problem is null;
    }

    public static implicit operator Result<T>(T value) => new(value, null);
    public static implicit operator Result<T>(Problem problem) => new(default, problem);
    public bool Equals(Result<T> other) =>
        Equals(_problem, other._problem) && EqualityComparer<T>.Default.Equals(_value, other._value);
    public override bool Equals(object? obj) => obj is Result<T> other && Equals(other);
    public override int GetHashCode() => HashCode.Combine(_value, _problem);
    public static bool operator ==(Result<T> left, Result<T> right) => left.Equals(right);
    public static bool operator !=(Result<T> left, Result<T> right) => !left.Equals(right);
    public override string ToString() => _problem?.ToString() ?? $"{_value}";
}

/// <summary>A use case that has nothing to tell but that it is done.</summary>
public readonly record struct Done
{
    public static readonly Done Value;
}
