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

    private sealed record Newest(Guid Report, int Version, DateTimeOffset At, bool IsPrint);

    /// <summary>In the order of the ids, which is that of their arrival; each as its newest version says, where a print never takes the place of what programs wrote.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<NamedPersons>> ReadAsync(HomewardDb db, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (var (after, isLast) = (Guid.Empty, false); !isLast;)
        {
            (var reports, isLast) = await ReportsAsync(db, after, cancel);
            if (reports.Count == 0) yield break;
            var range = new { after = db.Stored(after), last = db.Stored(after = reports[^1].Report) };
            var persons = Of(reports, await PersonsAsync(db, range, cancel), row => (row.ReportId.Value, row.Version));
            var identifiers = Of(reports, await IdentifiersAsync(db, range, cancel), row => (row.ReportId.Value, row.Version));
            yield return [.. reports.Select((one, place) => new NamedPersons(
                ReportId.From(one.Report), one.At, [.. persons[place].Select(person => Gists.Gist(person, identifiers[place]))]))];
        }
    }

    /// <summary>The rows of each report's newest version. Both come in one order: neither is searched.</summary>
    private static List<TRow>[] Of<TRow>(List<Newest> reports, List<TRow> rows, Func<TRow, (Guid Report, int Version)> belongsTo)
    {
        var (of, at) = (new List<TRow>[reports.Count], 0);
        for (var place = 0; place < reports.Count; place++)
        {
            of[place] = [];
            for (; at < rows.Count && belongsTo(rows[at]).Report == reports[place].Report; at++)
                if (belongsTo(rows[at]).Version == reports[place].Version) of[place].Add(rows[at]);
        }
        Ensure.That(at == rows.Count);
        return of;
    }

    /// <returns>The next reports, and whether there are none after them.</returns>
    private static async Task<(List<Newest> Reports, bool IsLast)> ReportsAsync(HomewardDb db, Guid after, CancellationToken cancel)
    {
        for (var max = VersionsAtOnce; ; max *= 2)
        {
            var (newest, count) = (new List<Newest>(), 0);
            await using var row = await QueryAsync(
                db, $"SELECT id, version, incident_at, received_at, form FROM reports WHERE id > @after ORDER BY id, version LIMIT {max}",
                new { after = db.Stored(after) }, cancel);
            for (; await row.ReadAsync(cancel); count++)
            {
                var one = new Newest(row.GetGuid(0), row.GetInt32(1), Instant(db, row, row.IsDBNull(2) ? 3 : 2), row.GetString(4) == nameof(ReportForm.AgencyPdf));
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

    private static async Task<List<ReportPersonRow>> PersonsAsync(HomewardDb db, object range, CancellationToken cancel)
    {
        var persons = new List<ReportPersonRow>();
        await using var row = await QueryAsync(db, """
            SELECT report_id, version, ordinal, role, given, family, other_names, born, age, sex, street, city, state, zip, path
            FROM report_persons WHERE report_id > @after AND report_id <= @last ORDER BY report_id, version, ordinal
            """, range, cancel);
        while (await row.ReadAsync(cancel))
        {
            _ = PartialDate.TryParse(row.GetString(7), out var born);
            persons.Add(new()
            {
                ReportId = ReportId.From(row.GetGuid(0)), Version = row.GetInt32(1), Ordinal = row.GetInt32(2), Role = Enum.Parse<TipRole>(row.GetString(3)),
                Given = row.GetString(4), Family = row.GetString(5), OtherNames = row.GetString(6), Born = born,
                Age = row.IsDBNull(8) ? null : row.GetInt32(8), Sex = Text(row, 9), Street = Text(row, 10), City = Text(row, 11), State = Text(row, 12),
                Zip = Text(row, 13), Path = row.GetString(14),
            });
        }
        return persons;
    }

    /// <summary>Those by which a person can be known elsewhere; the others say nothing of who it is.</summary>
    private static async Task<List<ReportIdentifierRow>> IdentifiersAsync(HomewardDb db, object range, CancellationToken cancel)
    {
        var identifiers = new List<ReportIdentifierRow>();
        await using var row = await QueryAsync(db, """
            SELECT report_id, version, ordinal, kind, value, person FROM report_identifiers
            WHERE report_id > @after AND report_id <= @last AND kind IN ('phone', 'email', 'screen-name', 'account-id') AND person IS NOT NULL
            ORDER BY report_id, version, ordinal
            """, range, cancel);
        while (await row.ReadAsync(cancel))
            identifiers.Add(new()
            {
                ReportId = ReportId.From(row.GetGuid(0)), Version = row.GetInt32(1), Ordinal = row.GetInt32(2), Kind = row.GetString(3),
                Value = row.GetString(4), Look = 0, Path = "", Person = row.GetInt32(5),
            });
        return identifiers;
    }

    private static Task<DbDataReader> QueryAsync(HomewardDb db, string sql, object parameters, CancellationToken cancel) =>
        db.Connection().ExecuteReaderAsync(new CommandDefinition(sql, parameters, db.Transaction(), cancellationToken: cancel));

    private static DateTimeOffset Instant(HomewardDb db, DbDataReader row, int column) =>
        db.IsSqlite ? InstantMicroseconds.From(row.GetInt64(column)) : row.GetFieldValue<DateTimeOffset>(column);

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
