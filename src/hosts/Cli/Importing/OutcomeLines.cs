using Homeward.Exchange;
using Homeward.Exchange.Lines;
using Homeward.Exchange.Outcomes;
using Homeward.Foundations.Access;
using Homeward.Foundations.Partners;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Outcomes;
using Homeward.Scenario.Cast;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Cli.Importing;

/// <summary>What offices file in files: each line is recorded as if it had been entered at /outcomes/record.</summary>
/// <remarks>
/// A line is an act of its own: one that is refused leaves the others alone. A record that is there already, from a page or from an import before, is told as
/// such; one that is there with other content is refused, for only its office corrects it.
/// </remarks>
/// <param name="isDry">Only what the lines say is looked at: which operations, tips and arrests there are, the house alone knows.</param>
internal sealed class OutcomeLines(Stagehand stage, MailRoom room, Action<RefusedLine> refused, Action<UnreadField> unread, bool isDry)
{
    private const string Kind = "outcomes";
    private FieldRequests? _requests;

    public async Task TakeAsync(IReadOnlyList<RawLine> lines, CancellationToken cancel)
    {
        _requests ??= new FieldRequests(await FirstTaskForcesAsync(cancel));
        foreach (var line in lines) await TakeAsync(line, _requests, cancel);
    }

    private async Task<Func<string, string?>> FirstTaskForcesAsync(CancellationToken cancel)
    {
        var forces = await stage.ReadAsync((db, _) => db.Set<TaskForce>().AsNoTracking().OrderBy(row => row.Code).ToListAsync(cancel));
        var first = forces.GroupBy(force => force.OfficeCode).ToDictionary(group => group.Key, group => group.First().Code, StringComparer.Ordinal);
        return office => first.GetValueOrDefault(office);
    }

    private Task TakeAsync(RawLine line, FieldRequests requests, CancellationToken cancel) => ImportPaths.OutcomesIn(line.Source) switch
    {
        RawFolder.Children => With<ChildOutcome, RecordFinding.Request, RecordFinding.Receipt>(line, FieldOutcomes.Children, requests.Of, told => told.AlreadyThere, cancel),
        RawFolder.Adults => With<AdultOutcome, RecordAdult.Request, RecordAdult.Receipt>(line, FieldOutcomes.Adults, requests.Of, told => told.AlreadyThere, cancel),
        RawFolder.Arrests => With<ArrestOutcome, RecordArrest.Request, RecordArrest.Receipt>(line, FieldOutcomes.Arrests, requests.Of, told => told.AlreadyThere, cancel),
        RawFolder.Investigations => With<InvestigationOutcome, OpenInvestigation.Request, OpenInvestigation.Receipt>(line, FieldOutcomes.Investigations, requests.Of, told => told.AlreadyThere, cancel),
        RawFolder.Courts => With<CourtOutcome, RecordCourtEvent.Request, RecordCourtEvent.Receipt>(line, FieldOutcomes.Courts, requests.Of, told => told.AlreadyThere, cancel),
        _ => throw new BrokenInvariantException($"no outcomes: {line.Source}"),
    };

    private async Task With<TRow, TRequest, TReceipt>(
        RawLine line, JsonLineFormat<TRow> format, Func<TRow, TRequest> request, Func<TReceipt, bool> isThere, CancellationToken cancel)
        where TRow : class where TRequest : notnull
    {
        var read = format.ReadLine(line.Text, line.Line);
        if (!read.TryGet(out var row, out var faults))
        {
            Refuse(faults);
            return;
        }
        foreach (var field in read.Unread) unread(new(line.Source, field, 1));
        if (isDry)
        {
            room.Count(Kind, new BatchReceipt(1, 0, 0, 0));
            return;
        }
        var answer = await stage.DoAsync<TRequest, TReceipt>(Actor.House, request(row), cancel);
        if (answer.TryGet(out var receipt, out var problem)) room.Count(Kind, isThere(receipt) ? new BatchReceipt(0, 0, 1, 0) : new BatchReceipt(1, 0, 0, 0));
        else Refuse([new Rejection(line.Line, 0, "", problem.What, problem.Mend.Length > 0 ? problem.Mend : "Mend the line and import it again.")]);

        void Refuse(IReadOnlyList<Rejection> why)
        {
            room.Count(Kind, new BatchReceipt(0, 0, 0, 1));
            refused(new(line.Source, line.Line, why));
        }
    }
}
