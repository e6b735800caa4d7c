namespace Homeward.Kernel;

/// <summary>Values in ascending order.</summary>
public static class Ascending
{
    /// <summary>Each once, at the beginning of where they stood.</summary>
    public static Span<T> Once<T>(Span<T> ascending) where T : IEquatable<T>
    {
        var kept = 0;
        for (var at = 0; at < ascending.Length; at++)
            if (at == 0 || !ascending[at].Equals(ascending[at - 1])) ascending[kept++] = ascending[at];
        return ascending[..kept];
    }
}
