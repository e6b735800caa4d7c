using System.Text.Json.Serialization;

namespace Homeward.Linkage;

/// <summary>What the values of a field are, and so how they are read and folded.</summary>
public enum FieldKind
{
    /// <summary>Free text: streets, occupations, anything without a nature of its own.</summary>
    Text,
    /// <summary>A given name or several. Placeholders ("Baby", "Unknown") count as not known.</summary>
    GivenName,
    /// <summary>A family name, compound or not. Placeholders count as not known.</summary>
    FamilyName,
    /// <summary>A whole name, or an alias.</summary>
    FullName,
    /// <summary>A day known in full or in part, or two of them with <c>..</c> between: <c>2003-07-02..2004-07-01</c>.</summary>
    Date,
    /// <summary>A place: <c>Kansas City, MO</c>, with <c>@39.10,-94.58</c> after it where the point is known.</summary>
    Place,
    /// <summary>A telephone number, compared by its digits; the North American 1 in front is dropped.</summary>
    Phone,
    /// <summary>An e-mail address, or an account of the form <c>name@service</c>.</summary>
    Email,
    /// <summary>A name chosen for a screen: case and a leading @ fall away, digits and signs count.</summary>
    ScreenName,
    /// <summary>A number or code given by an authority: letters and digits only count.</summary>
    Identifier,
    /// <summary>A number or two with <c>..</c> between: <c>150..160</c>.</summary>
    Number,
    /// <summary>A code from a list, such as a state, a sex or a mark.</summary>
    Code,
}

/// <summary>One field of the records.</summary>
/// <param name="Name">How records, comparisons and blocking rules name it; a column's header.</param>
/// <param name="Kind">What its values are.</param>
public sealed record Field(string Name, FieldKind Kind)
{
    /// <summary>True when a record may hold several values; of two records the best pair of values counts.</summary>
    public bool IsSet { get; init; }

    /// <summary>The order of the date's parts where it is written in digits and signs; null reads ISO forms only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOrder? DateOrder { get; init; }

    /// <summary>How common a value is, where the records themselves do not tell.</summary>
    public FrequencySource Frequency { get; init; }
}

/// <summary>The order in which a date's parts are written.</summary>
public enum DateOrder { YearMonthDay, DayMonthYear, MonthDayYear }

/// <summary>Where the share of a value is taken from.</summary>
public enum FrequencySource
{
    /// <summary>The records that are linked; in an online index no share is known.</summary>
    Records,
    /// <summary>United States given names.</summary>
    GivenNames,
    /// <summary>United States family names.</summary>
    FamilyNames,
}
