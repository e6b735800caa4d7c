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

    /// <inheritdoc cref="IIntake.HeldByMoreAsync"/>
    public static async Task<IReadOnlyList<(string Kind, string Value)>> HeldByMoreAsync(
        HomewardDb db, IReadOnlyList<(string Kind, string Value)> identifiers, int than, ReportId? until, CancellationToken cancel)
    {
        if (identifiers.Count == 0) return [];
        var values = new DynamicParameters(new { than, until = db.Stored(until?.Value ?? _end) });
        for (var place = 0; place < identifiers.Count; place++)
        {
            var (kind, value) = identifiers[place];
            values.Add($"look{place}", ReportIdentifierRow.LookOf(kind, value));
            values.Add($"kind{place}", kind);
            values.Add($"value{place}", value);
        }
        var asked = string.Join(", ", Enumerable.Range(0, identifiers.Count).Select(place => $"({place}, @look{place}, @kind{place}, @value{place})"));
        return [.. (await db.Connection().QueryAsync<int>(new CommandDefinition($"""
            WITH asked (place, look, kind, value) AS (VALUES {asked})
            SELECT place FROM asked WHERE @than < (SELECT COUNT(*) FROM (
                SELECT DISTINCT held.report_id FROM report_identifiers held
                WHERE held.look = asked.look AND held.kind = asked.kind AND held.value = asked.value AND held.person IS NOT NULL AND held.report_id <= @until
                LIMIT @than + 1) few)
            """, values, db.Transaction(), cancellationToken: cancel))).Select(place => identifiers[place])];
    }
}
