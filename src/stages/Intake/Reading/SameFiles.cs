using Homeward.Exchange.CyberTips;
using Homeward.Intake.Packages;

namespace Homeward.Intake.Reading;

/// <summary>Which file of one form of a report is which of another's: a print may call it by its original name, and breaks long ones.</summary>
internal static class SameFiles
{
    /// <summary>For each of <paramref name="others"/> the one that it is, by its hash first and then by its names; null where it is none. Each is one at most.</summary>
    public static IReadOnlyDictionary<TipFile, TipFile?> Of(IReadOnlyList<TipFile> files, IReadOnlyList<TipFile> others)
    {
        var left = files.ToList();
        var found = new Dictionary<TipFile, TipFile?>(ReferenceEqualityComparer.Instance);
        foreach (var fits in new Func<TipFile, TipFile, bool>[] { ShareHash, (one, other) => KeysOf(one).Intersect(KeysOf(other)).Any() })
            foreach (var other in others)
                if (found.GetValueOrDefault(other) is null && left.Find(one => fits(one, other)) is { } same && left.Remove(same)) found[other] = same;
        foreach (var other in others) found.TryAdd(other, null);
        return found;
    }

    private static bool ShareHash(TipFile one, TipFile other) => HashesOf(one).Intersect(HashesOf(other)).Any();

    /// <summary>Its hashes in comparable form.</summary>
    public static IEnumerable<string> HashesOf(TipFile file) => file.Hashes.Select(hash => NormalForms.FileHash(hash.HashType, hash.Value)).OfType<string>();

    private static IEnumerable<string> KeysOf(TipFile file) => NamesOf(file).Select(Belonging.Key);

    /// <summary>All that a report calls it.</summary>
    public static IEnumerable<string> NamesOf(TipFile? file) => new[] { file?.Name, file?.OriginalName }.OfType<string>().Where(name => name.Length > 0);
}
