using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Foundations.Sealing;
using Homeward.Intake;
using Homeward.Kernel;

namespace Homeward.Outcomes.Model;

/// <summary>What would stand instead of the corrected fact; null where nothing would.</summary>
internal sealed record Draft(Fact? Replacement);

/// <summary>What stands instead now; null where nothing does.</summary>
internal sealed record Replaced(FactId? By);

/// <summary>Makes corrections: as a draft that stores nothing, and for good.</summary>
internal sealed class Corrections(
    FactBook book, IIntake intake, Envelope envelope, RecordFinding.Handler findings, RecordAdult.Handler adults,
    RecordArrest.Handler arrests, OpenInvestigation.Handler investigations)
{
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
