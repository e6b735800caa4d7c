using Homeward.Foundations.People;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Homeward.Linkage;
using Microsoft.EntityFrameworkCore;
using LinkPerson = Homeward.Linkage.PersonRecord;
using PersonRecord = Homeward.Foundations.People.PersonRecord;

namespace Homeward.Outcomes.Model;

/// <summary>Finds at once which records of facts and entries may speak of the person of a new one.</summary>
/// <remarks>
/// An index in memory, brought up to date before each question: records of facts are written once, those of entries are
/// read again when an entry was modified.
/// Victims and suspects are apart: a child who was found never becomes a suspect by linkage, nor the other way (T-29).
/// </remarks>
internal sealed class PersonIndex : IDisposable
{
    /// <summary>A record may be committed after a later one: this much is read again.</summary>
    private static readonly TimeSpan _overlap = TimeSpan.FromHours(1);
    private const int CandidatesMax = 8;

    private readonly OnlineIndex _victims = new(PersonSchema.Settings);
    private readonly OnlineIndex _suspects = new(PersonSchema.Settings);
    private readonly SemaphoreSlim _loading = new(1, 1);
    private DateTimeOffset _readTo = DateTimeOffset.MinValue;

    /// <returns>The likeliest other records, best first, with their weights and reasons.</returns>
    public async Task<IReadOnlyList<Candidate>> LikeAsync(HomewardDb db, PersonRecord person, CancellationToken cancel)
    {
        await CatchUpAsync(db, cancel);
        var own = person.Id.ToString();
        return IndexOf(person.Kind).Query(Linked(person), new QueryOptions { Top = CandidatesMax, Excludes = record => record.Id == own }).Candidates;
    }

    /// <summary>Reads records again that have changed; those that were never asked about come with the next question.</summary>
    public async Task RefreshAsync(HomewardDb db, IReadOnlyCollection<PersonRecordId> records, CancellationToken cancel)
    {
        if (records.Count == 0 || _readTo == DateTimeOffset.MinValue) return;
        var rows = await db.Set<PersonRecord>().AsNoTracking().Where(row => records.Contains(row.Id)).ToListAsync(cancel);
        foreach (var row in rows) IndexOf(row.Kind).Put(Linked(row));
    }

    private async Task CatchUpAsync(HomewardDb db, CancellationToken cancel)
    {
        await _loading.WaitAsync(cancel);
        try
        {
            var from = _readTo == DateTimeOffset.MinValue ? DateTimeOffset.UnixEpoch : _readTo - _overlap;
            var rows = await db.Set<PersonRecord>().AsNoTracking()
                .Where(row => row.CreatedAt >= from && (row.Source.StartsWith("missing-child/") || row.Source.StartsWith("finding/")
                    || row.Source.StartsWith("adult/") || row.Source.StartsWith("arrest/")))
                .OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancel);
            foreach (var row in rows) IndexOf(row.Kind).Put(Linked(row));
            if (rows.Count > 0) _readTo = rows[^1].CreatedAt;
        }
        finally
        {
            _loading.Release();
        }
    }

    public void Dispose() => _loading.Dispose();

    private OnlineIndex IndexOf(PersonKind kind) => kind == PersonKind.Suspect ? _suspects : _victims;

    private static LinkRecord Linked(PersonRecord person) => new LinkPerson(person.Id.ToString(), person.Source)
    {
        GivenName = person.Given.Length == 0 ? null : person.Given,
        FamilyName = person.Family.Length == 0 ? null : person.Family,
        Aliases = [.. person.Aliases.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(alias => alias.Replace('\t', ' ').Trim())],
        BornOn = person.Born, Sex = person.Sex, Identifiers = [.. person.MarkList],
    }.ToRecord();
}
