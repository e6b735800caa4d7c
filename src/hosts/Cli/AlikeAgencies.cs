using Homeward.Foundations.Partners;
using Homeward.Foundations.Storage;
using Homeward.Linkage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Cli;

/// <summary>Agencies that may stand twice in the lists, under two ORIs: proposed to a person, never merged.</summary>
/// <remarks>
/// An ORI is an agency's name in every other system, so that two of them are joined only by whoever keeps the lists. The
/// weights are set by judgement: an agency's double has its name, its state and its county, and two departments of one
/// county whose names only look alike are two.
/// </remarks>
internal static class AlikeAgencies
{
    private static readonly LinkageSettings _settings = new()
    {
        Fields = [new("name", FieldKind.FullName), new("state", FieldKind.Code), new("county", FieldKind.Code)],
        Comparisons =
        [
            new("name",
            [
                new("same name", Likeness.Same) { M = 0.6, U = 0.00005 },
                new("names spelled almost alike", Likeness.Similar) { Threshold = 0.94, M = 0.25, U = 0.0015 },
                new("names differ", Likeness.Else) { M = 0.15, U = 0.99 },
            ]),
            new("state", [new("same state", Likeness.Same) { M = 0.995, U = 0.03 }, new("another state", Likeness.Else) { M = 0.005, U = 0.97 }]),
            new("county", [new("same county", Likeness.Same) { M = 0.95, U = 0.001 }, new("another county", Likeness.Else) { M = 0.05, U = 0.999 }]),
        ],
        Blocking = [BlockingRule.Parse("same(name) + same(state)"), BlockingRule.Parse("same(county)")],
        Prior = 5e-7, Threshold = 0.9, Trained = true,
    };

    /// <returns>A line for each pair, the likeliest first.</returns>
    public static async Task<IReadOnlyList<string>> FindAsync(HomewardDb db, CancellationToken cancel)
    {
        var agencies = await db.Set<Agency>().AsNoTracking().OrderBy(row => row.Ori).ToListAsync(cancel);
        var records = agencies.Select(row => new LinkRecord(row.Ori).With("name", row.Name).With("state", row.State).With("county", row.CountyFips));
        return [.. Linker.Dedupe(records, _settings, cancel).Pairs.Select(pair =>
            $"{pair.Left.Id} and {pair.Right.Id}: {string.Join("; ", pair.Explanation.For.Select(bar => bar.Sentence))}")];
    }
}
