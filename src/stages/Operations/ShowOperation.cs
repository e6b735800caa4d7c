using Homeward.Foundations.Access;
using Homeward.Foundations.Places;
using Homeward.Foundations.Sealing;
using Homeward.Kernel;
using Homeward.Operations.Model;
using Homeward.Referral;
using Homeward.Review;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Operations;

/// <summary>An operation with its facts, roster, deconfliction in words, and its course in time.</summary>
public static class ShowOperation
{
    public sealed record Request(OperationId Id);

    public sealed record Agency(string Ori, string Name);
    public sealed record Sought(LeadId Lead, string Number, ReferralId Referral, string ReferralNumber, LeadState State);
    public sealed record Log(Guid Id, int Ordinal, DateTimeOffset At, DateTimeOffset EnteredAt, string By, string Text, Guid? Corrects, bool IsNewest);

    /// <param name="Says">Its state of deconfliction in words; never "clear" .</param>
    public sealed record Event(Guid Id, string Type, string Says, DateTimeOffset SubmittedAt, bool HasRegionalAnswer);

    /// <param name="Contact">Whom to call, once the desk has released it: name and task force, nothing of the case.</param>
    public sealed record Conflict(Guid Id, DateTimeOffset FoundAt, bool IsOpen, string State, bool OwnTaskForce, string? Contact, bool IAgreed, string? Agreement);

    /// <param name="Undercover">Null for everybody but the team and the approver .</param>
    public sealed record Page(
        OperationId Id, string Reference, InitiativeId? Initiative, OperationKind Kind, OperationState State, string Office, string Zone,
        string TaskForce, IReadOnlyList<string> OtherOffices, PlaceQuery Place, IReadOnlyList<PlaceSource> Sources, DateTimeOffset From, DateTimeOffset To,
        DateTimeOffset PlannedAt, string PlannedBy, DateTimeOffset? VerifiedAt, bool PlaceDisputed, string? Specialist, string? SpecialistException,
        DateTimeOffset? ApprovedAt, string? ApprovedBy, bool Exigency, DateTimeOffset? StartedAt, DateTimeOffset? ClosedAt, DateTimeOffset? CalledOffAt,
        string? AfterAction, string? Undercover, IReadOnlyList<Agency> Agencies, IReadOnlyList<Sought> Seeks, IReadOnlyList<Event> Events,
        IReadOnlyList<Conflict> Conflicts, IReadOnlyList<Log> Entries, bool IPlannedIt);

    internal sealed class Handler(OperationBook book, Envelope envelope, IReferral referrals, IReview review) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var db = act.Db;
            var row = await db.Set<Operation>().SingleOrDefaultAsync(one => one.Id == request.Id, cancel);
            if (row is null || !act.Covers(row)) return OperationBook.Missing;
            var office = Gazetteer.Default.Offices.WithCode(row.OfficeCode);
            Ensure.That(office is not null && row.TaskForce is not null);
            var agencies = await (
                from seat in db.Set<OperationAgency>()
                join agency in db.Set<Foundations.Partners.Agency>() on seat.AgencyOri equals agency.Ori
                where seat.Operation == row.Id
                orderby agency.Name, agency.Ori
                select new Agency(agency.Ori, agency.Name)).ToListAsync(cancel);
            var lines = await db.Set<LogLine>().Where(line => line.Operation == row.Id).OrderBy(line => line.Ordinal).ToListAsync(cancel);
            var team = await db.Set<OperationMember>().Where(member => member.Operation == row.Id).Select(member => member.User).ToListAsync(cancel);
            var people = lines.Select(line => line.By).Concat([row.PlannedBy]).Concat(new[] { row.ApprovedBy, row.VictimSpecialist }.OfType<UserId>()).Distinct().ToList();
            var names = await db.Set<User>().Where(user => people.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.Name, cancel);
            var covert = row.Undercover is not null && SeesUndercover(act, row, team);
            act.Trace("operation", row.Id.Value, covert ? "shown;undercover" : "shown");
            return new Page(
                row.Id, row.Reference, row.Initiative, row.Kind, row.State, office.Name, office.Zone, row.TaskForce,
                row.OtherOffices.Split('\n', StringSplitOptions.RemoveEmptyEntries), book.PlaceOf(row), book.SourcesOf(row), row.PlannedFrom, row.PlannedTo,
                row.PlannedAt, NameOf(row.PlannedBy), row.VerifiedAt, row.PlaceDisputed, row.VictimSpecialist is { } specialist ? NameOf(specialist) : null,
                book.Open(row.Id, "exception", row.SpecialistException), row.ApprovedAt, row.ApprovedBy is { } approver ? NameOf(approver) : null,
                row.Exigency is not null, row.StartedAt, row.ClosedAt, row.CalledOffAt, book.Open(row.Id, "after", row.AfterAction),
                covert ? book.Open(row.Id, "undercover", row.Undercover) : null, agencies, await SeeksAsync(act, row, cancel),
                await EventsAsync(act, row, cancel), await ConflictsAsync(act, row, cancel),
                [.. lines.Select(line => new Log(line.Id, line.Ordinal, line.At, line.EnteredAt, NameOf(line.By),
                    envelope.OpenText($"operation/log/{StrongId.Text(line.Id)}", line.Text), line.Corrects, lines.TrueForAll(other => other.Corrects != line.Id)))],
                row.IsPlanOf(act.Actor.Id));

            string NameOf(UserId id) => names.GetValueOrDefault(id, "Homeward");
        }

        /// <summary>The team; who approved it; and, while it waits for approval, who may give it.</summary>
        private static bool SeesUndercover(Act act, Operation row, List<UserId> team) =>
            team.Contains(act.Actor.Id) || row.ApprovedBy == act.Actor.Id
            || (row.State == OperationState.Planned && act.Actor.Role is Role.Supervisor or Role.Coordinator);

        private async Task<IReadOnlyList<Sought>> SeeksAsync(Act act, Operation row, CancellationToken cancel)
        {
            var sought = await act.Db.Set<OperationLead>().Where(one => one.Operation == row.Id).OrderBy(one => one.Lead).ToListAsync(cancel);
            if (sought.Count == 0) return [];
            var leads = (await review.LeadsAsync(act.Db, [.. sought.Select(one => one.Lead)], cancel)).ToDictionary(one => one.Id);
            var numbers = (await referrals.ReferralsOfLeadsAsync(act.Db, [.. sought.Select(one => one.Lead)], cancel)).ToDictionary(one => one.Id, one => one.Number);
            return [.. sought.Where(one => leads.ContainsKey(one.Lead)).Select(one => new Sought(
                one.Lead, leads[one.Lead].Number, one.Referral, numbers.GetValueOrDefault(one.Referral, ""), leads[one.Lead].State))];
        }

        private static async Task<IReadOnlyList<Event>> EventsAsync(Act act, Operation row, CancellationToken cancel)
        {
            var events = await act.Db.Set<DeconflictionEvent>().Where(one => one.Operation == row.Id).OrderBy(one => one.Type).ToListAsync(cancel);
            return [.. events.Select(one => new Event(one.Id, one.Type, EventWords.Of(one), one.SubmittedAt, one.RegionalAt is not null))];
        }

        private async Task<IReadOnlyList<Conflict>> ConflictsAsync(Act act, Operation row, CancellationToken cancel)
        {
            var own = await act.Db.Set<DeconflictionEvent>().Where(one => one.Operation == row.Id).Select(one => one.Id).ToListAsync(cancel);
            if (own.Count == 0) return [];
            var found = await act.Db.Set<EventConflict>().Where(one => own.Contains(one.One) || own.Contains(one.Other))
                .OrderByDescending(one => one.FoundAt).ThenBy(one => one.Id).ToListAsync(cancel);
            if (found.Count == 0) return [];
            var otherIds = found.Select(one => own.Contains(one.One) ? one.Other : one.One).Distinct().ToList();
            var others = await (
                from other in act.Db.Set<DeconflictionEvent>()
                join user in act.Db.Set<User>() on other.Contact equals user.Id
                where otherIds.Contains(other.Id)
                select new { other.Id, other.TaskForce, user.Name }).ToDictionaryAsync(one => one.Id, cancel);
            return [.. found.Select(one =>
            {
                var isOne = own.Contains(one.One);
                var other = others[isOne ? one.Other : one.One];
                act.Trace("conflict", one.Id, one.ReleasedAt is null ? "shown" : "shown;contact");
                return new Conflict(one.Id, one.FoundAt, one.State == ConflictState.Open, EventWords.Of(one.State), other.TaskForce == row.TaskForce,
                    one.ReleasedAt is null ? null : $"{other.Name}, {other.TaskForce}", (isOne ? one.OneAgreedAt : one.OtherAgreedAt) is not null,
                    one.Agreement is null ? null : envelope.OpenText($"conflict/{StrongId.Text(one.Id)}", one.Agreement));
            })];
        }
    }
}
