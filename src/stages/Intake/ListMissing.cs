using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>Missing-child entries that the actor may see: the nation's for those who review, an office's for the office.</summary>
public static class ListMissing
{
    private const int RowsMax = 50;

    /// <param name="Q">A NIC number, an NCMEC case number, or part of a name.</param>
    public sealed record Request(
        [MaxLength(100)] string? Q = null, EntryState? State = null, [MaxLength(4)] string? Office = null, bool AtRisk = false,
        [Range(0, int.MaxValue)] int From = 0);
    public sealed record Row(
        EntryId Id, string Nic, string Name, PartialDate Born, string? AgeText, string? Sex, EntryState State, string AgencyOri,
        string? Office, string? CaseType, string? LastSeen, DateTimeOffset? LastSeenAt, bool AtRisk, DateTimeOffset ReceivedAt);
    public sealed record Page(IReadOnlyList<Row> Rows, int Total, int From);

    public sealed class Handler : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var entries = act.Seen(act.Db.Set<Entry>());
            if (request.State is { } state) entries = entries.Where(row => row.State == state);
            if (request.Office is { } office) entries = entries.Where(row => row.OfficeCode == office);
            if (request.AtRisk) entries = entries.Where(row => row.AtRisk == Exchange.Stated.Yes);
            if (!string.IsNullOrWhiteSpace(request.Q)) entries = await SearchAsync(entries, request.Q.Trim(), cancel);
            var total = await entries.CountAsync(cancel);
            var rows = await entries.OrderByDescending(row => row.FirstReceivedAt).ThenBy(row => row.Id).Skip(request.From).Take(RowsMax).ToListAsync(cancel);
            foreach (var row in rows) act.Trace("entry", row.Id.Value, "listed");
            return new Page([.. rows.Select(Shown)], total, request.From);
        }

        private static async Task<IQueryable<Entry>> SearchAsync(IQueryable<Entry> entries, string words, CancellationToken cancel)
        {
            var number = words.ToUpperInvariant();
            if (await entries.AnyAsync(row => row.Nic == number || row.NcmecCase == words, cancel))
                return entries.Where(row => row.Nic == number || row.NcmecCase == words);
            // Names are folded here: the two databases do not agree on lower case.
            var folded = Names.Fold(words);
            var named = await entries.Select(row => new { row.Id, row.Names }).ToListAsync(cancel);
            var ids = named.Where(row => Names.Fold(row.Names.Replace('\t', ' ')).Contains(folded, StringComparison.Ordinal)).Select(row => row.Id)
                .Take(1_000).ToList();
            return entries.Where(row => ids.Contains(row.Id));
        }

        private static Row Shown(Entry row)
        {
            var child = ChildRecord.Of(row);
            return new(
                row.Id, row.Nic, $"{child.Given} {child.Family}".Trim(), row.Born, row.AgeText, row.Sex, row.State, row.AgencyOri, row.OfficeCode, row.CaseType,
                string.Join(", ", new[] { row.LastSeenCity, row.LastSeenState }.Where(part => part is not null)), row.LastSeenAt,
                row.AtRisk == Exchange.Stated.Yes, row.FirstReceivedAt);
        }
    }
}
