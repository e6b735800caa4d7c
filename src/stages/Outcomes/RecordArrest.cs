using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.People;
using Homeward.Kernel;
using Homeward.Outcomes.Model;

namespace Homeward.Outcomes;

/// <summary>Records an arrest: for trafficking, of a buyer, for something else, or a victim's own custody.</summary>
/// <remarks>
/// Distinct persons arrested for trafficking are counted; the others stand apart. A victim's custody is a protected
/// record, never among arrests, and asks for the state's safe-harbour rule. An arrest on an unrelated warrant is
/// "other", even of a suspected trafficker (T-32).
/// </remarks>
public static class RecordArrest
{
    /// <param name="Offence">What the arrest was for: <c>18 USC 1591</c>.</param>
    public sealed record Request(
        [Required] OfficeRecord Filed, ArrestKind Kind, [Required, MaxLength(200)] string Offence, [Required] DescribedPerson Person);

    public sealed record Receipt(FactId Id, PersonRecordId Person, bool AlreadyThere);

    internal sealed class Handler(FactBook book, PersonWriter people, DutyBook duties) : IHandle<Request, Receipt>
    {
        public Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel) =>
            RecordAsync(request, act, corrects: null, cancel);

        internal async Task<Result<Receipt>> RecordAsync(Request request, Act act, Fact? corrects, CancellationToken cancel)
        {
            var begun = await book.BeginAsync(act, request.Filed, request, recognised: null, corrects, cancel);
            if (!begun.TryGet(out var begin, out var problem)) return problem;
            if (begin.There is { } there)
                return there is Arrest same
                    ? new Receipt(same.Id, same.Person!.Value, AlreadyThere: true)
                    : Problem.Conflict("record-differs", "This number is a record of another kind.", "Give it a number of its own.");
            var start = begin.Start!;
            var arrest = Make(request, start, act.Ids.Next<PersonRecordId>());
            var inCustody = arrest.ArrestKind == ArrestKind.VictimCustody;
            await people.WriteAsync(act, arrest.Person!.Value, inCustody ? PersonKind.Child : PersonKind.Suspect, VictimCustody.ArrestSource, start, request.Person, corrects, cancel);
            FactBook.Put(act, arrest, corrects, inCustody ? "custody" : $"arrest={request.Kind}");
            if (inCustody)
                await duties.StartAsync(act, VictimDuties.CheckSafeHarbour, VictimDuties.KeyOf(arrest.Person!.Value), "outcome", arrest.Id.Value,
                    new DutyOwner(Role.VictimSpecialist, arrest.OfficeCode, arrest.TaskForce, arrest.AgencyOri, start.Link.VictimSpecialist), arrest.At, cancel);
            return new Receipt(arrest.Id, arrest.Person!.Value, AlreadyThere: false);
        }

        /// <summary>The arrest as it would stand; nothing is stored.</summary>
        internal static Arrest Make(Request request, FactStart start, PersonRecordId person) => new(start)
        {
            Person = person, ArrestKind = request.Kind, Offence = request.Offence.Trim(), FbiNumber = request.Person.FbiNumber,
        };
    }
}
