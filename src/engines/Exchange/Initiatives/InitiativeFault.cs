namespace Homeward.Exchange.Initiatives;

/// <summary>One fault of an initiative file.</summary>
/// <param name="Path">Where: <c>offices[1].office</c>.</param>
/// <param name="Value">The value as JSON, shortened; empty when there is none to show.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Mend">How to mend it, or <c>known: …</c>; empty where What says it all.</param>
public sealed record InitiativeFault(string Path, string Value, string What, string Mend)
{
    /// <summary><c>offices[1].office: "Gotham": no such office; known: …</c>.</summary>
    public override string ToString()
    {
        var head = Value.Length == 0 ? $"{Path}: {What}" : $"{Path}: {Value}: {What}";
        return Mend.Length == 0 ? head : $"{head}; {Mend}";
    }
}
