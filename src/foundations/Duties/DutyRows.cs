using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.Duties;

/// <summary>How a stage calls the things that duties are about: "tip HT-000001".</summary>
public interface INameSubjects
{
    /// <returns>Names of those that the actor may open; the others are left out.</returns>
    Task<IReadOnlyDictionary<Guid, string>> NamesAsync(Actor actor, HomewardDb db, string subjectType, IReadOnlyCollection<Guid> ids, CancellationToken cancel);
}

/// <summary>Open duties at home: of each kind the most pressing as rows of their own, and those behind them as a number that leads to their list.</summary>
/// <remarks>A kind is a rule and what it is about: a thousand reports that claim danger must not hide the callers who do.</remarks>
public sealed class DutyRows(IEnumerable<INameSubjects> stages, AuthorizationTable table)
{
    private const int RowsMax = 20;

    /// <summary>One open duty, for the words that tell it from others of its kind.</summary>
    public sealed record Row(DutyId Id, string Rule, string SubjectType, Guid SubjectId, DateTimeOffset DueAt, Role OwedBy, string? OfficeCode);

    /// <param name="list">Where all of them are listed: what is asked of <c>/duties</c> besides rule and subject.</param>
    /// <param name="what">What is asked, of a rule and a kind of subject.</param>
    /// <param name="note">What else tells one from another.</param>
    /// <param name="isCritical">Whether a duty is critical before its clock has run out, too.</param>
    public async Task<IReadOnlyList<WaitingRow>> OfAsync(
        Actor actor, HomewardDb db, IQueryable<Duty> open, DateTimeOffset now, string list, Func<string, string, string> what, Func<Row, string?> note, bool isCritical, CancellationToken cancel)
    {
        var late = await CountsAsync(open.Where(duty => duty.DueAt <= now), cancel);
        var waiting = new List<WaitingRow>();
        foreach (var ((rule, subject), count) in await CountsAsync(open, cancel))
        {
            var ordered = open.Where(duty => duty.Rule == rule && duty.SubjectType == subject).OrderBy(duty => duty.DueAt).ThenBy(duty => duty.Id);
            var rows = await ordered.Take(RowsMax)
                .Select(duty => new Row(duty.Id, duty.Rule, duty.SubjectType, duty.SubjectId, duty.DueAt, duty.OwedBy, duty.OfficeCode)).ToListAsync(cancel);
            var names = await NamesAsync(actor, db, rows.Select(row => (row.SubjectType, row.SubjectId)), cancel);
            waiting.AddRange(rows.Select(row => new WaitingRow(
                what(rule, subject), $"/duties/{row.Id}", row.DueAt, isCritical || row.DueAt <= now, Note: Joined(names.GetValueOrDefault(row.SubjectId), note(row)))));
            // Those whose clock has run out apart from the others: each number stands under the heading that is true of it.
            var lateAll = late.GetValueOrDefault((rule, subject));
            await AddFurtherAsync(RowsMax, lateAll);
            await AddFurtherAsync(Math.Max(RowsMax, lateAll), count);

            async Task AddFurtherAsync(int from, int until)
            {
                if (from >= until) return;
                var first = await ordered.Skip(from).Select(duty => new { duty.Id, duty.DueAt }).FirstOrDefaultAsync(cancel);
                // Between the count and this somebody may have proved them.
                if (first is null) return;
                var (link, note) = table.Allows(actor.Role, "duties.list")
                    ? ($"/duties?state=open&{list}rule={rule}&about={subject}&from={from}", "further ones, as a list") : ($"/duties/{first.Id}", "further ones, the first of them");
                waiting.Add(new WaitingRow(what(rule, subject), link, first.DueAt, isCritical || first.DueAt <= now, until - from, note));
            }
        }
        return waiting;
    }

    /// <summary>What the subjects of some duties are called, for those that the actor may open.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(Actor actor, HomewardDb db, IEnumerable<(string Type, Guid Id)> subjects, CancellationToken cancel)
    {
        var names = new Dictionary<Guid, string>();
        foreach (var alike in subjects.Distinct().GroupBy(one => one.Type, one => one.Id))
        {
            foreach (var stage in stages)
            {
                foreach (var (id, name) in await stage.NamesAsync(actor, db, alike.Key, [.. alike], cancel)) names[id] = name;
            }
        }
        return names;
    }

    private static async Task<Dictionary<(string Rule, string Subject), int>> CountsAsync(IQueryable<Duty> duties, CancellationToken cancel) =>
        (await duties.GroupBy(duty => new { duty.Rule, duty.SubjectType }).Select(alike => new { alike.Key.Rule, alike.Key.SubjectType, Count = alike.Count() }).ToListAsync(cancel))
        .OrderBy(row => row.Rule, StringComparer.Ordinal).ThenBy(row => row.SubjectType, StringComparer.Ordinal).ToDictionary(row => (row.Rule, row.SubjectType), row => row.Count);

    private static string? Joined(params string?[] notes) => string.Join(", ", notes.OfType<string>()) is { Length: > 0 } joined ? joined : null;
}
