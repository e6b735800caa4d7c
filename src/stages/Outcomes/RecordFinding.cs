using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Foundations.Sealing;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Outcomes.Model;

namespace Homeward.Outcomes;

/// <summary>Records that a child was found: recovered, identified or located, one kind of one finding .</summary>
/// <remarks>
/// Definitions of the FBI's release on Operation Independence Day stand in <see cref="KindWords"/> and on the form. To name
/// the entry that the officers recognised is the recorder's own decision on identity, with name and reason in the ledger.
/// </remarks>
public static class RecordFinding
{
    /// <param name="FindingSaysMinor">The office finds that this is a minor although the age is not known (T-21).</param>
    /// <param name="ActAt">When the child was last exploited, where it differs from the finding: it fixes the age (T-18).</param>
    /// <param name="Sought">NIC number of the entry that the officers recognised; null for none.</param>
    /// <param name="Evidence">What supports the finding, by name: <c>removedFrom</c>, <c>knownBy</c>, <c>locatedBy</c>. Sealed.</param>
    public sealed record Request(
        [Required] OfficeRecord Filed, OutcomeKind Kind, Exploitation Exploitation, [Required] DescribedPerson Child,
        bool FindingSaysMinor = false, DateTimeOffset? ActAt = null, string? Sought = null,
        IReadOnlyDictionary<string, string>? Evidence = null, bool ForeignBorn = false);

    /// <param name="AlreadyThere">The same record with the same content was here before: nothing was changed.</param>
    public sealed record Receipt(FactId Id, PersonRecordId Person, AgeAtAct Age, bool AlreadyThere);

    internal sealed class Handler(FactBook book, PersonWriter people, FoundChild found, IIntake intake, Envelope envelope)
        : IHandle<Request, Receipt>
    {
        public Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel) =>
            RecordAsync(request, act, corrects: null, cancel);

        internal async Task<Result<Receipt>> RecordAsync(Request request, Act act, Fact? corrects, CancellationToken cancel)
        {
            EntryGist? entry = null;
            if (request.Sought is { Length: > 0 } nic && (entry = await intake.EntryByNicAsync(act.Db, nic, cancel)) is null)
                return Problem.Invalid("no-such-entry", $"There is no entry {nic}.", "Check the NIC number, or leave it out.");
            var begun = await book.BeginAsync(act, request.Filed, request, entry?.Nic, corrects, cancel);
            if (!begun.TryGet(out var begin, out var problem)) return problem;
            if (begin.There is { } there)
                return there is ChildFinding same
                    ? new Receipt(same.Id, same.Person!.Value, same.Age, AlreadyThere: true)
                    : Problem.Conflict("record-differs", "This number is a record of another kind.", "Give it a number of its own.");
            var made = Make(request, begin.Start!, act.Ids.Next<PersonRecordId>(), entry?.Id, envelope);
            if (!made.TryGet(out var finding, out problem)) return problem;
            await people.WriteAsync(act, finding.Person!.Value, PersonKind.Child, "finding", begin.Start!, request.Child, corrects, cancel);
            FactBook.Put(act, finding, corrects, $"kind={finding.Kind};exploitation={finding.Exploitation};age={finding.Age}");
            await found.FollowAsync(act, finding, begin.Start!.Link, entry, isNews: corrects is not ChildFinding, cancel);
            act.Tell(new ChildFound(finding.Id));
            return new Receipt(finding.Id, finding.Person!.Value, finding.Age, AlreadyThere: false);
        }

        /// <summary>The finding as it would stand; nothing is stored.</summary>
        internal static Result<ChildFinding> Make(Request request, FactStart start, PersonRecordId person, EntryId? entry, Envelope envelope)
        {
            if (KindFault(request) is { } fault) return fault;
            var age = AgeAt(request, ActDay(request, start));
            if (age == AgeAtAct.Adult)
                return Problem.Invalid("adult-at-act", "By the birth date this was an adult at the act.",
                    "Record an adult finding; or enter the day of the act, if it came before the 18th birthday.");
            return new ChildFinding(start)
            {
                Person = person, Kind = request.Kind, Exploitation = request.Exploitation, Age = age,
                AgeWhenFound = AgeAt(request, start.LocalOn), Born = request.Child.Born ?? default, Recognised = entry, ForeignBorn = request.ForeignBorn,
                Evidence = envelope.SealText($"fact/{start.Id}", JsonSerializer.Serialize(request.Evidence ?? new Dictionary<string, string>())),
            };
        }

        private static AgeAtAct AgeAt(Request request, DateOnly day) =>
            AgeRule.On(request.Child.Born ?? default, request.Child.Age, request.FindingSaysMinor, day);

        /// <summary>The local day of the last act against the child: it fixes the age, whenever the child was found.</summary>
        private static DateOnly ActDay(Request request, FactStart start) =>
            request.ActAt is { } actAt && actAt < start.At ? FactBook.DayAndState(request.Filed.Place, start.Office, actAt).Day : start.LocalOn;

        /// <summary>Located is a child found with no finding of exploitation; the other two are findings of it.</summary>
        private static Problem? KindFault(Request request) => (request.Kind, request.Exploitation) switch
        {
            (OutcomeKind.Located, not Exploitation.None) => Problem.Invalid("located-exploited",
                "Located means found with no finding of exploitation.", "Choose recovered or identified."),
            (OutcomeKind.Recovered or OutcomeKind.Identified, Exploitation.None) => Problem.Invalid("exploitation-missing",
                $"{request.Kind} is a finding of exploitation.", "Say whether sex or labor, or choose located."),
            _ => null,
        };
    }
}
