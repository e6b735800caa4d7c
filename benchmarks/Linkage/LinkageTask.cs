using Homeward.Linkage;

namespace Homeward.Bench;

/// <summary>What both sides of the benchmark are asked: the same comparisons, levels and blocking rules.</summary>
internal static class LinkageTask
{
    /// <summary>From this probability on a pair is a match, for both.</summary>
    public const double Threshold = 0.5;

    private static readonly string[] _narrow =
        ["same(surname) + same(dob)", "same(first_name) + same(dob)", "same(email)", "same(dob) + same(city)"];

    /// <summary>Blocking rules that bring about seven pairs a record, whatever the size: wide ones for a short list, narrower for a long one.</summary>
    /// <remarks>Pairs grow with the square of a list; who links fifty million asks for the year as well.</remarks>
    public static IReadOnlyList<BlockingRule> Rules(long records) => [.. ((string[])[.. _narrow, .. records switch
    {
        <= 2_000_000 => (string[])["same(first_name) + same(surname)", "same(surname) + same(city)", "same(first_name) + same(city)"],
        <= 20_000_000 => ["same(first_name) + same(surname)", "same(surname) + same(city) + year(dob)", "same(first_name) + same(city) + year(dob)"],
        _ => ["same(first_name) + same(surname) + year(dob)", "same(surname) + same(city) + year(dob)", "same(first_name) + same(city) + year(dob)"],
    }]).Select(BlockingRule.Parse)];

    /// <summary>Five fields and the levels that Splink's library of comparisons gives to names, dates and e-mail addresses.</summary>
    public static LinkageSettings Settings(long records) => new()
    {
        Fields =
        [
            new("first_name", FieldKind.GivenName), new("surname", FieldKind.FamilyName), new("dob", FieldKind.Date),
            new("city", FieldKind.Text), new("email", FieldKind.Email),
        ],
        Comparisons =
        [
            Name("first_name"), Name("surname"),
            new("dob",
            [
                new("same day", Likeness.Same) { M = 0.8, U = 0.0001 }, new("one digit differs", Likeness.Edits) { Threshold = 1, M = 0.1, U = 0.002 },
                new("two digits differ", Likeness.Edits) { Threshold = 2, M = 0.05, U = 0.02 }, new("another day", Likeness.Else) { M = 0.05, U = 0.97 },
            ]),
            new("city",
            [
                new("same city", Likeness.Same) { M = 0.8, U = 0.003, ByFrequency = true },
                new("city much alike", Likeness.Similar) { Threshold = 0.88, M = 0.1, U = 0.005 }, new("another city", Likeness.Else) { M = 0.1, U = 0.99 },
            ]),
            new("email",
            [
                new("same e-mail", Likeness.Same) { M = 0.8, U = 0.000002 }, new("same before the @", Likeness.SameUser) { M = 0.05, U = 0.000002 },
                new("e-mail much alike", Likeness.Similar) { Threshold = 0.88, M = 0.1, U = 0.0005 }, new("another e-mail", Likeness.Else) { M = 0.05, U = 0.999 },
            ]),
        ],
        Blocking = Rules(records),
        Prior = 1.0 / records,
        Threshold = Threshold,
    };

    private static Comparison Name(string field) => new(field,
    [
        new($"same {field}", Likeness.Same) { M = 0.8, U = 0.003, ByFrequency = true },
        new($"{field} almost alike", Likeness.Similar) { Threshold = 0.92, M = 0.08, U = 0.003 },
        new($"{field} much alike", Likeness.Similar) { Threshold = 0.88, M = 0.04, U = 0.003 },
        new($"{field} somewhat alike", Likeness.Similar) { Threshold = 0.7, M = 0.04, U = 0.03 },
        new($"{field} differs", Likeness.Else) { M = 0.04, U = 0.95 },
    ]);
}
