using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.People;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review;
using OpenReport = Homeward.Review.OpenReport;

namespace Homeward.Scenario.Cast;

/// <summary>Twelve analysts and three supervisors at the queue: they open, compare, decide, read each other's words again.</summary>
public sealed class Analysts(Stagehand stage, Company company, Chance chance, Promises promises)
{
    private const int MatchedRows = 200;
    private const int DismissedRows = 500;
    private const double ReportedInTime = 0.94;
    /// <summary>Bits of the best match from which a person reads the report alone; what is weaker goes with the day's rest.</summary>
    private const double ReadFrom = 1;
    private const int MatchesReadMax = 3;
    private const int TurnsBetweenSecondReadings = 2;
    private readonly Judgements _judgements = new(chance);
    private readonly HashSet<ReportId> _answered = [];
    private readonly HashSet<DutyId> _promised = [];
    private readonly FoundChildren _found = new();
    private int _turn;

    /// <summary>Leads that a person's word has just raised: what Referral hears of next.</summary>
    public Queue<(LeadId Lead, Actor By)> Leads { get; } = new();

    /// <summary>A few hours at the desk.</summary>
    public async Task WorkAsync(CancellationToken cancel)
    {
        foreach (var row in await QueueAsync(new(Matched: true, Rows: MatchedRows), cancel))
            if (!row.OpenAtSomebody && IsRead(row)) await ReadReportAsync(row, cancel);
        await AnswerAlertsAsync(cancel);
        if (_turn++ % TurnsBetweenSecondReadings == 0) await ReadAgainAsync(cancel);
    }

    /// <summary>The end of a day: what leads nowhere is set aside with one reason; what ranks high is left for a person.</summary>
    public async Task ClearAsync(string day, CancellationToken cancel)
    {
        var analyst = chance.Pick(company.Analysts, "clears", day);
        for (var rows = await QueueAsync(new(Rows: DismissedRows), cancel); rows.Count > 0;
            rows = await QueueAsync(new(Rows: DismissedRows), cancel))
        {
            var low = rows.Where(row => !row.AboveThreshold && !row.OpenAtSomebody && !(row.TopWeight >= ReadFrom)).Select(row => row.Id).ToList();
            if (low.Count == 0) return;
            var done = await stage.DoAsync<DismissReports.Request, DismissReports.Receipt>(
                analyst, new(low, "Names nobody who is missing, and nothing to act on here."), cancel);
            if (!done.IsDone || done.Value.Dismissed == 0) return;
        }
    }

    private static bool IsRead(ShowQueue.Row row) => row.OpenMatches > 0 && (row.AboveThreshold || row.TopWeight >= ReadFrom);

    private async Task<IReadOnlyList<ShowQueue.Row>> QueueAsync(ShowQueue.Request request, CancellationToken cancel)
    {
        var answer = await stage.DoAsync<ShowQueue.Request, ShowQueue.Page>(company.Analysts[0], request, cancel);
        return answer.TryGet(out var page, out _) ? page.Rows : [];
    }

    private async Task ReadReportAsync(ShowQueue.Row row, CancellationToken cancel)
    {
        var reader = chance.Pick(company.Analysts, "reads", row.Number);
        var opened = await stage.DoAsync<OpenReport.Request, OpenReport.Receipt>(reader, new(row.Id), cancel);
        if (!opened.TryGet(out var report, out _)) return;
        if (report.ReportAbuse is { } duty && _promised.Add(duty)) await PromiseToReportAsync(duty, reader, row.Number, cancel);
        var matches = report.Matches.Take(MatchesReadMax).ToList();
        foreach (var match in matches)
            if (await DecideAsync(match, reader, "first", cancel, matches)) break;
    }

    /// <param name="candidates">The report's other candidates too, for one who has them before them.</param>
    /// <returns>True where a yes was said, or was said before and waits for another: who holds the person for one child looks for no second one.</returns>
    private async Task<bool> DecideAsync(MatchId match, Actor reader, string place, CancellationToken cancel, IReadOnlyList<MatchId>? candidates = null)
    {
        var shown = await stage.DoAsync<ShowMatch.Request, ShowMatch.Page>(reader, new(match), cancel);
        if (!shown.TryGet(out var page, out _)) return false;
        if (!page.MayDecide) return Judgements.IsHeldForTheChild(page);
        var judgement = _judgements.Of(page, place);
        if (judgement == Judgement.Same && Judgements.CanBeContested(page)
            && (_found.IsAnother(page) || await IsContestedAsync(page, reader, candidates ?? [], cancel))) judgement = Judgement.Unsure;
        // Nothing new is seen: it stays set aside. To say no because one looked twice would bury a child.
        if (page.State == MatchState.Unsure && judgement == Judgement.Unsure) return false;
        var decided = await stage.DoAsync<DecideMatch.Request, DecideMatch.Receipt>(
            reader, new(match, judgement, judgement switch
            {
                Judgement.Same => "What agrees outweighs what differs.",
                Judgement.NotSame => "What differs outweighs what agrees.",
                Judgement.Unsure => "Not enough to say.",
            }, page.Shown), cancel);
        if (decided.TryGet(out var receipt, out _))
        {
            if (receipt.Lead is { } lead) Leads.Enqueue((lead, reader));
            if (receipt.State == MatchState.Confirmed) _found.Remember(page);
        }
        return judgement == Judgement.Same;
    }

    private async Task<bool> IsContestedAsync(ShowMatch.Page page, Actor reader, IReadOnlyList<MatchId> candidates, CancellationToken cancel)
    {
        foreach (var other in candidates.Where(other => other != page.Id))
        {
            var shown = await stage.DoAsync<ShowMatch.Request, ShowMatch.Page>(reader, new(other), cancel);
            if (shown.TryGet(out var candidate, out _) && Judgements.IsContestedBy(page, candidate)) return true;
        }
        return false;
    }

    /// <summary>The second person's word, the noes drawn for somebody, and for supervisors what is disputed.</summary>
    private async Task ReadAgainAsync(CancellationToken cancel)
    {
        foreach (var reader in company.Analysts.Concat(company.Supervisors))
        {
            var answer = await stage.DoAsync<ListSecond.Request, ListSecond.Page>(reader, new(), cancel);
            if (!answer.TryGet(out var waiting, out _)) continue;
            if (reader.Role == Role.Analyst)
                foreach (var one in waiting.Confirmations.Where(one => chance.Pick(company.Analysts, "second", one.ReportNumber) != reader).Take(20))
                    await DecideAsync(one.Match, reader, "second", cancel);
            foreach (var reading in waiting.Readings) await ReadDismissalAsync(reading, reader, cancel);
            foreach (var dispute in waiting.Disputes) await SettleAsync(dispute, reader, cancel);
        }
    }

    private async Task ReadDismissalAsync(ListSecond.Reading reading, Actor reader, CancellationToken cancel)
    {
        var uphold = true;
        if (reading.Match is { } match)
        {
            var shown = await stage.DoAsync<ShowMatch.Request, ShowMatch.Page>(reader, new(match), cancel);
            if (!shown.TryGet(out var page, out _)) return;
            uphold = _judgements.Of(page, "reading") != Judgement.Same;
        }
        await stage.DoAsync<ReadDismissal.Request, ReadDismissal.Receipt>(
            reader, new(reading.Id, uphold, uphold ? "Read again: nothing here to act on." : "Read again: this may well be the child."), cancel);
    }

    private async Task SettleAsync(ListSecond.Dispute dispute, Actor supervisor, CancellationToken cancel)
    {
        var shown = await stage.DoAsync<ShowMatch.Request, ShowMatch.Page>(supervisor, new(dispute.Match), cancel);
        if (!shown.TryGet(out var page, out _) || !page.MaySettle) return;
        var judgement = _judgements.Of(page, "settles");
        var settled = await stage.DoAsync<SettleMatch.Request, DecideMatch.Receipt>(
            supervisor, new(dispute.Match, judgement, "Both views were before me."), cancel);
        if (settled.TryGet(out var receipt, out _) && receipt.Lead is { } lead) Leads.Enqueue((lead, supervisor));
    }

    /// <summary>The duty officer looks at every claim of imminent danger, in its own order.</summary>
    private async Task AnswerAlertsAsync(CancellationToken cancel)
    {
        foreach (var row in await QueueAsync(new(Imminent: true, Rows: MatchedRows), cancel))
        {
            if (!_answered.Add(row.Id)) continue;
            var officer = chance.Pick(company.Supervisors, "alert", row.Number);
            await stage.DoAsync<OpenReport.Request, OpenReport.Receipt>(officer, new(row.Id), cancel);
        }
    }

    /// <summary>Child protection and local police are told, mostly in time: by the reader, or by a supervisor who owes it.</summary>
    private async Task PromiseToReportAsync(DutyId duty, Actor reader, string number, CancellationToken now)
    {
        var supervisor = chance.Pick(company.Supervisors, "tells-for", number);
        var shown = await stage.DoAsync<ShowDuty.Request, ShowDuty.Page>(supervisor, new(duty), now);
        var teller = shown.TryGet(out var page, out _) && page.OwedBy == Role.Supervisor ? supervisor : reader;
        var delay = chance.Happens(ReportedInTime, "tells-in-time", number) ? chance.Between(0.5, 20, "tells", number) : chance.Between(25, 60, "tells", number);
        var attested = chance.Happens(0.15, "attests", number);
        promises.Later(stage.Now + delay, async cancel => await stage.DoAsync<ProveDuty.Request, Done>(
            teller, new(duty, null, attested ? EvidenceGrade.SelfAttested : EvidenceGrade.ConfirmedByReceiver,
                "Child protection and local police reached by telephone; reference on file (invented)."), cancel));
    }
}
