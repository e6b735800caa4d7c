namespace Homeward.Linkage;

/// <summary>The levels that a column of each kind is compared by, with m and u to start the training from.</summary>
internal static class DefaultLevels
{
    public static Comparison Compare(ColumnProfile profile, IReadOnlyList<ColumnProfile> all)
    {
        var name = profile.Column.Name;
        var other = profile.Kind switch
        {
            FieldKind.GivenName => all.FirstOrDefault(column => column.Kind == FieldKind.FamilyName),
            FieldKind.FamilyName => all.FirstOrDefault(column => column.Kind == FieldKind.GivenName),
            _ => null,
        };
        var same = new Level($"same {name}", Likeness.Same) { M = 0.8, U = Agreeing(profile), ByFrequency = true };
        var differs = new Level($"{name} differs", Likeness.Else) { M = 0.05, U = 0.95 };
        Level[] levels = profile.Kind switch
        {
            FieldKind.GivenName =>
            [
                same, Of("short forms of one {0}", Likeness.Nickname, 0, 0.03, 0.002),
                Of("{0} spelled almost alike", Likeness.Similar, 0.92, 0.06, 0.003), .. Swapped(),
                Of("one {0} is part of the other", Likeness.SharedPart, 0, 0.01, 0.002),
                Of("{0} matches the initial", Likeness.Initial, 0, 0.01, 0.005),
                Of("{0} somewhat alike", Likeness.Similar, 0.82, 0.03, 0.02), differs,
            ],
            FieldKind.FamilyName =>
            [
                same, Of("{0} spelled almost alike", Likeness.Similar, 0.92, 0.06, 0.002), .. Swapped(),
                Of("one {0} is part of the other", Likeness.SharedPart, 0, 0.01, 0.002),
                Of("{0} somewhat alike", Likeness.Similar, 0.82, 0.03, 0.01), differs,
            ],
            FieldKind.FullName or FieldKind.Text or FieldKind.ScreenName or FieldKind.Place =>
            [
                same, Of("{0} spelled almost alike", Likeness.Similar, 0.92, 0.08, 0.003),
                Of("{0} shares a word", Likeness.SharedPart, 0, 0.03, 0.02),
                Of("{0} somewhat alike", Likeness.Similar, 0.82, 0.04, 0.02), differs,
            ],
            FieldKind.Date =>
            [
                same, Of("day and month of {0} swapped", Likeness.DayMonthSwapped, 0, 0.01, 0.0002),
                Of("one digit of {0} differs", Likeness.Edits, 1, 0.08, 0.002),
                Of("same month and day of {0}, another year", Likeness.SameAnniversary, 0, 0.02, 0.003),
                Of("same month of {0}", Likeness.SameMonth, 0, 0.02, 0.003),
                Of("two digits of {0} differ", Likeness.Edits, 2, 0.02, 0.02),
                Of("same year of {0}", Likeness.SameYear, 0, 0.02, 0.02), differs,
            ],
            FieldKind.Email =>
            [
                same, Of("{0} the same before the @", Likeness.SameUser, 0, 0.03, 0.0005),
                Of("{0} almost alike", Likeness.Similar, 0.92, 0.1, 0.002),
                Of("{0} somewhat alike", Likeness.Similar, 0.85, 0.03, 0.01), differs,
            ],
            FieldKind.Phone or FieldKind.Identifier =>
            [
                same, Of("{0} one sign apart", Likeness.Edits, 1, 0.08, 0.005),
                Of("{0} two signs apart", Likeness.Edits, 2, 0.03, 0.03), differs,
            ],
            FieldKind.Code or FieldKind.Number => [same, differs],
        };
        return new(name, levels) { With = other is null ? null : [other.Column.Name] };

        Level Of(string label, Likeness likeness, double threshold, double m, double u) =>
            new(string.Format(System.Globalization.CultureInfo.InvariantCulture, label, name), likeness) { Threshold = threshold, M = m, U = u };

        Level[] Swapped() => other is null
            ? []
            : [Of($"{{0}} and {other.Column.Name} swapped", Likeness.Swapped, 0, 0.02, 0.00001) with { IsSilent = profile.Kind == FieldKind.FamilyName }];
    }

    /// <summary>How often two persons agree: counted, and in a short list mostly what is usual for such a column.</summary>
    private static double Agreeing(ColumnProfile profile)
    {
        const double UsualRows = 20;
        var usual = profile.Kind switch
        {
            FieldKind.Code => 0.2,
            FieldKind.GivenName or FieldKind.Text or FieldKind.Place or FieldKind.Number => 0.01,
            FieldKind.FamilyName => 0.002,
            FieldKind.FullName or FieldKind.Date => 0.0005,
            FieldKind.Phone or FieldKind.Email or FieldKind.ScreenName or FieldKind.Identifier => 0.0001,
        };
        var counted = profile.Rows / (profile.Rows + UsualRows);
        return Math.Clamp((counted * counted * profile.Collision) + ((1 - (counted * counted)) * usual), 1e-6, 0.9);
    }
}
