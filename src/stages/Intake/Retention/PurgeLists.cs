using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Retention;

/// <summary>How a list of what is to go is written down.</summary>
internal static class PurgeLists
{
    /// <summary>More wait for the next list: one that a person can be asked to stand for.</summary>
    internal const int RecordsMax = 10_000;

    private const long Turn = 0x70757267656C6973;

    /// <summary>There is one list at a time: nobody approves a record twice. Who asks and then opens one does it in turn; SQLite has one writer anyway.</summary>
    public static async Task<bool> IsOneOpenAsync(HomewardDb db, CancellationToken cancel)
    {
        if (!db.IsSqlite) await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Turn})", cancel);
        return await db.Set<PurgeList>().AnyAsync(row => row.State != PurgeState.Done && row.State != PurgeState.Dropped, cancel);
    }

    public static async Task<List<PurgeItem>> ItemsAsync(
        HomewardDb db, RetentionDesk desk, Guid list, IReadOnlyList<RetentionVerdict> due, CancellationToken cancel)
    {
        var items = new List<PurgeItem>(due.Count);
        foreach (var kind in due.GroupBy(one => one.Record.Kind))
            foreach (var some in kind.Chunk(1_000))
            {
                var hashes = await desk.Of(kind.Key).HashesAsync(db, [.. some.Select(one => one.Record.Id)], cancel);
                items.AddRange(some.Select(one => new PurgeItem
                {
                    ListId = list, Kind = kind.Key, SubjectId = one.Record.Id, Number = one.Record.Number, Sha256 = string.Join('\n', hashes[one.Record.Id]),
                    ReceivedAt = one.Record.ReceivedAt, Rule = one.Rule!.Name, RuleFrom = one.Rule.From,
                    RuleTerm = string.Create(CultureInfo.InvariantCulture, $"{one.Rule.Value} {one.Rule.Unit}"), EndedOn = one.EndsOn!.Value,
                    State = PurgeItemState.Pending,
                }));
            }
        return items;
    }

    /// <summary>Of a line for each record, in the order of ids: id, kind, rule, the last day of its term, the hashes of its originals.</summary>
    public static string HashOf(IEnumerable<PurgeItem> items) => HashOf(items.Select(item => string.Create(CultureInfo.InvariantCulture,
        $"{item.SubjectId:N} {item.Kind} {item.Rule} {item.RuleFrom:yyyy-MM-dd} {item.EndedOn:yyyy-MM-dd} {item.Sha256.Replace('\n', ',')}\n")));

    public static string HashOf(IEnumerable<string> lines) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(lines.Order(StringComparer.Ordinal)))));
}
