using System.ComponentModel.DataAnnotations;
using Homeward.Care.Model;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Care;

/// <summary>The community advocate opens a file. It is tied to no record of the government's: not even a hash crosses (T-54).</summary>
public static class OpenAdvocateFile
{
    public sealed record Request;
    public sealed record Receipt(AdvocateFileId Id);

    public sealed class Handler : IHandle<Request, Receipt>
    {
        public Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var file = new AdvocateFile { Id = act.Ids.Next<AdvocateFileId>(), AssignedTo = act.Actor.Id, OpenedAt = act.Now };
            act.Db.Add(file);
            act.Trace("advocate-file", file.Id.Value, "opened");
            return Task.FromResult<Result<Receipt>>(new Receipt(file.Id));
        }
    }
}

/// <summary>Adds a note in the advocate's room.</summary>
public static class WriteAdvocateNote
{
    public sealed record Request(AdvocateFileId Id, [Required, MaxLength(20000)] string Text);
    public sealed record Receipt(AdvocateFileId Id);

    internal sealed class Handler(Room room) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var file = await act.Db.Set<AdvocateFile>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (file is null || !act.Covers(file)) return Problem.Missing("There is no such file in your room.");
            var id = act.Ids.Next();
            act.Db.Add(new AdvocateNote
            {
                Id = id, File = file.Id, At = act.Now,
                Text = await room.SealAsync(act, Room.Advocate, file.Id.Value, $"note/{StrongId.Text(id)}", request.Text, cancel),
            });
            act.Trace("advocate-note", id, "written");
            return new Receipt(file.Id);
        }
    }
}

/// <summary>The advocate's own files.</summary>
public static class ListAdvocateFiles
{
    private const int RowsMax = 200;
    public sealed record Request;
    public sealed record Row(AdvocateFileId Id, DateTimeOffset OpenedAt);
    public sealed record Page(IReadOnlyList<Row> Files);

    public sealed class Handler : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var rows = await act.Seen(act.Db.Set<AdvocateFile>()).OrderByDescending(row => row.OpenedAt).ThenBy(row => row.Id).Take(RowsMax)
                .Select(row => new Row(row.Id, row.OpenedAt)).ToListAsync(cancel);
            foreach (var row in rows) act.Trace("advocate-file", row.Id.Value);
            return new Page(rows);
        }
    }
}

/// <summary>Shows a file to the advocate whose it is.</summary>
public static class ShowAdvocateFile
{
    public sealed record Request(AdvocateFileId Id);
    public sealed record Note(DateTimeOffset At, string? Text);
    public sealed record Page(AdvocateFileId Id, DateTimeOffset OpenedAt, IReadOnlyList<Note> Notes);

    internal sealed class Handler(Room room) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var file = await act.Db.Set<AdvocateFile>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (file is null || !act.Covers(file)) return Problem.Missing("There is no such file in your room.");
            var notes = await act.Db.Set<AdvocateNote>().Where(row => row.File == file.Id).OrderBy(row => row.At).ThenBy(row => row.Id).ToListAsync(cancel);
            var opened = new List<Note>();
            foreach (var note in notes)
                opened.Add(new Note(note.At, await room.OpenAsync(act.Db, Room.Advocate, file.Id.Value, $"note/{StrongId.Text(note.Id)}", note.Text, cancel)));
            act.Trace("advocate-file", file.Id.Value);
            return new Page(file.Id, file.OpenedAt, opened);
        }
    }
}
