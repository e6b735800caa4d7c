namespace Homeward.Linkage.Splink;

/// <summary>What a condition compares, in this library's words.</summary>
/// <param name="Field">The column.</param>
internal sealed record Translated(string Field, Likeness Likeness, double Threshold = 0)
{
    /// <summary>Other columns that it looks at.</summary>
    public IReadOnlyList<string> With { get; init; } = [];

    /// <summary>What differs from the original; empty where nothing does.</summary>
    public string Note { get; init; } = "";

    /// <summary>What the column must hold; null where the condition does not tell.</summary>
    public FieldKind? Kind { get; init; }
    public bool IsSet { get; init; }
}

/// <summary>Turns the conditions of Splink's comparison levels into likenesses.</summary>
internal static class LevelTranslation
{
    private const double SecondsPerDay = 86_400;

    /// <summary>What changes the writing of a value and not its meaning: folding, or reading it as a date, does the same here.</summary>
    private static readonly string[] Transparent =
        ["cast", "try_cast", "lower", "upper", "trim", "nullif", "coalesce", "try_strptime", "strptime", "try_to_timestamp", "to_timestamp", "to_date", "date"];

    private static readonly string[] ReadsDates =
        ["try_strptime", "strptime", "try_to_timestamp", "to_timestamp", "to_date", "epoch", "unix_timestamp", "to_unix_timestamp", "datediff", "date_diff", "date"];

    private static readonly Dictionary<string, double> DaysOfUnit = new(StringComparer.OrdinalIgnoreCase)
    {
        ["day"] = 1, ["week"] = 7, ["month"] = 30.4375, ["year"] = 365.25,
    };

    /// <returns>Null where there is nothing like it here.</returns>
    public static Translated? Of(Sql sql) => sql switch
    {
        Sql.Call { Name: "and" } => Both(Parts(sql)),
        Sql.Call { Name: "=", Arguments: [var left, var right] } => Equality(left, right),
        Sql.Call { Name: ">=" or ">", Arguments: [var measured, Sql.Number least] } call => AtLeast(measured,
            least.Value, call.Name == ">"),
        Sql.Call { Name: "<=" or "<", Arguments: [var measured, Sql.Number most] } call => AtMost(measured, most.Value, call.Name == "<"),
        _ => null,
    };

    /// <summary>The parts of a chain of AND.</summary>
    public static IReadOnlyList<Sql> Parts(Sql sql) =>
        sql is Sql.Call { Name: "and", Arguments: [var left, var right] } ? [.. Parts(left), .. Parts(right)] : [sql];

    /// <summary>The column under functions that change only its writing.</summary>
    public static Sql.Column? ColumnUnder(Sql sql) => sql switch
    {
        Sql.Column column => column,
        Sql.Call call when Transparent.Contains(call.Name) && call.Arguments.Count > 0
            && call.Arguments.Skip(1).All(part => part is Sql.Text) => ColumnUnder(call.Arguments[0]),
        _ => null,
    };

    private static Translated? Equality(Sql left, Sql right)
    {
        if (Pair(left, right) is { } pair)
        {
            if (pair.Left == pair.Right) return new(pair.Left, Likeness.Same) { Kind = KindOf(left) };
            return new(pair.Left, Likeness.Swapped)
            {
                With = [pair.Right], Note = "Both names must have changed places here; Splink asked for one direction only.",
            };
        }
        if (left is not Sql.Call one || right is not Sql.Call other || one.Name != other.Name || one.Arguments.Count == 0) return null;
        if (one.Name == "nullif") return Equality(one.Arguments[0], other.Arguments[0]);
        if (Pair(one.Arguments[0], other.Arguments[0]) is not { } same || same.Left != same.Right) return null;
        if (PrefixLength(one) is > 0 and var letters && PrefixLength(other) == letters) return new(same.Left, Likeness.SamePrefix, letters);
        if (one.Name is "soundex" or "dmetaphone" or "metaphone")
            return new(same.Left, Likeness.SoundsAlike) { Note = "Soundex is used." };
        return one.Name == "regexp_extract" && one.Arguments.ElementAtOrDefault(1) is Sql.Text { Value: "^[^@]+" }
            ? new(same.Left, Likeness.SameUser) { Kind = FieldKind.Email }
            : null;
    }

    private static Translated? AtLeast(Sql measured, double least, bool above)
    {
        if (measured is not Sql.Call call) return null;
        if (call.Name is "array_length" or "len" or "length" or "size" or "cardinality"
            && call.Arguments is [Sql.Call { Name: "list_intersect" or "array_intersect", Arguments: [var one, var other] }, ..]
            && Pair(one, other) is { } sets && sets.Left == sets.Right)
        {
            return least + (above ? 1 : 0) <= 1
                ? new(sets.Left, Likeness.Same) { IsSet = true }
                : null;
        }
        if (call.Arguments is not [var left, var right] || Pair(left, right) is not { } pair || pair.Left != pair.Right) return null;
        return call.Name switch
        {
            "jaro_winkler_similarity" or "jaro_winkler" => new(pair.Left, Likeness.Similar, least),
            "jaro_similarity" or "jaro_sim" or "jaro" => new(pair.Left, Likeness.Similar,
                least) { Note = "Jaro–Winkler is used in place of Jaro, which it never falls below." },
            _ => null,
        };
    }

    private static Translated? AtMost(Sql measured, double most, bool below)
    {
        if (measured is Sql.Call { Arguments: [var left, var right] } edits && Pair(left, right) is { } pair && pair.Left == pair.Right
            && edits.Name is "levenshtein" or "damerau_levenshtein" or "editdist3")
        {
            return new(pair.Left, Likeness.Edits, below ? Math.Ceiling(most) - 1 : Math.Floor(most))
            {
                Kind = KindOf(left), Note = edits.Name == "damerau_levenshtein" ? "" : "An exchange of neighbours counts as one edit here.",
            };
        }
        var columns = measured.All().OfType<Sql.Column>().Select(Base).ToList();
        if (columns.Count != 2 || columns[0] != columns[1] || columns[0] is not { } column) return null;
        // Distances on the globe are written with sines; the point is a part of the place here.
        if (measured.Calls("sin", "cos", "acos", "asin", "array_cosine_similarity", "jaccard")) return null;
        var unit = measured.All().OfType<Sql.Text>().Select(text => DaysOfUnit.GetValueOrDefault(text.Value)).DefaultIfEmpty().Max();
        if (measured.Calls("datediff", "date_diff")) return new(column, Likeness.DaysApart,
            Math.Round(most * (unit == 0 ? 1 : unit))) { Kind = FieldKind.Date };
        if (measured.Calls("epoch", "unix_timestamp", "to_unix_timestamp")) return new(column, Likeness.DaysApart,
            Math.Floor(most / SecondsPerDay)) { Kind = FieldKind.Date };
        return measured is Sql.Call { Name: "abs" } && measured.Calls("-")
            ? new(column, measured.Calls(ReadsDates) ? Likeness.DaysApart : Likeness.Apart,
                most) { Kind = measured.Calls(ReadsDates) ? FieldKind.Date : FieldKind.Number }
            : null;
    }

    private static Translated? Both(IReadOnlyList<Sql> parts)
    {
        var pairs = parts.Select(part => part is Sql.Call { Name: "=", Arguments: [var left, var right] }
            ? Pair(left, right) : null).ToList();
        if (pairs.Any(pair => pair is null)) return null;
        var known = pairs.Select(pair => pair!.Value).ToList();
        if (known.TrueForAll(pair => pair.Left == pair.Right))
        {
            var fields = known.ConvertAll(pair => pair.Left);
            return new(fields[0], Likeness.WithTheSame) { With = [.. fields.Skip(1), fields[0]] };
        }
        return known is [var one, var other] && ((one.Left == other.Right && one.Right == other.Left) || one == other)
            ? new(one.Left, Likeness.Swapped) { With = [one.Right] }
            : null;
    }

    /// <summary>The columns of two sides, without their marks; null where they are not one of the left and one of the right record.</summary>
    private static (string Left, string Right)? Pair(Sql left, Sql right) =>
        ColumnUnder(left) is { } one && ColumnUnder(right) is { } other && Side(one) is var side && side != 0 && side + Side(other) == 0
            ? side < 0 ? (Base(one)!, Base(other)!) : (Base(other)!, Base(one)!)
            : null;

    /// <summary>-1 for the left record, 1 for the right, 0 where the name does not tell.</summary>
    private static int Side(Sql.Column column) =>
        column.Table.Length > 0 ? column.Table is "l" ? -1 : column.Table is "r" ? 1 : 0
        : column.Name.EndsWith("_l", StringComparison.Ordinal) ? -1 : column.Name.EndsWith("_r", StringComparison.Ordinal) ? 1 : 0;

    private static string? Base(Sql.Column column) =>
        Side(column) == 0 ? null : column.Table.Length > 0 ? column.Name : column.Name[..^2];

    private static FieldKind? KindOf(Sql side) => side.Calls(ReadsDates) ? FieldKind.Date : null;

    /// <summary>The letters that are kept of the front: <c>substr(x, 1, 3)</c>, <c>left(x, 3)</c>; 0 where it is no prefix.</summary>
    public static int PrefixLength(Sql sql) => sql switch
    {
        Sql.Call { Name: "substr" or "substring", Arguments: [_, Sql.Number { Value: 1 }, Sql.Number length] } => (int)length.Value,
        Sql.Call { Name: "left", Arguments: [_, Sql.Number length] } => (int)length.Value,
        _ => 0,
    };
}
