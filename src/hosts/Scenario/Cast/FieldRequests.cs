using Homeward.Exchange;
using Homeward.Exchange.Outcomes;
using Homeward.Foundations.Places;
using Homeward.Outcomes;

namespace Homeward.Scenario.Cast;

/// <summary>What a line of the field says, as the request of the use case that records it.</summary>
/// <remarks>The same line gives the same request, whoever enters it: so a record that was entered by hand is known again in a file.</remarks>
/// <param name="taskForceOf">The first task force of an office, by its code: whose a line is that names none. Null where the office has none.</param>
public sealed class FieldRequests(Func<string, string?> taskForceOf)
{
    public RecordFinding.Request Of(ChildOutcome row) => new(Filed(row, row.Referral, row.TaskForce, row.Ori, row.Place), row.Kind switch
    {
        ChildOutcomeKind.Recovered => OutcomeKind.Recovered,
        ChildOutcomeKind.Identified => OutcomeKind.Identified,
        ChildOutcomeKind.Located => OutcomeKind.Located,
    }, row.Exploitation switch
    {
        Exchange.Outcomes.Exploitation.Sex => Outcomes.Exploitation.Sex,
        Exchange.Outcomes.Exploitation.Labor => Outcomes.Exploitation.Labor,
        Exchange.Outcomes.Exploitation.None => Outcomes.Exploitation.None,
    }, Described(row.Child, row.BiometricRef, null), FindingSaysMinor: true, Sought: row.Sought, Evidence: row.Evidence, ForeignBorn: row.ForeignBorn);

    public RecordAdult.Request Of(AdultOutcome row) => new(Filed(row, row.Referral, row.TaskForce, row.Ori, null), row.Kind == AdultOutcomeKind.Identified,
        row.Kind != AdultOutcomeKind.Identified ? null : row.Means switch
        {
            TraffickingMeans.Force => AdultMeans.Force,
            TraffickingMeans.Fraud => AdultMeans.Fraud,
            TraffickingMeans.Coercion => AdultMeans.Coercion,
            null => null,
        }, Described(row.Person, row.BiometricRef, null), AgeVerified: true);

    public RecordArrest.Request Of(ArrestOutcome row) => new(Filed(row, row.Referral, row.TaskForce, row.Ori, null), row.Kind switch
    {
        Exchange.Outcomes.ArrestKind.Trafficking => Outcomes.ArrestKind.Trafficking,
        Exchange.Outcomes.ArrestKind.Buyer => Outcomes.ArrestKind.Buyer,
        Exchange.Outcomes.ArrestKind.Other => Outcomes.ArrestKind.Other,
        Exchange.Outcomes.ArrestKind.VictimCustody => Outcomes.ArrestKind.VictimCustody,
    }, row.Offence ?? "not stated", Described(row.Person, null, row.FbiNumber));

    public OpenInvestigation.Request Of(InvestigationOutcome row) => new(Filed(row, row.Referral, null, null, null), row.CaseNumber);

    public RecordCourtEvent.Request Of(CourtOutcome row) => new(Filed(row, null, null, null, null), row.FbiNumber, row.Event switch
    {
        Exchange.Outcomes.CourtEvent.Charge => Outcomes.CourtEvent.Charge,
        Exchange.Outcomes.CourtEvent.Indictment => Outcomes.CourtEvent.Indictment,
        Exchange.Outcomes.CourtEvent.Plea => Outcomes.CourtEvent.Plea,
        Exchange.Outcomes.CourtEvent.Conviction => Outcomes.CourtEvent.Conviction,
        Exchange.Outcomes.CourtEvent.Dismissal => Outcomes.CourtEvent.Dismissal,
    }, row.CaseNumber);

    private OfficeRecord Filed(IFieldOutcome row, string? door, string? taskForce, string? ori, StatedPlace? place) => new(
        row.Record, row.Office, row.At, row.Operation, row.Operation is null ? door : null, taskForce ?? taskForceOf(row.Office), ori,
        place is null ? null : new PlaceQuery { City = place.City, State = place.State, Zip = place.Zip, County = place.CountyFips });

    private static DescribedPerson Described(StatedPerson? person, string? prints, string? fbiNumber) => new(
        person?.Given, person?.Family, [.. (person?.Aliases ?? []).Select(alias => new OtherName(alias.Given, alias.Family))],
        person?.Born ?? default, person?.Age, person?.Sex, prints, fbiNumber);
}
