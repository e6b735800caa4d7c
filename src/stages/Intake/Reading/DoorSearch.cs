using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Reading;

/// <summary>Finds tips and referrals by their sender's number, or by words of the name of the child told of.</summary>
internal static class DoorSearch
{
    private const int NamedMax = 1_000;

    /// <summary>That of a number, as it was typed or in capitals.</summary>
    public static IQueryable<Door> Numbered(IQueryable<Door> doors, string text)
    {
        var capitals = text.ToUpperInvariant();
        return doors.Where(row => row.Number == text || row.Number == capitals);
    }

    public static async Task<IQueryable<Door>> NarrowAsync(IQueryable<Door> doors, string text, CancellationToken cancel)
    {
        if (Numbered(doors, text) is var numbered && await numbered.AnyAsync(cancel)) return numbered;
        // Names are folded here: the two databases do not agree on lower case.
        var words = Names.Fold(text.Replace(',', ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var named = await doors.Where(row => row.Given != "" || row.Family != "").OrderByDescending(row => row.ReceivedAt).ThenBy(row => row.Id)
            .Select(row => new { row.Id, row.Given, row.Family }).ToListAsync(cancel);
        var ids = named.Where(row => IsCalled($"{row.Given} {row.Family}", words)).Select(row => row.Id).Take(NamedMax).ToList();
        return doors.Where(row => ids.Contains(row.Id));
    }

    /// <returns>The newest of them, at most so many.</returns>
    public static async Task<IReadOnlyList<DoorGist>> FindAsync(HomewardDb db, string text, int max, CancellationToken cancel) =>
        [.. (await (await NarrowAsync(db.Set<Door>().AsNoTracking(), text, cancel)).OrderByDescending(row => row.ReceivedAt).ThenBy(row => row.Id).Take(max)
            .ToListAsync(cancel)).Select(Gists.Gist)];

    /// <summary>Every word begins a part of the name, in any order: a caller's "Mari" finds Marisol.</summary>
    private static bool IsCalled(string name, string[] words)
    {
        var parts = Names.Fold(name).Split(' ');
        return words.Length > 0 && Array.TrueForAll(words, word => Array.Exists(parts, part => part.StartsWith(word, StringComparison.Ordinal)));
    }
}
