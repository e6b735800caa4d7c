using System.Globalization;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Linkage;
using Homeward.Review.Matching;

namespace Homeward.Review.Deciding;

/// <summary>What agrees and yet proves less than it seems to.</summary>
/// <remarks>It changes no weight: how often one slip is made twice is known to nobody. The reader is told, and judges.</remarks>
internal static class Cautions
{
    /// <summary>Both sides bear one family name, and that is a frequent name with a slip in it: the same slip may have been made for two people.</summary>
    public static IReadOnlyList<ShowMatch.Caution> Of(ReportPerson? person, Waterfall waterfall)
    {
        if (person is null || waterfall.Bars.FirstOrDefault(one => one.Field == PersonSchema.FamilyName) is not { Weight: > 0 } bar
            || !bar.Level.StartsWith("same", StringComparison.Ordinal) || NameSlips.MeantBy(Names.Fold(person.Family)) is not { } meant) return [];
        var name = CultureInfo.InvariantCulture.TextInfo.ToTitleCase(meant);
        return [new(bar.Field, string.Create(CultureInfo.InvariantCulture,
            $"{person.Family} is in no table of names, and one slip away from {name}, which about 1 in {1 / NameTables.FamilyShare(meant):N0} people bear: the same slip may have been made for two of them."))];
    }
}
