using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;
using Homeward.Exchange.CyberTips;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Kernel;

namespace Homeward.Intake.Reading;

/// <summary>Reads whom all reports name, past EF: an index of them is made of millions of rows, of which few columns are wanted.</summary>
internal static class PersonScan
{
    private const int VersionsAtOnce = 1_000;

    private sealed record Version(Guid Report, int Number, DateTimeOffset At, ReportForm Form, byte[] Parts);

    /// <summary>In the order of the ids, which is that of their arrival; each as all that stands of it says.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<NamedPersons>> ReadAsync(HomewardDb db, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (var (after, isLast) = (Guid.Empty, false); !isLast;)
        {
            (var reports, isLast) = await ReportsAsync(db, after, cancel);
            if (reports.Count == 0) yield break;
            after = reports[^1][0].Report;
            yield return reports.ConvertAll(Named);
        }
    }

    private static NamedPersons Named(List<Version> versions)
    {
        var standing = versions.Count == 1 ? versions : Current.Standing(versions, one => (one.Form, one.Number));
        return new(ReportId.From(standing[0].Report), standing[0].At, StandingPersons.Of(standing.ConvertAll(one => PackedParts.Unpack(one.Parts))));
    }

    /// <returns>The next reports, each with its versions, and whether there are none after them.</returns>
    private static async Task<(List<List<Version>> Reports, bool IsLast)> ReportsAsync(HomewardDb db, Guid after, CancellationToken cancel)
    {
        for (var max = VersionsAtOnce; ; max *= 2)
        {
            var (reports, count) = (new List<List<Version>>(), 0);
            await using var row = await QueryAsync(
                db, $"SELECT id, incident_at, received_at, form, packed, version FROM reports WHERE id > @after ORDER BY id, version LIMIT {max}",
                new { after = db.Stored(after) }, cancel);
            for (; await row.ReadAsync(cancel); count++)
            {
                var one = new Version(row.Id(0), row.GetInt32(5), Instant(db, row, row.IsDBNull(1) ? 2 : 1), Enum.Parse<ReportForm>(row.GetString(3)), row.GetFieldValue<byte[]>(4));
                if (reports.Count > 0 && reports[^1][0].Report == one.Report) reports[^1].Add(one);
                else reports.Add([one]);
            }
            if (count < max) return (reports, true);
            // Later versions of the last one may lie behind the cut: it is read with the next.
            reports.RemoveAt(reports.Count - 1);
            if (reports.Count > 0) return (reports, false);
        }
    }

    private static Task<DbDataReader> QueryAsync(HomewardDb db, string sql, object parameters, CancellationToken cancel) =>
        db.Connection().ExecuteReaderAsync(new CommandDefinition(sql, parameters, db.Transaction(), cancellationToken: cancel));

    private static DateTimeOffset Instant(HomewardDb db, DbDataReader row, int column) =>
        db.IsSqlite ? InstantMicroseconds.From(row.GetInt64(column)) : row.GetFieldValue<DateTimeOffset>(column);
}
