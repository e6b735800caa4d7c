using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Intake.Model;
using Homeward.Intake.Pages;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>One hotline tip or agency's referral: what it says now, every message under its number, and what each changed.</summary>
public static class ShowDoor
{
    public sealed record Request(DoorId Id);
    /// <summary>One field of a message, under its sender's name for it.</summary>
    public sealed record Said(string Field, string Text);
    /// <param name="Before">Null where it was not stated; so is <paramref name="After"/>. Of free text only that it is there.</param>
    public sealed record Change(string Field, string? Before, string? After);
    /// <param name="Name">Empty where none is stated.</param>
    /// <param name="Age">Years, as its sender says.</param>
    public sealed record Child(string Name, PartialDate Born, int? Age, string? Sex);
    /// <param name="ReceivedAt">As its sender says.</param>
    /// <param name="CameAt">When it came here.</param>
    /// <param name="Says">All but what is told in free words.</param>
    /// <param name="Changes">Against the message before it by its sender's time; none of the first.</param>
    /// <param name="HasWords">Something is told in free words: <see cref="ShowClaim"/> opens it.</param>
    public sealed record Message(
        int Version, DateTimeOffset ReceivedAt, DateTimeOffset CameAt, string Source, IReadOnlyList<Said> Says, IReadOnlyList<Change> Changes, bool HasWords);
    /// <param name="About"><c>tip</c>, <c>child-found</c>, <c>child-at-risk</c> or <c>operation-request</c>.</param>
    /// <param name="ImminentClaimed">The sender's claim, unreviewed .</param>
    /// <param name="Version">The message that counts.</param>
    /// <param name="Messages">In the order in which they came.</param>
    /// <param name="CallerNamed">Whether the caller gave a name; the name itself is not kept.</param>
    /// <param name="Told">The child as its sender speaks of it.</param>
    public sealed record Page(
        DoorId Id, DoorKind Kind, string Number, string About, DateTimeOffset ReceivedAt, bool ImminentClaimed, string? SenderOri, string? Office, int Version,
        IReadOnlyList<Message> Messages, bool CallerNamed, Child Told, string? Place);

    private const string FreeText = "in free words";

    internal sealed class Handler(DoorShelf shelf) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var door = await act.Db.Set<Door>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (door is null || !act.Covers(door)) return Problem.Missing("There is no such tip or referral for you.");
            var messages = await act.Db.Set<DoorMessage>().AsNoTracking().Where(row => row.DoorId == door.Id).OrderBy(row => row.Version).ToListAsync(cancel);
            act.Trace("door", door.Id.Value, $"shown;version={door.Version}");
            return new Page(
                door.Id, door.Kind, door.Number, door.About, door.ReceivedAt, door.ImminentClaimed, door.SenderOri, door.OfficeCode, door.Version, Told(messages),
                door.CallerNamed, new Child(DoorTold.Name(door), door.Born, door.Age, door.Sex), DoorTold.Place(door));
        }

        private IReadOnlyList<Message> Told(List<DoorMessage> messages)
        {
            var originals = messages.ToDictionary(row => row.Version, shelf.Open);
            var byTime = messages.OrderBy(row => row.ReceivedAt).ThenBy(row => row.Version).ToList();
            return [.. messages.Select(row =>
            {
                var says = DoorDifference.Says(originals[row.Version]);
                return new Message(
                    row.Version, row.ReceivedAt, row.CameAt, row.Source,
                    [.. says.Where(one => !DoorDifference.IsFreeText(one.Key)).Select(one => new Said(one.Key, one.Value))],
                    byTime.IndexOf(row) is > 0 and var at ? [.. DoorDifference.Between(originals[byTime[at - 1].Version], originals[row.Version]).Select(Folded)] : [],
                    says.Any(one => DoorDifference.IsFreeText(one.Key) && one.Value.Length > 0));
            })];
        }

        private static Change Folded(Change change) => !DoorDifference.IsFreeText(change.Field) ? change
            : change with { Before = change.Before is null ? null : FreeText, After = change.After is null ? null : FreeText };
    }
}

/// <summary>Finds a tip or a referral by its sender's number.</summary>
internal sealed class FindDoor : IFindByNumber
{
    public string Action => "intake.door";

    public async Task<Found?> FindAsync(string number, Act act, CancellationToken cancel)
    {
        if (await DoorSearch.Numbered(act.Seen(act.Db.Set<Door>().AsNoTracking()), number).FirstOrDefaultAsync(cancel) is not { } door) return null;
        act.Trace("door", door.Id.Value, "found");
        return new Found(IntakeWords.Of(door.Kind), door.Number, $"/intake/tips/{door.Id}");
    }
}
