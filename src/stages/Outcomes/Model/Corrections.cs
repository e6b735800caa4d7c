using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Foundations.Sealing;
using Homeward.Intake;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Outcomes.Model;

/// <summary>What would stand instead of the corrected fact; null where nothing would.</summary>
internal sealed record Draft(Fact? Replacement);

/// <summary>What a correction would do to the figures.</summary>
/// <param name="Moves">Those that whoever asks may see.</param>
/// <param name="NeedsAnother">It takes effect only when another person approves it.</param>
internal sealed record Foreseen(IReadOnlyList<FigureMove> Moves, bool NeedsAnother);

/// <summary>What stands instead now; null where nothing does.</summary>
internal sealed record Replaced(FactId? By);

/// <summary>Makes corrections: as a draft that stores nothing, and for good.</summary>
internal sealed class Corrections(
    FactBook book, IIntake intake, Envelope envelope, RecordFinding.Handler findings, RecordAdult.Handler adults,
    RecordArrest.Handler arrests, OpenInvestigation.Handler investigations, IEnumerable<IForeseeFigures> foreseers)
{
    /// <summary>The fact, if the actor reaches it and may see it: what one may not see, one does not correct.</summary>
    public static async Task<Fact?> FindAsync(Act act, FactId id, CancellationToken cancel)
    {
        var fact = await act.Db.Set<Fact>().SingleOrDefaultAsync(row => row.Id == id, cancel);
        return fact is not null && act.Covers(fact) && FactWords.MaySee(act.Actor.Role, fact) ? fact : null;
    }

    public async Task<Result<Draft>> DraftAsync(Act act, CorrectFact.Request request, Fact fact, CancellationToken cancel)
    {
        if (Faults(request, fact) is { } fault) return fault;
        if (request.Withdraw) return new Draft(null);
        var filed = request.Finding?.Filed ?? request.Adult?.Filed ?? request.Arrest?.Filed ?? request.Investigation!.Filed;
        var entry = request.Finding?.Sought is { Length: > 0 } nic ? await intake.EntryByNicAsync(act.Db, nic, cancel) : null;
        var begun = await book.BeginAsync(act, filed, request, entry?.Nic, fact, cancel);
        if (!begun.TryGet(out var begin, out var problem)) return problem;
        var start = begin.Start;
        Ensure.That(start is not null);
        if (start.Office != fact.OfficeCode || start.Filed.Record != fact.Record)
            return Problem.Invalid("other-record", "A correction keeps the office and the number of its record.",
                "To move an act to another office, withdraw it here and have that office record it.");
        var person = fact.Person ?? act.Ids.Next<PersonRecordId>();
        if (request.Finding is { } finding) return Drafted(RecordFinding.Handler.Make(finding, start, person, entry?.Id, envelope));
        if (request.Adult is { } adult) return Drafted(RecordAdult.Handler.Make(adult, start, person));
        if (request.Arrest is { } arrest) return new Draft(RecordArrest.Handler.Make(arrest, start, person));
        return new Draft(OpenInvestigation.Handler.Make(request.Investigation!, start));
    }

    /// <summary>Nobody alone lowers a figure of children, changes the kind of a child's finding, or says whose custody is a victim's (T-22, R-38).</summary>
    public async Task<Foreseen> ForeseeAsync(Act act, Fact fact, Draft draft, CancellationToken cancel)
    {
        var standing = await FactReader.StandingAsync(act.Db, fact.Initiative, act.Now, cancel);
        standing.RemoveAll(row => row.Id == fact.Id);
        // One that moves to another initiative is counted here no longer.
        if (draft.Replacement is { } replacement && replacement.Initiative == fact.Initiative) standing.Add(replacement);
        var moves = new List<FigureMove>();
        var needsAnother = (fact as ChildFinding)?.Kind != (draft.Replacement as ChildFinding)?.Kind
            || FactWords.IsCustody(fact) != FactWords.IsCustody(draft.Replacement);
        foreach (var foreseer in foreseers)
        {
            var foreseen = await foreseer.ForeseeAsync(act.Db, fact.Initiative, FactReader.Told(standing), act.Now, cancel);
            needsAnother |= foreseen.Any(move => foreseer.CountsChildren(move.Measure) && (move.New ?? 0) < (move.Old ?? 0));
            moves.AddRange(foreseen.Where(move => foreseer.MayBeSeenBy(act.Actor.Role, move.Measure)));
        }
        return new Foreseen(moves, needsAnother);
    }

    public async Task<Result<Replaced>> ApplyAsync(Act act, CorrectFact.Request request, Fact fact, CancellationToken cancel)
    {
        if (Faults(request, fact) is { } fault) return fault;
        if (request.Withdraw)
        {
            FactBook.Supersede(act, fact);
            act.Tell(new FactWithdrawn(fact.Id));
            return new Replaced(null);
        }
        if (request.Finding is { } finding) return By(await findings.RecordAsync(finding, act, fact, cancel), receipt => receipt.Id);
        if (request.Adult is { } adult) return By(await adults.RecordAsync(adult, act, fact, cancel), receipt => receipt.Id);
        if (request.Arrest is { } arrest) return By(await arrests.RecordAsync(arrest, act, fact, cancel), receipt => receipt.Id);
        return By(await investigations.RecordAsync(request.Investigation!, act, fact, cancel), receipt => receipt.Id);
    }

    private static Problem? Faults(CorrectFact.Request request, Fact fact)
    {
        var replacements = new object?[] { request.Finding, request.Adult, request.Arrest, request.Investigation }.Count(one => one is not null);
        if (replacements != (request.Withdraw ? 0 : 1))
            return Problem.Invalid("correction-unclear", "It is not clear what is to stand instead.", "Give one record, or withdraw.");
        var isWhole = request switch
        {
            { Finding: { } finding } => finding is { Filed: not null, Child: not null },
            { Adult: { } adult } => adult is { Filed: not null, Person: not null },
            { Arrest: { } arrest } => arrest is { Filed: not null, Person: not null, Offence: not null },
            { Investigation: { } opened } => opened is { Filed: not null, CaseNumber: not null },
            _ => true,
        };
        if (!isWhole)
            return Problem.Invalid("correction-incomplete", "The record that is to stand instead is not whole.", "Fill it in as for a new record.");
        if (fact.SupersededAt is not null)
            return Problem.Conflict("superseded", "This record was corrected already.", "Open the newest and correct that.");
        return null;
    }

    private static Result<Draft> Drafted<TFact>(Result<TFact> made) where TFact : Fact =>
        made.TryGet(out var fact, out var problem) ? new Draft(fact) : problem;

    private static Result<Replaced> By<TReceipt>(Result<TReceipt> answer, Func<TReceipt, FactId> id) =>
        answer.TryGet(out var receipt, out var problem) ? new Replaced(id(receipt)) : problem;
}
