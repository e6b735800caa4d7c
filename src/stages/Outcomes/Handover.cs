using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.People;
using Homeward.Foundations.Storage;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Operations;
using Homeward.Review;

namespace Homeward.Outcomes;

public readonly record struct FactId(Guid Value) : IStrongId<FactId>
{
    public static FactId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

/// <summary>Kinds of one child-level finding; in one initiative the strongest wins: Recovered, Identified, Located .</summary>
public enum OutcomeKind { Located, Identified, Recovered }

public enum Exploitation { None, Sex, Labor }

/// <summary>Whether the person was a child at the act. Fixed at the date of the act.</summary>
public enum AgeAtAct
{
    Minor,
    /// <summary>A minor by the finding, age not known: counts as a child.</summary>
    MinorAgeUnknown,
    /// <summary>Undetermined: treated as a child in every duty, listed, not counted until resolved.</summary>
    Undetermined,
    Adult,
}

public enum ArrestKind
{
    Trafficking,
    Buyer,
    Other,
    /// <summary>A victim's own custody: protected, never among arrests .</summary>
    VictimCustody,
}

/// <summary>The field's definitions, as printed on the form and with every number.</summary>
public static class KindWords
{
    /// <summary>FBI release on Operation Independence Day, August 2019; "located" from the releases of 2022 and 2023.</summary>
    public const string Source = "FBI release on Operation Independence Day, August 2019";

    public static string DefinitionOf(OutcomeKind kind) => kind switch
    {
        OutcomeKind.Recovered => "the removal of the child from ongoing, continued victimization",
        OutcomeKind.Identified =>
            "a victim who may not currently be in a sex trafficking situation but one who has been victimized in the past or whose "
            + "prior victimization is unknown or someone who is being trafficked but is afraid to disclose that information to law enforcement",
        OutcomeKind.Located => "a missing child who was found, with no finding of exploitation",
    };
}

/// <summary>Steps of a court against an arrested person, each dated and apart from the arrest .</summary>
public enum CourtEvent { Charge, Indictment, Plea, Conviction, Dismissal }

/// <summary>Told when a fact stands, of any kind: the program may look who it is about.</summary>
public sealed record FactRecorded(FactId Fact, PersonRecordId? Person);

/// <summary>Told when a fact was withdrawn and nothing took its place.</summary>
public sealed record FactWithdrawn(FactId Fact);

/// <summary>Told when a child was found, in any kind: care begins, entries are cleared.</summary>
public sealed record ChildFound(FactId Finding);

/// <summary>Told when an adult was found to be a victim.</summary>
public sealed record AdultVictimIdentified(FactId Finding);

/// <summary>What all facts have in common. Facts are not overwritten: a correction supersedes.</summary>
/// <param name="Record">The office's own number for it: <c>C-000001</c>.</param>
/// <param name="At">When the act happened; <paramref name="EnteredAt"/> when the house learned it.</param>
/// <param name="Operation">Null when it came by another door; then <paramref name="Door"/> is set.</param>
/// <param name="ViaReview">A confirmed match of Review led to the operation.</param>
/// <param name="LocalOn">The day of the act on the wall calendar of its place.</param>
/// <param name="State">Postal code of the state of the act; null when no place was stated.</param>
public sealed record FactBase(
    FactId Id, string Record, InitiativeId Initiative, string OfficeCode, string? TaskForce, string? AgencyOri, OperationId? Operation,
    DoorId? Door, LeadId? Lead, bool ViaReview, DateTimeOffset At, DateTimeOffset EnteredAt, DateOnly? LocalOn = null, string? State = null);

public sealed record ChildFact(FactBase Base, PersonRecordId Person, OutcomeKind Kind, Exploitation Exploitation, AgeAtAct Age, PartialDate Born);
/// <param name="Victim">A finding, with its means; false for an encounter (services offered, no finding).</param>
public sealed record AdultFact(FactBase Base, PersonRecordId Person, bool Victim, string? Means);
public sealed record ArrestFact(FactBase Base, PersonRecordId Person, ArrestKind Kind, string Offence);
public sealed record InvestigationFact(FactBase Base, string CaseNumber);
public sealed record CourtFact(FactBase Base, PersonRecordId Person, string Event);

/// <summary>All facts of an initiative that stood at an instant: entered by then and not superseded by then.</summary>
public sealed record Facts(
    IReadOnlyList<ChildFact> Children, IReadOnlyList<AdultFact> Adults, IReadOnlyList<ArrestFact> Arrests,
    IReadOnlyList<InvestigationFact> Investigations, IReadOnlyList<CourtFact> Courts);

/// <summary>How a measure would move if a correction took effect.</summary>
/// <param name="Scope">The nation, or an office's name.</param>
public sealed record FigureMove(string Measure, string Scope, int? Old, int? New);

/// <summary>Release says beforehand which figures a correction moves. Outcomes asks and knows no counting rule itself.</summary>
public interface IForeseeFigures
{
    /// <param name="changed">The facts as they would stand.</param>
    Task<IReadOnlyList<FigureMove>> ForeseeAsync(HomewardDb db, InitiativeId initiative, Facts changed, DateTimeOffset asOf, CancellationToken cancel);

    /// <summary>Whether the measure counts children: nobody alone lowers it.</summary>
    bool CountsChildren(string measure);

    /// <summary>Whether the role may see a move of the measure.</summary>
    bool MayBeSeenBy(Role role, string measure);
}

/// <summary>The duties that a finding starts, and the keys by which Care proves them.</summary>
public static class VictimDuties
{
    /// <summary>R-71: each identified victim is told of services and offered them.</summary>
    public const string OfferServices = "offer-services";
    /// <summary>R-73: HHS is told of a foreign-born minor.</summary>
    public const string NotifyHhs = "notify-hhs";
    /// <summary>R-36: a claim of 18 to 20 that nobody verified is checked.</summary>
    public const string CheckAge = "check-age";
    /// <summary>R-38: the state's safe-harbour rule is asked for a victim in custody.</summary>
    public const string CheckSafeHarbour = ProtectedDuties.CheckSafeHarbour;

    /// <summary>One duty for one record of a person, however often it is found.</summary>
    public static string KeyOf(PersonRecordId person) => $"victim/{person}";
}

public interface IOutcomes
{
    Task<Facts> FactsAsync(HomewardDb db, InitiativeId initiative, DateTimeOffset asOf, CancellationToken cancel);
    Task<ChildFact?> ChildAsync(HomewardDb db, FactId id, CancellationToken cancel);
    Task<AdultFact?> AdultAsync(HomewardDb db, FactId id, CancellationToken cancel);
}
