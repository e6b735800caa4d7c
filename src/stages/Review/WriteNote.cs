using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review.Casework;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>Writes a note on a report or a lead. It stays as it is; a correction is another note. Two who write at once see each other's words.</summary>
public static class WriteNote
{
    /// <summary>House judgement: a book of 500 pages. More is no note.</summary>
    internal const int LettersMax = 1 << 20;

    /// <param name="Base">How many notes there were when the writer began; a later one makes a conflict that shows both texts.</param>
    /// <param name="Corrects">The note of the same report or lead that this one puts right.</param>
    public sealed record Request([Required] string Text, int Base, ReportId? Report = null, LeadId? Lead = null, CaseNoteId? Corrects = null);
    public sealed record Receipt(CaseNoteId Id, int Notes, string Address);

    internal sealed class Handler(Envelope envelope, WordFilters filters) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (request.Text.Length > LettersMax)
                return Problem.Invalid("note-too-long",
                    string.Create(CultureInfo.InvariantCulture, $"A note holds {LettersMax:N0} letters, and this has {request.Text.Length:N0}. Nothing was stored; your text is kept below."),
                    "Send it in parts, each as a note.");
            if (!(await CaseSubject.FindAsync(act, request.Report, request.Lead, cancel)).TryGet(out var subject, out var problem)) return problem;
            if (request.Corrects is { } corrected && !await act.Db.Set<CaseNote>().AnyAsync(row => row.Id == corrected && row.Subject == subject.Id, cancel))
                return Problem.Of("no-such-note", "The note that this one corrects is not of this report or lead.", "Choose one of its notes.");
            var newest = await CaseNotes.NewestAsync(act.Db, subject.Id, cancel);
            if (newest is not null && newest.Ordinal != request.Base)
                return Problem.Conflict("note-changed", "Somebody else wrote while you did. Both texts are kept here.", "Read theirs, then send yours again from the page as it is now.") with
                {
                    Details = new Dictionary<string, string> { ["yours"] = request.Text, ["theirs"] = CaseNotes.Open(envelope, newest) },
                };
            // Of two who save at the same instant the number, which is unique, lets one through.
            var note = await CaseNotes.AddAsync(act, envelope, filters, subject, request.Text, request.Corrects, cancel);
            return new Receipt(note.Id, note.Ordinal, subject.Casework);
        }
    }
}
