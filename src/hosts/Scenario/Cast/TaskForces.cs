using Homeward.Exchange.Initiatives;
using Homeward.Foundations.Access;
using Homeward.Foundations.Partners;
using Homeward.Foundations.Places;
using Homeward.Operations;
using Homeward.Referral;
using Homeward.Review;
using Homeward.Scenario.Outside;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Scenario.Cast;

/// <summary>Coordinators and investigators: each pledged operation is planned, verified, deconflicted, approved by another, run and closed.</summary>
public sealed class TaskForces(
    Stagehand stage, Company company, Chance chance, Promises promises, IOutside outside, FieldDesk field, InitiativePlan plan)
{
    private const double Participates = 0.55;
    private const int LeadsMax = 12;
    private readonly PriorityQueue<Calendar.Slot, (DateTimeOffset, string, int)> _slots = new();
    private readonly Referrers _referrers = new(stage, company, chance, promises);
    private List<Membership> _seats = [];
    private InitiativeId _initiative;

    public Task ReferAsync(Queue<(LeadId Lead, Actor By)> leads, CancellationToken cancel) => _referrers.ReferAsync(leads, cancel);

    /// <summary>Lays down the dates of all pledged operations.</summary>
    public async Task PledgeAsync(InitiativeId initiative, CancellationToken cancel)
    {
        _initiative = initiative;
        var forces = await stage.ReadAsync((db, _) => db.Set<TaskForce>().AsNoTracking().OrderBy(row => row.Code).ToListAsync(cancel));
        _seats = await stage.ReadAsync((db, _) => db.Set<Membership>().AsNoTracking().OrderBy(row => row.AgencyOri).ToListAsync(cancel));
        foreach (var force in forces)
        {
            if (Gazetteer.Default.Offices.WithCode(force.OfficeCode) is not { } office) continue;
            foreach (var slot in Calendar.Of(force.Code, office, force.PledgedOperations ?? 0, plan.From, plan.To, chance))
                _slots.Enqueue(slot, (slot.PlanAt, slot.TaskForce, slot.Ordinal));
            _referrers.Know(force, force.PledgedOperations ?? 0);
        }
    }

    /// <summary>Plans what is to be planned by now.</summary>
    public async Task WorkAsync(CancellationToken cancel)
    {
        while (_slots.TryPeek(out var slot, out var key) && key.Item1 <= stage.Now)
        {
            _slots.Dequeue();
            await PlanAsync(slot, cancel);
        }
    }

    private async Task PlanAsync(Calendar.Slot slot, CancellationToken cancel)
    {
        var key = $"{slot.TaskForce}/{slot.Ordinal}";
        var coordinator = company.Coordinator(slot.TaskForce);
        var waiting = await stage.ReadAsync((db, services) => services.GetRequiredService<IReferral>().AcceptedAsync(db, slot.TaskForce, cancel));
        var referrals = waiting.Take(LeadsMax).ToList();
        var leads = await LeadsAsync(referrals, cancel);
        var place = PlaceOf(slot, leads, key);
        var day = Zones.LocalDay(slot.From, Zones.ZoneOf(Gazetteer.Default.Offices.WithCode(slot.Office)!));
        var roster = _seats.Where(seat => seat.TaskForce == slot.TaskForce && seat.IsIn(day, day)).Select(seat => seat.AgencyOri).Distinct()
            .Where(ori => !ori.StartsWith("XX", StringComparison.Ordinal) || chance.Happens(Participates, "takes-part", $"{key}/{ori}")).ToList();
        var request = new PlanOperation.Request(
            _initiative, leads.Count > 0 ? OperationKind.Lead : OperationKind.Proactive, slot.From, slot.To, place,
            [new PlaceSource(BasisKind.Observation, "Seen by investigators (invented)")],
            leads.Count > 0 ? [.. referrals.Select(one => one.Id)] : null, roster, company.Specialist(slot.Office).Id,
            Team: [company.Officer(slot.TaskForce).Id]);
        var planned = await stage.DoAsync<PlanOperation.Request, PlanOperation.Receipt>(coordinator, request, cancel);
        // The town of a lead may stand in several counties: then investigators meet in the office's largest and look from there.
        if (!planned.IsDone)
            planned = await stage.DoAsync<PlanOperation.Request, PlanOperation.Receipt>(coordinator, request with { Place = place = TownOf(slot, key) }, cancel);
        if (!planned.TryGet(out var operation, out _)) return;
        var run = new RanOperation(operation.Reference, slot.Office, slot.TaskForce, roster, slot.From, slot.To,
            new RanPlace(place.Street, place.City, place.State, place.Zip, place.County), leads.Count > 0 ? "lead" : "proactive",
            [.. leads.Select(lead => new Seeking(lead.Nic, lead.ReportNumbers))]);
        await PrepareAsync(operation.Id, coordinator, slot, run.Kind, cancel);
        promises.Later(slot.From, ct => StartAsync(operation.Id, coordinator, slot, ct));
        promises.Later(slot.To, async ct => field.Hold(await outside.RanAsync(run, ct)));
        promises.Later(slot.To + chance.Between(50, 90, "after-action", key), ct => CloseAsync(operation.Id, slot, ct));
    }

    private async Task<IReadOnlyList<LeadGist>> LeadsAsync(List<ReferralGist> referrals, CancellationToken cancel)
    {
        if (referrals.Count == 0) return [];
        var ids = referrals.SelectMany(one => one.Leads).Distinct().ToList();
        return await stage.ReadAsync((db, services) => services.GetRequiredService<IReview>().LeadsAsync(db, ids, cancel));
    }

    /// <summary>Where the first lead points to within the office's territory; for a proactive one a larger town of it.</summary>
    private PlaceQuery PlaceOf(Calendar.Slot slot, IReadOnlyList<LeadGist> leads, string key)
    {
        var day = DateOnly.FromDateTime(slot.From.UtcDateTime);
        foreach (var place in leads.SelectMany(lead => lead.Places).Where(place => place is { IsLowPrecision: false, City: not null, State: not null }))
        {
            if (Gazetteer.Default.ResolvePlace(place, day).Office?.Code == slot.Office) return place with { Street = null };
        }
        return TownOf(slot, key);
    }

    private PlaceQuery TownOf(Calendar.Slot slot, string key)
    {
        var day = DateOnly.FromDateTime(slot.From.UtcDateTime);
        var office = Gazetteer.Default.Offices.WithCode(slot.Office)!;
        var towns = Gazetteer.Default.Territory.CountiesOf(slot.Office, day)
            .OrderByDescending(county => county.Population).ThenBy(county => county.Fips).Take(5).ToList();
        var county = towns.Count > 0 ? chance.Pick(towns, "town", key) : null;
        return county is null
            ? new PlaceQuery { City = office.City, State = office.State }
            : new PlaceQuery { County = county.Fips, State = county.State, Latitude = county.Centre.Latitude, Longitude = county.Centre.Longitude };
    }

    /// <summary>The place is looked at again, the event handed in, the regional system asked, conflicts settled, the plan approved.</summary>
    private async Task PrepareAsync(OperationId id, Actor coordinator, Calendar.Slot slot, string kind, CancellationToken cancel)
    {
        var handed = await stage.DoAsync<SubmitEvent.Request, SubmitEvent.Receipt>(coordinator, new(id, kind == "lead" ? "recovery" : "sweep"), cancel);
        if (!handed.TryGet(out var deconfliction, out _)) return;
        await stage.DoAsync<VerifyPlace.Request, VerifyPlace.Receipt>(
            company.Officer(slot.TaskForce), new(id, new PlaceSource(BasisKind.Observation, "Seen again (invented)")), cancel);
        await stage.DoAsync<RecordRegionalCheck.Request, RecordRegionalCheck.Receipt>(
            chance.Pick(company.Desk, "desk", $"{slot.TaskForce}/{slot.Ordinal}"),
            new(deconfliction.Event, RegionalSystem.RISSafe, $"RS-{slot.TaskForce}-{slot.Ordinal}", RegionalAnswer.NoConflict), cancel);
    }

    private async Task StartAsync(OperationId id, Actor coordinator, Calendar.Slot slot, CancellationToken cancel)
    {
        var supervisor = chance.Pick(company.Supervisors, "approves", $"{slot.TaskForce}/{slot.Ordinal}");
        var approved = await stage.TryAsync<ApproveOperation.Request, ApproveOperation.Receipt>(supervisor, new(id), cancel);
        if (!approved.IsDone)
        {
            await new ConflictSettlers(stage, company, chance).SettleAsync(cancel);
            approved = await stage.DoAsync<ApproveOperation.Request, ApproveOperation.Receipt>(supervisor, new(id), cancel);
        }
        if (!approved.IsDone)
            await stage.DoAsync<ApproveOperation.Request, ApproveOperation.Receipt>(
                supervisor, new(id, "A child may be moved tonight; the stop is being mended."), cancel);
        await stage.DoAsync<StartOperation.Request, StartOperation.Receipt>(coordinator, new(id, slot.From), cancel);
        await stage.DoAsync<LogEntry.Request, LogEntry.Receipt>(
            company.Officer(slot.TaskForce), new(id, "Team in place. Narrative withheld."), cancel);
    }

    private Task CloseAsync(OperationId id, Calendar.Slot slot, CancellationToken cancel) =>
        stage.DoAsync<CloseOperation.Request, CloseOperation.Receipt>(company.Coordinator(slot.TaskForce), new(id, "After-action. Narrative withheld."), cancel);
}
