using Homeward.Foundations.Access;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>Opens what a caller or an agency says in free words: sealed until asked for, and each time on record, as a report's narrative.</summary>
public static class ShowClaim
{
    /// <param name="Version">Which of the messages under its number.</param>
    public sealed record Request(DoorId Id, int Version);
    /// <param name="Words">As its sender wrote it. Null where there are none.</param>
    public sealed record Page(DoorId Id, DoorKind Kind, string Number, int Version, string? Words);

    internal sealed class Handler(DoorShelf shelf) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var door = await act.Db.Set<Door>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (door is null || !act.Covers(door)) return Problem.Missing("There is no such tip or referral for you.");
            var message = await act.Db.Set<DoorMessage>().AsNoTracking().SingleOrDefaultAsync(row => row.DoorId == door.Id && row.Version == request.Version, cancel);
            if (message is null) return Problem.Missing("There is no such message under this number.");
            act.Trace("door", door.Id.Value, $"narrative;version={message.Version}");
            var words = DoorDifference.Says(shelf.Open(message)).Where(said => DoorDifference.IsFreeText(said.Key) && said.Value.Length > 0).Select(said => said.Value).ToList();
            return new Page(door.Id, door.Kind, door.Number, message.Version, words.Count == 0 ? null : string.Join("\n\n", words));
        }
    }
}
