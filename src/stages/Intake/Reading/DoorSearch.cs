using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Reading;

/// <summary>Finds tips and referrals by their sender's number, or by words of the name of the child told of.</summary>
internal static class DoorSearch
{
    private const int NamedMax = 1_000;
    /// <summary>By so many words the database narrows; all are looked for here.</summary>
    private const int WordsAsked = 8;
    /// <summary>What folding a name may drop or write otherwise: such names are looked at here, whatever was typed.</summary>
    private const string Unusual = "[^A-Za-z0-9 _-]", UnusualGlob = $"*{Unusual}*";

    /// <summary>That of a number, as it was typed or in capitals.</summary>
    public static IQueryable<Door> Numbered(IQueryable<Door> doors, string text)
    {
        var capitals = text.ToUpperInvariant();
        return doors.Where(row => row.Number == text || row.Number == capitals);
    }

    public static async Task<IQueryable<Door>> NarrowAsync(HomewardDb db, IQueryable<Door> doors, string text, CancellationToken cancel)
    {
        if (Numbered(doors, text) is var numbered && await numbered.AnyAsync(cancel)) return numbered;
        // Names are folded here: the two databases do not agree on lower case.
        var words = Names.Fold(text.Replace(',', ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) return doors.Where(_ => false);
        var named = await Near(db, doors, words).OrderByDescending(row => row.ReceivedAt).ThenBy(row => row.Id)
            .Select(row => new { row.Id, row.Given, row.Family }).ToListAsync(cancel);
        var ids = named.Where(row => IsCalled($"{row.Given} {row.Family}", words)).Select(row => row.Id).Take(NamedMax).ToList();
        return doors.Where(row => ids.Contains(row.Id));
    }

    /// <summary>Those that may be called so: the database has the letters of each word in the name, or what it cannot fold.</summary>
    [SuppressMessage("Globalization", "CA1304", Justification = "The database lowers and compares, not this program.")]
    [SuppressMessage("Globalization", "CA1311", Justification = "As above.")]
    [SuppressMessage("Performance", "CA1862", Justification = "As above: a comparison by culture has no counterpart there.")]
    internal static IQueryable<Door> Near(HomewardDb db, IQueryable<Door> doors, IEnumerable<string> words)
    {
        foreach (var word in words.Take(WordsAsked))
            doors = db.IsSqlite
                ? doors.Where(row => (row.Given + " " + row.Family).ToLower().Contains(word) || EF.Functions.Glob(row.Given + row.Family, UnusualGlob))
                : doors.Where(row => (row.Given + " " + row.Family).ToLower().Contains(word) || Regex.IsMatch(row.Given + row.Family, Unusual));
        return doors;
    }

    /// <returns>The newest of them, at most so many.</returns>
    public static async Task<IReadOnlyList<DoorGist>> FindAsync(HomewardDb db, string text, int max, CancellationToken cancel) =>
        [.. (await (await NarrowAsync(db, db.Set<Door>().AsNoTracking(), text, cancel)).OrderByDescending(row => row.ReceivedAt).ThenBy(row => row.Id).Take(max)
            .ToListAsync(cancel)).Select(Gists.Gist)];

    /// <summary>Every word begins a part of the name, in any order: a caller's "Mari" finds Marisol.</summary>
    private static bool IsCalled(string name, string[] words)
    {
        var parts = Names.Fold(name).Split(' ');
        return Array.TrueForAll(words, word => Array.Exists(parts, part => part.StartsWith(word, StringComparison.Ordinal)));
    }
}
