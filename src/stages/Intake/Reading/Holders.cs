using Dapper;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Kernel;

namespace Homeward.Intake.Reading;

/// <summary>How many reports hold an identifier, in plain SQL: EF has no way to ask it of many at once, each no further than need be.</summary>
internal static class Holders
{
    /// <summary>Newer than every id.</summary>
    private static readonly Guid _end = new(Enumerable.Repeat(byte.MaxValue, 16).ToArray());

    /// <inheritdoc cref="IIntake.HoldersAsync"/>
    public static async Task<IReadOnlyList<int>> CountAsync(HomewardDb db, IReadOnlyList<HoldersAsked> identifiers, CancellationToken cancel)
    {
        if (identifiers.Count == 0) return [];
        // SQLite takes no bound that differs from row to row.
        var values = new DynamicParameters(new { most = identifiers.Max(one => one.Max) });
        for (var place = 0; place < identifiers.Count; place++)
        {
            var one = identifiers[place];
            values.Add($"look{place}", ReportIdentifierRow.LookOf(one.Kind, one.Value));
            values.Add($"kind{place}", one.Kind);
            values.Add($"value{place}", one.Value);
            values.Add($"after{place}", db.Stored(one.After?.Value ?? Guid.Empty));
            values.Add($"until{place}", db.Stored(one.Until?.Value ?? _end));
        }
        var asked = string.Join(", ", Enumerable.Range(0, identifiers.Count).Select(place =>
            $"({place}, @look{place}, @kind{place}, @value{place}, @after{place}, @until{place})"));
        var counts = new int[identifiers.Count];
        foreach (var (place, count) in await db.Connection().QueryAsync<(int Place, int Count)>(new CommandDefinition($"""
            WITH asked (place, look, kind, value, after, until) AS (VALUES {asked})
            SELECT place, CAST((SELECT COUNT(*) FROM (
                SELECT DISTINCT held.report_id FROM report_identifiers held
                WHERE held.look = asked.look AND held.kind = asked.kind AND held.value = asked.value AND held.person IS NOT NULL
                    AND held.report_id > asked.after AND held.report_id <= asked.until
                LIMIT @most) few) AS INT) FROM asked
            """, values, db.Transaction(), cancellationToken: cancel)))
            counts[place] = Math.Min(count, identifiers[place].Max);
        return counts;
    }
}
