using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Homeward.Kernel;

/// <summary>States what must be true if the program is right. Never used for what people type.</summary>
public static class Ensure
{
    /// <exception cref="BrokenInvariantException">The claim is false: a bug, to be logged and not caught.</exception>
    public static void That(
        [DoesNotReturnIf(false)] bool claim, [CallerArgumentExpression(nameof(claim))] string? said = null)
    {
        if (!claim) throw new BrokenInvariantException(said ?? "(no claim)");
    }
}

/// <summary>Something that the program took for certain is not so. Always a bug.</summary>
public sealed class BrokenInvariantException : Exception
{
    public BrokenInvariantException() { }
    public BrokenInvariantException(string claim) : base($"This must hold and does not: {claim}") { }
    public BrokenInvariantException(string claim, Exception inner) : base(claim, inner) { }
}
