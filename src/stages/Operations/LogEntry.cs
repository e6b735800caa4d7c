using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Kernel;
using Homeward.Operations.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Operations;

/// <summary>Adds to the field log of an operation. Nothing in it is changed: a correction is a further entry.</summary>
/// <remarks>Two who correct one entry see each other's text; an entry that a phone sends twice is stored once .</remarks>
public static class LogEntry
{
    /// <param name="Key">The device's own id of the entry.</param>
    /// <param name="At">When it happened; now, when left out.</param>
    /// <param name="Corrects">The entry that this one corrects: the newest of its line, as the writer saw it.</param>
    public sealed record Request(
        OperationId Id, [Required, MaxLength(8000)] string Text, Guid? Key = null, DateTimeOffset? At = null, Guid? Corrects = null);

    public sealed record Receipt(Guid Entry, OperationId Operation);

    internal sealed class Handler(Envelope envelope) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var operation = await OperationBook.FindAsync(act, request.Id, cancel);
            if (operation is null) return OperationBook.Missing;
            if (operation.State == OperationState.CalledOff)
                return Problem.Conflict("called-off", "This operation was called off.", "Log it with the operation in which it happened.");
            var lines = act.Db.Set<LogLine>();
            if (request.Key is { } key && await lines.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key, cancel) is { } there)
                return there.Operation == operation.Id
                    ? new Receipt(there.Id, operation.Id)
                    : Problem.Conflict("key-used", "This entry is in another operation's log.", "Give it a key of its own.");
            var at = request.At is { } said ? Instants.Truncate(said) : act.Now;
            if (at > act.Now) return Problem.Invalid("at-in-future", "This lies in the future.", "Enter when it happened.");
            if (request.Corrects is { } corrected && await CorrectionFaultAsync(act, operation, corrected, request.Text, cancel) is { } fault) return fault;
            var last = await lines.Where(row => row.Operation == operation.Id).MaxAsync(row => (int?)row.Ordinal, cancel) ?? 0;
            var id = act.Ids.Next();
            act.Db.Add(new LogLine
            {
                Id = id, Operation = operation.Id, Ordinal = last + 1, Key = request.Key ?? id, At = at, EnteredAt = act.Now, By = act.Actor.Id,
                Text = envelope.SealText($"operation/log/{StrongId.Text(id)}", request.Text), Corrects = request.Corrects,
            });
            // The log's next number is the operation's to give: two who write at once, one goes first.
            operation.Revision = act.Ids.Next();
            act.Trace("operation", operation.Id.Value, $"log={last + 1}");
            return new Receipt(id, operation.Id);
        }

        private async Task<Problem?> CorrectionFaultAsync(Act act, Operation operation, Guid corrected, string yours, CancellationToken cancel)
        {
            var lines = await act.Db.Set<LogLine>().AsNoTracking()
                .Where(row => row.Operation == operation.Id && (row.Id == corrected || row.Corrects == corrected)).ToListAsync(cancel);
            if (!lines.Exists(row => row.Id == corrected)) return Problem.Missing("There is no such entry in this log.");
            if (lines.Find(row => row.Corrects == corrected) is not { } theirs) return null;
            return Problem.Conflict("corrected-meanwhile", "Somebody corrected this entry while you wrote. Both texts are kept below.",
                "Read theirs, then correct that one if it is needed.") with
            {
                Details = new Dictionary<string, string>
                {
                    ["yours"] = yours, ["theirs"] = envelope.OpenText($"operation/log/{StrongId.Text(theirs.Id)}", theirs.Text),
                },
            };
        }
    }
}
