using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Outcomes.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Outcomes;

/// <summary>Records a step of a court against an arrested person: charge, indictment, plea, conviction or dismissal .</summary>
/// <remarks>Its link to the initiative is that of the arrest, which the own office made. None of these steps is an arrest, and none is counted as one.</remarks>
public static class RecordCourtEvent
{
    /// <param name="FbiNumber">Of the arrested person.</param>
    /// <param name="DocketNumber">The court's; null when not known.</param>
    public sealed record Request(
        [Required] OfficeRecord Filed, [Required, MaxLength(40)] string FbiNumber, CourtEvent Event, [MaxLength(60)] string? DocketNumber = null);
    public sealed record Receipt(FactId Id, bool AlreadyThere);

    internal sealed class Handler(FactBook book) : IHandle<Request, Receipt>
    {
        public Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel) =>
            RecordAsync(request, act, corrects: null, cancel);

        internal async Task<Result<Receipt>> RecordAsync(Request request, Act act, Fact? corrects, CancellationToken cancel)
        {
            var arrest = await act.Seen(act.Db.Set<Arrest>()).Where(row => row.FbiNumber == request.FbiNumber && row.SupersededAt == null)
                .OrderByDescending(row => row.At).ThenBy(row => row.Id).FirstOrDefaultAsync(cancel);
            if (arrest is null || arrest.ArrestKind == ArrestKind.VictimCustody)
                return Problem.Invalid("no-such-arrest", "Your office arrested nobody with this number in an initiative.",
                    "Record the arrest first. A step against somebody whom another office arrested is recorded by that office.");
            var begun = await book.BeginAsync(act, request.Filed, request, recognised: null, corrects, cancel, arrest);
            if (!begun.TryGet(out var begin, out var problem)) return problem;
            if (begin.There is { } there)
                return there is CourtStep
                    ? new Receipt(there.Id, AlreadyThere: true)
                    : Problem.Conflict("record-differs", "This number is a record of another kind.", "Give it a number of its own.");
            var step = new CourtStep(begin.Start!) { Person = arrest.Person, CourtEvent = request.Event, DocketNumber = request.DocketNumber };
            FactBook.Put(act, step, corrects, $"court={request.Event}");
            return new Receipt(step.Id, AlreadyThere: false);
        }
    }
}
