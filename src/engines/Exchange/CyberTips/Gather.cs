namespace Homeward.Exchange.CyberTips;

/// <summary>Lists that stay unmade while they are empty: most are.</summary>
internal static class Gather
{
    public static void Add<T>(ref List<T>? list, T? item) where T : class
    {
        if (item is not null) (list ??= []).Add(item);
    }

    public static IReadOnlyList<T> OrNone<T>(this List<T>? list) => list ?? (IReadOnlyList<T>)[];
}
