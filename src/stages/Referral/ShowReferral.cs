using System.Text.Json;
using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Homeward.Referral.Model;
using Homeward.Review;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Referral;

/// <summary>The hand-over card: from, to, clock, voice contact, receipt, what was sent, what came of it.</summary>
public static class ShowReferral
{
    public sealed record Request(ReferralId Id);

    /// <param name="From">Office code; null is the national unit.</param>
    /// <param name="Shown">What was proposed when it was sent .</param>
    /// <param name="End">How the step ended, in a word; null while it runs.</param>
    public sealed record Step(
        int Ordinal, string? From, string? To, string? TaskForce, string SentBy, DateTimeOffset SentAt, string Basis, string? Reason,
        RecipientCheck Recipient, IReadOnlyList<PlaceRoute> Shown, DateTimeOffset? VoiceAt, string? Voice, DateTimeOffset? ReceiptAt,
        string? ReceiptBy, string? End, DateTimeOffset? EndedAt, string? Return, string? ProposedOwner);

    /// <summary>One sending of fields .</summary>
    public sealed record Sent(
        string LeadNumber, int LeadVersion, string? To, IReadOnlyList<string> Fields, IReadOnlyList<string> ReportNumbers, IReadOnlyList<string> RiskReasons,
        string Purpose, DisclosureBasis LegalBasis, string By, DateTimeOffset At);

    public sealed record Join(string LeadNumber, int LeadVersion, bool CurrentAbuse, DateTimeOffset At, bool Withdrawn);
    /// <param name="MayOpen">Whether the duty's own page opens for whoever looks.</param>
    public sealed record DutyLine(DutyId Id, string Rule, DateTimeOffset DueAt, DateTimeOffset? MetAt, DutyState State, bool MayOpen);

    public sealed record Page(
        ReferralId Id, string Number, LeadId Lead, string LeadNumber, ReferralState State, string? Office, string? TaskForce, string? OwnerOffice,
        DateTimeOffset SentAt, DateTimeOffset? AnswerDueAt, DateTimeOffset? AcceptedAt, DateTimeOffset? TakenUpAt, DateTimeOffset? ClosedAt,
        string? Outcome, bool CurrentAbuse, bool Imminent, int Refusals, IReadOnlyList<Step> Steps, IReadOnlyList<Sent> Disseminations,
        IReadOnlyList<Join> Joins, IReadOnlyList<DutyLine> Duties, bool IAmReceiver, bool IAmOwner)
    {
        public Step Last => Steps[^1];
    }

    internal sealed class Handler(Envelope envelope, AuthorizationTable table) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var row = await act.Db.Set<LeadReferral>().SingleOrDefaultAsync(one => one.Id == request.Id, cancel);
            if (row is null || !Sight.Covers(act, row)) return Problem.Missing("There is no such referral for you.");
            var steps = await act.Db.Set<ReferralStep>().Where(step => step.Referral == row.Id).OrderBy(step => step.Ordinal).ToListAsync(cancel);
            var sent = await act.Db.Set<Dissemination>().Where(one => one.Referral == row.Id).OrderBy(one => one.At).ThenBy(one => one.Id).ToListAsync(cancel);
            var joins = await act.Db.Set<ReferralJoin>().Where(join => join.Referral == row.Id).OrderBy(join => join.At).ThenBy(join => join.Id)
                .Select(join => new Join(join.LeadNumber, join.LeadVersion, join.CurrentAbuse, join.At, join.WithdrawnAt != null)).ToListAsync(cancel);
            var owed = await act.Db.Set<Duty>().Where(duty => duty.SubjectId == row.Id.Value).OrderBy(duty => duty.DueAt).ThenBy(duty => duty.Id).ToListAsync(cancel);
            List<DutyLine> duties = [.. owed.Select(duty =>
                new DutyLine(duty.Id, duty.Rule, duty.DueAt, duty.MetAt, duty.State, table.Covers(act.Actor, "duties.show", duty)))];
            var people = steps.SelectMany(step => new UserId?[] { step.SentBy, step.ReceiptBy }).Concat(sent.Select(one => (UserId?)one.By))
                .OfType<UserId>().Distinct().ToList();
            var names = await act.Db.Set<User>().Where(user => people.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.Name, cancel);
            act.Trace("referral", row.Id.Value, $"shown;packages={sent.Count}");
            return new Page(row.Id, row.Number, row.Lead, row.LeadNumber, row.State, row.OfficeCode, row.TaskForce, row.OwnerOffice, row.SentAt,
                row.AnswerDueAt, row.AcceptedAt, row.TakenUpAt, row.ClosedAt, row.Outcome, row.CurrentAbuse, row.Imminent, row.Refusals,
                [.. steps.Select(step => StepOf(step, names))], [.. sent.Select(one => SentOf(one, names))], joins, duties,
                Sight.IsReceiver(act, row), Sight.IsOwner(act, row));
        }

        private Step StepOf(ReferralStep step, Dictionary<UserId, string> names)
        {
            string? Open(string part, byte[]? text) =>
                text is null ? null : envelope.OpenText($"referral/step/{StrongId.Text(step.Id)}/{part}", text);
            return new Step(step.Ordinal, step.FromOffice, step.ToOffice, step.ToTaskForce, NameOf(step.SentBy, names), step.SentAt, step.Basis,
                Open("reason", step.Reason), step.Recipient, JsonSerializer.Deserialize<List<PlaceRoute>>(step.Shown, WorkItem.Json) ?? [],
                step.VoiceAt, Open("voice", step.Voice), step.ReceiptAt, step.ReceiptBy is { } by ? NameOf(by, names) : null,
                step.End?.ToString().ToLowerInvariant(), step.EndedAt, Open("return", step.Return), step.ProposedOwner);
        }

        private Sent SentOf(Dissemination one, Dictionary<UserId, string> names)
        {
            var package = JsonSerializer.Deserialize<ReferralPackage>(
                envelope.OpenText($"referral/package/{StrongId.Text(one.Id)}", one.Package), WorkItem.Json);
            Ensure.That(package is not null);
            return new Sent(package.LeadNumber, package.LeadVersion, one.ToTaskForce ?? one.ToOffice, one.Fields.Split('\n'), package.ReportNumbers,
                package.RiskReasons, one.Purpose, one.LegalBasis, NameOf(one.By, names), one.At);
        }

        private static string NameOf(UserId id, Dictionary<UserId, string> names) => names.GetValueOrDefault(id, "Homeward");
    }
}
