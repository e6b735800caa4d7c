using System.ComponentModel.DataAnnotations;
using Homeward.Exchange.Tips;
using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.Sealing;
using Homeward.Intake.Reading;
using Homeward.Kernel;

namespace Homeward.Intake;

/// <summary>Takes the hotline's feed: each number once. A caller's claim of imminent danger is a claim, and alerts .</summary>
public static class ReceiveTips
{
    public sealed record Request([Required, MaxLength(10_000)] IReadOnlyList<RawLine> Lines) : IRepeatable;

    public sealed class Handler(Envelope envelope, DutyBook duties) : IHandle<Request, BatchReceipt>
    {
        public async Task<Result<BatchReceipt>> HandleAsync(Request request, Act act, CancellationToken cancel) =>
            await Doors.ReceiveAsync(act, envelope, duties, "tip", HotlineTips.Json, request.Lines, (tip, line) => Doors.Of(
                act, DoorKind.Hotline, tip.Number, "tip", tip.Received, tip.Imminent, tip.CallerNamed, null, tip.Child, tip.Place,
                $"{line.Source}:{line.Line}"), tip => tip.Claim, cancel);
    }
}
