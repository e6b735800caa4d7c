namespace Homeward.Fuzz;

/// <summary>A reader that is tried with whatever comes.</summary>
/// <param name="Name">Its folder in <c>corpus</c>.</param>
/// <param name="Words">What is put in at random.</param>
/// <param name="Read">Reads an input; the text is a folder for what it must write.</param>
/// <param name="IsRefusal">Whether what was thrown is a refusal in words; readers that answer with rejections have none.</param>
public sealed record Target(string Name, IReadOnlyList<string> Words, Action<byte[], string> Read, Func<Exception, bool>? IsRefusal = null)
{
    /// <summary>Reads one input.</summary>
    /// <returns>Null where it was read or refused in words; else what was thrown.</returns>
    public Exception? Try(byte[] input, string scratch)
    {
        try
        {
            Read(input, scratch);
            return null;
        }
#pragma warning disable CA1031 // Whatever else comes is what is looked for.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return IsRefusal?.Invoke(fault) == true ? null : fault;
        }
    }
}
