using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Homeward.Foundations.Access;
using Homeward.Foundations.Partners;
using Homeward.Foundations.Places;
using Homeward.Foundations.Rules;
using Homeward.Kernel;
using Homeward.Operations.Model;
using Homeward.Referral;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Operations;

/// <summary>Plans an operation of one's own task force: place with its basis, window, whom it seeks, who takes part (R-25, R-75).</summary>
public static class PlanOperation
{
    /// <param name="Initiative">The one that it belongs to, or none (R-30).</param>
    /// <param name="Sources">On what the place rests; at least one, here or in <paramref name="Source"/>.</param>
    /// <param name="Referrals">Accepted referrals of the task force that no other operation has taken up.</param>
    /// <param name="Agencies">ORIs; each a member of the task force on the operation's local day.</param>
    /// <param name="SpecialistException">Why there is no victim specialist, if there is none.</param>
    /// <param name="Undercover">For the team and the approver alone (R-28).</param>
    /// <param name="Team">Who sees that, beside the planner.</param>
    /// <param name="OtherOffices">Codes of offices that take part across the line; the lead is the planner's (T-44).</param>
    /// <param name="Source">One source, as a form gives it.</param>
    public sealed record Request(
        InitiativeId? Initiative, OperationKind Kind, [Required] DateTimeOffset? From, [Required] DateTimeOffset? To,
        [Required] PlaceQuery Place, IReadOnlyList<PlaceSource>? Sources, IReadOnlyList<ReferralId>? Referrals = null,
        IReadOnlyList<string>? Agencies = null, UserId? VictimSpecialist = null, [MaxLength(4000)] string? SpecialistException = null,
        [MaxLength(8000)] string? Undercover = null, IReadOnlyList<UserId>? Team = null, IReadOnlyList<string>? OtherOffices = null,
        PlaceSource? Source = null)
    {
        // Computed at each call: a copy by "with" would otherwise carry the sources of its original.
        internal IReadOnlyList<PlaceSource> AllSources => [.. Sources ?? [], .. Source is null ? Array.Empty<PlaceSource>() : [Source]];
    }

    public sealed record Receipt(OperationId Id, string Reference);

    internal sealed class Handler(OperationBook book, IReferral referrals, RuleBook rules) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var (from, to) = (Instants.Truncate(request.From!.Value), Instants.Truncate(request.To!.Value));
            var started = await BeginAsync(act, request, from, to, cancel);
            if (!started.TryGet(out var begin, out var problem)) return problem;
            var agencies = (request.Agencies ?? []).Distinct(StringComparer.Ordinal).ToList();
            if (await RosterFaultAsync(act, begin, agencies, request.OtherOffices ?? [], cancel) is { } fault) return fault;
            if (await SpecialistFaultAsync(act, request.VictimSpecialist, cancel) is { } absent) return absent;
            var takenUp = await TakeUpAsync(act, begin.Force.Code, request, cancel);
            if (!takenUp.TryGet(out var taken, out problem)) return problem;

            var id = act.Ids.Next<OperationId>();
            var operation = new Operation
            {
                Id = id, Reference = await NextReferenceAsync(act, begin.Force.Code, begin.Day, cancel), Initiative = request.Initiative,
                Kind = request.Kind, State = OperationState.Planned, OfficeCode = begin.Force.OfficeCode, TaskForce = begin.Force.Code,
                OtherOffices = string.Join('\n', request.OtherOffices ?? []), Place = book.SealJson(id, "place", request.Place),
                Basis = request.AllSources[0].Kind, BasisText = book.SealJson(id, "basis", request.AllSources), PlannedFrom = from, PlannedTo = to,
                VictimSpecialist = request.VictimSpecialist, PlannedBy = act.Actor.Id, PlannedAt = act.Now, Version = 1, Revision = act.Ids.Next(),
                SpecialistException = request.SpecialistException is { Length: > 0 } why ? book.Seal(id, "exception", why) : null,
                Undercover = request.Undercover is { Length: > 0 } covert ? book.Seal(id, "undercover", covert) : null,
            };
            act.Db.Add(operation);
            foreach (var ori in agencies) act.Db.Add(new OperationAgency { Operation = id, AgencyOri = ori });
            foreach (var user in (request.Team ?? []).Append(act.Actor.Id).Distinct()) act.Db.Add(new OperationMember { Operation = id, User = user });
            foreach (var (lead, referral) in taken) act.Db.Add(new OperationLead { Operation = id, Lead = lead, Referral = referral });
            foreach (var referral in (request.Referrals ?? []).Distinct()) await referrals.NoteActedAsync(act, referral, cancel);
            await book.StartVerifyClockAsync(act, operation, rules.Span(OperationBook.VerifyRule, from), cancel);
            act.Trace("operation", id.Value, $"planned;kind={request.Kind};referrals={taken.Count}");
            return new Receipt(id, operation.Reference);
        }

        private static async Task<Result<(TaskForce Force, DateOnly Day)>> BeginAsync(
            Act act, Request request, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
        {
            if (WindowFault(from, to) is { } fault) return fault;
            var force = await act.Db.Set<TaskForce>().AsNoTracking().SingleOrDefaultAsync(row => row.Code == act.Actor.TaskForce, cancel);
            if (force is null) return Problem.Forbidden("You plan for your own task force, and are in none.");
            if (Gazetteer.Default.Offices.WithCode(force.OfficeCode) is not { } office)
                return Problem.Invalid("no-such-office", $"{force.OfficeCode} is no field office.", "Correct the task force's office in the partner lists.");
            var day = Zones.LocalDay(from, Zones.ZoneOf(office));
            if (!office.IsOpenOn(day))
                return Problem.Invalid("office-not-open", $"{office.Name} is not open on {day:yyyy-MM-dd}.", "Plan it with the office that has the territory then.");
            if (PlaceRules.Fault(request.Place, request.AllSources) is { } basis) return basis;
            if (PlaceRules.Locate(request.Place, from) is { IsDone: false } nowhere) return nowhere.Problem;
            if (request.Kind == OperationKind.Lead && request.Referrals is not { Count: > 0 })
                return Problem.Invalid("nobody-sought", "An operation that follows leads names the referrals that it takes up.", "Choose them, or plan a proactive one.");
            if (request.Initiative is { } initiative && !await act.Db.Set<Initiative>().AnyAsync(row => row.Id == initiative, cancel))
                return Problem.Invalid("no-such-initiative", "There is no such initiative.", "Choose one, or none.");
            return (force, day);
        }

        private static async Task<Problem?> RosterFaultAsync(
            Act act, (TaskForce Force, DateOnly Day) begin, List<string> agencies, IReadOnlyList<string> otherOffices, CancellationToken cancel)
        {
            var unknown = otherOffices.FirstOrDefault(code => Gazetteer.Default.Offices.WithCode(code)?.IsOpenOn(begin.Day) != true);
            if (unknown is not null)
                return Problem.Invalid("no-such-office", $"\"{unknown}\" is no field office on {begin.Day:yyyy-MM-dd}.", "Name the offices that take part.");
            if (agencies.Count == 0) return null;
            var offices = otherOffices.ToList();
            var forces = act.Db.Set<TaskForce>().Where(row => row.Code == begin.Force.Code || offices.Contains(row.OfficeCode)).Select(row => row.Code);
            var seats = await act.Db.Set<Membership>().AsNoTracking()
                .Where(row => forces.Contains(row.TaskForce) && agencies.Contains(row.AgencyOri)).ToListAsync(cancel);
            var strangers = agencies.Except(seats.Where(seat => seat.IsIn(begin.Day, begin.Day)).Select(seat => seat.AgencyOri), StringComparer.Ordinal).ToList();
            return strangers.Count == 0
                ? null
                : Problem.Invalid("not-a-member", $"Not in {begin.Force.Code} on {begin.Day:yyyy-MM-dd}: {string.Join(", ", strangers)}.",
                    "Take agencies that are members on the day.");
        }

        private async Task<Result<List<(Review.LeadId Lead, ReferralId Referral)>>> TakeUpAsync(Act act, string force, Request request, CancellationToken cancel)
        {
            var taken = new List<(Review.LeadId, ReferralId)>();
            if (request.Referrals is not { Count: > 0 } wanted) return taken;
            var free = (await referrals.AcceptedAsync(act.Db, force, cancel)).ToDictionary(one => one.Id);
            foreach (var id in wanted.Distinct())
            {
                if (!free.TryGetValue(id, out var gist))
                    return Problem.Invalid("referral-not-free", "One of the referrals is not accepted by your task force, or another operation has it.",
                        "Choose from those that wait.");
                taken.AddRange(gist.Leads.Where(lead => !taken.Exists(one => one.Item1 == lead)).Select(lead => (lead, id)));
            }
            return taken;
        }

        private static async Task<string> NextReferenceAsync(Act act, string force, DateOnly day, CancellationToken cancel)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{force}/{day:yyyy-MM-dd}");
            // One statement: it holds the row until the act stands, so that two at once get two ordinals.
            var last = (await act.Db.Database.SqlQuery<int>($"""
                INSERT INTO operation_counters ("key", "last") VALUES ({key}, 1)
                ON CONFLICT ("key") DO UPDATE SET "last" = operation_counters."last" + 1 RETURNING "last" AS "Value"
                """).ToListAsync(cancel)).Single();
            return string.Create(CultureInfo.InvariantCulture, $"{key}/{last}");
        }
    }

    internal static Problem? WindowFault(DateTimeOffset from, DateTimeOffset to) =>
        from >= to ? Problem.Invalid("window-empty", "The end is not after the beginning.", "Exchange the two, or correct them.")
        : to - from > TimeSpan.FromDays(GridCells.DaysMax) ? Problem.Invalid("window-too-long", $"More than {GridCells.DaysMax} days.", "Plan several operations.")
        : null;

    internal static async Task<Problem?> SpecialistFaultAsync(Act act, UserId? id, CancellationToken cancel)
    {
        if (id is not { } wanted) return null;
        var user = await act.Db.Set<User>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == wanted, cancel);
        return user is { Role: Role.VictimSpecialist } && user.IsActive(act.Now)
            ? null
            : Problem.Invalid("no-such-specialist", "This is no victim specialist who works now.", "Choose one of your office.");
    }
}
