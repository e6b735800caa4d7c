using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Outcomes.Model;

namespace Homeward.Outcomes;

/// <summary>Shows which figures a correction would move, before it takes effect. Stores nothing.</summary>
public static class PreviewCorrection
{
    public sealed record Request(CorrectFact.Request Correction);

    /// <param name="Moves">Those that whoever asks may see.</param>
    /// <param name="NeedsApproval">Another person must approve it.</param>
    public sealed record Page(FactId Fact, IReadOnlyList<FigureMove> Moves, bool NeedsApproval);

    internal sealed class Handler(Corrections corrections) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (await Corrections.FindAsync(act, request.Correction.Id, cancel) is not { } fact) return Problem.Missing("There is no such record for you.");
            var drafted = await corrections.DraftAsync(act, request.Correction, fact, cancel);
            if (!drafted.TryGet(out var draft, out var problem)) return problem;
            var foreseen = await corrections.ForeseeAsync(act, fact, draft, cancel);
            act.Trace("outcome", fact.Id.Value, "correction-preview");
            return new Page(fact.Id, foreseen.Moves, foreseen.NeedsAnother);
        }
    }
}
