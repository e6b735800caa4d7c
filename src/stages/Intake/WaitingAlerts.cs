using System.Linq.Expressions;
using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Intake.Retention;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>Claims of imminent danger that nobody has answered, for the duty officer (R-22). They are unreviewed, and say so.</summary>
internal sealed class WaitingAlerts(DutyRows duties) : IWaiting
{
    public const string Rule = "alert-imminent";
    public string Stage => "intake";

    /// <summary>Those of tips and referrals, whether they have climbed or not.</summary>
    public static IQueryable<Duty> OfDoors(HomewardDb db) => db.Set<Duty>().Where(duty => duty.Rule == Rule && duty.State == DutyState.Open && duty.SubjectType == "door");

    public async Task<IReadOnlyList<WaitingRow>> ForAsync(Actor actor, HomewardDb db, DateTimeOffset now, CancellationToken cancel)
    {
        if (actor.Role is not (Role.Supervisor or Role.National)) return [];
        // What has climbed already stands among the duties; the desk's own list is of those that have not.
        var open = db.Set<Duty>().AsNoTracking().Where(duty => duty.Rule == Rule && duty.State == DutyState.Open && duty.Escalations == 0);
        return await duties.OfAsync(actor, db, open, now, "raised=false&", (_, subject) => subject == "door" ? "Unreviewed: a caller claims imminent danger" : "Unreviewed: a report claims imminent danger",
            _ => null, isCritical: true, cancel);
    }
}

/// <summary>Reports, tips, referrals and missing children's entries by their numbers, for the duties about them.</summary>
internal sealed class IntakeSubjects(AuthorizationTable table) : INameSubjects
{
    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(Actor actor, HomewardDb db, string subjectType, IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        switch (subjectType)
        {
            case "report" when table.Allows(actor.Role, "intake.report"):
                var reports = ids.Select(ReportId.From).ToList();
                return (await db.Set<ReportVersion>().AsNoTracking().Where(row => reports.Contains(row.Id) && row.Version == 1).Select(row => new { row.Id, row.Number }).ToListAsync(cancel))
                    .ToDictionary(row => row.Id.Value, row => $"report {row.Number}");
            case "door" when table.Allows(actor.Role, "intake.door"):
                var doors = ids.Select(DoorId.From).ToList();
                return (await db.Set<Door>().AsNoTracking().Where(row => doors.Contains(row.Id)).Select(row => new { row.Id, row.Kind, row.Number }).ToListAsync(cancel))
                    .ToDictionary(row => row.Id.Value, row => $"{(row.Kind == DoorKind.Hotline ? "tip" : "referral")} {row.Number}");
            case "entry" when table.Allows(actor.Role, "intake.missing"):
                var entries = ids.Select(EntryId.From).ToList();
                return (await db.Set<Entry>().AsNoTracking().Where(row => entries.Contains(row.Id)).Select(row => new { row.Id, row.Nic }).ToListAsync(cancel))
                    .ToDictionary(row => row.Id.Value, row => $"entry {row.Nic}");
            default:
                return new Dictionary<Guid, string>();
        }
    }
}

/// <summary>AMBER alerts that wait for a person: of which child one speaks, and whether a cancel means that the child was located.</summary>
internal sealed class WaitingAmber(AuthorizationTable table) : IWaiting
{
    public string Stage => "intake";

    public async Task<IReadOnlyList<WaitingRow>> ForAsync(Actor actor, HomewardDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var rows = new List<WaitingRow>();
        await AddAsync("intake.decide-alert", "Decide of which missing child an AMBER alert speaks", row => row.Verdict == AlertVerdict.Waiting, isUrgent: true);
        await AddAsync("intake.decide-alert-cancel", "Decide whether a cancelled AMBER alert means that the child was located", row => row.Verdict != AlertVerdict.Waiting, isUrgent: false);
        return rows;

        async Task AddAsync(string action, string what, Expression<Func<Alert, bool>> which, bool isUrgent)
        {
            if (table.Reach(actor.Role, action) is not { } reach) return;
            var alerts = db.Set<Alert>().AsNoTracking().Where(row => row.IsWaiting).Where(which);
            if (reach != Scope.Nation) alerts = alerts.Where(row => row.OfficeCode != null && row.OfficeCode == actor.Office);
            var count = await alerts.CountAsync(cancel);
            if (count == 0) return;
            var first = await alerts.OrderBy(row => row.FirstSentAt).ThenBy(row => row.Id).Select(row => row.Id).FirstAsync(cancel);
            rows.Add(new(
                what, count == 1 ? $"/intake/alerts/{first}" : "/intake/alerts", Count: count, Critical: isUrgent && await alerts.AnyAsync(row => !row.IsCancelled, cancel)));
        }
    }
}

/// <summary>A proposed purge that a person must look at (R-63): also how counsel comes to the page of retention.</summary>
internal sealed class WaitingPurge : IWaiting
{
    public string Stage => "intake";

    public async Task<IReadOnlyList<WaitingRow>> ForAsync(Actor actor, HomewardDb db, DateTimeOffset now, CancellationToken cancel)
    {
        if (actor.Role is not (Role.Supervisor or Role.Counsel)) return [];
        var count = await db.Set<PurgeList>().CountAsync(row => row.State == PurgeState.Proposed && row.ProposedBy != actor.Id && row.SecondedBy != actor.Id, cancel);
        return count == 0 ? [] : [new WaitingRow("Look at a proposed purge: approve or drop it", "/intake/retention", Count: count)];
    }
}

/// <summary>Finds a report by its CyberTipline number.</summary>
internal sealed class FindReport : IFindByNumber
{
    public string Action => "intake.report";

    public async Task<Found?> FindAsync(string number, Act act, CancellationToken cancel)
    {
        var id = await act.Db.Set<ReportVersion>().AsNoTracking().Where(row => row.Number == number && row.Version == 1)
            .Select(row => (ReportId?)row.Id).SingleOrDefaultAsync(cancel);
        if (id is not { } found) return null;
        act.Trace("report", found.Value, "found");
        return new Found("Report", number, $"/intake/reports/{found}");
    }
}

/// <summary>Finds a missing child's entry by its NIC number or NCMEC's case number.</summary>
internal sealed class FindEntry : IFindByNumber
{
    public string Action => "intake.missing";

    public async Task<Found?> FindAsync(string number, Act act, CancellationToken cancel)
    {
        var nic = number.ToUpperInvariant();
        var entry = await act.Seen(act.Db.Set<Entry>().AsNoTracking()).Where(row => row.Nic == nic || row.NcmecCase == number)
            .OrderBy(row => row.Id).FirstOrDefaultAsync(cancel);
        if (entry is null) return null;
        act.Trace("entry", entry.Id.Value, "found");
        return new Found("Missing-child entry", entry.Nic, $"/intake/missing/{entry.Id}");
    }
}
