using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.People;
using Homeward.Kernel;
using Homeward.Outcomes.Model;

namespace Homeward.Outcomes;

/// <summary>Records an adult victim with the means, or an encounter: two counts, never one .</summary>
/// <remarks>An adult is a victim by force, fraud or coercion (22 USC 7102); a contact in which services were offered is an encounter.</remarks>
public static class RecordAdult
{
    /// <param name="Means">force, fraud or coercion: needed for a victim, and none for an encounter.</param>
    /// <param name="AgeVerified">A document or a record says the age. A bare claim of 18 to 20 is checked .</param>
    public sealed record Request(
        [Required] OfficeRecord Filed, bool Victim, AdultMeans? Means, [Required] DescribedPerson Person, bool AgeVerified = false);

    public sealed record Receipt(FactId Id, PersonRecordId Person, bool AlreadyThere);

    /// <summary>A claim of this age or above is taken as it is; below, it is checked .</summary>
    private const int ClaimTakenYearsMin = 21;

    internal sealed class Handler(FactBook book, PersonWriter people, DutyBook duties) : IHandle<Request, Receipt>
    {
        public Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel) =>
            RecordAsync(request, act, corrects: null, cancel);

        internal async Task<Result<Receipt>> RecordAsync(Request request, Act act, Fact? corrects, CancellationToken cancel)
        {
            var begun = await book.BeginAsync(act, request.Filed, request, recognised: null, corrects, cancel);
            if (!begun.TryGet(out var begin, out var problem)) return problem;
            if (begin.There is { } there)
                return there is AdultFinding same
                    ? new Receipt(same.Id, same.Person!.Value, AlreadyThere: true)
                    : Problem.Conflict("record-differs", "This number is a record of another kind.", "Give it a number of its own.");
            var made = Make(request, begin.Start!, act.Ids.Next<PersonRecordId>());
            if (!made.TryGet(out var finding, out problem)) return problem;
            await people.WriteAsync(act, finding.Person!.Value, PersonKind.Adult, "adult", begin.Start!, request.Person, corrects, cancel);
            FactBook.Put(act, finding, corrects, $"adult;victim={finding.Victim}");
            if (corrects is not AdultFinding) await StartDutiesAsync(request, act, finding, begin.Start!, cancel);
            if (finding.Victim) act.Tell(new AdultVictimIdentified(finding.Id));
            return new Receipt(finding.Id, finding.Person!.Value, AlreadyThere: false);
        }

        /// <summary>The record as it would stand; nothing is stored.</summary>
        internal static Result<AdultFinding> Make(Request request, FactStart start, PersonRecordId person)
        {
            if (request.Victim != request.Means is not null)
                return request.Victim
                    ? Problem.Invalid("means-missing", "An adult is a victim by force, fraud or coercion.", "Say which; or record an encounter.")
                    : Problem.Invalid("means-of-encounter", "An encounter is no finding and has no means.", "Leave it out; or record a victim.");
            if (AgeRule.On(request.Person.Born ?? default, request.Person.Age, findingSaysMinor: false, start.LocalOn) == AgeAtAct.Minor)
                return Problem.Invalid("minor", "By the birth date this is a child.", "Record a finding of a child: a minor needs no means.");
            return new AdultFinding(start) { Person = person, Victim = request.Victim, Means = request.Means?.ToString() };
        }

        private async Task StartDutiesAsync(Request request, Act act, AdultFinding finding, FactStart start, CancellationToken cancel)
        {
            var specialist = new DutyOwner(Role.VictimSpecialist, finding.OfficeCode, finding.TaskForce, finding.AgencyOri, start.Link.VictimSpecialist);
            var key = VictimDuties.KeyOf(finding.Person!.Value);
            if (finding.Victim)
                await duties.StartAsync(act, VictimDuties.OfferServices, key, "outcome", finding.Id.Value, specialist, finding.At, cancel);
            var youngest = (request.Person.Born ?? default).AgeOn(start.LocalOn)?.Min ?? request.Person.Age ?? 0;
            if (!request.AgeVerified && youngest < ClaimTakenYearsMin && request.Person is { Born.IsUnknown: false } or { Age: not null })
                await duties.StartAsync(act, VictimDuties.CheckAge, key, "outcome", finding.Id.Value, specialist, finding.At, cancel);
        }
    }
}

/// <summary>By what an adult was made a victim: 22 USC 7102.</summary>
public enum AdultMeans { Force, Fraud, Coercion }
