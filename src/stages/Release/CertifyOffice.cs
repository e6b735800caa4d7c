using Homeward.Foundations.Access;
using Homeward.Foundations.Places;
using Homeward.Kernel;
using Homeward.Operations;
using Homeward.Release.Counting;
using Homeward.Release.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Release;

/// <summary>An office says that all its figures of the named measures are in: what is not there is 0 from now on (R-42, T-36, T-37).</summary>
public static class CertifyOffice
{
    /// <summary>The measures on which an office reports.</summary>
    public static IReadOnlyList<string> Reported { get; } = [Measures.Total, Measures.Adults, Measures.Traffickers, Measures.Investigations];

    /// <summary>What the nation says besides for itself: that the lists of partners are in, or that there are none.</summary>
    private static readonly string[] _reportedByNation = [.. Reported, Measures.TaskForces, Measures.Agencies];

    /// <param name="Office">Code; null is the nation's word for its own figure, offices stay as they are.</param>
    /// <param name="Measures">All of <see cref="Reported"/> when left out; for the nation task forces and agencies too.</param>
    /// <param name="Withdraw">Takes the word back: the figures were not complete.</param>
    public sealed record Request(string? Office = null, IReadOnlyList<string>? Measures = null, string? Initiative = null, bool Withdraw = false);

    internal sealed class Handler(IOperations operations) : IHandle<Request, Done>
    {
        public async Task<Result<Done>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var found = await Chosen.InitiativeAsync(operations, act, request.Initiative, cancel);
            if (!found.TryGet(out var initiative, out var problem)) return problem;
            if (act.Reach != Scope.Nation && (request.Office is null || request.Office != act.Actor.Office))
                return Problem.Forbidden("You certify your own office.");
            if (request.Office is { } code && Gazetteer.Default.Offices.WithCode(code)?.IsOpenWithin(initiative.From, initiative.To) != true)
                return Problem.Invalid("no-such-office", $"\"{code}\": no such office on the dates of the initiative.", "Enter the code of a field office.");
            var reported = request.Office is null ? _reportedByNation : Reported;
            var measures = request.Measures ?? reported;
            if (measures.Except(reported).FirstOrDefault() is { } unknown)
                return Problem.Invalid("no-such-measure", $"\"{unknown}\" is not certified {(request.Office is null ? "at all" : "by offices")}.", $"Choose of: {string.Join(", ", reported)}.");
            var standing = await act.Db.Set<OfficeCertification>()
                .Where(row => row.Initiative == initiative.Id && row.OfficeCode == request.Office && row.WithdrawnAt == null).ToListAsync(cancel);
            foreach (var measure in measures)
            {
                var there = standing.Where(row => row.Measure == measure).ToList();
                if (request.Withdraw) there.ForEach(row => row.WithdrawnAt = act.Now);
                else if (there.Count == 0)
                    act.Db.Add(new OfficeCertification
                    {
                        Id = act.Ids.Next(), Initiative = initiative.Id, OfficeCode = request.Office, Measure = measure, At = act.Now, By = act.Actor.Id,
                    });
            }
            act.Trace("initiative", initiative.Id.Value, $"office={request.Office ?? "nation"};{(request.Withdraw ? "withdrawn" : "certified")}");
            return Done.Value;
        }
    }
}
