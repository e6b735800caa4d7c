using Homeward.Foundations.Places;
using Homeward.Kernel;

namespace Homeward.Outcomes;

/// <summary>What an office files with every act: its number, who acted, when, where, and what led there.</summary>
/// <param name="Record">The office's own number: <c>C-000001</c>. The same number with the same content is taken once.</param>
/// <param name="Office">Code of the field office.</param>
/// <param name="At">When the act happened, not when it is typed.</param>
/// <param name="Operation">Reference of the operation: <c>KC-01/2019-07-12/1</c>.</param>
/// <param name="Door">Number of the hotline tip or agency referral, where no operation led there.</param>
/// <param name="Ori">The agency that acted.</param>
/// <param name="Place">Gives the local day and the state; no address is kept.</param>
/// <param name="Initiative">Its name; for an act by a door the current one when left out.</param>
public sealed record OfficeRecord(
    string Record, string Office, DateTimeOffset At, string? Operation = null, string? Door = null,
    string? TaskForce = null, string? Ori = null, PlaceQuery? Place = null, string? Initiative = null);

/// <summary>A person as the officers describe one. Null and empty mean "not stated".</summary>
/// <param name="Age">Years, as somebody said; an estimate.</param>
/// <param name="Prints">Opaque reference of prints: the same person has the same one.</param>
/// <param name="FbiNumber">The same person has the same one.</param>
public sealed record DescribedPerson(
    string? Given = null, string? Family = null, IReadOnlyList<OtherName>? Aliases = null, PartialDate? Born = null,
    int? Age = null, string? Sex = null, string? Prints = null, string? FbiNumber = null);

public sealed record OtherName(string? Given, string? Family);
