using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Rules;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>Of which entries the record is asked about.</summary>
public enum GapFilter
{
    /// <summary>Those that lack something, newest first.</summary>
    Lacking,
    /// <summary>The same, most pressing first.</summary>
    Pressing,
    /// <summary>Those that lack something past its day, longest first.</summary>
    Late,
}

/// <summary>Missing-child entries that the actor may see: the nation's for those who review, an office's for the office.</summary>
public static class ListMissing
{
    private const int RowsMax = 50;

    /// <param name="Q">A NIC number, an NCMEC case number, or part of a name.</param>
    public sealed record Request(
        [MaxLength(100)] string? Q = null, EntryState? State = null, [MaxLength(4)] string? Office = null, bool AtRisk = false,
        [Range(0, int.MaxValue)] int From = 0, GapFilter? Gaps = null);
    /// <param name="Gaps">What its record lacks of what the law asks for; nothing for a child who is no longer sought.</param>
    public sealed record Row(
        EntryId Id, string Nic, string Name, PartialDate Born, string? AgeText, string? Sex, EntryState State, string AgencyOri,
        string? Office, string? CaseType, string? LastSeen, DateTimeOffset? LastSeenAt, bool AtRisk, DateTimeOffset ReceivedAt, IReadOnlyList<ShowMissing.Gap> Gaps);
    public sealed record Page(IReadOnlyList<Row> Rows, int Total, int From);

    public sealed class Handler(RuleBook rules) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var entries = act.Seen(act.Db.Set<Entry>());
            if (request.State is { } state) entries = entries.Where(row => row.State == state);
            if (request.Office is { } office) entries = entries.Where(row => row.OfficeCode == office);
            if (request.AtRisk) entries = entries.Where(row => row.AtRisk == Exchange.Stated.Yes);
            IReadOnlyList<EntryId>? named = null;
            if (!string.IsNullOrWhiteSpace(request.Q)) (entries, named) = await SearchAsync(entries, request.Q.Trim(), cancel);
            var (total, rows) = request.Gaps is { } gaps ? await LackingAsync(entries, named?.ToHashSet(), gaps, request.From, act.Now, cancel)
                : named is not null ? (named.Count, await PageAsync(entries, named, request.From, cancel))
                : (await entries.CountAsync(cancel), await entries.OrderByDescending(row => row.FirstReceivedAt).ThenBy(row => row.Id)
                    .Skip(request.From).Take(RowsMax).ToListAsync(cancel));
            foreach (var row in rows) act.Trace("entry", row.Id.Value, "listed");
            return new Page([.. rows.Select(row => Shown(row, RecordGaps.Of(row, act.Now, rules)))], total, request.From);
        }

        /// <remarks>What a record lacks follows from its facts and from dated rules, so each open entry is read, and of those that are not shown no more is kept than the key.</remarks>
        private async Task<(int Total, List<Entry> Rows)> LackingAsync(
            IQueryable<Entry> entries, HashSet<EntryId>? named, GapFilter filter, int from, DateTimeOffset now, CancellationToken cancel)
        {
            var lacking = new List<(EntryId Id, RecordGaps.Urgency Urgency)>();
            await foreach (var entry in entries.AsNoTracking().Where(Entry.IsOpen).AsAsyncEnumerable().WithCancellation(cancel))
            {
                if (named?.Contains(entry.Id) == false) continue;
                var gaps = RecordGaps.Of(entry, now, rules);
                if (filter == GapFilter.Late ? gaps.Any(gap => gap.IsLate) : gaps.Count > 0) lacking.Add((entry.Id, RecordGaps.UrgencyOf(entry, gaps)));
            }
            var ordered = filter == GapFilter.Lacking
                ? lacking.OrderByDescending(one => one.Urgency.EnteredAt)
                : lacking.OrderBy(one => one.Urgency.Rank).ThenBy(one => one.Urgency.EnteredAt);
            return (lacking.Count, await PageAsync(entries, [.. ordered.ThenBy(one => one.Id.Value).Select(one => one.Id)], from, cancel));
        }

        /// <summary>Of the entries in their order, those of one page.</summary>
        private static async Task<List<Entry>> PageAsync(IQueryable<Entry> entries, IReadOnlyList<EntryId> ordered, int from, CancellationToken cancel)
        {
            var ids = ordered.Skip(from).Take(RowsMax).ToList();
            var rows = await entries.Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancel);
            return [.. ids.Select(id => rows[id])];
        }

        /// <returns>What to look among; and all that are named so, newest first, where the words are no number.</returns>
        private static async Task<(IQueryable<Entry> Entries, IReadOnlyList<EntryId>? Named)> SearchAsync(IQueryable<Entry> entries, string words, CancellationToken cancel)
        {
            var number = words.ToUpperInvariant();
            if (await entries.AnyAsync(row => row.Nic == number || row.NcmecCase == words, cancel))
                return (entries.Where(row => row.Nic == number || row.NcmecCase == words), null);
            // Names are folded here: the two databases do not agree on lower case.
            var folded = Names.Fold(words);
            // Of "%" or "_" nothing is left, and nothing is a part of every name.
            if (folded.Length == 0) return (entries, []);
            var named = await entries.OrderByDescending(row => row.FirstReceivedAt).ThenBy(row => row.Id).Select(row => new { row.Id, row.Names }).ToListAsync(cancel);
            return (entries, [.. named.Where(row => Names.Fold(row.Names.Replace('\t', ' ')).Contains(folded, StringComparison.Ordinal)).Select(row => row.Id)]);
        }

        private static Row Shown(Entry row, IReadOnlyList<ShowMissing.Gap> gaps)
        {
            var child = ChildRecord.Of(row);
            return new(
                row.Id, row.Nic, $"{child.Given} {child.Family}".Trim(), row.Born, row.AgeText, row.Sex, row.State, row.AgencyOri, row.OfficeCode, row.CaseType,
                string.Join(", ", new[] { row.LastSeenCity, row.LastSeenState }.Where(part => part is not null)), row.LastSeenAt,
                row.AtRisk == Exchange.Stated.Yes, row.FirstReceivedAt, gaps);
        }
    }
}
