using System.Text.Json.Serialization;

namespace Homeward.Linkage;

/// <summary>How two values must be alike for a level to hold.</summary>
public enum Likeness
{
    /// <summary>The same after folding; of places the same town and state, of dates the same day.</summary>
    Same,
    /// <summary>Given names that stand for one formal name.</summary>
    Nickname,
    /// <summary>Jaro–Winkler at least the threshold.</summary>
    Similar,
    /// <summary>At most threshold edits apart, an exchange of neighbours being one.</summary>
    Edits,
    /// <summary>One part of a compound name is the other, or a part of it.</summary>
    SharedPart,
    /// <summary>One is the first letter of the other.</summary>
    Initial,
    /// <summary>The first threshold letters are the same: the front of a postcode or of a number.</summary>
    SamePrefix,
    /// <summary>Same Soundex code.</summary>
    SoundsAlike,
    /// <summary>This field and the one in <see cref="Comparison.With"/> have changed places.</summary>
    Swapped,
    /// <summary>The only name of one record stands in the other's field <see cref="Comparison.With"/>.</summary>
    InOtherField,
    /// <summary>The same but that day and month are exchanged.</summary>
    DayMonthSwapped,
    /// <summary>One of two dates is known in part, and may be the other.</summary>
    MayBeSameDay,
    /// <summary>Same year and month.</summary>
    SameMonth,
    /// <summary>Same month and day in another year.</summary>
    SameAnniversary,
    /// <summary>Same year.</summary>
    SameYear,
    /// <summary>At most threshold days apart.</summary>
    DaysApart,
    /// <summary>Numbers, ranges or places at most threshold units (numbers) or kilometres (places) apart.</summary>
    Apart,
    /// <summary>Same state, of places.</summary>
    SameState,
    /// <summary>E-mail addresses with the same part before the @.</summary>
    SameUser,
    /// <summary>
    /// An alias in this field is the whole name that the other record has in <see cref="Comparison.With"/>
    /// (given name, family name), or with threshold 1 one of its names.
    /// </summary>
    NamesTheOther,
    /// <summary>The fields of <see cref="Comparison.With"/> are all the same: the mark of twins and of siblings.</summary>
    WithTheSame,
    /// <summary>The fields of <see cref="Comparison.With"/> are known and differ as well: who has another name has seldom another half of it.</summary>
    WithOthers,
    /// <summary>Whatever no level above took.</summary>
    Else,
}

/// <summary>One level of a comparison, with how often it holds for one person's records and for two persons'.</summary>
/// <param name="Label">In words, as the person who decides reads it: "day and month swapped".</param>
/// <param name="Likeness">What must hold.</param>
public sealed record Level(string Label, Likeness Likeness)
{
    /// <summary>What the likeness is measured by, in its unit; 0 where it has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double Threshold { get; init; }

    /// <summary>The probability of this level for two records of one person, above 0.</summary>
    public double M { get; init; } = 0.5;

    /// <summary>The probability of this level for records of two persons, above 0.</summary>
    public double U { get; init; } = 0.5;

    /// <summary>True when a rare value weighs more and a common one less, by its share among all values.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ByFrequency { get; init; }

    /// <summary>True when the level holds but weighs nothing, because another comparison says the same: swapped names count once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsSilent { get; init; }

    /// <summary>The match weight in bits, before the share of the value: log2(m/u).</summary>
    [JsonIgnore]
    public double Weight => Math.Log2(M / U);
}

/// <summary>How one field of two records is compared: the first level that holds is taken.</summary>
/// <param name="Field">The field's name.</param>
/// <param name="Levels">From the most alike to the least. A value not known on either side is no level and weighs 0.</param>
/// <remarks>A comparison without an <see cref="Likeness.Else"/> level at its end never counts against a match.</remarks>
public sealed record Comparison(string Field, IReadOnlyList<Level> Levels)
{
    /// <summary>Other fields that some levels look at: the exchanged one, those that make twins, or those that differ together.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? With { get; init; }
}
