using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Foundations.Sealing;
using Homeward.Kernel;
using Homeward.Review.Deciding;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>The second reader's word on a no, given without knowing why it was said .</summary>
public static class ReadDismissal
{
    /// <param name="Uphold">True: the no stands. False: the report waits again, or the match goes to a supervisor.</param>
    public sealed record Request(ReadingId Id, bool Uphold, [Required, MinLength(3), MaxLength(4000)] string Reason);
    public sealed record Receipt(ReadingId Id, ReadingState State);

    internal sealed class Handler(Judging judging, Envelope envelope) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var reading = await act.Db.Set<SecondReading>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (reading is null || !act.Covers(reading)) return Problem.Missing("There is no such reading for you.");
            if (reading.State != ReadingState.Waiting) return Problem.Conflict("already-read", "This was read already.", "");
            if (reading.FirstReader == act.Actor.Id)
                return Problem.Of("needs-another-person", "You said this no yourself.", "Somebody else reads it.");
            reading.Reason = envelope.SealText($"reading/{reading.Id}", request.Reason);
            var problem = reading.Subject == ReadingSubject.Match
                ? await ReadMatchAsync(act, reading, request, cancel)
                : await ReadReportAsync(act, reading, request, cancel);
            return problem is null ? new Receipt(reading.Id, reading.State) : problem;
        }

        private static async Task<Problem?> ReadReportAsync(Act act, SecondReading reading, Request request, CancellationToken cancel)
        {
            var id = Intake.ReportId.From(reading.SubjectId);
            var item = await act.Db.Set<QueueItem>().SingleAsync(row => row.Id == id, cancel);
            Judging.Close(act, reading, request.Uphold ? ReadingState.Upheld : ReadingState.Overturned);
            if (!request.Uphold) await ReopenReport.WaitAgainAsync(act, item, cancel);
            return null;
        }

        private async Task<Problem?> ReadMatchAsync(Act act, SecondReading reading, Request request, CancellationToken cancel)
        {
            var file = await MatchFile.FindAsync(act.Db, MatchId.From(reading.SubjectId), cancel);
            Ensure.That(file is not null);
            var judgement = request.Uphold ? Judgement.NotSame : Judgement.Same;
            if (file.Match.State == MatchState.AwaitsReader)
                return (await judging.DecideAsync(act, file, judgement, request.Reason, cancel)).TryGet(out _, out var problem) ? null : problem;
            // Drawn by lot: the no stood already, and stands on when it is upheld.
            Judging.Close(act, reading, request.Uphold ? ReadingState.Upheld : ReadingState.Overturned);
            if (!request.Uphold && file.Match.State == MatchState.Dismissed) judging.Dispute(act, file, judgement, request.Reason);
            return null;
        }
    }
}
