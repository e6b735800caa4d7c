using Homeward.Foundations.Access;
using Homeward.Foundations.Partners;
using Homeward.Foundations.People;
using Homeward.Foundations.Places;
using Homeward.Foundations.Rules;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Operations;
using Homeward.Outcomes;
using Homeward.Release.Counting;
using Homeward.Review;

namespace Homeward.Release.Tests;

/// <summary>Facts for one count. What a test does not name is plausible and fixed: July 2019, a door finding of a minor in Kansas City.</summary>
internal sealed class Given
{
    private readonly List<ChildFact> _children = [];
    private readonly List<AdultFact> _adults = [];
    private readonly List<ArrestFact> _arrests = [];
    private readonly List<InvestigationFact> _investigations = [];
    private readonly List<OperationGist> _operations = [];
    private readonly List<LeadGist> _leads = [];
    private readonly List<Membership> _seats = [];
    private readonly List<IdentityDecision> _decisions = [];
    private readonly List<Certified> _certified = [];
    private readonly List<PersonRecordId> _sought = [];
    private readonly List<FileOffice> _offices = [];
    private readonly InitiativeId _initiative = new(Id());
    private static int _next;

    public DateOnly From { get; init; } = new(2019, 7, 1);
    public DateOnly To { get; init; } = new(2019, 7, 31);

    public static Guid Id() => new(Interlocked.Increment(ref _next), 0, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, 1]);
    public static PersonRecordId Person() => new(Id());
    public static DateTimeOffset Utc(string instant) => DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);

    public Given Lists(params string[] codes)
    {
        _offices.AddRange(codes.Select(code => new FileOffice(code, Gazetteer.Default.Offices.WithCode(code)!.Name)));
        return this;
    }

    public ChildFact Child(
        string office = "KC", string at = "2019-07-10T15:00Z", OutcomeKind kind = OutcomeKind.Recovered, Exploitation? exploitation = null,
        AgeAtAct age = AgeAtAct.Minor, PersonRecordId? person = null, OperationId? operation = null, string? enteredAt = null,
        string? localOn = null, LeadId? lead = null, string? state = null)
    {
        var fact = new ChildFact(Base(office, at, operation, enteredAt, localOn, lead, state), person ?? Person(), kind,
            exploitation ?? (kind == OutcomeKind.Located ? Exploitation.None : Exploitation.Sex), age, default);
        _children.Add(fact);
        return fact;
    }

    public AdultFact Adult(bool victim = true, string office = "KC", string at = "2019-07-10T15:00Z", PersonRecordId? person = null,
        OperationId? operation = null)
    {
        var fact = new AdultFact(Base(office, at, operation, null, null, null, null), person ?? Person(), victim, victim ? "Force" : null);
        _adults.Add(fact);
        return fact;
    }

    public ArrestFact Arrest(ArrestKind kind = ArrestKind.Trafficking, string office = "KC", string at = "2019-07-10T15:00Z", PersonRecordId? person = null,
        OperationId? operation = null)
    {
        var fact = new ArrestFact(Base(office, at, operation, null, null, null, null), person ?? Person(), kind, "18 USC 1591");
        _arrests.Add(fact);
        return fact;
    }

    public void Investigation(string number, string office = "KC", string at = "2019-07-10T15:00Z", OperationId? operation = null) =>
        _investigations.Add(new InvestigationFact(Base(office, at, operation, null, null, null, null), number));

    public OperationId Operation(
        string office = "KC", string? startedAt = "2019-07-10T12:00Z", OperationState state = OperationState.Closed, string[]? agencies = null, LeadId[]? leads = null)
    {
        var id = new OperationId(Id());
        var start = startedAt is null ? (DateTimeOffset?)null : Utc(startedAt);
        _operations.Add(new OperationGist(id, $"{office}-01/{_operations.Count}", _initiative, OperationKind.Lead, state, office, $"{office}-01",
            new PlaceQuery(), start ?? default, start ?? default, start, null, agencies ?? [], [], leads ?? [], null, []));
        return id;
    }

    public LeadId Lead(PersonRecordId? child, bool viaReview = true)
    {
        var id = new LeadId(Id());
        _leads.Add(new LeadGist(id, "L-1", LeadOrigin.ConfirmedMatch, LeadState.Closed, child, null, null, null, [], [], 0, [], viaReview, false, false, default, 1));
        return id;
    }

    public void Seat(string taskForce, string ori, string from = "2015-01-01", string? to = null) => _seats.Add(new Membership
    {
        Id = Id(), TaskForce = taskForce, AgencyOri = ori, From = DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture),
        To = to is null ? null : DateOnly.Parse(to, System.Globalization.CultureInfo.InvariantCulture),
    });

    public void Decide(PersonRecordId one, PersonRecordId other, Judgement judgement)
    {
        var (left, right) = IdentityLedger.InOrder(one, other);
        _decisions.RemoveAll(row => row.Left == left && row.Right == right);
        _decisions.Add(new IdentityDecision { Id = Id(), Left = left, Right = right, Judgement = judgement, Reason = [], By = new UserId(Id()), At = default });
    }

    public void Same(PersonRecordId one, PersonRecordId other) => Decide(one, other, Judgement.Same);
    public void Certify(string? office, string measure) => _certified.Add(new Certified(office, measure));
    public void Seeks(PersonRecordId record) => _sought.Add(record);

    /// <summary>What the house had by an instant, as Outcomes would tell it.</summary>
    public Tally Count(string asOf = "2019-08-06T12:00Z")
    {
        var at = Utc(asOf);
        var facts = new Facts([.. _children.Where(fact => fact.Base.EnteredAt <= at)], [.. _adults.Where(fact => fact.Base.EnteredAt <= at)],
            [.. _arrests.Where(fact => fact.Base.EnteredAt <= at)], [.. _investigations.Where(fact => fact.Base.EnteredAt <= at)], []);
        var initiative = new InitiativeGist(_initiative, "Operation Exercise", From, To, null, null, "{}", true, default);
        return TallyEngine.Count(new TallyInput(initiative, at, facts, Persons.Of(_decisions), _operations, _leads, _seats, _offices, _certified, _sought, RuleBook.Shipped));
    }

    private FactBase Base(string office, string at, OperationId? operation, string? enteredAt, string? localOn, LeadId? lead, string? state)
    {
        var id = Id();
        return new FactBase(new FactId(id), $"R-{id.ToString("N")[..8]}", _initiative, office, null, null, operation, operation is null ? new DoorId(Id()) : null,
            lead, false, Utc(at), Utc(enteredAt ?? at), localOn is null ? null : DateOnly.Parse(localOn, System.Globalization.CultureInfo.InvariantCulture), state);
    }
}
