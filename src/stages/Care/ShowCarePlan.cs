using Homeward.Care.Model;
using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.People;
using Homeward.Kernel;
using Homeward.Outcomes;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Care;

/// <summary>Shows a plan in the government room, texts opened. Each look leaves its trace.</summary>
public static class ShowCarePlan
{
    public sealed record Request(CarePlanId Id);
    public sealed record Offer(DateTimeOffset At, IReadOnlyList<string> Services, string Language, ServiceAnswer Answer);
    /// <param name="Text">Null when the victim's key was destroyed.</param>
    public sealed record Note(DateTimeOffset At, string By, string? Text);
    public sealed record Notice(DateTimeOffset At, string Kind, string Channel);
    public sealed record Consent(Guid Id, string? Terms, DateTimeOffset SignedAt, DateTimeOffset ExpiresAt, DateTimeOffset? WithdrawnAt, bool Holds);
    public sealed record Owed(DutyId Id, string Rule, DateTimeOffset DueAt, DutyState State, DateTimeOffset? MetAt);
    public sealed record Page(
        CarePlanId Id, FactId Finding, bool IsChild, string VictimName, PartialDate Born, string? Office, DateTimeOffset OpenedAt, Guid Revision,
        string? SafetyPlan, IReadOnlyList<Offer> Offers, IReadOnlyList<Note> Notes, IReadOnlyList<Notice> Notices,
        IReadOnlyList<Consent> Consents, IReadOnlyList<Owed> Duties);

    internal sealed class Handler(Room room) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var plan = await PlanOf.FindAsync(act, request.Id, cancel);
            if (plan is null) return PlanOf.Missing;
            var victim = await act.Db.Set<PersonRecord>().SingleAsync(row => row.Id == plan.Victim, cancel);
            var offers = await act.Db.Set<ServiceOffer>().Where(row => row.Plan == plan.Id).OrderBy(row => row.OfferedAt).ThenBy(row => row.Id).ToListAsync(cancel);
            var notes = await (from note in act.Db.Set<CareNote>()
                               join user in act.Db.Set<User>() on note.By equals user.Id
                               where note.Plan == plan.Id
                               orderby note.At, note.Id
                               select new { note, user.Name }).ToListAsync(cancel);
            var notices = await act.Db.Set<VictimNotice>().Where(row => row.Plan == plan.Id).OrderBy(row => row.GivenAt).ThenBy(row => row.Id).ToListAsync(cancel);
            var consents = await act.Db.Set<ConsentRelease>().Where(row => row.Plan == plan.Id).OrderBy(row => row.SignedAt).ThenBy(row => row.Id).ToListAsync(cancel);
            var finding = plan.Finding.Value;
            var duties = await act.Db.Set<Duty>().Where(row => row.SubjectId == finding).OrderBy(row => row.DueAt).ThenBy(row => row.Id)
                .Select(row => new Owed(row.Id, row.Rule, row.DueAt, row.State, row.MetAt)).ToListAsync(cancel);

            var opened = new List<Note>();
            foreach (var row in notes)
                opened.Add(new Note(row.note.At, row.Name, await OpenAsync($"note/{StrongId.Text(row.note.Id)}", row.note.Text)));
            var terms = new List<Consent>();
            foreach (var row in consents)
                terms.Add(new Consent(row.Id, await OpenAsync($"consent/{StrongId.Text(row.Id)}", row.Terms), row.SignedAt, row.ExpiresAt,
                    row.WithdrawnAt, row.WithdrawnAt is null && row.ExpiresAt > act.Now));
            // Not the victim beside it: who reads the trace would come from a finding over its person to the plan.
            act.Trace("care-plan", plan.Id.Value);
            return new Page(plan.Id, plan.Finding, plan.IsChild, $"{victim.Given} {victim.Family}".Trim(), victim.Born, plan.OfficeCode, plan.OpenedAt,
                plan.Revision, plan.SafetyPlan is { } safety ? await OpenAsync($"safety/{plan.Id}", safety) : null,
                [.. offers.Select(row => new Offer(row.OfferedAt, row.Services.Split('\n'), row.Language, row.Answer))], opened,
                [.. notices.Select(row => new Notice(row.GivenAt, row.Kind, row.Channel))], terms, duties);

            Task<string?> OpenAsync(string name, byte[] text) => room.OpenAsync(act.Db, Room.Government, plan.Victim.Value, name, text, cancel);
        }
    }
}

/// <summary>Victims of the office: those who wait for a plan, and the plans.</summary>
public static class ListCare
{
    private const int RowsMax = 200;
    public sealed record Request;
    public sealed record Need(FactId Finding, bool IsChild, DateTimeOffset Since);
    public sealed record Row(CarePlanId Id, bool IsChild, DateTimeOffset OpenedAt, ServiceAnswer? Answer, DateTimeOffset? OfferedAt);
    public sealed record Page(IReadOnlyList<Need> Needs, IReadOnlyList<Row> Plans);

    public sealed class Handler : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var needs = await act.Seen(act.Db.Set<CareNeed>()).Where(row => row.Plan == null).OrderBy(row => row.Since).ThenBy(row => row.Finding)
                .Take(RowsMax).Select(row => new Need(row.Finding, row.IsChild, row.Since)).ToListAsync(cancel);
            var plans = await act.Seen(act.Db.Set<CarePlan>()).OrderByDescending(row => row.OpenedAt).ThenBy(row => row.Id).Take(RowsMax)
                .Select(row => new Row(row.Id, row.IsChild, row.OpenedAt, row.Answer, row.OfferedAt)).ToListAsync(cancel);
            foreach (var need in needs) act.Trace("care-need", need.Finding.Value);
            foreach (var plan in plans) act.Trace("care-plan", plan.Id.Value);
            return new Page(needs, plans);
        }
    }
}
