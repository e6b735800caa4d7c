using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Operations;
using Homeward.Release.Counting;

namespace Homeward.Release;

/// <summary>Opens a figure down to the records that it counts, with the rule that counted them (R-51).</summary>
public static class OpenFigure
{
    private const int ItemsMax = 500;

    /// <param name="Measure">As in addresses: <c>children.total</c>.</param>
    /// <param name="Office">Code; the nation when left out.</param>
    public sealed record Request([Required] string Measure, string? Office = null, string? Initiative = null, DateTimeOffset? AsOf = null);

    /// <param name="Items">At most 500; <paramref name="Count"/> says how many there are.</param>
    public sealed record Page(string Initiative, DateTimeOffset AsOf, Figure Figure, IReadOnlyList<CountedItem> Items, int Count, string CutOff);

    internal sealed class Handler(IOperations operations, ITally tallies) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var found = await Chosen.InitiativeAsync(operations, act, request.Initiative, cancel);
            if (!found.TryGet(out var initiative, out var problem)) return problem;
            // Who reaches one office opens its lines only, and the nation's not at all.
            var office = act.Reach == Scope.Nation ? request.Office : act.Actor.Office;
            if (office != request.Office && request.Office is not null) return Problem.Missing("There is no such figure for you.");
            if (!Protect.MayBeSeenBy(act.Actor.Role, request.Measure))
                return Problem.Missing("There is no such figure for you.");
            var known = office is null ? Measures.OfNation : Measures.OfOffice;
            if (!known.Contains(request.Measure))
                return Problem.Invalid("no-such-measure", $"\"{request.Measure}\": no such measure.",
                    $"known: {string.Join(", ", known.Where(measure => Protect.MayBeSeenBy(act.Actor.Role, measure)))}");
            if (Chosen.FaultOf(request.AsOf, act.Now) is { } notYet) return notYet;
            var tally = await tallies.CountAsync(act.Db, initiative, request.AsOf ?? act.Now, cancel);
            if (FigureOf(tally, request.Measure, office) is not { } figure) return Problem.Missing("There is no such figure for you.");
            foreach (var item in figure.Behind.Take(ItemsMax))
                foreach (var fact in item.Facts) act.Trace("outcome", fact, $"figure={request.Measure}");
            return new Page(tally.Initiative, tally.AsOf, figure with { Behind = [] }, [.. figure.Behind.Take(ItemsMax)], figure.Behind.Count, tally.CutOff.Says);
        }

        private static Figure? FigureOf(Tally tally, string measure, string? office)
        {
            if (office is null) return tally.Nation.GetValueOrDefault(measure);
            var line = tally.Office(office);
            return measure switch
            {
                Measures.Total => line?.Children,
                Measures.Adults => line?.Adults,
                Measures.Traffickers => line?.Arrests,
                Measures.Operations => line?.Operations,
                Measures.Shared => line?.Shared,
                Measures.Investigations => line?.Investigations,
                _ => null,
            };
        }
    }
}
