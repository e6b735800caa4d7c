using Dapper;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Kernel;

namespace Homeward.Intake.Reading;

/// <summary>How many reports hold an identifier, in plain SQL: EF has no way to ask it of many at once, each no further than need be.</summary>
/// <remarks>
/// By the index alone. Rows lie all over a nation's reports, and to read each for its value would cost a page a row. Whoever made
/// another value to be looked up alike, so that this one seems to be everywhere, could as well write this one everywhere.
/// </remarks>
internal static class Holders
{
    /// <summary>Newer than every id.</summary>
    private static readonly Guid _end = new(Enumerable.Repeat(byte.MaxValue, 16).ToArray());

    /// <summary>A question has three values for each, and SQLite takes some thirty thousand.</summary>
    private const int AskedAtOnce = 500;

    /// <inheritdoc cref="IIntake.HoldersAsync"/>
    public static async Task<IReadOnlyList<int>> CountAsync(HomewardDb db, LookGenerations generations, IReadOnlyList<HoldersAsked> identifiers, CancellationToken cancel)
    {
        if (identifiers.Count == 0) return [];
        var starts = await generations.StartsAsync(db, cancel);
        var counts = new List<int>(identifiers.Count);
        foreach (var some in identifiers.Chunk(AskedAtOnce)) counts.AddRange(await CountAsync(db, some, starts, cancel));
        return counts;
    }

    private static async Task<int[]> CountAsync(HomewardDb db, HoldersAsked[] identifiers, IReadOnlyList<long> starts, CancellationToken cancel)
    {
        // SQLite takes no bound that differs from row to row.
        var values = new DynamicParameters(new { most = identifiers.Max(one => one.Max) });
        for (var place = 0; place < identifiers.Length; place++)
        {
            var one = identifiers[place];
            values.Add($"look{place}", Look.Of(one.Kind, one.Value));
            values.Add($"after{place}", db.Stored(one.After?.Value ?? Guid.Empty));
            values.Add($"until{place}", db.Stored(one.Until?.Value ?? _end));
        }
        var asked = string.Join(", ", Enumerable.Range(0, identifiers.Length).Select(place =>
            $"({place}, @look{place}, @after{place}, @until{place})"));
        // A report stands in one generation: what is counted in each adds up.
        var generations = string.Join(", ", starts.Select(start => $"({start})"));
        var counts = new int[identifiers.Length];
        foreach (var (place, count) in await db.Connection().QueryAsync<(int Place, int Count)>(new CommandDefinition($"""
            WITH asked (place, look, after, until) AS (VALUES {asked}), generations (start) AS (VALUES {generations})
            SELECT place, CAST(SUM((SELECT COUNT(*) FROM (
                SELECT DISTINCT held.report_id FROM report_identifiers held
                WHERE held.look = asked.look + generations.start AND held.report_id > asked.after AND held.report_id <= asked.until
                LIMIT @most) few)) AS INT) FROM asked CROSS JOIN generations GROUP BY place
            """, values, db.Transaction(), cancellationToken: cancel)))
            counts[place] = Math.Min(count, identifiers[place].Max);
        return counts;
    }
}
