using Homeward.Kernel;

namespace Homeward.Intake.Model;

/// <summary>By what an identifier is looked up: its generation, kind and value in 64 bits, so that the index is small, whatever outsiders write.</summary>
/// <remarks>
/// The first 16 bits say in which generation of reports it stands (see <see cref="Reading.LookGenerations"/>), the other 48 are of kind and
/// value. All identifiers of a report stand in one generation. Two values may have one look, and somebody may have made them so:
/// who looks one up compares the value too.
/// </remarks>
internal static class Look
{
    private const int ValueBits = 48;

    /// <summary>In no generation yet: as in the first.</summary>
    public static long Of(string kind, string value) =>
        (long)(StableHash.Mix(StableHash.Of(kind) ^ StableHash.Mix(StableHash.Of(value))) >> (64 - ValueBits));

    /// <summary>The same value's in a generation.</summary>
    public static long In(int generation, long look) => StartOf(generation) | (look & ((1L << ValueBits) - 1));

    /// <summary>The least look of a generation.</summary>
    public static long StartOf(int generation) => (long)generation << ValueBits;

    public static int GenerationOf(long look) => (int)(look >> ValueBits);
}
