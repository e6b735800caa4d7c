using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Kernel;
using Homeward.Operations;
using Homeward.Release.Counting;
using Homeward.Release.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Release;

/// <summary>An office looks at its own lines of a frozen count before anything goes out, and agrees or says why not (R-53, T-38).</summary>
/// <remarks>Its own coordinator does, or the national unit for an office that has nobody: never who writes the release, nor who approves it for the Department.</remarks>
public static class PreviewOffice
{
    /// <param name="ClaimedChildren">What the office would say itself; left out when it agrees.</param>
    /// <param name="Explanation">Why its number is another: needed where it is.</param>
    public sealed record Request(
        SnapshotId Snapshot, [Required, MaxLength(4)] string Office, int? ClaimedChildren = null, [MaxLength(2000)] string? Explanation = null);

    /// <param name="Children">As the frozen count has it for the office; null is "not reported".</param>
    public sealed record Receipt(string Office, int? Children, int? Adults, int? Arrests, int? Operations);

    internal sealed class Handler(IOperations operations, ITally tallies, Envelope envelope) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var snapshot = await act.Db.Set<CountSnapshot>().SingleOrDefaultAsync(row => row.Id == request.Snapshot, cancel);
            if (snapshot is null || (act.Reach != Scope.Nation && request.Office != act.Actor.Office)
                || await operations.InitiativeAsync(act.Db, snapshot.Initiative, cancel) is not { } initiative)
                return Problem.Missing("There is no such line for you.");
            var line = (await tallies.CountAsync(act.Db, initiative, snapshot.AsOf, cancel)).Office(request.Office);
            var claim = request.ClaimedChildren == line?.Children.Value ? null : request.ClaimedChildren;
            if (claim is not null && string.IsNullOrWhiteSpace(request.Explanation))
                return Problem.Of("reconcile-first", $"You say {claim}; the nation's table says {line?.Children.Shown ?? "not reported"} for this office.",
                    "Explain the difference, item by item; nothing goes out before.");
            var id = act.Ids.Next();
            act.Db.Add(new OfficePreview
            {
                Id = id, Snapshot = snapshot.Id, OfficeCode = request.Office, ClaimedChildren = claim, By = act.Actor.Id, At = act.Now,
                Explanation = claim is null ? null : envelope.SealText($"preview/{StrongId.Text(id)}", request.Explanation!),
            });
            act.Trace("snapshot", snapshot.Id.Value, $"office={request.Office};previewed");
            return new Receipt(request.Office, line?.Children.Value, line?.Adults.Value, line?.Arrests.Value, line?.Operations.Value);
        }
    }
}
