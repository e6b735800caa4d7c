namespace Homeward.Kernel;

/// <summary>Hashes that are the same on every machine and in every run. They hide nothing: anybody can make them.</summary>
public static class StableHash
{
    /// <summary>FNV-1a over the letters, mixed at the end.</summary>
    public static ulong Of(ReadOnlySpan<char> text)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in text) hash = (hash ^ letter) * 1099511628211UL;
        return Mix(hash);
    }

    /// <summary>The finalizer of SplitMix64.</summary>
    public static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9UL;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBUL;
        return bits ^ (bits >> 31);
    }
}
