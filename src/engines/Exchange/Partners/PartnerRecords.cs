namespace Homeward.Exchange.Partners;

/// <summary>A police agency of the partner list.</summary>
/// <param name="Ori">Nine characters. Those of invented agencies begin with <c>XX</c>.</param>
/// <param name="Type">As the list says: municipal, county, state …</param>
/// <param name="CountyFips">Five digits; null when it covers none in particular.</param>
public sealed record AgencyRecord(
    string Ori, string Name, string Type, string State, string? CountyFips, bool IsInvented);

/// <summary>A task force of the partner list.</summary>
/// <param name="Code"><c>KC-01</c>.</param>
/// <param name="Office">Code of the field office that leads it.</param>
/// <param name="PledgedOperations">How many operations it pledges to the initiative.</param>
public sealed record TaskForceRecord(string Code, string Name, string Office, int PledgedOperations);

/// <summary>An agency's seat on a task force, dated.</summary>
/// <param name="To">Last day; null while it goes on.</param>
public sealed record MemberRecord(string TaskForce, string Ori, DateOnly From, DateOnly? To);
