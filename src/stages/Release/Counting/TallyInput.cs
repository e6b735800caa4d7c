using Homeward.Foundations.Partners;
using Homeward.Foundations.People;
using Homeward.Foundations.Rules;
using Homeward.Operations;
using Homeward.Outcomes;
using Homeward.Review;

namespace Homeward.Release.Counting;

/// <summary>An office that the initiative's file names, in its order.</summary>
internal sealed record FileOffice(string Code, string WrittenAs);

/// <summary>An office's word that its figures of a measure are in: what is not there then is 0. Office null: the nation's word.</summary>
internal sealed record Certified(string? Office, string Measure);

/// <summary>Everything that the figures are computed from, as it stood at one instant.</summary>
/// <param name="Operations">Of the initiative, in any state.</param>
/// <param name="Leads">Of those operations: whose confirmed match led there.</param>
/// <param name="Sought">Records of the children sought.</param>
internal sealed record TallyInput(
    InitiativeGist Initiative, DateTimeOffset AsOf, Facts Facts, Persons Persons, IReadOnlyList<OperationGist> Operations,
    IReadOnlyList<LeadGist> Leads, IReadOnlyList<Membership> Seats, IReadOnlyList<FileOffice> FileOffices,
    IReadOnlyList<Certified> Certified, IReadOnlyList<PersonRecordId> Sought, RuleBook Rules);
