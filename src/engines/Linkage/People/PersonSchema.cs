namespace Homeward.Linkage;

/// <summary>Ready-made settings for people: missing children, victims, suspects, records of agencies. No training needed.</summary>
/// <remarks>
/// The m and u of each level are set by judgement from the literature on names and dates (Winkler 1990; the
/// Splink documentation) and from the frequencies of United States names; no case data went into them. Levels
/// that people share with their household or friends (phone, place) weigh less than chance alone would say, and
/// the one for twins outweighs all that twins share: name, birth date, town, telephone. Only what is a person's
/// own (an identifier) can stand against it, or the one who decides. Where both names differ they are counted as
/// little more than one that does: an alias is another whole name, and the two halves are no independent witnesses
/// (Thibaudeau 1993; Winkler 1993 on agreements that depend on one another). Jaro–Winkler is hard on short names and on
/// repeated letters (Ava, Ave; Madeleine, Medeleine): one letter more, less or other is a slip there too.
/// </remarks>
public static class PersonSchema
{
    public const string GivenName = "given name";
    public const string FamilyName = "family name";
    public const string Alias = "alias";
    public const string Born = "birth date";
    public const string Sex = "sex";
    public const string Place = "place";
    public const string Phone = "phone";
    public const string Email = "e-mail";
    public const string ScreenName = "screen name";
    public const string Identifier = "identifier";
    public const string Height = "height";
    public const string BodyWeight = "body weight";
    public const string Mark = "mark";

    /// <summary>The settings; change what differs with <c>with</c>.</summary>
    /// <remarks>
    /// The prior stands for a search among a few thousand records of whom few match. It does not follow the
    /// size of an index, so that a score stays what it was when other records come.
    /// </remarks>
    public static LinkageSettings Settings { get; } = new()
    {
        Fields =
        [
            new(GivenName, FieldKind.GivenName) { Frequency = FrequencySource.GivenNames },
            new(FamilyName, FieldKind.FamilyName) { Frequency = FrequencySource.FamilyNames },
            new(Alias, FieldKind.FullName) { IsSet = true },
            new(Born, FieldKind.Date),
            new(Sex, FieldKind.Code),
            new(Place, FieldKind.Place),
            new(Phone, FieldKind.Phone) { IsSet = true },
            new(Email, FieldKind.Email) { IsSet = true },
            new(ScreenName, FieldKind.ScreenName) { IsSet = true },
            new(Identifier, FieldKind.Identifier) { IsSet = true },
            new(Height, FieldKind.Number),
            new(BodyWeight, FieldKind.Number),
            new(Mark, FieldKind.Code) { IsSet = true },
        ],
        Comparisons =
        [
            new(GivenName,
            [
                new("same given name", Likeness.Same) { M = 0.74, U = 0.004, ByFrequency = true },
                new("short forms of one given name", Likeness.Nickname) { M = 0.07, U = 0.001 },
                new("given names spelled almost alike", Likeness.Similar) { Threshold = 0.92, M = 0.06, U = 0.002 },
                new("given names one letter apart", Likeness.Edits) { Threshold = 1, M = 0.02, U = 0.002 },
                new("given and family name swapped", Likeness.Swapped) { M = 0.02, U = 0.000002 },
                new("the one name known stands in the other field", Likeness.InOtherField) { M = 0.04, U = 0.001 },
                new("one given name is part of the other", Likeness.SharedPart) { M = 0.02, U = 0.002 },
                new("given name matches the initial", Likeness.Initial) { M = 0.03, U = 0.07 },
                new("given names somewhat alike", Likeness.Similar) { Threshold = 0.84, M = 0.03, U = 0.01 },
                new("another given name, with family name and birth date the same: perhaps twins or siblings", Likeness.WithTheSame)
                    { M = 2e-9, U = 1 },
                new("given names differ", Likeness.Else) { M = 0.055, U = 0.98 },
            ]) { With = [FamilyName, Born] },
            new(FamilyName,
            [
                new("same family name", Likeness.Same) { M = 0.8, U = 0.0006, ByFrequency = true },
                new("family names spelled almost alike", Likeness.Similar) { Threshold = 0.92, M = 0.06, U = 0.0008 },
                new("family names one letter apart", Likeness.Edits) { Threshold = 1, M = 0.015, U = 0.0008 },
                new("given and family name swapped", Likeness.Swapped) { IsSilent = true },
                new("the one name known stands in the other field", Likeness.InOtherField) { IsSilent = true },
                new("one part of a compound family name is the same", Likeness.SharedPart) { M = 0.04, U = 0.001 },
                new("family names somewhat alike", Likeness.Similar) { Threshold = 0.86, M = 0.02, U = 0.005 },
                new("family names differ, as the given names do: perhaps another name altogether", Likeness.WithOthers) { M = 0.6, U = 0.99 },
                new("family names differ", Likeness.Else) { M = 0.055, U = 0.99 },
            ]) { With = [GivenName] },
            new(Alias,
            [
                new("an alias is the whole name of the other", Likeness.NamesTheOther) { M = 0.1, U = 0.00005 },
                new("an alias is shared", Likeness.Same) { M = 0.1, U = 0.0004 },
                new("an alias is a name of the other", Likeness.NamesTheOther) { Threshold = 1, M = 0.1, U = 0.006 },
            ]) { With = [GivenName, FamilyName] },
            new(Born,
            [
                new("same birth date", Likeness.Same) { M = 0.76, U = 0.0002 },
                new("day and month swapped", Likeness.DayMonthSwapped) { M = 0.03, U = 0.00012 },
                new("may be the same birth date", Likeness.MayBeSameDay) { M = 0.95, U = 0.1 },
                new("one digit of the birth date differs", Likeness.Edits) { Threshold = 1, M = 0.07, U = 0.002 },
                new("same month and day, another year", Likeness.SameAnniversary) { M = 0.02, U = 0.002 },
                new("born in the same month", Likeness.SameMonth) { M = 0.02, U = 0.003 },
                new("born in the same year", Likeness.SameYear) { M = 0.03, U = 0.06 },
                new("born at most a year apart", Likeness.DaysApart) { Threshold = 366, M = 0.03, U = 0.12 },
                new("birth dates differ", Likeness.Else) { M = 0.01, U = 0.82 },
            ]),
            new(Sex,
            [
                new("same sex", Likeness.Same) { M = 0.985, U = 0.52 },
                new("sex differs", Likeness.Else) { M = 0.015, U = 0.48 },
            ]),
            new(Place,
            [
                new("same town", Likeness.Same) { M = 0.4, U = 0.015 },
                new("at most 40 km apart", Likeness.Apart) { Threshold = 40, M = 0.2, U = 0.02 },
                new("at most 150 km apart", Likeness.Apart) { Threshold = 150, M = 0.1, U = 0.04 },
                new("same state", Likeness.SameState) { M = 0.12, U = 0.08 },
                new("another place", Likeness.Else) { M = 0.3, U = 0.85 },
            ]),
            new(Phone,
            [
                new("a phone number is shared", Likeness.Same) { M = 0.4, U = 0.002 },
                new("phone numbers one digit apart", Likeness.Edits) { Threshold = 1, M = 0.03, U = 0.001 },
                new("no phone number shared", Likeness.Else) { M = 0.6, U = 0.99 },
            ]),
            new(Email,
            [
                new("an e-mail address is shared", Likeness.Same) { M = 0.4, U = 0.00005 },
                new("same name before the @, another service", Likeness.SameUser) { M = 0.08, U = 0.0003 },
                new("e-mail addresses one letter apart", Likeness.Edits) { Threshold = 1, M = 0.03, U = 0.0002 },
                new("no e-mail address shared", Likeness.Else) { M = 0.6, U = 0.99 },
            ]),
            new(ScreenName,
            [
                new("a screen name is shared", Likeness.Same) { M = 0.4, U = 0.0001 },
                new("screen names one sign apart", Likeness.Edits) { Threshold = 1, M = 0.04, U = 0.0006 },
                new("screen names alike", Likeness.Similar) { Threshold = 0.94, M = 0.05, U = 0.002 },
                new("no screen name shared", Likeness.Else) { M = 0.6, U = 0.99 },
            ]),
            new(Identifier,
            [
                new("an identifier is shared", Likeness.Same) { M = 0.7, U = 0.000005 },
                new("identifiers one sign apart", Likeness.Edits) { Threshold = 1, M = 0.03, U = 0.0005 },
                new("no identifier shared", Likeness.Else) { M = 0.4, U = 0.99 },
            ]),
            new(Height,
            [
                new("heights agree", Likeness.Apart) { Threshold = 3, M = 0.7, U = 0.3 },
                new("heights at most 10 cm apart", Likeness.Apart) { Threshold = 10, M = 0.25, U = 0.35 },
                new("heights differ", Likeness.Else) { M = 0.05, U = 0.35 },
            ]),
            new(BodyWeight,
            [
                new("weights may agree", Likeness.Apart) { Threshold = 2, M = 0.9, U = 0.7 },
                new("weights at most 10 kg apart", Likeness.Apart) { Threshold = 10, M = 0.07, U = 0.15 },
                new("weights differ", Likeness.Else) { M = 0.03, U = 0.15 },
            ]),
            new(Mark,
            [
                new("a scar, mark or tattoo is shared", Likeness.Same) { M = 0.5, U = 0.02 },
                new("no mark shared", Likeness.Else) { M = 0.5, U = 0.9 },
            ]),
        ],
        Blocking =
        [
            .. ((string[])
            [
                "same(identifier)", "same(phone)", "same(e-mail)", "same(screen name)",
                "day(birth date)",
                "sound(family name|given name|alias) + year(birth date)",
                "nickname(given name|alias) + year(birth date) + same(place)",
                "nickname(given name|family name) + sound(family name|given name)",
                "sound(alias|given name) + sound(alias|family name)",
                "word(given name|family name|alias) + same(place)",
            ]).Select(BlockingRule.Parse),
        ],
        Prior = 1e-4,
        Threshold = 0.95,
        Trained = true,
    };
}
