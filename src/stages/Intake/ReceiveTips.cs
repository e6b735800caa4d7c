using System.ComponentModel.DataAnnotations;
using Homeward.Exchange.Tips;
using Homeward.Foundations.Access;
using Homeward.Intake.Reading;
using Homeward.Kernel;

namespace Homeward.Intake;

/// <summary>Takes the hotline's feed; what comes again under its number and says something else is a version. A caller's claim of imminent danger is a claim, and alerts .</summary>
public static class ReceiveTips
{
    public sealed record Request([Required, MaxLength(10_000)] IReadOnlyList<RawLine> Lines) : IRepeatable;

    internal sealed class Handler(DoorShelf shelf) : IHandle<Request, BatchReceipt>
    {
        public async Task<Result<BatchReceipt>> HandleAsync(Request request, Act act, CancellationToken cancel) =>
            await Doors.ReceiveAsync(act, shelf, "tip", HotlineTips.Json, request.Lines, tip => tip.Received, tip => (tip.Child, tip.Place), (tip, taken) => Doors.Of(
                act, DoorKind.Hotline, tip.Number, "tip", taken.At, tip.Imminent, tip.CallerNamed, null, tip.Child, tip.Place, taken.Source),
                tip => tip.Claim, cancel);
    }
}
