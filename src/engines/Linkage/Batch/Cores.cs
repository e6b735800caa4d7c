namespace Homeward.Linkage;

/// <summary>Work is cut for as many hands as there are processors.</summary>
internal static class Cores
{
    /// <summary>
    /// Without a limit a loop takes every thread of the pool, which grows whenever one waits: six on two processors push
    /// one another off, each with caches of its own.
    /// </summary>
    public static ParallelOptions All { get; } = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };
}
