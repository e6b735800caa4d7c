namespace Homeward.Linkage;

/// <summary>Whether a family name may be a frequent one that somebody wrote with a slip.</summary>
/// <remarks>
/// A name that hardly anybody bears says much where two records share it. But a slip is made by many hands alike: two letters
/// exchanged in Williams give the same word for everyone of that name, of whom there are thousands for each of a rare one.
/// </remarks>
public static class NameSlips
{
    /// <summary>At least so frequent is the name that was meant: one in five thousand, ten times the commonest that count as rare.</summary>
    private const double ShareMin = 10 * NameTables.RareShare;

    /// <summary>In shorter names every other word is one letter off.</summary>
    private const int LettersMin = 5;

    /// <summary>The most frequent family name from which a name is one slip away: two letters exchanged, one left out, one too many, or another in its place.</summary>
    /// <param name="folded">A name as <see cref="Kernel.Names.Fold"/> leaves it.</param>
    /// <returns>Null for a name that the tables have, and where no such name is near.</returns>
    public static string? MeantBy(string folded)
    {
        if (folded.Length < LettersMin || NameTables.HasFamilyName(folded)) return null;
        var (meant, share) = ((string?)null, 0.0);
        foreach (var near in Near(folded))
            if (NameTables.FamilyShare(near) is var its && its >= ShareMin && its > share) (meant, share) = (near, its);
        return meant;
    }

    private static IEnumerable<string> Near(string name)
    {
        for (var at = 0; at <= name.Length; at++)
        {
            var (before, after) = (name[..at], name[at..]);
            if (after.Length > 1) yield return $"{before}{after[1]}{after[0]}{after[2..]}";
            if (after.Length > 0) yield return before + after[1..];
            for (var letter = 'a'; letter <= 'z'; letter++)
            {
                yield return before + letter + after;
                if (after.Length > 0) yield return before + letter + after[1..];
            }
        }
    }
}
