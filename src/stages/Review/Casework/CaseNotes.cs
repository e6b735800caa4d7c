using System.Runtime.CompilerServices;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Casework;

/// <summary>A note as it is read.</summary>
/// <param name="Corrects">The number of the note that this one puts right.</param>
/// <param name="CorrectedBy">The number of the note that puts this one right.</param>
public sealed record ReadNote(CaseNoteId Id, int Ordinal, string Text, string By, DateTimeOffset At, bool IsMine, int? Corrects, int? CorrectedBy);

/// <summary>The notes of a report or a lead: encrypted, numbered, never replaced. The one way in which a note is written.</summary>
internal static class CaseNotes
{
    private const int NotesMax = 500;

    public static async Task<CaseNote?> NewestAsync(HomewardDb db, Guid subject, CancellationToken cancel) =>
        await db.Set<CaseNote>().Where(row => row.Subject == subject).OrderByDescending(row => row.Ordinal).FirstOrDefaultAsync(cancel);

    public static async Task<CaseNote> AddAsync(Act act, Envelope envelope, WordFilters filters, CaseSubject subject, string text, CaseNoteId? corrects, CancellationToken cancel)
    {
        var before = await NewestAsync(act.Db, subject.Id, cancel);
        var id = act.Ids.Next<CaseNoteId>();
        var note = new CaseNote
        {
            Id = id, Subject = subject.Id, Report = subject.Report, Lead = subject.Lead, Ordinal = (before?.Ordinal ?? 0) + 1, Corrects = corrects,
            Text = envelope.SealText(Context(id), text), Words = filters.Over(TextWords.HashesOf([text])), By = act.Actor.Id, At = act.Now,
        };
        act.Db.Add(note);
        act.Trace(subject.Type, subject.Id, $"note={note.Ordinal}");
        return note;
    }

    /// <summary>Oldest first; of more than a person reads the newest.</summary>
    public static async Task<IReadOnlyList<ReadNote>> ReadAsync(Act act, Envelope envelope, Guid subject, CancellationToken cancel)
    {
        var notes = await act.Db.Set<CaseNote>().AsNoTracking().Where(row => row.Subject == subject)
            .OrderByDescending(row => row.Ordinal).Take(NotesMax).ToListAsync(cancel);
        notes.Reverse();
        var names = await People.NamesAsync(act.Db, notes.Select(note => note.By), cancel);
        var numbers = notes.ToDictionary(note => note.Id, note => note.Ordinal);
        var later = notes.Where(note => note.Corrects is not null).GroupBy(note => note.Corrects!.Value).ToDictionary(group => group.Key, group => group.Max(note => note.Ordinal));
        return [.. notes.Select(note => new ReadNote(
            note.Id, note.Ordinal, Open(envelope, note), names[note.By], note.At, note.By == act.Actor.Id,
            note.Corrects is { } corrected && numbers.TryGetValue(corrected, out var number) ? number : null,
            later.TryGetValue(note.Id, out var by) ? by : null))];
    }

    /// <summary>Notes with all of some words, the newest first; on reports and leads of anybody, for the asker to pass by what is not theirs.</summary>
    /// <param name="words">As <see cref="TextWords.Of"/> gives them; at least one.</param>
    public static async IAsyncEnumerable<CaseNote> FindAsync(
        HomewardDb db, Envelope envelope, WordFilters filters, IReadOnlyList<string> words, [EnumeratorCancellation] CancellationToken cancel)
    {
        var keyed = filters.Of(words);
        var near = new List<CaseNoteId>();
        await foreach (var row in db.Set<CaseNote>().AsNoTracking().OrderByDescending(row => row.At).ThenByDescending(row => row.Id)
            .Select(row => new { row.Id, row.Words }).AsAsyncEnumerable().WithCancellation(cancel))
            if (WordFilters.MayHold(row.Words, keyed)) near.Add(row.Id);
        foreach (var id in near)
            if (await db.Set<CaseNote>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is { } note
                && TextWords.AllIn(Open(envelope, note), words)) yield return note;
    }

    public static string Open(Envelope envelope, CaseNote note) => envelope.OpenText(Context(note.Id), note.Text);

    private static string Context(CaseNoteId id) => $"case-note/{id}";
}
