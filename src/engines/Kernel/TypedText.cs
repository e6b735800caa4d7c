namespace Homeward.Kernel;

/// <summary>What somebody typed or pasted into a search box, without what stands around it in a mail or a page.</summary>
public static class TypedText
{
    private const string Pairs = "\"\"''``<>«»‹›“”‘’„“‚‘";

    private static readonly string[] _schemes = ["mailto:", "tel:", "sms:"];

    /// <summary>Without blanks, quotation marks and angle brackets around it, a comma or semicolon behind it, and the scheme of a link that mails or dials.</summary>
    /// <remarks>What is left of nothing else is empty: <c>""</c>.</remarks>
    public static string Bare(string text)
    {
        var bare = text.AsSpan().Trim();
        for (var before = -1; bare.Length > 0 && bare.Length != before;)
        {
            before = bare.Length;
            bare = bare.TrimEnd(",;").Trim();
            if (bare.Length > 1 && IsPair(bare[0], bare[^1])) bare = bare[1..^1].Trim();
            foreach (var scheme in _schemes)
                if (bare.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) bare = BeforeQuery(bare[scheme.Length..]).Trim();
        }
        return bare.Length == text.Length ? text : bare.ToString();
    }

    /// <summary>A link that mails may say a subject, <c>?subject=…</c>; one that dials may say more behind a semicolon.</summary>
    private static ReadOnlySpan<char> BeforeQuery(ReadOnlySpan<char> rest) => rest.IndexOfAny('?', ';') is >= 0 and var end ? rest[..end] : rest;

    private static bool IsPair(char open, char close)
    {
        for (var place = 0; place < Pairs.Length; place += 2) if (Pairs[place] == open && Pairs[place + 1] == close) return true;
        return false;
    }
}
