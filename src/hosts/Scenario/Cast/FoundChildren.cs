using Homeward.Review;

namespace Homeward.Scenario.Cast;

/// <summary>Which child somebody of a family name and birth date was found to be: the room remembers, and takes nobody for another child later.</summary>
public sealed class FoundChildren
{
    private readonly Dictionary<string, string> _nics = new(StringComparer.Ordinal);

    public void Remember(ShowMatch.Page page) => _nics[ToldOf(page)] = page.Nic;

    /// <summary>Somebody of that family name and birth date was found to be another child.</summary>
    public bool IsAnother(ShowMatch.Page page) => _nics.TryGetValue(ToldOf(page), out var nic) && nic != page.Nic;

    private static string ToldOf(ShowMatch.Page page) =>
        string.Join('|', page.Lines.Where(line => line.Field is "Family name" or "Born").Select(line => line.Field == "Born" ? EitherOrder(line.CameIn) : line.CameIn));

    /// <summary>Day and month in whichever order: who was found may be told of again by somebody who exchanges them.</summary>
    private static string EitherOrder(string born) =>
        born.Split('-') is [var year, var month, var day] && string.CompareOrdinal(month, day) > 0 ? $"{year}-{day}-{month}" : born;
}
