using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Kernel;
using Homeward.Review.Leads;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>Writes the lead's working note anew. Earlier texts stay; two who write at once see each other's words.</summary>
public static class AddLeadNote
{
    private const int LettersMax = 1 << 20;

    /// <param name="Base">How many notes there were when the writer began; a later one makes a conflict that shows both texts.</param>
    public sealed record Request(LeadId Id, [Required, MaxLength(LettersMax)] string Text, int Base);
    public sealed record Receipt(LeadId Id, int Notes);

    internal sealed class Handler(Envelope envelope) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var lead = await act.Db.Set<Lead>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (lead is null || !act.Covers(lead)) return Problem.Missing("There is no such lead for you.");
            var newest = await LeadNotes.NewestAsync(act.Db, lead.Id, cancel);
            if (newest is not null && newest.Ordinal != request.Base)
                return Problem.Conflict("note-changed", "Somebody else wrote while you did. Both texts are kept here.", "Join the two, then send again.") with
                {
                    Details = new Dictionary<string, string> { ["yours"] = request.Text, ["theirs"] = LeadNotes.Open(envelope, newest) },
                };
            // The token makes two who save at the same instant one after the other.
            lead.Revision = act.Ids.Next();
            var note = await LeadNotes.AddAsync(act, envelope, lead.Id, request.Text, cancel);
            return new Receipt(lead.Id, note.Ordinal);
        }
    }
}
