using Homeward.Foundations.Access;
using Homeward.Foundations.Rules;
using Homeward.Foundations.Sealing;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.Duties;

/// <summary>Starts duties and takes their proof, inside the act of the stage that calls.</summary>
public sealed class DutyBook(RuleBook rules, Envelope envelope)
{
    /// <summary>Starts the clock, unless this duty is already there: then it runs on as it was.</summary>
    /// <param name="rule">Name in the rule book; gives the length of time as of <paramref name="startsAt"/>.</param>
    /// <param name="key">What makes it one duty, such as <c>child/…id…/KC</c>.</param>
    public async Task<Duty> StartAsync(
        Act act, string rule, string key, string subjectType, Guid subjectId, DutyOwner owner, DateTimeOffset startsAt,
        CancellationToken cancel)
    {
        if (await FindAsync(act, rule, key, cancel) is { } there) return there;
        var duty = new Duty
        {
            Id = act.Ids.Next<DutyId>(), Rule = rule, Key = key, SubjectType = subjectType, SubjectId = subjectId,
            OwedBy = owner.Role, OfficeCode = owner.Office, TaskForce = owner.TaskForce, AgencyOri = owner.Agency,
            AssignedTo = owner.User, StartsAt = startsAt, DueAt = startsAt + rules.Span(rule, startsAt),
            Revision = act.Ids.Next(),
        };
        act.Db.Add(duty);
        act.Trace("duty", duty.Id.Value, $"rule={rule};started");
        return duty;
    }

    /// <summary>Closes a duty with its proof. Without proof it cannot be closed.</summary>
    /// <param name="metAt">When the act happened, not when it is entered.</param>
    public Result<Done> Prove(Act act, Duty duty, DateTimeOffset metAt, EvidenceGrade grade, string proof)
    {
        if (duty.State != DutyState.Open) return Problem.Conflict("duty-closed", "This duty is already closed.", "");
        if (string.IsNullOrWhiteSpace(proof))
            return Problem.Invalid("proof-missing", "A duty is closed by proof only.", "Enter who was reached, when and how, and the reference number.");
        if (metAt > act.Now) return Problem.Invalid("met-in-future", "The proof lies in the future.", "Enter when it happened.");
        (duty.State, duty.MetAt, duty.EnteredAt, duty.Grade) = (DutyState.Met, metAt, act.Now, grade);
        (duty.ProvedBy, duty.Proof) = (act.Actor.Id, envelope.SealText($"duty/{duty.Id}", proof));
        duty.Revision = act.Ids.Next();
        act.Trace("duty", duty.Id.Value, $"rule={duty.Rule};met;grade={grade}");
        return Done.Value;
    }

    /// <summary>As <see cref="Prove"/>, for the duty of a rule and key; nothing happens when there is none open.</summary>
    public async Task ProveAsync(
        Act act, string rule, string key, DateTimeOffset metAt, EvidenceGrade grade, string proof, CancellationToken cancel)
    {
        var duty = await FindAsync(act, rule, key, cancel);
        if (duty is { State: DutyState.Open }) Ensure.That(Prove(act, duty, metAt, grade, proof).IsDone);
    }

    /// <summary>Of this act, where it started one, else from the store.</summary>
    private static async Task<Duty?> FindAsync(Act act, string rule, string key, CancellationToken cancel) =>
        act.Db.Tracked<Duty>().SingleOrDefault(row => row.Rule == rule && row.Key == key)
        ?? await act.Db.Set<Duty>().SingleOrDefaultAsync(row => row.Rule == rule && row.Key == key, cancel);
}

/// <summary>Who owes a duty: a role at an office, task force or agency, and a person where one is named.</summary>
public sealed record DutyOwner(Role Role, string? Office = null, string? TaskForce = null, string? Agency = null, UserId? User = null);
