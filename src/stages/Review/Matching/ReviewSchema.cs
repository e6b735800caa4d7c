using Homeward.Linkage;

namespace Homeward.Review.Matching;

/// <summary>How Review compares a person of a report with a missing-child entry.</summary>
/// <remarks>
/// The settings for people, with two judgements of Review's own. A report often tells nothing but an account, a number
/// or an address, and the entry gives the same one: so an identifier that few hold weighs as what it is, nearly
/// exact (those that many hold are left out before, see <see cref="MatchIndex"/>; of two people who do not belong together
/// hardly any two in a million share a number). In return the level for twins
/// weighs more, so that a shared telephone of a household does not make one child of two (T-25).
/// </remarks>
internal static class ReviewSchema
{
    /// <summary>Kept with every proposal; raise it when a weight or a blocking rule changes.</summary>
    public const string Version = "review-schema-2";

    /// <summary>How the report's persons were read; raise it when <see cref="Probes"/> reads them otherwise.</summary>
    public const string Extractor = "report-persons-1";

    private const double TwinM = 2e-12;

    public static LinkageSettings Settings { get; } = PersonSchema.Settings with
    {
        Comparisons = [.. PersonSchema.Settings.Comparisons.Select(Tuned)],
    };

    private static Comparison Tuned(Comparison comparison) => comparison.Field switch
    {
        PersonSchema.Phone => With(comparison, Likeness.Same, level => level with { U = 4e-6 }),
        PersonSchema.Email => With(comparison, Likeness.Same, level => level with { U = 3e-6 }),
        PersonSchema.ScreenName => With(comparison, Likeness.Same, level => level with { U = 5e-6 }),
        PersonSchema.GivenName => With(comparison, Likeness.WithTheSame, level => level with { M = TwinM }),
        _ => comparison,
    };

    private static Comparison With(Comparison comparison, Likeness likeness, Func<Level, Level> change) => comparison with
    {
        Levels = [.. comparison.Levels.Select(level => level.Likeness == likeness ? change(level) : level)],
    };
}
