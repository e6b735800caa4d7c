namespace Homeward.Linkage;

/// <summary>One thing that is wrong.</summary>
/// <param name="Where">The key, column, file or line: <c>comparisons[2].levels[0].m</c>.</param>
/// <param name="What">What is wrong there.</param>
/// <param name="Mend">How to mend it; empty where nothing can be said.</param>
public sealed record LinkageFault(string Where, string What, string Mend = "")
{
    public override string ToString() => Mend.Length == 0 ? $"{Where}: {What}" : $"{Where}: {What} {Mend}";
}

/// <summary>Settings or data cannot be used; the message says what is wrong, where, and how to mend it.</summary>
public sealed class LinkageException : Exception
{
    public LinkageException() { }
    public LinkageException(string message) : base(message) { }
    public LinkageException(string message, Exception inner) : base(message, inner) { }

    /// <summary>Several faults at once, one a line.</summary>
    public LinkageException(IReadOnlyList<LinkageFault> faults) : base(string.Join(Environment.NewLine, faults)) => Faults = faults;

    /// <summary>The faults one by one; empty where the message alone says it.</summary>
    public IReadOnlyList<LinkageFault> Faults { get; } = [];
}
