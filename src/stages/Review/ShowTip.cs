using Homeward.Foundations.Access;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review.Leads;
using Homeward.Review.Matching;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>A hotline tip or an agency's referral before whoever decides whether it is a reason to act: whose entry it may be, and the leads that rest on it.</summary>
/// <remarks>It is proposed and never decided here: a person who has read it raises the lead (<see cref="RaiseDirectLead"/>, R-22).</remarks>
public static class ShowTip
{
    private const int RowsMax = 10;

    public sealed record Request(DoorId Id);
    public sealed record LeadRow(LeadId Id, string Number, LeadState State, DateTimeOffset RaisedAt);

    /// <param name="For">What is alike, in words; the strongest first.</param>
    /// <param name="Against">What is not.</param>
    public sealed record EntryRow(EntryId Id, string Nic, string Name, string Born, string? LastSeen, IReadOnlyList<string> For, IReadOnlyList<string> Against);

    /// <param name="Leads">Newest first; the ended ones too.</param>
    /// <param name="IsHeard">A lead has heard all of it, so that it is no reason for another.</param>
    /// <param name="Entries">Open entries of children who are like the one told of, the most alike first. None where no name is told.</param>
    public sealed record Page(
        DoorId Id, DoorKind Kind, string Number, bool ImminentClaimed, DateTimeOffset ReceivedAt, string Child, PartialDate Born, int? Age, string? Sex,
        string? Place, IReadOnlyList<LeadRow> Leads, bool IsHeard, IReadOnlyList<EntryRow> Entries);

    internal sealed class Handler(IIntake intake, ILinkChildren linkage) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (await intake.DoorAsync(act.Db, request.Id, cancel) is not { } door) return Problem.Missing("There is no such tip or referral for you.");
            act.Trace("door", door.Id.Value, $"weighed;version={door.Version}");
            var ids = LeadBook.OfDoor(act.Db, door.Number).Select(row => row.Lead);
            var leads = await act.Seen(act.Db.Set<Lead>()).Where(lead => ids.Contains(lead.Id)).OrderByDescending(lead => lead.RaisedAt).ThenBy(lead => lead.Id)
                .Select(lead => new LeadRow(lead.Id, lead.Number, lead.State, lead.RaisedAt)).ToListAsync(cancel);
            return new Page(
                door.Id, door.Door, door.Number, door.ImminentClaimed, door.ReceivedAt, $"{door.Given} {door.Family}".Trim(), door.Born, door.Age, door.Sex,
                ReportPlaces.Words(door.Place), leads, await LeadBook.HasHeardAsync(act.Db, door, cancel), await AlikeAsync(act, door, cancel));
        }

        private async Task<IReadOnlyList<EntryRow>> AlikeAsync(Act act, DoorGist door, CancellationToken cancel)
        {
            if (door.Given.Length + door.Family.Length == 0) return [];
            var like = await linkage.FindAsync(act.Db, new ChildSaid(
                [(door.Given, door.Family)], door.Born, door.Age, DateOnly.FromDateTime(door.ReceivedAt.UtcDateTime), door.Sex, door.Place?.City, door.Place?.State), cancel);
            var best = like.Take(RowsMax).ToList();
            var entries = (await intake.EntriesAsync(act.Db, best.ConvertAll(one => one.Entry), cancel)).ToDictionary(entry => entry.Id);
            foreach (var id in entries.Keys) act.Trace("entry", id.Value, "proposed");
            return [.. best.Where(one => entries.ContainsKey(one.Entry)).Select(one => Told(entries[one.Entry], one))];
        }

        private static EntryRow Told(EntryGist entry, LikeEntry like) => new(
            entry.Id, entry.Nic, string.Join("; ", entry.Names.Select(name => $"{name.Given} {name.Family}".Trim())),
            entry.Born.IsUnknown ? "not known" : entry.Born.ToString(), ReportPlaces.Words(entry.LastSeen),
            [.. like.For.Select(bar => bar.Sentence)], [.. like.Against.Select(bar => bar.Sentence)]);
    }
}
