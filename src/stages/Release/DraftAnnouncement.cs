using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Homeward.Foundations.Access;
using Homeward.Foundations.Places;
using Homeward.Foundations.Rules;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Homeward.Operations;
using Homeward.Release.Counting;
using Homeward.Release.Model;
using Homeward.Release.Wording;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Release;

/// <summary>Drafts the nation's announcement, or an office's with its partners named, from a frozen count. Numbers are computed.</summary>
public static class DraftAnnouncement
{
    /// <param name="Office">Code, name or alias of an office of the file; null for the nation.</param>
    /// <param name="Addition">The author's own words; checked before approval.</param>
    /// <param name="EmbargoUntil">Not before; null for as soon as approved.</param>
    public sealed record Request(
        SnapshotId Snapshot, string? Office = null, SmallCellPolicy SmallCells = SmallCellPolicy.Show,
        DateTimeOffset? EmbargoUntil = null, [MaxLength(4000)] string Addition = "");
    public sealed record Receipt(AnnouncementId Id);

    internal sealed class Handler(Drafting drafting) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var drafted = await drafting.DraftAsync(act, request, corrects: null, correction: null, cancel);
            return drafted.TryGet(out var announcement, out var problem) ? new Receipt(announcement.Id) : problem;
        }
    }
}

/// <summary>Composes texts from snapshots and keeps them, sealed.</summary>
internal sealed class Drafting(IOperations operations, ITally tallies, InitiativePlans plans, RuleBook rules, Envelope envelope)
{
    public async Task<Result<Announcement>> DraftAsync(
        Act act, DraftAnnouncement.Request request, Announcement? corrects, string? correction, CancellationToken cancel)
    {
        var snapshot = await act.Db.Set<CountSnapshot>().SingleOrDefaultAsync(row => row.Id == request.Snapshot, cancel);
        if (snapshot is null || await operations.InitiativeAsync(act.Db, snapshot.Initiative, cancel) is not { } initiative)
            return Problem.Missing("There is no such snapshot.");
        var (plan, tally) = (plans.Of(initiative), await tallies.CountAsync(act.Db, initiative, snapshot.AsOf, cancel));
        ReleaseText text;
        string? office = null;
        if (request.Office is null)
        {
            var below = (int)rules.On("small-cell", initiative.To).Value;
            text = ComposeRelease.Nation(plan, tally, request.SmallCells, below, await KnownElsewhereAsync(act, snapshot.Initiative, plan, cancel), request.Addition);
        }
        else
        {
            var resolved = Gazetteer.Default.ResolveOffice(request.Office, initiative.From, initiative.To);
            if (!resolved.TryGet(out var meant, out var problem)) return problem;
            if (plan.Offices.FirstOrDefault(one => one.Code == meant.Code) is not { } planned)
                return Problem.Invalid("office-not-in-file", $"{meant.Name} announces nothing: the initiative's file does not name it.", "Choose an office of the file.");
            office = meant.Code;
            text = ComposeRelease.Office(plan, tally, planned, await PartnersAsync(act, planned.Partners, cancel), request.Addition);
        }
        var id = act.Ids.Next<AnnouncementId>();
        var announcement = new Announcement
        {
            Id = id, Initiative = initiative.Id, OfficeCode = office, Snapshot = snapshot.Id, SmallCells = request.SmallCells,
            State = AnnouncementState.Draft, Author = act.Actor.Id, DraftedAt = act.Now, EmbargoUntil = request.EmbargoUntil,
            Corrects = corrects?.Id, Text = envelope.SealText($"announcement/{id}", JsonSerializer.Serialize(text with { Correction = correction }, WorkItem.Json)),
            Revision = act.Ids.Next(),
        };
        act.Db.Add(announcement);
        act.Trace("announcement", id.Value, $"drafted;office={office ?? "nation"};cells={request.SmallCells}");
        return announcement;
    }

    public ReleaseText TextOf(Announcement announcement) =>
        JsonSerializer.Deserialize<ReleaseText>(envelope.OpenText($"announcement/{announcement.Id}", announcement.Text), WorkItem.Json)!;

    /// <summary>Offices whose own announcement, already out, gives their number: a table cannot hide it any more.</summary>
    private static async Task<IReadOnlySet<string>> KnownElsewhereAsync(Act act, InitiativeId initiative, Exchange.Initiatives.InitiativePlan plan, CancellationToken cancel)
    {
        var codes = await act.Db.Set<Announcement>().Where(row => row.Initiative == initiative && row.OfficeCode != null && row.State == AnnouncementState.Published)
            .Select(row => row.OfficeCode!).ToListAsync(cancel);
        return plan.Offices.Where(office => codes.Contains(office.Code)).Select(office => office.WrittenAs).ToHashSet(StringComparer.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> PartnersAsync(Act act, IReadOnlyList<string> oris, CancellationToken cancel)
    {
        var listed = await act.Db.Set<Foundations.Partners.Agency>().Where(row => oris.Contains(row.Ori)).ToDictionaryAsync(row => row.Ori, row => row.Name, cancel);
        return [.. oris.Select(ori => listed.GetValueOrDefault(ori) ?? Gazetteer.Default.Agencies.WithOri(ori)?.Name ?? ori)];
    }
}
