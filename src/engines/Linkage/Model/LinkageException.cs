namespace Homeward.Linkage;

/// <summary>Settings or data cannot be used; the message says what is wrong, where, and how to mend it.</summary>
public sealed class LinkageException : Exception
{
    public LinkageException() { }
    public LinkageException(string message) : base(message) { }
    public LinkageException(string message, Exception inner) : base(message, inner) { }
}
