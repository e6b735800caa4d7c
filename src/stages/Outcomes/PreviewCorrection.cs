using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Outcomes.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Outcomes;

/// <summary>Shows which figures a correction would move, before it takes effect. Stores nothing.</summary>
public static class PreviewCorrection
{
    public sealed record Request(CorrectFact.Request Correction);

    /// <param name="NeedsApproval">Another person must approve it.</param>
    public sealed record Page(FactId Fact, IReadOnlyList<FigureMove> Moves, bool NeedsApproval);

    internal sealed class Handler(Corrections corrections, IEnumerable<IForeseeFigures> foreseers) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var fact = await act.Db.Set<Fact>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.Correction.Id, cancel);
            if (fact is null || !act.Covers(fact)) return Problem.Missing("There is no such record for you.");
            var drafted = await corrections.DraftAsync(act, request.Correction, fact, cancel);
            if (!drafted.TryGet(out var draft, out var problem)) return problem;
            var standing = await FactReader.StandingAsync(act.Db, fact.Initiative, act.Now, cancel);
            standing.RemoveAll(row => row.Id == fact.Id);
            if (draft.Replacement is { } replacement) standing.Add(replacement);
            var moves = new List<FigureMove>();
            foreach (var foreseer in foreseers)
                moves.AddRange(await foreseer.ForeseeAsync(act.Db, fact.Initiative, FactReader.Told(standing), act.Now, cancel));
            act.Trace("outcome", fact.Id.Value, "correction-preview");
            return new Page(fact.Id, moves, (fact is ChildFinding) != (draft.Replacement is ChildFinding));
        }
    }
}
