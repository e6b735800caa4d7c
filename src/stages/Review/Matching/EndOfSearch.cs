using Homeward.Foundations.Access;
using Homeward.Foundations.Work;
using Homeward.Intake;
using Homeward.Review.Leads;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Matching;

/// <summary>Work that Review leaves for itself: a child was found, so nothing about it needs a decision any more.</summary>
internal sealed record SearchEnded(EntryId Entry);

internal sealed class HearSearchEnded(EndOfSearch end) : IListen<SearchEnded>
{
    public Task HearAsync(SearchEnded happened, Act act, CancellationToken cancel) => end.OfAsync(act, happened.Entry, cancel);
}

/// <summary>Ends what hangs on an entry that is no longer sought: proposals are closed, open leads withdrawn and all who hold them told.</summary>
internal sealed class EndOfSearch(MatchIndex index, LeadBook leads)
{
    public async Task OfAsync(Act act, EntryId entry, CancellationToken cancel)
    {
        index.Remove(entry);
        foreach (var lead in await act.Db.Set<Lead>().Where(row => row.Entry == entry && row.State == LeadState.Open).ToListAsync(cancel))
            await leads.WithdrawAsync(act, lead, "child-located", cancel);
        var open = await act.Db.Set<MatchProposal>().Where(match => match.Entry == entry
            && (match.State == MatchState.Open || match.State == MatchState.Unsure || match.State == MatchState.AwaitsSecond
                || match.State == MatchState.AwaitsReader || match.State == MatchState.Disputed)).ToListAsync(cancel);
        if (open.Count == 0) return;
        foreach (var match in open)
        {
            (match.State, match.DecidedAt, match.Revision) = (MatchState.Closed, act.Now, act.Ids.Next());
            act.Trace("match", match.Id.Value, "closed;child-located");
        }
        await CountDownAsync(act, open, cancel);
        var subjects = open.Select(match => match.Id.Value).ToList();
        foreach (var reading in await act.Db.Set<SecondReading>()
            .Where(row => subjects.Contains(row.SubjectId) && row.State == ReadingState.Waiting).ToListAsync(cancel))
            (reading.State, reading.Revision) = (ReadingState.Lapsed, act.Ids.Next());
    }

    private static async Task CountDownAsync(Act act, List<MatchProposal> closed, CancellationToken cancel)
    {
        var ids = closed.Select(match => match.ReportId).Distinct().ToList();
        var counts = closed.CountBy(match => match.ReportId).ToDictionary();
        foreach (var item in await act.Db.Set<QueueItem>().Where(row => ids.Contains(row.Id)).ToListAsync(cancel))
        {
            item.OpenMatches = Math.Max(0, item.OpenMatches - counts[item.Id]);
            item.Revision = act.Ids.Next();
        }
    }
}
