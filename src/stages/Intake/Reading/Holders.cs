using System.Text.Json;
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

    /// <summary>So few that whoever waits to write waits not long.</summary>
    private const int AskedAtOnce = 2_000;

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
        var looks = Array.ConvertAll(identifiers, one => Look.Of(one.Kind, one.Value));
        var afters = Array.ConvertAll(identifiers, one => one.After?.Value ?? Guid.Empty);
        var untils = Array.ConvertAll(identifiers, one => one.Until?.Value ?? _end);
        // Neither database takes a bound that differs from row to row.
        var most = identifiers.Max(one => one.Max);
        // One text, however many are asked for: a statement of its own would be read and planned anew for each number of them.
        var (asked, values) = db.IsSqlite
            ? ("SELECT key, value->>0, unhex(value->>1), unhex(value->>2) FROM json_each(@asked)", new DynamicParameters(new { most, asked = JsonSerializer.Serialize(
                looks.Select((look, place) => new object[] { look, StrongId.Text(afters[place]), StrongId.Text(untils[place]) })) }))
            : ("SELECT place - 1, look, after, until FROM unnest(@looks, @afters, @untils) WITH ORDINALITY asked (look, after, until, place)", new DynamicParameters(new { most, looks, afters, untils }));
        // A report stands in one generation: what is counted in each adds up.
        var generations = string.Join(", ", starts.Select(start => $"({start})"));
        var counts = new int[identifiers.Length];
        foreach (var (place, count) in await db.Connection().QueryAsync<(int Place, int Count)>(new CommandDefinition($"""
            WITH asked (place, look, after, until) AS ({asked}), generations (start) AS (VALUES {generations})
            SELECT CAST(place AS INT), CAST(SUM((SELECT COUNT(*) FROM (
                SELECT DISTINCT held.report_id FROM report_identifiers held
                WHERE held.look = asked.look + generations.start AND held.report_id > asked.after AND held.report_id <= asked.until
                LIMIT @most) few)) AS INT) FROM asked CROSS JOIN generations GROUP BY place
            """, values, db.Transaction(), cancellationToken: cancel)))
            counts[place] = Math.Min(count, identifiers[place].Max);
        return counts;
    }
}
