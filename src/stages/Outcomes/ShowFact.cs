using System.Text.Json;
using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.People;
using Homeward.Foundations.Sealing;
using Homeward.Kernel;
using Homeward.Outcomes.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Outcomes;

/// <summary>A fact with all that belongs to it: the person's episodes, who decided on identity, duties, corrections.</summary>
public static class ShowFact
{
    public sealed record Request(FactId Id);
    public sealed record Episode(FactId Id, string Record, string What, string Office, DateTimeOffset At);
    public sealed record Decided(Guid Id, Judgement Judgement, string By, DateTimeOffset At, bool Stands, string OtherSource);
    /// <param name="MayOpen">Whether the duty's own page opens for whoever looks.</param>
    public sealed record Owed(DutyId Id, string What, DateTimeOffset DueAt, DateTimeOffset? MetAt, DutyState State, bool MayOpen);
    public sealed record Corrected(Guid Id, string State, string Reason, DateTimeOffset At, bool Waits);

    /// <param name="Named">The name that the record gives; null for an investigation.</param>
    /// <param name="Definition">Of the kind of finding; null for what is no finding of a child.</param>
    /// <param name="Evidence">By name; opened for this look.</param>
    public sealed record Page(
        FactId Id, string Record, string What, string Office, string? TaskForce, string? Agency, DateTimeOffset At, DateTimeOffset EnteredAt,
        DateTimeOffset? SupersededAt, string? Definition, AgeAtAct? Age, AgeAtAct? AgeWhenFound, string? Named, string? Born, bool ViaReview,
        IReadOnlyDictionary<string, string> Evidence, IReadOnlyList<Episode> Episodes, IReadOnlyList<Decided> Decisions,
        IReadOnlyList<Owed> Duties, IReadOnlyList<Corrected> Corrections);

    internal sealed class Handler(Envelope envelope, AuthorizationTable table) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var fact = await act.Db.Set<Fact>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (fact is null || !act.Covers(fact) || !FactWords.MaySee(act.Actor.Role, fact)) return Problem.Missing("There is no such record for you.");
            act.Trace("outcome", fact.Id.Value, "opened");
            var child = fact as ChildFinding;
            var evidence = child is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(envelope.OpenText($"fact/{fact.Id}", child.Evidence))!;
            var person = fact.Person is { } id ? await act.Db.Set<PersonRecord>().SingleAsync(row => row.Id == id, cancel) : null;
            if (person is not null) act.Trace("person", person.Id.Value, "opened");
            return new Page(fact.Id, fact.Record, FactWords.Of(fact), fact.OfficeCode!, fact.TaskForce, fact.AgencyOri, fact.At, fact.EnteredAt,
                fact.SupersededAt, child is null ? null : KindWords.DefinitionOf(child.Kind), child?.Age, child?.AgeWhenFound,
                person is null ? null : $"{person.Given} {person.Family}".Trim(), person?.Born.ToString(), fact.ViaReview, evidence,
                await EpisodesAsync(fact, act, cancel), await DecisionsAsync(fact, act, cancel), await DutiesAsync(fact, act, cancel),
                await CorrectionsAsync(fact, act, cancel));
        }

        /// <summary>What else is on record of the same person, in every initiative; rows of other offices show no more than this line.</summary>
        private static async Task<IReadOnlyList<Episode>> EpisodesAsync(Fact fact, Act act, CancellationToken cancel)
        {
            if (fact.Person is not { } record) return [];
            var persons = await IdentityLedger.AsOfAsync(act.Db, act.Now, cancel);
            var self = persons.PersonOf(record);
            var decided = await act.Db.Set<IdentityDecision>().Where(row => row.ClosedAt == null && row.Judgement == Judgement.Same)
                .Select(row => new { row.Left, row.Right }).ToListAsync(cancel);
            var records = decided.SelectMany(row => new[] { row.Left, row.Right }).Append(record)
                .Where(one => persons.PersonOf(one) == self).Distinct().Select(one => (PersonRecordId?)one).ToList();
            var facts = await act.Db.Set<Fact>().Where(row => records.Contains(row.Person) && row.SupersededAt == null)
                .OrderBy(row => row.At).ThenBy(row => row.Id).ToListAsync(cancel);
            return [.. facts.Where(one => FactWords.MaySee(act.Actor.Role, one))
                .Select(one => new Episode(one.Id, one.Record, FactWords.Of(one), one.OfficeCode!, one.At))];
        }

        private static async Task<IReadOnlyList<Decided>> DecisionsAsync(Fact fact, Act act, CancellationToken cancel)
        {
            if (fact.Person is not { } record) return [];
            var records = VictimCustody.Known(act.Actor.Role, act.Db.Set<PersonRecord>());
            var rows = await (
                from decision in act.Db.Set<IdentityDecision>()
                join user in act.Db.Set<User>() on decision.By equals user.Id into users
                from user in users.DefaultIfEmpty()
                join left in records on decision.Left equals left.Id
                join right in records on decision.Right equals right.Id
                where decision.Left == record || decision.Right == record
                orderby decision.At, decision.Id
                select new { decision.Id, decision.Judgement, By = user == null ? null : user.Name, decision.At, decision.ClosedAt,
                    Other = decision.Left == record ? right.Source : left.Source }).ToListAsync(cancel);
            return [.. rows.Select(row => new Decided(row.Id, row.Judgement, row.By ?? Actor.House.Name, row.At, row.ClosedAt is null, row.Other))];
        }

        private async Task<IReadOnlyList<Owed>> DutiesAsync(Fact fact, Act act, CancellationToken cancel) =>
            [.. (await act.Db.Set<Duty>().Where(duty => duty.SubjectId == fact.Id.Value).OrderBy(duty => duty.DueAt).ThenBy(duty => duty.Id).ToListAsync(cancel))
                .Select(duty => new Owed(duty.Id, DutyWords.Of(duty.Rule), duty.DueAt, duty.MetAt, duty.State, table.Covers(act.Actor, "duties.show", duty)))];

        private async Task<IReadOnlyList<Corrected>> CorrectionsAsync(Fact fact, Act act, CancellationToken cancel)
        {
            var rows = await act.Db.Set<FactCorrection>().Where(row => row.Fact == fact.Id || row.Replacement == fact.Id)
                .OrderBy(row => row.At).ThenBy(row => row.Id).ToListAsync(cancel);
            return [.. rows.Select(row => new Corrected(row.Id, row.State.ToString(),
                envelope.OpenText($"correction/{StrongId.Text(row.Id)}", row.Reason), row.At, row.State == CorrectionState.AwaitsApproval))];
        }
    }
}
