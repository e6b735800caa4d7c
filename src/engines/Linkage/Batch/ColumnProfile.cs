using Homeward.Kernel;

namespace Homeward.Linkage;

/// <summary>What a column looks like, and so what it probably is.</summary>
internal sealed class ColumnProfile
{
    /// <summary>So many distinct texts are looked at; more would tell the same.</summary>
    private const int LookedAtMax = 5000;

    /// <summary>A list of codes has no more entries than this.</summary>
    private const int CodesMax = 120;

    private ColumnProfile(DataColumn column) => Column = column;

    public DataColumn Column { get; }
    public required FieldKind Kind { get; init; }
    public DateOrder? DateOrder { get; init; }

    /// <summary>The share of rows that are not empty.</summary>
    public required double Filled { get; init; }

    /// <summary>Rows with a value.</summary>
    public required double Rows { get; init; }

    /// <summary>The probability that two rows with a value have the same: what exact agreement is worth.</summary>
    public required double Collision { get; init; }

    public static ColumnProfile Of(DataColumn column, int rowCount)
    {
        var looked = column.Texts.Skip(1).Take(LookedAtMax).Where(text => !ValueReader.SaysNothing(text)).ToArray();
        var counts = column.Count();
        double filled = rowCount - counts[0];
        double collision = 0;
        for (var code = 1; code < counts.Length; code++) collision += counts[code] / filled * (counts[code] / filled);
        var (kind, order) = Recognise(column, looked, filled);
        return new(column)
        {
            Kind = kind, DateOrder = order, Rows = filled, Filled = filled / Math.Max(1, rowCount), Collision = filled == 0 ? 1 : collision,
        };
    }

    private static (FieldKind, DateOrder?) Recognise(DataColumn column, string[] looked, double filled)
    {
        var words = HeaderWords(column.Name);
        double Share(Func<string, bool> holds) => looked.Length == 0 ? 0 : (double)looked.Count(holds) / looked.Length;
        bool Named(params string[] any) => any.Any(words.Contains);

        if (Share(text => text.Contains('@', StringComparison.Ordinal)) > 0.6) return (FieldKind.Email, null);
        var named = Named("dob", "birth", "birthdate", "birthday", "born", "date", "dateofbirth", "bday");
        var (order, readable) = OrderOf(looked);
        if (readable > 0.9 || (named && readable > 0.6)) return (FieldKind.Date, order);
        if (Named("phone", "telephone", "tel", "mobile", "cell", "fax") && Share(text => text.Count(char.IsAsciiDigit) >= 6) > 0.7)
            return (FieldKind.Phone, null);

        var wordy = Share(text => text.Any(char.IsLetter)) > 0.5 && Share(text => text.Any(char.IsAsciiDigit)) < 0.2;
        if (wordy && !Named("company", "city", "town", "street", "place", "suburb", "state", "country"))
        {
            if (Named("surname", "last", "lastname", "family", "familyname", "lname", "sname", "maiden")) return (FieldKind.FamilyName, null);
            if (Named("given", "first", "firstname", "forename", "givenname", "fname", "middle", "middlename", "nickname"))
                return (FieldKind.GivenName, null);
            if (Named("name", "fullname", "alias")) return (FieldKind.FullName, null);
        }
        if (column.DistinctCount <= CodesMax && column.DistinctCount < filled / 5) return (FieldKind.Code, null);
        // Numbers and short codes are compared sign by sign, words by likeness.
        return Share(text => text.Any(char.IsAsciiDigit) && text.Length <= 24 && !text.Contains(' ', StringComparison.Ordinal)) > 0.7
            ? (FieldKind.Identifier, null)
            : (FieldKind.Text, null);
    }

    /// <summary>The order in which the dates of a column are written: the one under which most are days that exist.</summary>
    private static (DateOrder? Order, double Readable) OrderOf(string[] looked)
    {
        if (looked.Length == 0) return (null, 0);
        (DateOrder? Order, double Readable) best = (null, 0);
        foreach (var order in (DateOrder[])[Linkage.DateOrder.YearMonthDay, Linkage.DateOrder.DayMonthYear, Linkage.DateOrder.MonthDayYear])
        {
            var readable = (double)looked.Count(text => text.Length is >= 8 and <= 29
                && DateReader.Read(text, order) is { IsFull: true, Year: > 1850 and < 2100 }) / looked.Length;
            if (readable > best.Readable) best = (order, readable);
        }
        return best;
    }

    /// <summary>What a column's header alone makes of it, where no values are at hand.</summary>
    internal static FieldKind KindByHeader(string header)
    {
        var words = HeaderWords(header);
        bool Named(params string[] any) => any.Any(words.Contains);
        return Named("dob", "birth", "birthdate", "birthday", "born", "date", "dateofbirth") && !Named("place", "birthplace") ? FieldKind.Date
            : Named("email", "mail", "emailaddress") ? FieldKind.Email
            : Named("phone", "telephone", "tel", "mobile", "cell") ? FieldKind.Phone
            : Named("surname", "last", "lastname", "family", "familyname") ? FieldKind.FamilyName
            : Named("given", "first", "firstname", "forename", "givenname", "middle") ? FieldKind.GivenName
            : Named("fullname", "name", "alias") ? FieldKind.FullName
            : Named("postcode", "zip", "zipcode", "ssn", "number", "id") ? FieldKind.Identifier
            : FieldKind.Text;
    }

    /// <summary>"date_of_birth", "DateOfBirth" and "Date of birth" are date, of, birth.</summary>
    internal static HashSet<string> HeaderWords(string header)
    {
        var spaced = new System.Text.StringBuilder();
        for (var i = 0; i < header.Length; i++)
        {
            if (i > 0 && char.IsUpper(header[i]) && char.IsLower(header[i - 1])) spaced.Append(' ');
            spaced.Append(char.IsLetter(header[i]) ? header[i] : ' ');
        }
        var words = Names.Fold(spaced.ToString()).Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        words.Add(Names.Fold(header).Replace(" ", "", StringComparison.Ordinal));
        return words;
    }
}
