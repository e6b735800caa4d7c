using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Intake;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Deciding;

/// <summary>What is done with reports that nobody acts on now.</summary>
public enum AsideKind
{
    Dismiss,
    Park,
    /// <summary>Without a nexus: back to the clearing house.</summary>
    Return,
    /// <summary>Without a nexus: to the police of another country.</summary>
    Refer,
}

/// <summary>Why a report is left out when several are set aside.</summary>
public enum AsideBar
{
    /// <summary>It is there already.</summary>
    Already,
    /// <summary>Somebody else has it open.</summary>
    BeingRead,
    /// <summary>Above the referral threshold: alone, and read again by another .</summary>
    AboveThreshold,
    /// <summary>Another person has begun to decide on one of its matches.</summary>
    BeingDecided,
    /// <summary>The rule does not propose that it has no nexus: it is not returned or referred for that.</summary>
    HasNexus,
    /// <summary>It is decided on: who has an older page before them does not sweep that away.</summary>
    Decided,
}

/// <summary>One of the reports that somebody chose, with its matches that nobody has decided on.</summary>
/// <param name="HasConfirmed">Two people hold one of its persons for a child that is sought.</param>
internal sealed record ChosenReport(QueueItem Item, IReadOnlyList<MatchProposal> Undecided, bool HasConfirmed)
{
    /// <summary>The one rule, for the preview and for the act alike. What another person has begun is not swept away.</summary>
    /// <param name="isBulk">Several are set aside with one reason.</param>
    /// <returns>Null when it may be set aside.</returns>
    public AsideBar? WhyNot(AsideKind kind, bool isBulk, Act act)
    {
        if (Item.State == (kind == AsideKind.Park ? QueueState.Parked : QueueState.Dismissed)) return AsideBar.Already;
        // A no to every match leaves a report that may still go back to whom it belongs.
        if (Item.State == QueueState.Decided && (HasConfirmed || kind is AsideKind.Dismiss or AsideKind.Park)) return AsideBar.Decided;
        if (kind is AsideKind.Return or AsideKind.Refer && Item.Nexus != Nexus.NoneProposed) return AsideBar.HasNexus;
        if (Item.IsLeasedToAnother(act.Actor.Id, act.Now)) return AsideBar.BeingRead;
        if (Item.AboveThreshold && isBulk) return AsideBar.AboveThreshold;
        return Undecided.Any(match => match.State is not (MatchState.Open or MatchState.Unsure)) ? AsideBar.BeingDecided : null;
    }
}

/// <summary>Sets reports aside, one by one: each has its own reason on record, its own trace, and where the rule says so its second reader.</summary>
internal sealed class SettingAside(Readers readers, Envelope envelope)
{
    /// <summary>Several with one reason, even where some of them are left alone; one alone only who chose one meant. Who parks by choosing parks in bulk.</summary>
    public static bool IsBulk(AsideKind kind, IEnumerable<ReportId> reports) => kind == AsideKind.Park || reports.Distinct().Skip(1).Any();

    /// <summary>Those of the chosen reports that the actor may see, in a fixed order.</summary>
    public static async Task<List<ChosenReport>> ChosenAsync(Act act, IEnumerable<ReportId> reports, CancellationToken cancel)
    {
        var ids = reports.Distinct().ToList();
        var items = await act.Seen(act.Db.Set<QueueItem>()).Where(row => ids.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(cancel);
        var matches = (await act.Db.Set<MatchProposal>().Where(match => ids.Contains(match.ReportId)
            && (match.State == MatchState.Open || match.State == MatchState.Unsure || match.State == MatchState.AwaitsSecond
                || match.State == MatchState.AwaitsReader || match.State == MatchState.Disputed || match.State == MatchState.Confirmed))
            .ToListAsync(cancel)).ToLookup(match => match.ReportId);
        return [.. items.Select(item => new ChosenReport(
            item, [.. matches[item.Id].Where(match => match.State != MatchState.Confirmed)], matches[item.Id].Any(match => match.State == MatchState.Confirmed)))];
    }

    public void Set(Act act, QueueItem item, QueueState state, string reason)
    {
        (item.State, item.DecidedAt, item.DecidedBy) = (state, act.Now, act.Actor.Id);
        (item.LeasedBy, item.LeasedUntil, item.Revision) = (null, null, act.Ids.Next());
        (item.NexusWay, item.NexusTo) = (null, null);
        item.AssignedTo = state == QueueState.Parked ? act.Actor.Id : null;
        item.Reason = envelope.SealText($"queue/{item.Id}", reason);
        act.Trace("report", item.Id.Value, $"state={state}");
    }

    /// <summary>Dismisses it; its undecided matches fall with it.</summary>
    /// <returns>True when another will read it again.</returns>
    public async Task<bool> DismissAsync(Act act, ChosenReport chosen, string reason, CancellationToken cancel)
    {
        Set(act, chosen.Item, QueueState.Dismissed, reason);
        foreach (var match in chosen.Undecided)
            (match.State, match.DecidedAt, match.Revision) = (MatchState.Dismissed, act.Now, act.Ids.Next());
        chosen.Item.OpenMatches = 0;
        return await ReadAgainAsync(act, chosen.Item, cancel);
    }

    /// <returns>True when another will read it again.</returns>
    public async Task<bool> ReadAgainAsync(Act act, QueueItem item, CancellationToken cancel)
    {
        if (!item.AboveThreshold && !readers.IsDrawn(item.Id.Value, act.Now)) return false;
        await readers.DrawAsync(act, ReadingSubject.Report, item.Id.Value,
            item.AboveThreshold ? ReadingCause.AboveThreshold : ReadingCause.Lot, act.Actor.Id, cancel);
        return true;
    }
}
