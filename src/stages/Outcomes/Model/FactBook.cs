using System.Security.Cryptography;
using System.Text.Json;
using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Foundations.Places;
using Homeward.Foundations.Work;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Operations;
using Homeward.Review;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Outcomes.Model;

/// <summary>What every record of an act goes through: is it here already, may this person file it, what led to it.</summary>
internal sealed class FactBook(IOperations operations, IIntake intake, IReview review)
{
    private const int RecordCharsMax = 40;

    /// <summary>Checks the record and gathers what its fact begins with.</summary>
    /// <param name="content">The whole request: the same content of the same number is no second fact.</param>
    /// <param name="recognised">NIC of the entry that the officers recognised.</param>
    /// <param name="corrects">The fact that this one is to supersede.</param>
    /// <param name="arrest">For a court's step: the arrest that gives it its link.</param>
    /// <returns>The start; or the fact that is already there; or why not.</returns>
    public async Task<Result<(FactStart? Start, Fact? There)>> BeginAsync(
        Act act, OfficeRecord filed, object content, string? recognised, Fact? corrects, CancellationToken cancel,
        Arrest? arrest = null)
    {
        if (Faults(filed, act.Now) is { } fault) return fault;
        var at = Instants.Truncate(filed.At);
        if (Gazetteer.Default.Offices.WithCode(filed.Office) is not { } office)
            return Problem.Invalid("no-such-office", $"\"{filed.Office}\": no such office.", "Enter the code of a field office.");
        if (!act.Covers(new Reach(office.Code, filed.TaskForce, filed.Ori)))
            return Problem.Forbidden("You file what your own office did.");
        var (localOn, state) = DayAndState(filed.Place, office.Code, at);
        if (!office.IsOpenOn(localOn))
            return Problem.Invalid("office-not-open", $"{office.Name} was not open on {localOn:yyyy-MM-dd}.", "Enter the office that acted.");

        var print = FingerprintOf(content);
        var versions = await act.Db.Set<Fact>().Where(row => row.OfficeCode == office.Code && row.Record == filed.Record)
            .OrderBy(row => row.Version).ToListAsync(cancel);
        if (corrects is null && versions.Count > 0)
        {
            var same = versions.Find(row => row.Fingerprint == print);
            if (same is null)
                return Problem.Conflict("record-differs", $"{filed.Record} is here already with other content. Nothing was changed.",
                    FactWords.MaySee(act.Actor.Role, versions[^1])
                        ? $"If it was wrong, correct it: /outcomes/facts/{versions[^1].Id}. If this is another act, give it a number of its own."
                        : "If this is another act, give it a number of its own. If it was wrong, have the national coordinator correct it.");
            act.Trace("outcome", same.Id.Value, "again");
            return (null, same);
        }
        if (corrects is not null && versions.Exists(row => row.Record != corrects.Record && row.SupersededAt is null))
            return Problem.Conflict("record-taken", $"{filed.Record} is another record.", "Keep the number of the record that you correct.");

        var linked = arrest is null
            ? await LinkAsync(act, filed, recognised, corrects, cancel)
            : new FactLink(arrest.Initiative, arrest.Operation, arrest.Door, null, null);
        if (!linked.TryGet(out var link, out var unlinked)) return unlinked;
        var version = Math.Max(versions.Count == 0 ? 0 : versions[^1].Version, corrects?.Version ?? 0) + 1;
        return (new FactStart(act.Ids.Next<FactId>(), filed, office.Code, version, print, link, at, localOn, state, act.Now,
            act.Actor.Id, act.Ids.Next()), null);
    }

    /// <summary>Stores the fact, closes the one that it corrects, and tells the house.</summary>
    public static void Put(Act act, Fact fact, Fact? corrects, string codes)
    {
        act.Db.Add(fact);
        if (corrects is not null) Supersede(act, corrects);
        act.Trace("outcome", fact.Id.Value, codes);
        act.Tell(new FactRecorded(fact.Id, fact.Person));
    }

    public static void Supersede(Act act, Fact fact)
    {
        Ensure.That(fact.SupersededAt is null);
        (fact.SupersededAt, fact.Revision) = (act.Now, act.Ids.Next());
        act.Trace("outcome", fact.Id.Value, "superseded");
    }

    private static Problem? Faults(OfficeRecord filed, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(filed.Record) || filed.Record.Length > RecordCharsMax)
            return Problem.Invalid("record-missing", "The office's own number is missing or too long.", $"Enter it, at most {RecordCharsMax} signs.");
        if (filed.At == default) return Problem.Invalid("at-missing", "It is not said when it happened.", "Enter the time of the act.");
        if (filed.At > now) return Problem.Invalid("at-in-future", "The act lies in the future.", "Enter when it happened.");
        return null;
    }

    /// <summary>An outcome that nothing of the initiative led to is no outcome of it: the link is part of the proof .</summary>
    private async Task<Result<FactLink>> LinkAsync(Act act, OfficeRecord filed, string? recognised, Fact? corrects, CancellationToken cancel)
    {
        if (filed.Operation is { Length: > 0 } reference)
        {
            // One answer for what is not there and what is another office's: references can be guessed, and plans are not to be.
            if (await operations.ByReferenceAsync(act.Db, reference, cancel) is not { } operation || !(TookPart(act, operation) || corrects?.Operation == operation.Id))
                return Problem.Invalid("no-such-operation", $"There is no operation {reference} in which your office took part.",
                    "Enter its reference as the operation's page shows it.");
            if (operation.StartedAt is null || operation.State == OperationState.CalledOff)
                return Problem.Invalid("operation-not-begun", $"{reference} did not begin.", "Enter the operation in which it happened.");
            if (operation.Initiative is not { } initiative)
                return Problem.Invalid("no-initiative", $"{reference} belongs to no initiative.", "Keep its outcomes in your own case system.");
            var leads = operation.Leads.Count == 0 ? [] : await review.LeadsAsync(act.Db, operation.Leads, cancel);
            // Which of several leads it was is known only where the officers know whom they found.
            var lead = recognised is null
                ? leads.Count == 1 && leads[0].Child is null ? leads[0] : null
                : leads.FirstOrDefault(one => one.Nic == recognised);
            return new FactLink(initiative, operation.Id, null, lead, operation.VictimSpecialist);
        }
        if (filed.Door is { Length: > 0 } number)
        {
            if (await intake.DoorByNumberAsync(act.Db, number, cancel) is not { } door)
                return Problem.Invalid("no-such-door", $"There is no tip or referral {number}.", "Enter its number as Intake gave it.");
            var initiative = filed.Initiative is { Length: > 0 } name
                ? await operations.InitiativeByNameAsync(act.Db, name, cancel)
                : await operations.CurrentAsync(act.Db, cancel);
            return initiative is null
                ? Problem.Invalid("no-initiative", "There is no such initiative.", "Open the initiative first.")
                : new FactLink(initiative.Id, null, door.Id, null, null);
        }
        return Problem.Invalid("not-linked", "Neither an operation nor a tip or referral led to this: it is no outcome of the initiative.",
            "Enter the operation's reference, or the number of the tip or referral.");
    }

    /// <summary>The actor's office leads the operation or takes part in it across the line (T-44); the nation's reach has all.</summary>
    private static bool TookPart(Act act, OperationGist operation) =>
        operation.OtherOffices.Prepend(operation.OfficeCode).Any(office => act.Covers(new Reach(office, operation.TaskForce, AgencyOri: null)));

    /// <summary>The day in the zone of the act's county; Guam's is not Hawaii's (T-34). Without a county, the office's.</summary>
    public static (DateOnly Day, string? State) DayAndState(PlaceQuery? place, string officeCode, DateTimeOffset at)
    {
        var office = Gazetteer.Default.Offices.WithCode(officeCode);
        Ensure.That(office is not null);
        var day = Zones.LocalDay(at, Zones.ZoneOf(office));
        if (place is null) return (day, null);
        var county = Gazetteer.Default.Counties.WithFips(place.County);
        if (county is not null) return (Zones.LocalDay(at, Zones.ZoneOf(county)), county.State);
        var answer = Gazetteer.Default.ResolvePlace(place, day);
        var zones = answer.Candidates.Select(one => one.County?.Zone).Distinct().ToList();
        return (zones is [{ } zone] ? Zones.LocalDay(at, Zones.Of(zone)) : day, answer.State ?? place.State);
    }

    private static string FingerprintOf(object content) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(content, content.GetType(), WorkItem.Json)));

    private sealed record Reach(string? OfficeCode, string? TaskForce, string? AgencyOri) : IScoped
    {
        public UserId? AssignedTo => null;
    }
}
