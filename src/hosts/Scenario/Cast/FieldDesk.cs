using Homeward.Exchange;
using Homeward.Exchange.Outcomes;
using Homeward.Foundations.Access;
using Homeward.Outcomes;
using Homeward.Scenario.World;

namespace Homeward.Scenario.Cast;

/// <summary>Officers who enter what their operations and their agencies found, when they get to it.</summary>
public sealed class FieldDesk(Stagehand stage, Company company, Caretakers caretakers, MailRoom room)
{
    private readonly FieldRequests _requests = new(company.TaskForceOf);
    private readonly PriorityQueue<Sent, (DateTimeOffset, int)> _toEnter = new();
    private int _order;

    /// <summary>Lays what the field answered on the desk: it is entered when its time has come.</summary>
    public void Hold(IEnumerable<Sent> answers)
    {
        foreach (var answer in answers) _toEnter.Enqueue(answer, (answer.At, _order++));
    }

    public async Task EnterDueAsync(CancellationToken cancel)
    {
        while (_toEnter.TryPeek(out var next, out var key) && key.Item1 <= stage.Now)
        {
            _toEnter.Dequeue();
            await EnterAsync(next, cancel);
        }
    }

    private Task EnterAsync(Sent sent, CancellationToken cancel) => sent.Path switch
    {
        RawFolder.Children => With(FieldOutcomes.Children.ReadLine(sent.Body, 1), row => ChildAsync(row, cancel)),
        RawFolder.Adults => With(FieldOutcomes.Adults.ReadLine(sent.Body, 1), row => AdultAsync(row, cancel)),
        RawFolder.Arrests => With(FieldOutcomes.Arrests.ReadLine(sent.Body, 1), row => ArrestAsync(row, cancel)),
        RawFolder.Investigations => With(FieldOutcomes.Investigations.ReadLine(sent.Body, 1), row => InvestigationAsync(row, cancel)),
        RawFolder.Courts => With(FieldOutcomes.Courts.ReadLine(sent.Body, 1), row => CourtAsync(row, cancel)),
        // An agency that clears its entry because of what the field found: that is mail.
        _ => room.TakeAsync([sent], cancel),
    };

    private Task With<T>(Parsed<T> line, Func<T, Task> enter) where T : class
    {
        if (line.TryGet(out var row, out _)) return enter(row);
        stage.Refusals["field line: unreadable"] = stage.Refusals.GetValueOrDefault("field line: unreadable") + 1;
        return Task.CompletedTask;
    }

    private async Task ChildAsync(ChildOutcome row, CancellationToken cancel)
    {
        var filed = await stage.DoAsync<RecordFinding.Request, RecordFinding.Receipt>(Officer(row, row.TaskForce), _requests.Of(row), cancel);
        if (!filed.TryGet(out var receipt, out _) || receipt.AlreadyThere) return;
        caretakers.Found(receipt.Id, row.Office, row.Record, row.ForeignBorn);
        if (row.Sought is { } nic) caretakers.Located(nic, row.Office, row.Record);
    }

    private async Task AdultAsync(AdultOutcome row, CancellationToken cancel)
    {
        var filed = await stage.DoAsync<RecordAdult.Request, RecordAdult.Receipt>(Officer(row, row.TaskForce), _requests.Of(row), cancel);
        if (row.Kind == AdultOutcomeKind.Identified && filed.TryGet(out var receipt, out _) && !receipt.AlreadyThere)
            caretakers.Found(receipt.Id, row.Office, row.Record, foreignBorn: false);
    }

    private Task ArrestAsync(ArrestOutcome row, CancellationToken cancel) =>
        stage.DoAsync<RecordArrest.Request, RecordArrest.Receipt>(Officer(row, row.TaskForce), _requests.Of(row), cancel);

    private Task InvestigationAsync(InvestigationOutcome row, CancellationToken cancel) =>
        stage.DoAsync<OpenInvestigation.Request, OpenInvestigation.Receipt>(Officer(row, null), _requests.Of(row), cancel);

    private Task CourtAsync(CourtOutcome row, CancellationToken cancel) =>
        stage.DoAsync<RecordCourtEvent.Request, RecordCourtEvent.Receipt>(Officer(row, null), _requests.Of(row), cancel);

    /// <summary>The investigator of the task force that acted; where the office alone is named, of its first.</summary>
    private Actor Officer(IFieldOutcome row, string? taskForce) => company.Recorder(taskForce ?? company.TaskForceOf(row.Office));
}
