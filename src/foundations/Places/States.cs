namespace Homeward.Foundations.Places;

/// <summary>The states, the District and the territories, by postal code and by name.</summary>
public static class States
{
    private static readonly Dictionary<string, string> NamesByCode = new(StringComparer.OrdinalIgnoreCase)
    {
        ["AL"] = "Alabama", ["AK"] = "Alaska", ["AZ"] = "Arizona", ["AR"] = "Arkansas", ["CA"] = "California",
        ["CO"] = "Colorado", ["CT"] = "Connecticut", ["DE"] = "Delaware", ["DC"] = "District of Columbia",
        ["FL"] = "Florida", ["GA"] = "Georgia", ["HI"] = "Hawaii", ["ID"] = "Idaho", ["IL"] = "Illinois",
        ["IN"] = "Indiana", ["IA"] = "Iowa", ["KS"] = "Kansas", ["KY"] = "Kentucky", ["LA"] = "Louisiana",
        ["ME"] = "Maine", ["MD"] = "Maryland", ["MA"] = "Massachusetts", ["MI"] = "Michigan", ["MN"] = "Minnesota",
        ["MS"] = "Mississippi", ["MO"] = "Missouri", ["MT"] = "Montana", ["NE"] = "Nebraska", ["NV"] = "Nevada",
        ["NH"] = "New Hampshire", ["NJ"] = "New Jersey", ["NM"] = "New Mexico", ["NY"] = "New York",
        ["NC"] = "North Carolina", ["ND"] = "North Dakota", ["OH"] = "Ohio", ["OK"] = "Oklahoma", ["OR"] = "Oregon",
        ["PA"] = "Pennsylvania", ["RI"] = "Rhode Island", ["SC"] = "South Carolina", ["SD"] = "South Dakota",
        ["TN"] = "Tennessee", ["TX"] = "Texas", ["UT"] = "Utah", ["VT"] = "Vermont", ["VA"] = "Virginia",
        ["WA"] = "Washington", ["WV"] = "West Virginia", ["WI"] = "Wisconsin", ["WY"] = "Wyoming",
        ["AS"] = "American Samoa", ["GU"] = "Guam", ["MP"] = "Northern Mariana Islands", ["PR"] = "Puerto Rico",
        ["VI"] = "U.S. Virgin Islands",
    };

    private static readonly Dictionary<string, string> CodesByName = NamesByCode
        .Append(new("DC", "D.C.")).Append(new("VI", "Virgin Islands")).Append(new("MP", "Northern Marianas"))
        .ToDictionary(state => PlaceNames.Key(state.Value), state => state.Key, StringComparer.Ordinal);

    /// <summary>All postal codes, in order.</summary>
    public static IReadOnlyList<string> Codes { get; } = [.. NamesByCode.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The name of a state, or the code itself if it is not known.</summary>
    public static string NameOf(string code) => NamesByCode.GetValueOrDefault(code, code);

    /// <summary>The postal code that a text means, by code or name; null if it means no state.</summary>
    public static string? CodeOf(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var trimmed = text.Trim();
        return NamesByCode.ContainsKey(trimmed) ? trimmed.ToUpperInvariant() : CodesByName.GetValueOrDefault(PlaceNames.Key(trimmed));
    }
}
