using Homeward.Foundations.Access;
using Homeward.Intake;
using Homeward.Operations;
using Homeward.Review;

namespace Homeward.Outcomes.Model;

/// <summary>What a fact hangs on: an operation of the initiative, or a door by which it came .</summary>
/// <param name="VictimSpecialist">Who was assigned to the operation; null where nobody was.</param>
internal sealed record FactLink(InitiativeId Initiative, OperationId? Operation, DoorId? Door, LeadGist? Lead, UserId? VictimSpecialist);

/// <summary>What all kinds of fact have in common, checked and ready to be written.</summary>
internal sealed record FactStart(
    FactId Id, OfficeRecord Filed, string Office, int Version, string Fingerprint, FactLink Link, DateTimeOffset At,
    DateOnly LocalOn, string? State, DateTimeOffset EnteredAt, UserId EnteredBy, Guid Revision);
