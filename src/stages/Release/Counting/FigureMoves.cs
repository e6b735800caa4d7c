using Homeward.Outcomes;

namespace Homeward.Release.Counting;

/// <summary>How figures differ between two tallies.</summary>
internal static class FigureMoves
{
    public const string Nation = "the nation";

    public static IReadOnlyList<FigureMove> Between(Tally old, Tally now)
    {
        var moves = new List<FigureMove>();
        foreach (var (measure, figure) in now.Nation) Add(measure, Nation, old.Value(measure), figure.Value);
        foreach (var code in old.Offices.Concat(now.Offices).Select(line => line.Code).Distinct(StringComparer.Ordinal))
        {
            var (before, after) = (old.Office(code), now.Office(code));
            var scope = (after ?? before)!.WrittenAs;
            Add(Measures.Total, scope, before?.Children.Value, after?.Children.Value);
            Add(Measures.Adults, scope, before?.Adults.Value, after?.Adults.Value);
            Add(Measures.Traffickers, scope, before?.Arrests.Value, after?.Arrests.Value);
            Add(Measures.Operations, scope, before?.Operations.Value, after?.Operations.Value);
            Add(Measures.Shared, scope, before?.Shared.Value, after?.Shared.Value);
            Add(Measures.Investigations, scope, before?.Investigations.Value, after?.Investigations.Value);
        }
        return moves;

        void Add(string measure, string scope, int? before, int? after)
        {
            if (before != after) moves.Add(new FigureMove(measure, scope, before, after));
        }
    }
}
