using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Foundations.Places;
using Homeward.Foundations.Storage;
using Homeward.Intake;
using Homeward.Review.Casework;
using Homeward.Review.Matching;
using Homeward.Review.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Leads;

/// <summary>Raises leads, lets further reports join them, and ends them. One is open for each child (R-23).</summary>
internal sealed class LeadBook(LeadEnds ends)
{
    /// <summary>Two people confirmed a match: its lead is raised, or the child's open lead grows by it.</summary>
    public async Task<Lead> FromMatchAsync(
        Act act, MatchProposal match, QueueItem item, ReportGist report, EntryGist entry, CancellationToken cancel)
    {
        var places = ReportPlaces.For(report, match.Person);
        var path = report.Persons.SingleOrDefault(person => person.Index == match.Person)?.Path;
        if (await OpenLeadOfAsync(act.Db, entry.Record, cancel) is { } open)
        {
            var isWorse = (item.ImminentClaimed && !open.Imminent) || item.Risk > open.Risk;
            open.ViaReview = true;
            Grow(act, open, places, item.Risk, item.ReasonList, item.ImminentClaimed, item.ImminentClaimed, isWorse);
            AddEvidence(act, open, match, report, path);
            return open;
        }
        var lead = new Lead
        {
            Id = act.Ids.Next<LeadId>(), Number = await YearNumbers.NextAsync(act, 'L', "lead_counters", cancel), Origin = LeadOrigin.ConfirmedMatch, State = LeadState.Open,
            Child = entry.Record, Entry = entry.Id, Nic = entry.Nic, Places = Lead.Write(places), Risk = item.Risk, RiskReasons = item.Reasons,
            ViaReview = true, Imminent = item.ImminentClaimed, CurrentAbuse = item.ImminentClaimed, RaisedAt = act.Now, RaisedBy = act.Actor.Id,
            Version = 1, Revision = act.Ids.Next(),
        };
        Raise(act, lead);
        AddEvidence(act, lead, match, report, path);
        return lead;
    }

    /// <summary>A tip or an agency's referral becomes a lead, or joins the child's open one.</summary>
    public async Task<Lead> FromDoorAsync(Act act, DoorGist door, EntryGist? entry, CancellationToken cancel)
    {
        PlaceQuery[] places = door.Place is { } place ? [place] : [];
        if (entry is not null && await OpenLeadOfAsync(act.Db, entry.Record, cancel) is { } open)
        {
            open.Door ??= door.Id;
            Grow(act, open, places, open.Risk, [DoorReason(door)], door.ImminentClaimed, door.ImminentClaimed, door.ImminentClaimed && !open.Imminent);
            AddEvidence(act, open, door);
            return open;
        }
        var lead = new Lead
        {
            Id = act.Ids.Next<LeadId>(), Number = await YearNumbers.NextAsync(act, 'L', "lead_counters", cancel),
            Origin = door.Door == DoorKind.Hotline ? LeadOrigin.Hotline : LeadOrigin.AgencyReferral, State = LeadState.Open,
            Child = entry?.Record, Entry = entry?.Id, Nic = entry?.Nic, Door = door.Id, Places = Lead.Write(places),
            Risk = door.ImminentClaimed ? ImminentDoorRisk : DoorRisk, RiskReasons = DoorReason(door), ViaReview = false,
            Imminent = door.ImminentClaimed, CurrentAbuse = door.ImminentClaimed, RaisedAt = act.Now, RaisedBy = act.Actor.Id, Version = 1,
            Revision = act.Ids.Next(),
        };
        Raise(act, lead);
        AddEvidence(act, lead, door);
        return lead;
    }

    /// <summary>What a tip or referral says now joins the open lead that was raised on it. Without one nothing happens: a person reads it first (R-22).</summary>
    public async Task GrowByDoorAsync(Act act, DoorGist door, CancellationToken cancel)
    {
        var rests = await OfDoor(act.Db, door.Number).ToListAsync(cancel);
        if (rests.Exists(row => row.ReportVersion >= door.Version)) return;
        var leads = rests.ConvertAll(row => row.Lead);
        foreach (var open in await act.Db.Set<Lead>().Where(row => row.State == LeadState.Open && leads.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(cancel))
        {
            PlaceQuery[] places = door.Place is { } place ? [place] : [];
            Grow(act, open, places, door.ImminentClaimed ? ImminentDoorRisk : open.Risk, [DoorReason(door), $"{door.Number} was changed by its sender"],
                door.ImminentClaimed, door.ImminentClaimed, door.ImminentClaimed && !open.Imminent);
            AddEvidence(act, open, door);
        }
    }

    /// <summary>What leads rest on a tip or referral.</summary>
    public static IQueryable<LeadEvidence> OfDoor(HomewardDb db, string number) => db.Set<LeadEvidence>().Where(row => row.Source == number && row.Report == null);

    /// <summary>Whether a lead has heard all that a tip or referral says: of an ended lead only what it has not seen is a reason for another.</summary>
    public static Task<bool> HasHeardAsync(HomewardDb db, DoorGist door, CancellationToken cancel) =>
        OfDoor(db, door.Number).AnyAsync(row => row.ReportVersion == null || row.ReportVersion >= door.Version
            || db.Set<Lead>().Any(lead => lead.Id == row.Lead && lead.State == LeadState.Open), cancel);

    /// <summary>The lead no longer holds; everybody who holds it is told.</summary>
    public async Task WithdrawAsync(Act act, Lead lead, string reason, CancellationToken cancel)
    {
        await EndAsync(act, lead, LeadState.Withdrawn, reason, cancel);
        act.Tell(new LeadWithdrawn(lead.Id, reason));
    }

    public async Task CloseAsync(Act act, Lead lead, string outcome, CancellationToken cancel)
    {
        await EndAsync(act, lead, LeadState.Closed, outcome, cancel);
        if (outcome == "child-found" && lead.Entry is { } entry) act.Tell(new SearchEnded(entry));
    }

    /// <summary>A match was undone: its evidence is withdrawn, and the lead too when nothing else carries it.</summary>
    public async Task TakeBackAsync(Act act, MatchProposal match, CancellationToken cancel)
    {
        var evidence = await act.Db.Set<LeadEvidence>().Where(row => row.Match == match.Id && row.WithdrawnAt == null).ToListAsync(cancel);
        foreach (var piece in evidence)
        {
            piece.WithdrawnAt = act.Now;
            var lead = await act.Db.Set<Lead>().SingleAsync(row => row.Id == piece.Lead, cancel);
            if (lead.State != LeadState.Open) continue;
            var others = await act.Db.Set<LeadEvidence>()
                .Where(row => row.Lead == lead.Id && row.WithdrawnAt == null && row.Id != piece.Id).ToListAsync(cancel);
            if (others.Count == 0)
            {
                await WithdrawAsync(act, lead, "match-undone", cancel);
                continue;
            }
            (lead.Version, lead.Revision) = (lead.Version + 1, act.Ids.Next());
            lead.ViaReview = others.Exists(row => row.Match is not null);
            act.Trace("lead", lead.Id.Value, $"evidence-withdrawn;version={lead.Version}");
        }
    }

    /// <summary>The open lead about the person that a record belongs to, over records decided to be the same.</summary>
    public static async Task<Lead?> OpenLeadOfAsync(HomewardDb db, PersonRecordId record, CancellationToken cancel)
    {
        var records = (await IdentityLedger.SameAsync(db, record, cancel)).ConvertAll(one => (PersonRecordId?)one);
        return await db.Set<Lead>().Where(row => row.State == LeadState.Open && records.Contains(row.Child))
            .OrderBy(row => row.RaisedAt).ThenBy(row => row.Id).FirstOrDefaultAsync(cancel);
    }

    /// <summary>House judgement: a tip or a referral about a child is acted on, and comes after the best founded matches.</summary>
    private const double DoorRisk = 50;
    private const double ImminentDoorRisk = 75;

    private static string DoorReason(DoorGist door) =>
        $"{(door.Door == DoorKind.Hotline ? "A hotline tip" : "An agency's referral")}{(door.ImminentClaimed ? " that claims imminent danger (not reviewed)" : "")}";

    private static void Raise(Act act, Lead lead)
    {
        act.Db.Add(lead);
        act.Trace("lead", lead.Id.Value, $"raised;origin={lead.Origin}");
        act.Tell(new LeadRaised(lead.Id));
    }

    private static void Grow(
        Act act, Lead lead, IReadOnlyList<PlaceQuery> places, double risk, IReadOnlyList<string> reasons, bool imminent, bool currentAbuse, bool isWorse)
    {
        lead.Places = Lead.Write([.. lead.PlaceList.Concat(places).Distinct()]);
        lead.Risk = Math.Max(lead.Risk, risk);
        lead.RiskReasons = string.Join('\n', lead.ReasonList.Concat(reasons).Distinct());
        (lead.Imminent, lead.CurrentAbuse) = (lead.Imminent || imminent, lead.CurrentAbuse || currentAbuse);
        (lead.Version, lead.Revision) = (lead.Version + 1, act.Ids.Next());
        act.Trace("lead", lead.Id.Value, $"grew;version={lead.Version}");
        act.Tell(new LeadGrew(lead.Id, lead.Version, isWorse));
    }

    private static void AddEvidence(Act act, Lead lead, MatchProposal match, ReportGist report, string? path) => act.Db.Add(new LeadEvidence
    {
        Id = act.Ids.Next(), Lead = lead.Id, Match = match.Id, Report = report.Id, Source = report.Number, ReportVersion = report.Version,
        Path = path, AddedBy = act.Actor.Id, AddedAt = act.Now, LeadVersion = lead.Version,
    });

    private static void AddEvidence(Act act, Lead lead, DoorGist door) => act.Db.Add(new LeadEvidence
    {
        Id = act.Ids.Next(), Lead = lead.Id, Source = door.Number, ReportVersion = door.Version, AddedBy = act.Actor.Id, AddedAt = act.Now, LeadVersion = lead.Version,
    });

    /// <summary>What is still asked for or to be done stays open, and those who hold it are told.</summary>
    private async Task EndAsync(Act act, Lead lead, LeadState state, string outcome, CancellationToken cancel)
    {
        (lead.State, lead.Outcome, lead.EndedAt, lead.Revision) = (state, outcome, act.Now, act.Ids.Next());
        act.Trace("lead", lead.Id.Value, $"state={state};outcome={outcome}");
        await ends.TellAsync(act, lead, cancel);
    }
}
