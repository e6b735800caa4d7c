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

    private sealed record Newest(Guid Report, DateTimeOffset At, bool IsPrint, byte[] Parts);

    /// <summary>In the order of the ids, which is that of their arrival; each as its newest version says, where a print never takes the place of what programs wrote.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<NamedPersons>> ReadAsync(HomewardDb db, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (var (after, isLast) = (Guid.Empty, false); !isLast;)
        {
            (var reports, isLast) = await ReportsAsync(db, after, cancel);
            if (reports.Count == 0) yield break;
            after = reports[^1].Report;
            yield return reports.ConvertAll(Named);
        }
    }

    private static NamedPersons Named(Newest report)
    {
        var parts = PackedParts.Unpack(report.Parts);
        return new(ReportId.From(report.Report), report.At, [.. parts.Persons.Select((person, ordinal) => Gists.Gist(ordinal, person, parts.Identifiers))]);
    }

    /// <returns>The next reports, and whether there are none after them.</returns>
    private static async Task<(List<Newest> Reports, bool IsLast)> ReportsAsync(HomewardDb db, Guid after, CancellationToken cancel)
    {
        for (var max = VersionsAtOnce; ; max *= 2)
        {
            var (newest, count) = (new List<Newest>(), 0);
            await using var row = await QueryAsync(
                db, $"SELECT id, incident_at, received_at, form, packed FROM reports WHERE id > @after ORDER BY id, version LIMIT {max}",
                new { after = db.Stored(after) }, cancel);
            for (; await row.ReadAsync(cancel); count++)
            {
                var one = new Newest(
                    row.Id(0), Instant(db, row, row.IsDBNull(1) ? 2 : 1), row.GetString(3) == nameof(ReportForm.AgencyPdf), row.GetFieldValue<byte[]>(4));
                if (newest.Count > 0 && newest[^1].Report == one.Report)
                {
                    if (one.IsPrint && !newest[^1].IsPrint) continue;
                    newest.RemoveAt(newest.Count - 1);
                }
                newest.Add(one);
            }
            if (count < max) return (newest, true);
            // Later versions of the last one may lie behind the cut: it is read with the next.
            newest.RemoveAt(newest.Count - 1);
            if (newest.Count > 0) return (newest, false);
        }
    }

    private static Task<DbDataReader> QueryAsync(HomewardDb db, string sql, object parameters, CancellationToken cancel) =>
        db.Connection().ExecuteReaderAsync(new CommandDefinition(sql, parameters, db.Transaction(), cancellationToken: cancel));

    private static DateTimeOffset Instant(HomewardDb db, DbDataReader row, int column) =>
        db.IsSqlite ? InstantMicroseconds.From(row.GetInt64(column)) : row.GetFieldValue<DateTimeOffset>(column);
}
