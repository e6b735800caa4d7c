using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Leads;

/// <summary>The notes of a lead: encrypted, numbered, never replaced.</summary>
internal static class LeadNotes
{
    public static async Task<LeadNote?> NewestAsync(HomewardDb db, LeadId lead, CancellationToken cancel) => await db.Set<LeadNote>()
        .Where(row => row.Lead == lead).OrderByDescending(row => row.Ordinal).FirstOrDefaultAsync(cancel);

    public static async Task<LeadNote> AddAsync(Act act, Envelope envelope, LeadId lead, string text, CancellationToken cancel)
    {
        var before = await NewestAsync(act.Db, lead, cancel);
        var id = act.Ids.Next();
        var note = new LeadNote
        {
            Id = id, Lead = lead, Ordinal = (before?.Ordinal ?? 0) + 1, Text = envelope.SealText(Context(id), text), By = act.Actor.Id, At = act.Now,
        };
        act.Db.Add(note);
        act.Trace("lead", lead.Value, $"note={note.Ordinal}");
        return note;
    }

    public static string Open(Envelope envelope, LeadNote note) => envelope.OpenText(Context(note.Id), note.Text);

    private static string Context(Guid id) => $"lead/note/{StrongId.Text(id)}";
}
