using System.Diagnostics.CodeAnalysis;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Reading;

/// <summary>Finds entries by what they say beside the name, which is found as people misspell it elsewhere.</summary>
/// <remarks>The database looks for the letters, in what forms and codes write: marks, places, numbers, vehicles. Whether they are whole words is seen here.</remarks>
internal static class EntryWords
{
    /// <summary>Looked at more closely for each that is shown: most that hold the letters hold the word.</summary>
    private const int LookedAtForEach = 4;

    [SuppressMessage("Globalization", "CA1304", Justification = "The database lowers and compares, not this program.")]
    [SuppressMessage("Globalization", "CA1311", Justification = "As above.")]
    [SuppressMessage("Performance", "CA1862", Justification = "As above: a comparison by culture has no counterpart there.")]
    public static async Task<IReadOnlyList<EntryGist>> FindAsync(HomewardDb db, IReadOnlyList<string> words, int max, CancellationToken cancel)
    {
        Ensure.That(words.Count > 0);
        IQueryable<Entry> entries = db.Set<Entry>().AsNoTracking();
        foreach (var word in words)
            entries = entries.Where(row => (row.Marks + " " + row.LastSeenCity + " " + row.LastSeenState + " " + row.Nic + " " + row.NcmecCase + " "
                + row.AgencyOri + " " + row.Category + " " + row.Indicators + " " + row.Vehicles).ToLower().Contains(word));
        var near = await entries.OrderByDescending(row => row.FirstReceivedAt).ThenBy(row => row.Id).Take(max * LookedAtForEach).ToListAsync(cancel);
        return [.. near.Where(entry => TextWords.AllIn(Text(entry), words)).Take(max).Select(Gists.Gist)];
    }

    private static string Text(Entry entry) =>
        $"{entry.Marks} {entry.LastSeenCity} {entry.LastSeenState} {entry.Nic} {entry.NcmecCase} {entry.AgencyOri} {entry.Category} {entry.Indicators} {entry.Vehicles}";
}
