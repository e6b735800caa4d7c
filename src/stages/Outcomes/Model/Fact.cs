using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Operations;
using Homeward.Review;

namespace Homeward.Outcomes.Model;

/// <summary>Something that the field did, as its office filed it. Written once; a correction supersedes it.</summary>
/// <remarks>Case-plane rows of one table, so that all that stood at an instant is one query.</remarks>
internal abstract class Fact : IScoped
{
    protected Fact() { }

    protected Fact(FactStart start)
    {
        var filed = start.Filed;
        (Id, Record, Version, Fingerprint) = (start.Id, filed.Record, start.Version, start.Fingerprint);
        (Initiative, Operation, Door) = (start.Link.Initiative, start.Link.Operation, start.Link.Door);
        (Lead, ViaReview) = (start.Link.Lead?.Id, start.Link.Lead?.ViaReview == true);
        (OfficeCode, TaskForce, AgencyOri) = (start.Office, filed.TaskForce, filed.Ori);
        (At, LocalOn, State) = (start.At, start.LocalOn, start.State);
        (EnteredAt, EnteredBy, Revision) = (start.EnteredAt, start.EnteredBy, start.Revision);
    }

    public FactId Id { get; private set; }
    /// <summary>The office's own number; with the office and the version it is unique.</summary>
    public string Record { get; private set; } = "";
    /// <summary>1 for the first, one more with each correction of the record.</summary>
    public int Version { get; private set; }
    /// <summary>SHA-256 of what was filed: the same again is no second fact.</summary>
    public string Fingerprint { get; private set; } = "";
    public InitiativeId Initiative { get; private set; }
    public OperationId? Operation { get; private set; }
    public DoorId? Door { get; private set; }
    public LeadId? Lead { get; private set; }
    public bool ViaReview { get; private set; }
    public string? OfficeCode { get; private set; }
    public string? TaskForce { get; private set; }
    public string? AgencyOri { get; private set; }
    public UserId? AssignedTo { get; private set; }
    public DateTimeOffset At { get; private set; }
    /// <summary>The day of the act on the wall calendar of its place.</summary>
    public DateOnly LocalOn { get; private set; }
    /// <summary>Postal code of the state of the act; null when no place was stated.</summary>
    public string? State { get; private set; }
    public DateTimeOffset EnteredAt { get; private set; }
    public UserId EnteredBy { get; private set; }
    public DateTimeOffset? SupersededAt { get; set; }
    public Guid Revision { get; set; }
    /// <summary>Whom it is about; null for an investigation.</summary>
    public PersonRecordId? Person { get; init; }

    public FactBase Base => new(
        Id, Record, Initiative, OfficeCode!, TaskForce, AgencyOri, Operation, Door, Lead, ViaReview, At, EnteredAt, LocalOn, State);
}

internal sealed class ChildFinding : Fact
{
    private ChildFinding() { }
    public ChildFinding(FactStart start) : base(start) { }

    public required OutcomeKind Kind { get; init; }
    public required Exploitation Exploitation { get; init; }
    /// <summary>Fixed at the act against the child .</summary>
    public required AgeAtAct Age { get; init; }
    /// <summary>At the finding: an adult by then has an adult's rights and services (T-18).</summary>
    public required AgeAtAct AgeWhenFound { get; init; }
    public required PartialDate Born { get; init; }
    /// <summary>The entry that the officers recognised.</summary>
    public EntryId? Recognised { get; init; }
    public bool ForeignBorn { get; init; }
    /// <summary>JSON of name and text, encrypted, bound to <c>fact/…id…</c>.</summary>
    public required byte[] Evidence { get; init; }

    public ChildFact Told() => new(Base, Person!.Value, Kind, Exploitation, Age, Born);
}

internal sealed class AdultFinding : Fact
{
    private AdultFinding() { }
    public AdultFinding(FactStart start) : base(start) { }

    /// <summary>False for an encounter: services offered, no finding.</summary>
    public required bool Victim { get; init; }
    public string? Means { get; init; }

    public AdultFact Told() => new(Base, Person!.Value, Victim, Means);
}

internal sealed class Arrest : Fact
{
    private Arrest() { }
    public Arrest(FactStart start) : base(start) { }

    public required ArrestKind ArrestKind { get; init; }
    public required string Offence { get; init; }
    /// <summary>By it later steps of a court find the person.</summary>
    public string? FbiNumber { get; init; }

    public ArrestFact Told() => new(Base, Person!.Value, ArrestKind, Offence);
}

internal sealed class Investigation : Fact
{
    private Investigation() { }
    public Investigation(FactStart start) : base(start) { }

    public required string CaseNumber { get; init; }

    public InvestigationFact Told() => new(Base, CaseNumber);
}

internal sealed class CourtStep : Fact
{
    private CourtStep() { }
    public CourtStep(FactStart start) : base(start) { }

    public required CourtEvent CourtEvent { get; init; }
    public string? DocketNumber { get; init; }

    public CourtFact Told() => new(Base, Person!.Value, CourtEvent.ToString());
}
