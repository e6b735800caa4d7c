using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Outcomes.Model;

namespace Homeward.Outcomes;

/// <summary>Records that a federal investigation was opened; a joint case of two offices has one number and counts once .</summary>
public static class OpenInvestigation
{
    /// <param name="CaseNumber">As the case system gave it: <c>31E-KC-0000001</c>.</param>
    public sealed record Request([Required] OfficeRecord Filed, [Required, MaxLength(60)] string CaseNumber);
    public sealed record Receipt(FactId Id, bool AlreadyThere);

    internal sealed class Handler(FactBook book) : IHandle<Request, Receipt>
    {
        public Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel) =>
            RecordAsync(request, act, corrects: null, cancel);

        internal async Task<Result<Receipt>> RecordAsync(Request request, Act act, Fact? corrects, CancellationToken cancel)
        {
            var begun = await book.BeginAsync(act, request.Filed, request, recognised: null, corrects, cancel);
            if (!begun.TryGet(out var begin, out var problem)) return problem;
            if (begin.There is { } there)
                return there is Investigation
                    ? new Receipt(there.Id, AlreadyThere: true)
                    : Problem.Conflict("record-differs", "This number is a record of another kind.", "Give it a number of its own.");
            var opened = Make(request, begin.Start!);
            FactBook.Put(act, opened, corrects, "investigation");
            return new Receipt(opened.Id, AlreadyThere: false);
        }

        /// <summary>The investigation as it would stand; nothing is stored.</summary>
        internal static Investigation Make(Request request, FactStart start) =>
            new(start) { CaseNumber = request.CaseNumber.Trim().ToUpperInvariant() };
    }
}
