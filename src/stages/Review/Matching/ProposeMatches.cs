using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review.Ranking;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Matching;

/// <summary>New reports, and new versions of old ones, take their place in the queue with their proposed matches.</summary>
internal sealed class HearReports(ProposeMatches matches) : IWorkAhead<ReportsReceived>
{
    public Task WorkAheadAsync(ReportsReceived happened, HomewardDb db, CancellationToken cancel) => matches.FindAheadAsync(db, happened.Reports, cancel);

    public Task HearAsync(ReportsReceived happened, Act act, CancellationToken cancel) =>
        matches.ForReportsAsync(act, happened.Reports, areNews: true, cancel);
}

/// <summary>A new or changed entry searches the reports of the past; one that is no longer sought ends what hangs on it.</summary>
internal sealed class HearEntries(ProposeMatches matches, MatchIndex index, IIntake intake, EndOfSearch end) : IWaitForMemory<EntryReceived>
{
    private const int EntriesAtOnce = 1_000;

    public bool MustWait => index.ArePersonsBeingRead;

    public async Task HearAsync(EntryReceived happened, Act act, CancellationToken cancel)
    {
        await index.ReadyForReportsAsync(act.Db, cancel);
        var affected = new HashSet<ReportId>();
        foreach (var some in happened.Entries.Distinct().Chunk(EntriesAtOnce))
        {
            var entries = await intake.EntriesAsync(act.Db, some, cancel);
            foreach (var entry in entries.Where(entry => !entry.IsSought())) await end.OfAsync(act, entry.Id, cancel);
            var sought = entries.Where(EntryWords.IsSought).ToList();
            foreach (var entry in sought) index.Put(entry);
            await index.LearnHubsAsync(act.Db, sought, cancel);
            foreach (var entry in sought) affected.UnionWith(index.FindReports(entry));
            // What hangs on the entry was proposed on what it said before.
            var ids = sought.ConvertAll(entry => entry.Id);
            affected.UnionWith(await act.Db.Set<MatchProposal>().AsNoTracking()
                .Where(match => ids.Contains(match.Entry) && match.State != MatchState.Superseded && match.State != MatchState.Closed)
                .Select(match => match.ReportId).Distinct().ToListAsync(cancel));
        }
        await matches.ForReportsAsync(act, [.. affected.OrderBy(id => id.Value)], areNews: false, cancel);
    }
}

internal static class EntryWords
{
    public static bool IsSought(this EntryGist entry) => entry.State is EntryState.Entered or EntryState.Modified;
}

/// <summary>Asks the index for reports and writes what it finds: in bulk for new ones, row by row where people may have decided.</summary>
internal sealed class ProposeMatches(MatchIndex index, FoundAhead ahead, IIntake intake, RiskRuleBook rulesInForce)
{
    private const int ReportsAtOnce = 2_000;
    private const int CoresMax = 2;

    private static readonly BulkTable _items = new(
        "queue_items", "id", "number", "version", "form", "provider", "incident_type", "received_at", "imminent_claimed", "disposition",
        "priority", "bundle", "place", "place_state", "nexus", "indicators", "risk", "reasons", "rules_version", "above_threshold", "open_matches",
        "top_weight", "state", "abuse_key", "abuse_duty_started", "revision");

    private static readonly BulkTable _matches = new(
        "match_proposals", "id", "report_id", "report_number", "report_version", "person", "entry", "nic", "child", "rank", "weight",
        "probability", "waterfall", "evidence", "extractor_version", "index_version", "proposed_at", "reopens", "state", "revision");

    /// <param name="areNews">False when only the other side changed: reports that the queue does not hold are left to their own news.</param>
    public async Task ForReportsAsync(Act act, IReadOnlyList<ReportId> reports, bool areNews, CancellationToken cancel)
    {
        await index.ReadyAsync(act.Db, cancel);
        var rules = await rulesInForce.InForceAsync(act.Db, cancel);
        foreach (var some in Portions(reports))
        {
            var ranked = await ahead.TakeAsync(act.Db, some, rules, cancel) ?? await FindAsync(act.Db, await intake.ReportsAsync(act.Db, some, cancel), areNews ? Last(reports) : null, rules, cancel);
            if (areNews) index.Put(act, Array.ConvertAll(ranked, report => report.Gist));
            ranked = await LeaveOutEndedAsync(act.Db, ranked, rules, cancel);
            var known = await act.Db.Set<QueueItem>().Where(item => some.Contains(item.Id)).ToDictionaryAsync(item => item.Id, cancel);
            await WriteNewAsync(act, Array.FindAll(ranked, report => !known.ContainsKey(report.Gist.Id)), cancel);
            await RefreshAsync(act, Array.FindAll(ranked, report => known.ContainsKey(report.Gist.Id)), known, cancel);
        }
    }

    /// <summary>Asks the index and ranks beforehand, outside of any act; what comes of it is used for as long as nothing changed (<see cref="FoundAhead"/>).</summary>
    public async Task FindAheadAsync(HomewardDb db, IReadOnlyList<ReportId> reports, CancellationToken cancel)
    {
        // What others changed since is not looked for: the act does, and finds anew where there was something.
        await index.BuildEntriesAsync(db, cancel);
        var rules = await rulesInForce.InForceAsync(db, cancel);
        foreach (var some in Portions(reports))
        {
            var changes = index.Changes;
            var gists = intake.JustStored(some) ?? await intake.ReportsAsync(db, some, cancel);
            ahead.Keep(some, await FindAsync(db, gists, Last(reports), rules, cancel), rules, changes);
        }
    }

    private static IEnumerable<ReportId[]> Portions(IReadOnlyList<ReportId> reports) => reports.Distinct().Chunk(ReportsAtOnce);

    /// <summary>A bulk import stores batches ahead: what they hold must not change what this one finds.</summary>
    private static ReportId? Last(IReadOnlyList<ReportId> reports) => reports.Count == 0 ? null : reports.MaxBy(id => id.Value);

    /// <param name="last">Of news: the last report of their batch. Null where others are looked at again.</param>
    private async Task<RankedReport[]> FindAsync(HomewardDb db, IReadOnlyList<ReportGist> gists, ReportId? last, RiskRuleSet rules, CancellationToken cancel)
    {
        await index.LearnHubsAsync(db, gists, gists.All(gist => gist.Version == 1) ? last : null, cancel);
        var hits = new IReadOnlyList<Hit>[gists.Count];
        Parallel.For(
            0, gists.Count, new ParallelOptions { MaxDegreeOfParallelism = CoresMax, CancellationToken = cancel },
            place => hits[place] = index.Find(gists[place]));
        var weighed = new WeighedIndicators(rules);
        return [.. gists.Select((gist, place) => Rank(gist, hits[place], weighed))];
    }

    /// <summary>Outcomes may have found a child since its entry was last heard of.</summary>
    private async Task<RankedReport[]> LeaveOutEndedAsync(HomewardDb db, RankedReport[] found, RiskRuleSet rules, CancellationToken cancel)
    {
        var hit = found.SelectMany(report => report.Hits).Select(one => one.Entry).Distinct().OrderBy(id => id.Value).ToList();
        var gone = new HashSet<EntryId>();
        foreach (var some in hit.Chunk(ReportsAtOnce)) gone.UnionWith(await intake.EndedAsync(db, some, cancel));
        if (gone.Count == 0) return found;
        foreach (var entry in gone) index.Remove(entry);
        var weighed = new WeighedIndicators(rules);
        return Array.ConvertAll(found, report =>
        {
            IReadOnlyList<Hit> left = [.. report.Hits.Where(one => !gone.Contains(one.Entry))];
            return left.Count == report.Hits.Count ? report : Rank(report.Gist, left, weighed);
        });
    }

    private RankedReport Rank(ReportGist report, IReadOnlyList<Hit> hits, WeighedIndicators weighed)
    {
        var top = hits.Count == 0 ? null : hits.MaxBy(hit => hit.Weight);
        var nexus = ReportPlaces.NexusOf(report, top is not null);
        var held = RiskFacts.Of(report, top?.Probability, top is null ? null : index.Sought(top.Entry), nexus).Indicators();
        var (risk, reasons) = weighed.Of(held);
        return new(report, hits, new(nexus, held, risk, reasons), weighed.Rules);
    }

    private async Task WriteNewAsync(Act act, IReadOnlyList<RankedReport> reports, CancellationToken cancel)
    {
        if (reports.Count == 0) return;
        await _items.WriteAsync(act.Db, reports, (report, row) => row
            .Put(report.Gist.Id.Value).Put(report.Gist.Number).Put(report.Gist.Version).Put(report.Gist.Form).Put(report.Gist.Provider).Put(report.Gist.IncidentType)
            .Put(report.Gist.ReceivedAt).Put(report.ImminentClaimed).Put(report.Gist.Disposition).Put(report.Gist.Priority).Put(report.Gist.Bundle)
            .Put(report.PlaceTold).Put(report.Place?.State).Put(report.Ranking.Nexus.ToString()).Put(report.Ranking.Held.Bits).Put(report.Ranking.Risk)
            .Put(report.Ranking.Reasons).Put(report.Rules.Version).Put(report.IsAboveThreshold).Put(report.Hits.Count).Put(report.TopWeight)
            .Put(nameof(QueueState.Waiting)).Put(report.AbuseKey).Put(false).Put(act.Ids.Next()), cancel);
        var found = reports.SelectMany(report => report.Hits.GroupBy(hit => hit.Person).SelectMany(hits => hits.Select((hit, place) => (Report: report, Hit: hit, Rank: place + 1)))).ToList();
        await _matches.WriteAsync(act.Db, found, (one, row) => Put(act, one.Report, one.Hit, one.Rank, row), cancel);
        act.Trace("queue", reports[0].Gist.Id.Value, $"ranked={reports.Count};rules={reports[0].Rules.Version}");
    }

    private void Put(Act act, RankedReport report, Hit hit, int rank, BulkRow row)
    {
        var entry = index.Sought(hit.Entry);
        Ensure.That(entry is not null);
        row.Put(act.Ids.Next()).Put(report.Gist.Id.Value).Put(report.Gist.Number).Put(report.Gist.Version).Put(hit.Person).Put(hit.Entry.Value).Put(entry.Nic)
            .Put(entry.Record.Value).Put(rank).Put(hit.Weight).Put(hit.Probability).Put(hit.Waterfall).Put(Evidence(hit)).Put(ReviewSchema.Extractor)
            .Put(ReviewSchema.Version).Put(act.Now).Put((Guid?)null).Put(nameof(MatchState.Open)).Put(act.Ids.Next());
    }

    private string Evidence(Hit hit) => $"{hit.PersonHash}{index.HashOf(hit.Entry)}";

    /// <summary>Reports that the queue holds already: what people said stays and binds the evidence that they saw .</summary>
    private async Task RefreshAsync(
        Act act, IReadOnlyList<RankedReport> reports, Dictionary<ReportId, QueueItem> known, CancellationToken cancel)
    {
        if (reports.Count == 0) return;
        var ids = reports.Select(report => report.Gist.Id).ToList();
        var earlier = (await act.Db.Set<MatchProposal>().Where(match => ids.Contains(match.ReportId) && match.State != MatchState.Superseded)
            .OrderBy(match => match.ProposedAt).ThenBy(match => match.Id).ToListAsync(cancel)).ToLookup(match => match.ReportId);
        foreach (var report in reports) Refresh(act, report, known[report.Gist.Id], [.. earlier[report.Gist.Id]]);
    }

    private void Refresh(Act act, RankedReport report, QueueItem item, List<MatchProposal> earlier)
    {
        var standing = new List<MatchProposal>();
        var isNews = false;
        foreach (var hits in report.Hits.GroupBy(hit => hit.Person))
        {
            var rank = 0;
            var confirmed = earlier.Find(match => match.Person == hits.Key && match.State == MatchState.Confirmed);
            foreach (var hit in hits)
            {
                rank++;
                var before = earlier.LastOrDefault(match => match.Person == hit.Person && match.Entry == hit.Entry);
                if (before is not null && (before == confirmed || (before.Evidence == Evidence(hit) && before.State != MatchState.Closed)))
                {
                    if (before.IsUndecided || before.State == MatchState.Unsure) GoOn(act, report, before, rank);
                    standing.Add(before);
                    continue;
                }
                // Who was confirmed is one child; another is proposed only when it fits better than that one did.
                if (confirmed is not null && hit.Weight <= confirmed.Weight) continue;
                var match = Propose(act, report, hit, rank, before);
                act.Db.Add(match);
                act.Trace("match", match.Id.Value, before is null ? "proposed" : "proposed;new-evidence");
                // A no stays a no about what was seen; everything that was still open goes over to the new proposal.
                if (before is { State: not (MatchState.Dismissed or MatchState.Closed) }) Change(act, before, MatchState.Superseded, before.Rank);
                standing.Add(match);
                isNews = true;
            }
        }
        foreach (var lost in earlier.Where(match => match.State == MatchState.Open && !standing.Contains(match)))
            Change(act, lost, MatchState.Superseded, lost.Rank);
        Rerank(act, report, item, standing, isNews || report.Gist.Version != item.Version);
    }

    private MatchProposal Propose(Act act, RankedReport report, Hit hit, int rank, MatchProposal? before)
    {
        var entry = index.Sought(hit.Entry);
        Ensure.That(entry is not null);
        return new MatchProposal
        {
            Id = act.Ids.Next<MatchId>(), ReportId = report.Gist.Id, ReportNumber = report.Gist.Number, ReportVersion = report.Gist.Version,
            Person = hit.Person, Entry = hit.Entry, Nic = entry.Nic, Child = entry.Record, Rank = rank, Weight = hit.Weight,
            Probability = hit.Probability, Waterfall = hit.Waterfall, Evidence = Evidence(hit), ExtractorVersion = ReviewSchema.Extractor,
            IndexVersion = ReviewSchema.Version, ProposedAt = act.Now, Reopens = before?.Id, State = MatchState.Open, Revision = act.Ids.Next(),
        };
    }

    /// <summary>The newer version says the same of this person: a word on it is a word on what the report says now, and binds as before.</summary>
    private static void GoOn(Act act, RankedReport report, MatchProposal match, int rank)
    {
        if (match.Rank == rank && match.ReportVersion == report.Gist.Version) return;
        match.ReportVersion = report.Gist.Version;
        Change(act, match, match.State, rank);
    }

    private static void Change(Act act, MatchProposal match, MatchState state, int rank) =>
        (match.State, match.Rank, match.Revision) = (state, rank, act.Ids.Next());

    private static void Rerank(Act act, RankedReport report, QueueItem item, List<MatchProposal> standing, bool isNews)
    {
        (item.Version, item.IncidentType, item.ImminentClaimed) = (report.Gist.Version, report.Gist.IncidentType, report.ImminentClaimed);
        (item.Disposition, item.Priority, item.Bundle) = (report.Gist.Disposition, report.Gist.Priority, report.Gist.Bundle);
        (item.Place, item.PlaceState, item.Nexus) = (report.PlaceTold, report.Place?.State, report.Ranking.Nexus);
        (item.Risk, item.Reasons) = (report.Ranking.Risk, report.Ranking.Reasons);
        (item.RulesVersion, item.AboveThreshold) = (report.Rules.Version, report.IsAboveThreshold);
        (item.OpenMatches, item.TopWeight) = (standing.Count(match => match.IsUndecided), report.TopWeight);
        item.AbuseKey ??= report.AbuseKey;
        item.Revision = act.Ids.Next();
        // What was decided keeps the indicators that it was decided on: a child who was found is sought no more, and a back-test would forget it.
        if (isNews || item.State is QueueState.Waiting or QueueState.Parked) item.Indicators = report.Ranking.Held.Bits;
        if (!isNews || item.State == QueueState.Waiting) return;
        item.State = QueueState.Waiting;
        act.Trace("report", item.Id.Value, "reopened;new-evidence");
    }
}
