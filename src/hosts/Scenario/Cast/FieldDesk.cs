using Homeward.Exchange;
using Homeward.Exchange.Outcomes;
using Homeward.Foundations.Access;
using Homeward.Foundations.Places;
using Homeward.Outcomes;
using Homeward.Scenario.World;

namespace Homeward.Scenario.Cast;

/// <summary>Officers who enter what their operations and their agencies found, when they get to it.</summary>
public sealed class FieldDesk(Stagehand stage, Company company, Caretakers caretakers, MailRoom room)
{
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
        var filed = await stage.DoAsync<RecordFinding.Request, RecordFinding.Receipt>(Officer(row, row.TaskForce), Finding(row), cancel);
        if (!filed.TryGet(out var receipt, out _) || receipt.AlreadyThere) return;
        caretakers.Found(receipt.Id, row.Office, row.Record, row.ForeignBorn);
        if (row.Sought is { } nic) caretakers.Located(nic, row.Office, row.Record);
    }

    private RecordFinding.Request Finding(ChildOutcome row) =>
        new(Filed(row, row.Referral, row.TaskForce, row.Ori, row.Place), row.Kind switch
        {
            ChildOutcomeKind.Recovered => OutcomeKind.Recovered,
            ChildOutcomeKind.Identified => OutcomeKind.Identified,
            ChildOutcomeKind.Located => OutcomeKind.Located,
        }, row.Exploitation switch
        {
            Exchange.Outcomes.Exploitation.Sex => Outcomes.Exploitation.Sex,
            Exchange.Outcomes.Exploitation.Labor => Outcomes.Exploitation.Labor,
            Exchange.Outcomes.Exploitation.None => Outcomes.Exploitation.None,
        }, Described(row.Child, row.BiometricRef, null), FindingSaysMinor: true,
            Sought: row.Sought, Evidence: row.Evidence, ForeignBorn: row.ForeignBorn);

    private async Task AdultAsync(AdultOutcome row, CancellationToken cancel)
    {
        var filed = await stage.DoAsync<RecordAdult.Request, RecordAdult.Receipt>(Officer(row, row.TaskForce), Adult(row), cancel);
        if (row.Kind == AdultOutcomeKind.Identified && filed.TryGet(out var receipt, out _) && !receipt.AlreadyThere)
            caretakers.Found(receipt.Id, row.Office, row.Record, foreignBorn: false);
    }

    private RecordAdult.Request Adult(AdultOutcome row) =>
        new(Filed(row, row.Referral, row.TaskForce, row.Ori, null), row.Kind == AdultOutcomeKind.Identified,
            row.Kind != AdultOutcomeKind.Identified ? null : row.Means switch
            {
                TraffickingMeans.Force => AdultMeans.Force,
                TraffickingMeans.Fraud => AdultMeans.Fraud,
                TraffickingMeans.Coercion => AdultMeans.Coercion,
                null => null,
            }, Described(row.Person, row.BiometricRef, null), AgeVerified: true);

    private Task ArrestAsync(ArrestOutcome row, CancellationToken cancel) => stage.DoAsync<RecordArrest.Request, RecordArrest.Receipt>(
        Officer(row, row.TaskForce),
        new(Filed(row, row.Referral, row.TaskForce, row.Ori, null), row.Kind switch
        {
            Exchange.Outcomes.ArrestKind.Trafficking => Outcomes.ArrestKind.Trafficking,
            Exchange.Outcomes.ArrestKind.Buyer => Outcomes.ArrestKind.Buyer,
            Exchange.Outcomes.ArrestKind.Other => Outcomes.ArrestKind.Other,
            Exchange.Outcomes.ArrestKind.VictimCustody => Outcomes.ArrestKind.VictimCustody,
        }, row.Offence ?? "not stated", Described(row.Person, null, row.FbiNumber)), cancel);

    private Task InvestigationAsync(InvestigationOutcome row, CancellationToken cancel) =>
        stage.DoAsync<OpenInvestigation.Request, OpenInvestigation.Receipt>(
            Officer(row, null), new(Filed(row, row.Referral, null, null, null), row.CaseNumber), cancel);

    private Task CourtAsync(CourtOutcome row, CancellationToken cancel) => stage.DoAsync<RecordCourtEvent.Request, RecordCourtEvent.Receipt>(
        Officer(row, null),
        new(Filed(row, null, null, null, null), row.FbiNumber, row.Event switch
        {
            Exchange.Outcomes.CourtEvent.Charge => Outcomes.CourtEvent.Charge,
            Exchange.Outcomes.CourtEvent.Indictment => Outcomes.CourtEvent.Indictment,
            Exchange.Outcomes.CourtEvent.Plea => Outcomes.CourtEvent.Plea,
            Exchange.Outcomes.CourtEvent.Conviction => Outcomes.CourtEvent.Conviction,
            Exchange.Outcomes.CourtEvent.Dismissal => Outcomes.CourtEvent.Dismissal,
        }, row.CaseNumber), cancel);

    /// <summary>The investigator of the task force that acted; where the office alone is named, of its first.</summary>
    private Actor Officer(IFieldOutcome row, string? taskForce) => company.Recorder(taskForce ?? company.TaskForceOf(row.Office));

    private OfficeRecord Filed(IFieldOutcome row, string? door, string? taskForce, string? ori, StatedPlace? place) => new(
        row.Record, row.Office, row.At, row.Operation, row.Operation is null ? door : null, taskForce ?? company.TaskForceOf(row.Office), ori,
        place is null ? null : new PlaceQuery { City = place.City, State = place.State, Zip = place.Zip, County = place.CountyFips });

    private static DescribedPerson Described(StatedPerson? person, string? prints, string? fbiNumber) => new(
        person?.Given, person?.Family, [.. (person?.Aliases ?? []).Select(alias => new OtherName(alias.Given, alias.Family))],
        person?.Born ?? default, person?.Age, person?.Sex, prints, fbiNumber);
}
