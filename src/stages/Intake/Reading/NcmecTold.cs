using Homeward.Foundations.Duties;
using Homeward.Intake.Model;

namespace Homeward.Intake.Reading;

/// <summary>The duty to tell NCMEC of a child missing from foster care, of one time that the child is missing.</summary>
internal static class NcmecTold
{
    public const string Rule = "tell-ncmec";

    public static Duty? Of(IEnumerable<Duty> duties, Entry entry, Disappearance time)
    {
        var keys = time.Versions.Select(version => HouseMessages.DutyKey(entry, version)).ToHashSet(StringComparer.Ordinal);
        return duties.FirstOrDefault(duty => duty.Rule == Rule && keys.Contains(duty.Key));
    }
}
