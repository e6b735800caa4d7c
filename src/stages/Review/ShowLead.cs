using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Places;
using Homeward.Foundations.Sealing;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review.Casework;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>A lead: the child as entered, where it may be, what the lead rests on and why it presses.</summary>
public static class ShowLead
{
    private const int WorkMax = 50;

    public sealed record Request(LeadId Id);

    /// <param name="Link">The match, tip or referral behind it; null for one that was purged.</param>
    /// <param name="Purged">Under which rule and when, where the report's time was over; what was decided on it stands.</param>
    public sealed record Evidence(
        string Source, string? Path, int? ReportVersion, DateTimeOffset AddedAt, int LeadVersion, bool Withdrawn, string? Link, string? Purged = null);
    public sealed record Place(string Words, string? Office, bool IsLowPrecision, bool IsAmbiguous);

    /// <param name="Notes">Oldest first; the number of the last is the base of the next.</param>
    /// <param name="Tasks">Those that are open, on it and on its requests.</param>
    /// <param name="Requests">Those that are open.</param>
    public sealed record Page(
        LeadId Id, string Number, LeadOrigin Origin, LeadState State, string? Outcome, string? Nic, EntryState? EntryState, string? ChildName,
        string? ChildBorn, string? LastSeen, IReadOnlyList<Place> Places, double Risk, IReadOnlyList<string> Reasons, bool Imminent,
        bool CurrentAbuse, DateTimeOffset RaisedAt, DateTimeOffset? EndedAt, int Version, IReadOnlyList<Evidence> Evidence,
        IReadOnlyList<ReadNote> Notes, Guid Revision, IReadOnlyList<TaskRow> Tasks, IReadOnlyList<RequestRow> Requests);

    internal sealed class Handler(IIntake intake, Envelope envelope, OpenWork work) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var lead = await act.Seen(act.Db.Set<Lead>()).SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (lead is null) return Problem.Missing("There is no such lead for you.");
            var entry = lead.Entry is { } id ? (await intake.EntriesAsync(act.Db, [id], cancel)).SingleOrDefault() : null;
            var evidence = await act.Db.Set<LeadEvidence>().Where(row => row.Lead == lead.Id).OrderBy(row => row.LeadVersion).ThenBy(row => row.Id).ToListAsync(cancel);
            var purged = await intake.PurgedAsync(act.Db, [.. evidence.Select(row => row.Report).OfType<ReportId>()], cancel);
            var doors = await intake.DoorsByNumberAsync(act.Db, [.. evidence.Where(row => row.Report is null).Select(row => row.Source).Distinct()], cancel);
            act.Trace("lead", lead.Id.Value, $"version={lead.Version}");
            if (entry is not null) act.Trace("person-record", entry.Record.Value);
            var day = DateOnly.FromDateTime(act.Now.UtcDateTime);
            var (given, family) = entry is { Names.Count: > 0 } ? entry.Names[0] : ("", "");
            return new Page(
                lead.Id, lead.Number, lead.Origin, lead.State, lead.Outcome, lead.Nic, entry?.State, entry is null ? null : $"{given} {family}".Trim(),
                entry?.Born.ToString(), Matching.ReportPlaces.Words(entry?.LastSeen), [.. lead.PlaceList.Select(place => Told(place, day))],
                lead.Risk, lead.ReasonList, lead.Imminent, lead.CurrentAbuse, lead.RaisedAt, lead.EndedAt, lead.Version,
                [.. evidence.Select(row => new Evidence(row.Source, row.Path, row.ReportVersion, row.AddedAt, row.LeadVersion, row.WithdrawnAt is not null,
                    row.Match is { } match ? $"/review/matches/{match}" : doors.TryGetValue(row.Source, out var tip) ? $"/review/tips/{tip}" : null,
                    row.Report is { } report && purged.TryGetValue(report, out var gone) ? gone.Says : null))],
                await CaseNotes.ReadAsync(act, envelope, lead.Id.Value, cancel), lead.Revision,
                await work.TasksAsync(act, act.Db.Set<CaseTask>().Where(row => row.Lead == lead.Id && row.State == CaseTaskState.Open), WorkMax, cancel),
                await work.RequestsAsync(act, OpenWork.Open(act.Db.Set<LegalRequest>()).Where(row => row.Lead == lead.Id), WorkMax, cancel));
        }

        private static Place Told(PlaceQuery place, DateOnly day)
        {
            var answer = Gazetteer.Default.ResolvePlace(place, day);
            string?[] parts = [place.Street, place.City, place.State, place.Zip, place.County];
            return new(string.Join(", ", parts.Where(part => !string.IsNullOrWhiteSpace(part))), answer.Office?.Name, place.IsLowPrecision, answer.Offices.Count > 1);
        }
    }
}

/// <summary>The leads, open ones first, the most pressing on top.</summary>
public static class ListLeads
{
    private const int RowsMax = 500;
    public const int RowsUsual = 100;

    /// <param name="State">Open when left out.</param>
    /// <param name="From">Number of rows that are passed over.</param>
    public sealed record Request(LeadState? State = null, [Range(1, RowsMax)] int Rows = RowsUsual, [Range(0, int.MaxValue)] int From = 0);
    public sealed record Row(
        LeadId Id, string Number, LeadOrigin Origin, LeadState State, string? Nic, double Risk, bool Imminent, string? Reason, DateTimeOffset RaisedAt, int Version);
    public sealed record Page(IReadOnlyList<Row> Rows, IReadOnlyDictionary<LeadState, int> Counts);

    internal sealed class Handler : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var seen = act.Seen(act.Db.Set<Lead>());
            var counts = await seen.GroupBy(lead => lead.State).Select(group => new { group.Key, Count = group.Count() })
                .ToDictionaryAsync(group => group.Key, group => group.Count, cancel);
            var state = request.State ?? LeadState.Open;
            var leads = await seen.Where(lead => lead.State == state).OrderByDescending(lead => lead.Imminent).ThenByDescending(lead => lead.Risk)
                .ThenBy(lead => lead.RaisedAt).ThenBy(lead => lead.Id).Skip(request.From).Take(request.Rows).ToListAsync(cancel);
            act.Trace("lead", leads.Count > 0 ? leads[0].Id.Value : Guid.Empty, $"listed={leads.Count};state={state}");
            return new Page([.. leads.Select(lead => new Row(lead.Id, lead.Number, lead.Origin, lead.State, lead.Nic, lead.Risk, lead.Imminent,
                lead.ReasonList is [var first, ..] ? first : null, lead.RaisedAt, lead.Version))], counts);
        }
    }
}
