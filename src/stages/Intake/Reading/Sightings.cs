using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Reading;

/// <summary>In which reports an identifier stands now, and where in each.</summary>
internal static class Sightings
{
    /// <summary>Of those that are found some hold it in an older version alone, or are looked up alike: a few more are read at once.</summary>
    private const int ReadBeside = 10;

    private const string Sha256 = "sha256:";

    /// <summary>Newest first, at most <paramref name="max"/>.</summary>
    public static async Task<IReadOnlyList<Sighting>> OfAsync(
        HomewardDb db, LookGenerations generations, string kind, string value, int max, CancellationToken cancel)
    {
        var looks = await generations.EachAsync(db, [(kind, value)], cancel);
        var holders = db.Set<ReportIdentifierRow>().AsNoTracking().Where(row => looks.Contains(row.Look)).Select(row => row.ReportId).Distinct().OrderByDescending(id => id);
        var (found, read) = (new List<Sighting>(), 0);
        while (found.Count < max)
        {
            var ids = await holders.Skip(read).Take(max + ReadBeside).ToListAsync(cancel);
            var versions = (await db.Set<ReportVersion>().AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync(cancel)).ToLookup(row => row.Id);
            foreach (var id in ids.Where(versions.Contains))
            {
                var path = Current.Of([.. versions[id]]).Versions.SelectMany(version => version.Parts.Holding(kind, value)).Select(one => one.Path).Min(StringComparer.Ordinal);
                if (path is not null) found.Add(new(id, path));
            }
            if (ids.Count < max + ReadBeside) break;
            read += ids.Count;
        }
        if (kind == "file" && value.StartsWith(Sha256, StringComparison.Ordinal)) found.AddRange(await SealedAsync(db, value[Sha256.Length..], found, max, cancel));
        return found.Count <= max ? found : found.GetRange(0, max);
    }

    /// <summary>Reports with which such a file came: by this hash the house knows what lies sealed.</summary>
    private static async Task<IEnumerable<Sighting>> SealedAsync(HomewardDb db, string sha256, List<Sighting> found, int max, CancellationToken cancel)
    {
        var known = found.ConvertAll(one => one.Report);
        return (await db.Set<SealedFileRow>().AsNoTracking().Where(row => row.Sha256 == sha256 && row.ReportId != null).Select(row => row.ReportId!.Value).Distinct()
            .OrderByDescending(id => id).Take(max).ToListAsync(cancel)).Except(known).Select(id => new Sighting(id, "the sealed file"));
    }
}
