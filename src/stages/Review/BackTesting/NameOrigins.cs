using Homeward.Kernel;
using Homeward.Linkage;

namespace Homeward.Review.BackTesting;

/// <summary>Groups of family names by origin, to see whether the rules rank all alike. Asked here alone: ranking never sees it .</summary>
internal static class NameOrigins
{
    public const string NoName = "no family name given";
    public const string NotInTable = NameTables.OriginNotKnown;

    /// <summary>As linkage measures by; a word that stands for no name is none.</summary>
    public static string Of(string family) =>
        Names.Fold(family) is { Length: > 0 } folded && !Names.IsPlaceholder(family) ? NameTables.OriginOf(folded) : NoName;
}
