using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Foundations.Sealing;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review.Leads;
using Homeward.Review.Ranking;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Deciding;

/// <summary>What follows from a person's word on a match: two people confirm, either can say no, a supervisor settles.</summary>
internal sealed class Judging(RiskRuleBook rules, LeadBook leads, Readers readers, IdentityLedger ledger, IIntake intake, Envelope envelope)
{
    /// <summary>Takes a first or second word.</summary>
    public async Task<Result<Lead?>> DecideAsync(Act act, MatchFile file, Judgement judgement, string reason, CancellationToken cancel)
    {
        var match = file.Match;
        if (!match.IsUndecided && match.State != MatchState.Unsure)
            return Problem.Conflict("already-decided", $"This match is {Words(match.State)}.", "Undo the decision first, or open the newer proposal.");
        if (match.State == MatchState.Disputed)
            return Problem.Of("needs-supervisor", "Two people see this match differently.", "A supervisor who took no part settles it.");
        var first = file.First;
        if (first?.By == act.Actor.Id)
            return Problem.Of("needs-another-person", "You have already decided on this match.", "Somebody else must read it; your own word can be undone.");
        var reading = match.State == MatchState.AwaitsReader ? file.Reading : null;
        if (reading is { AssignedTo: { } reader } && reader != act.Actor.Id && act.Actor.Role != Role.Supervisor)
            return Problem.Of("reader-drawn", "The house has drawn another second reader for this match.", "Leave it to them, or to a supervisor.");

        Write(act, file, first is null ? DecisionKind.First : DecisionKind.Second, judgement, reason);
        if (reading is not null) Close(act, reading, VerdictOn(judgement));
        switch (first?.Judgement, judgement)
        {
            case (null, Judgement.Unsure): Become(act, file, MatchState.Unsure); break;
            // One who cannot say leaves the yes waiting for another; a no that its drawn reader cannot back goes to a supervisor.
            case (Judgement.Same, Judgement.Unsure): break;
            case (null, Judgement.Same): Become(act, file, MatchState.AwaitsSecond); break;
            case (null, Judgement.NotSame): await SayNoAsync(act, file, cancel); break;
            case (Judgement.Same, Judgement.Same): return await ConfirmAsync(act, file, cancel);
            case (Judgement.NotSame, Judgement.NotSame): Become(act, file, MatchState.Dismissed); break;
            default: Become(act, file, MatchState.Disputed); break;
        }
        return (Lead?)null;
    }

    /// <summary>A supervisor who took no part decides a disagreement, with both views before them.</summary>
    public async Task<Result<Lead?>> SettleAsync(Act act, MatchFile file, Judgement judgement, string reason, CancellationToken cancel)
    {
        if (file.Match.State != MatchState.Disputed)
            return Problem.Conflict("not-disputed", $"This match is {Words(file.Match.State)}; there is nothing to settle.", "Open it as it is now.");
        if (file.Standing.Any(one => one.By == act.Actor.Id))
            return Problem.Of("needs-another-person", "You are one of the two who disagree.", "Another supervisor settles it.");
        Write(act, file, DecisionKind.Settlement, judgement, reason);
        switch (judgement)
        {
            case Judgement.Same: return await ConfirmAsync(act, file, cancel);
            case Judgement.NotSame: Become(act, file, MatchState.Dismissed); break;
            case Judgement.Unsure: Become(act, file, MatchState.Unsure); break;
        }
        return (Lead?)null;
    }

    /// <summary>Takes back what was decided: a new decision, after which the match is open again.</summary>
    public async Task UndoAsync(Act act, MatchFile file, string reason, CancellationToken cancel)
    {
        var wasConfirmed = file.Match.State == MatchState.Confirmed;
        foreach (var standing in file.Standing) standing.ClosedAt = act.Now;
        Write(act, file, DecisionKind.Undo, Judgement.Unsure, reason);
        if (file.Reading is { } reading) Close(act, reading, ReadingState.Lapsed);
        if (wasConfirmed)
        {
            await leads.TakeBackAsync(act, file.Match, cancel);
            if (await RecordOfAsync(act, file.Match, cancel) is { } record)
            {
                await ledger.DecideAsync(act, record.Id, file.Match.Child, Judgement.Unsure, $"Match undone. {reason}", cancel);
                act.Tell(new IdentityDecided(record.Id, file.Match.Child, Judgement.Unsure));
            }
            await ReopenOthersAsync(act, file, cancel);
        }
        Become(act, file, MatchState.Open);
    }

    /// <summary>A reader overturns a no that already stood: a supervisor settles it.</summary>
    public void Dispute(Act act, MatchFile file, Judgement judgement, string reason)
    {
        Write(act, file, DecisionKind.Second, judgement, reason);
        Become(act, file, MatchState.Disputed);
    }

    public static string Words(MatchState state) => state switch
    {
        MatchState.Open => "open",
        MatchState.AwaitsSecond => "waiting for a second person",
        MatchState.AwaitsReader => "waiting for its second reader",
        MatchState.Unsure => "set aside: not enough to say",
        MatchState.Disputed => "disputed",
        MatchState.Confirmed => "confirmed",
        MatchState.Dismissed => "dismissed",
        MatchState.Closed => "closed: it needs no decision any more",
        MatchState.Superseded => "replaced by a proposal on newer evidence",
    };

    private async Task SayNoAsync(Act act, MatchFile file, CancellationToken cancel)
    {
        var isAbove = file.Match.Weight >= (await rules.InForceAsync(act.Db, cancel)).MatchThresholdBits;
        Become(act, file, isAbove ? MatchState.AwaitsReader : MatchState.Dismissed);
        if (!isAbove && !readers.IsDrawn(file.Match.Id.Value, act.Now)) return;
        await readers.DrawAsync(act, ReadingSubject.Match, file.Match.Id.Value,
            isAbove ? ReadingCause.AboveThreshold : ReadingCause.Lot, act.Actor.Id, cancel);
    }

    private async Task<Result<Lead?>> ConfirmAsync(Act act, MatchFile file, CancellationToken cancel)
    {
        var match = file.Match;
        var entry = (await intake.EntriesAsync(act.Db, [match.Entry], cancel)).SingleOrDefault();
        if (entry is null || entry.State is EntryState.Located or EntryState.Cleared)
            return Problem.Conflict("child-located", "The child is no longer sought: the entry was located or cleared.", "Nothing needs to be done.");
        var report = (await intake.ReportsAsync(act.Db, [match.ReportId], cancel)).Single();
        if (report.Version != match.ReportVersion)
            return Problem.Conflict("newer-version", "A newer version of this report has come in.", "Decide on what it says now.");
        if (file.Candidates.FirstOrDefault(one => one.State == MatchState.Confirmed) is { } already)
            return Problem.Conflict("one-person-one-child", $"This person of the report is confirmed as another child, {already.Nic}.",
                "If that is wrong, undo it first; then confirm this one.");

        var record = await RecordOfAsync(act, match, cancel) ?? AddRecord(act, match, report);
        await ledger.DecideAsync(act, record.Id, entry.Record, Judgement.Same,
            $"Confirmed in review by two people; their reasons stand with match {match.Id}.", cancel);
        act.Tell(new IdentityDecided(record.Id, entry.Record, Judgement.Same));
        // A person of a report is one child: the others need no decision while this stands, nor the second word where one person holds for them.
        foreach (var other in file.Candidates.Where(one => one.Id != match.Id && one.State is MatchState.Open or MatchState.Unsure or MatchState.AwaitsSecond))
            (other.State, other.DecidedAt, other.Revision) = (MatchState.Closed, act.Now, act.Ids.Next());
        Become(act, file, MatchState.Confirmed);
        return await leads.FromMatchAsync(act, match, file.Item, report, entry, cancel);
    }

    /// <summary>What was closed because this one was confirmed is open again, and waits for a second word where it did.</summary>
    private static async Task ReopenOthersAsync(Act act, MatchFile file, CancellationToken cancel)
    {
        var closed = file.Candidates.Where(one => one.State == MatchState.Closed && one.DecidedAt == file.Match.DecidedAt).ToList();
        var ids = closed.Select(one => one.Id).ToList();
        var held = await act.Db.Set<MatchDecision>().Where(word => ids.Contains(word.Match) && word.ClosedAt == null && word.Kind == DecisionKind.First
            && word.Judgement == Judgement.Same).Select(word => word.Match).ToListAsync(cancel);
        foreach (var other in closed)
            (other.State, other.DecidedAt, other.Revision) = (held.Contains(other.Id) ? MatchState.AwaitsSecond : MatchState.Open, null, act.Ids.Next());
    }

    private void Write(Act act, MatchFile file, DecisionKind kind, Judgement judgement, string reason)
    {
        var json = file.ShownTo(act.Actor.Id).Json();
        var id = act.Ids.Next();
        // Somebody who could not say before says it now: the earlier word is closed and stays.
        foreach (var earlier in file.Standing.Where(one => one.By == act.Actor.Id)) earlier.ClosedAt = act.Now;
        act.Db.Add(new MatchDecision
        {
            Id = id, Match = file.Match.Id, Ordinal = file.Decisions.Count + 1, Kind = kind, Judgement = judgement, By = act.Actor.Id, At = act.Now,
            Reason = envelope.SealText($"match-decision/{StrongId.Text(id)}", reason), SnapshotId = Shown.IdOf(json),
            Snapshot = envelope.Seal("originals", $"match-shown/{StrongId.Text(id)}", json),
        });
        // Two who decide at the same instant do not both come first: the second to save is told.
        file.Match.Revision = act.Ids.Next();
        act.Trace("match", file.Match.Id.Value, $"{kind};judgement={judgement}");
    }

    private static void Become(Act act, MatchFile file, MatchState state)
    {
        var (match, item) = (file.Match, file.Item);
        var isOver = state is MatchState.Confirmed or MatchState.Dismissed;
        (match.State, match.DecidedAt, match.Revision) = (state, isOver ? act.Now : null, act.Ids.Next());
        item.OpenMatches = file.OpenElsewhere + file.Candidates.Count(one => one.IsUndecided);
        item.Revision = act.Ids.Next();
        if (item.OpenMatches == 0 && isOver && item.State == QueueState.Waiting)
            (item.State, item.DecidedAt, item.DecidedBy) = (QueueState.Decided, act.Now, act.Actor.Id);
        else if (item.OpenMatches > 0 && item.State == QueueState.Decided)
            (item.State, item.DecidedAt, item.DecidedBy) = (QueueState.Waiting, null, null);
    }

    private static Task<PersonRecord?> RecordOfAsync(Act act, MatchProposal match, CancellationToken cancel)
    {
        var source = SourceOf(match);
        return act.Db.Set<PersonRecord>().SingleOrDefaultAsync(row => row.Source == source, cancel);
    }

    private static string SourceOf(MatchProposal match) => $"report/{match.ReportNumber}#{match.Person}";

    private static PersonRecord AddRecord(Act act, MatchProposal match, ReportGist report)
    {
        var person = report.Persons.Single(one => one.Index == match.Person);
        var record = new PersonRecord
        {
            Id = act.Ids.Next<PersonRecordId>(), Kind = PersonKind.Child, Source = SourceOf(match), Given = person.Given, Family = person.Family,
            Aliases = string.Join('\n', person.OtherNames), Born = person.Born, Sex = person.Sex, CreatedAt = act.Now,
        };
        act.Db.Add(record);
        act.Trace("person-record", record.Id.Value, "kind=Child");
        return record;
    }

    private static ReadingState VerdictOn(Judgement judgement) => judgement switch
    {
        Judgement.NotSame => ReadingState.Upheld,
        Judgement.Same => ReadingState.Overturned,
        Judgement.Unsure => ReadingState.Unsure,
    };

    internal static void Close(Act act, SecondReading reading, ReadingState verdict)
    {
        (reading.State, reading.ReadBy, reading.ReadAt, reading.Revision) = (verdict, act.Actor.Id, act.Now, act.Ids.Next());
        act.Trace("second-reading", reading.Id.Value, $"verdict={verdict}");
    }
}
