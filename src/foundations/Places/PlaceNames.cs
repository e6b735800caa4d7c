using Homeward.Kernel;

namespace Homeward.Foundations.Places;

/// <summary>Names of places as people write them, folded so that they meet: "St. Louis" and "Saint Louis".</summary>
internal static class PlaceNames
{
    /// <summary>The key under which a city or office is found. Empty for nothing and for mere signs.</summary>
    public static string Key(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return "";
        var words = Fold(name).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < words.Length; i++) words[i] = Short(words[i]);
        var skipped = words is ["city" or "town" or "village", "of", _, ..] ? 2 : 0;
        return string.Join(' ', words, skipped, words.Length - skipped);
    }

    /// <summary>Folded, with the signs that part words made blanks.</summary>
    /// <remarks>A lone surrogate cannot be normalised; people do not type it, machines do. It is dropped.</remarks>
    public static string Fold(string name)
    {
        var clean = name.AsSpan().IndexOfAny(',', '/', '(') >= 0
            ? name.Replace(',', ' ').Replace('/', ' ').Replace('(', ' ')
            : name;
        return Names.Fold(IsWellFormed(clean) ? clean : string.Concat(clean.Where(c => !char.IsSurrogate(c))));
    }

    private static bool IsWellFormed(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0) return true;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }
        return true;
    }

    private static string Short(string word) => word switch
    {
        "saint" => "st", "sainte" => "ste", "fort" => "ft", "mount" => "mt",
        _ => word,
    };
}
