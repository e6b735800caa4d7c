using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Foundations.Places;
using Homeward.Kernel;
using Homeward.Operations;
using Homeward.Outcomes;
using Homeward.Release.Model;
using Homeward.Release.Wording;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Release;

/// <summary>A second person lets an announcement go, after the text check and with each office's preview (R-53, R-54).</summary>
public static class ApproveAnnouncement
{
    /// <param name="WithoutPreview">Why it may go although offices have not looked at their lines; traced.</param>
    public sealed record Request(AnnouncementId Id, [MaxLength(1000)] string? WithoutPreview = null);
    public sealed record Receipt(AnnouncementId Id);

    internal sealed class Handler(Drafting drafting, CheckFacts facts, IOperations operations) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var announcement = await act.Db.Set<Announcement>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (announcement is null) return Problem.Missing("There is no such announcement.");
            if (announcement.State != AnnouncementState.Draft) return Problem.Conflict("not-a-draft", "This is approved already.", "");
            if (announcement.Author == act.Actor.Id) return Problem.Of("author-approves", "You wrote this.", "Another person approves it.");
            var text = drafting.TextOf(announcement);
            if (await PreviewFaultAsync(announcement, text, request, act, cancel) is { } unseen) return unseen;
            var checkedAgainst = await facts.OfAsync(act, announcement, text, cancel);
            if (checkedAgainst is null) return Problem.Missing("There is no such announcement.");
            var faults = TextCheck.Faults(text.Whole, checkedAgainst);
            if (faults.Count > 0) return Problem.Of("text-refused", string.Join(' ', faults), "Draft it again without this.");
            (announcement.State, announcement.Approver, announcement.ApprovedAt) = (AnnouncementState.Approved, act.Actor.Id, act.Now);
            announcement.Revision = act.Ids.Next();
            act.Trace("announcement", announcement.Id.Value, request.WithoutPreview is null ? "approved" : "approved;without-preview");
            return new Receipt(announcement.Id);
        }

        /// <summary>Each office that stands in the text has looked at its own lines; one that did not is named.</summary>
        private async Task<Problem?> PreviewFaultAsync(Announcement announcement, ReleaseText text, Request request, Act act, CancellationToken cancel)
        {
            if (!string.IsNullOrWhiteSpace(request.WithoutPreview)) return null;
            var seen = await act.Db.Set<OfficePreview>().Where(row => row.Snapshot == announcement.Snapshot).Select(row => row.OfficeCode).Distinct().ToListAsync(cancel);
            if (announcement.OfficeCode is { } office)
                return seen.Contains(office) ? null : Problem.Of("preview-missing", "The office has not looked at its own lines.", "Have it preview them first.");
            if (await operations.InitiativeAsync(act.Db, announcement.Initiative, cancel) is not { } initiative) return Problem.Missing("There is no such announcement.");
            // The last line stands for all others together and is nobody's own.
            var unseen = text.Table.Where(line => Gazetteer.Default.ResolveOffice(line.Office, initiative.From, initiative.To).TryGet(out var own, out _) && !seen.Contains(own.Code))
                .Select(line => line.Office).ToList();
            return unseen.Count == 0 ? null
                : Problem.Of("preview-missing", $"{(unseen.Count == 1 ? "An office has" : "Offices have")} not looked at {(unseen.Count == 1 ? "its" : "their")} own lines: {string.Join(", ", unseen)}.",
                    "Have them preview first, or say why it must go without.");
        }
    }
}

/// <summary>Gathers whom a text must not name, from the facts of the initiative.</summary>
internal sealed class CheckFacts(IOperations operations, IOutcomes outcomes, ITally tallies)
{
    public async Task<TextFacts?> OfAsync(Act act, Announcement announcement, ReleaseText text, CancellationToken cancel)
    {
        var snapshot = await act.Db.Set<CountSnapshot>().SingleAsync(row => row.Id == announcement.Snapshot, cancel);
        if (await operations.InitiativeAsync(act.Db, announcement.Initiative, cancel) is not { } initiative) return null;
        var facts = await outcomes.FactsAsync(act.Db, initiative.Id, act.Now, cancel);
        var charged = facts.Courts.Where(fact => fact.Event is nameof(CourtEvent.Charge) or nameof(CourtEvent.Indictment) or nameof(CourtEvent.Plea) or nameof(CourtEvent.Conviction))
            .Select(fact => fact.Person).ToHashSet();
        var victims = facts.Children.Select(fact => fact.Person).Concat(facts.Adults.Select(fact => fact.Person))
            .Concat(facts.Arrests.Where(fact => fact.Kind == ArrestKind.VictimCustody).Select(fact => fact.Person)).ToHashSet();
        var arrested = facts.Arrests.Select(fact => fact.Person).Where(person => !victims.Contains(person) && !charged.Contains(person)).ToHashSet();
        var ids = victims.Concat(arrested).ToList();
        var records = await act.Db.Set<PersonRecord>().Where(row => ids.Contains(row.Id))
            .Select(row => new { row.Id, row.Given, row.Family, row.Aliases }).ToListAsync(cancel);
        return new TextFacts(await tallies.CountAsync(act.Db, initiative, snapshot.AsOf, cancel),
            [.. records.Where(row => victims.Contains(row.Id)).SelectMany(row => NamesOf(row.Given, row.Family, row.Aliases))],
            [.. records.Where(row => arrested.Contains(row.Id)).SelectMany(row => NamesOf(row.Given, row.Family, row.Aliases))],
            text.Figures, initiative.Exercise);
    }

    private static IEnumerable<(string, string)> NamesOf(string given, string family, string aliases) =>
        aliases.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(alias => alias.Split('\t'))
            .Where(parts => parts.Length == 2).Select(parts => (parts[0], parts[1])).Prepend((given, family));
}
