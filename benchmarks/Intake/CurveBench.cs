using System.Globalization;
using Dapper;
using Npgsql;

namespace Homeward.Bench.Intake;

/// <summary>What a report costs when millions are there: one import after another into one house on PostgreSQL, as a nation's days follow each other.</summary>
/// <remarks>
/// Each line is a million reports: its cost is its import's own time, which includes what the start of an import takes that finds so
/// many reports there. What 30 million would cost is told by the straight line through the costs (least squares), which errs on the
/// side of too much: what grows in a tree grows by its depth.
/// </remarks>
internal static class CurveBench
{
    private const int Piece = 1_000_000;
    private const double NationalYear = 30;
    private const double GrowthMax = 1.2;

    /// <param name="millions">So many pieces, 2 or more.</param>
    public static async IAsyncEnumerable<BenchLine> RunAsync(int millions, double scale)
    {
        var folder = Directory.CreateTempSubdirectory("homeward-curve-").FullName;
        try
        {
            await using var server = await PostgresServer.StartInUseAsync(Console.Error.WriteLine);
            if (server is null) yield break;
            var (maker, tar, piece) = (new ReportMaker(), Path.Combine(folder, "reports.tar"), (int)(Piece * scale));
            var database = await IntakeBench.FreshAsync(server, "curve");
            maker.WriteEntries(Path.Combine(folder, "entries.jsonl"));
            await BulkBench.ImportAsync(folder, "missing", Path.Combine(folder, "entries.jsonl"), database);
            var costs = new List<double>();
            for (var number = 1; number <= millions; number++)
            {
                maker.WriteTar(tar, (number - 1) * piece, piece);
                var taken = (await BulkBench.ImportAsync(folder, "reports", tar, database)).GetProperty("reports");
                File.Delete(tar);
                if (taken.GetProperty("new").GetInt32() != piece) throw new InvalidOperationException($"of piece {number}, {taken.GetProperty("new")} reports were new and not {piece}");
                costs.Add(taken.GetProperty("seconds").GetDouble() * 1e6 / piece);
                yield return BenchLine.Less(string.Create(CultureInfo.InvariantCulture, $"intake.curve.{number}M"), costs[^1], "us a report", "the first million", costs[0]);
            }
            var (at, slope) = Line(costs);
            yield return BenchLine.Less("intake.curve.forecast", at + (slope * NationalYear), "us a report at 30 M", "1.2 times the line's cost at 1 M", GrowthMax * (at + slope));
            await using var db = new NpgsqlConnection(database);
            var bytes = await db.ExecuteScalarAsync<long>("SELECT pg_database_size(current_database())") / ((double)millions * piece);
            yield return BenchLine.Less("intake.curve.bytes", bytes, "bytes", "the whole database, a report; not set", bytes);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The straight line through costs at 1, 2, 3…: where it starts, and what it rises by.</summary>
    private static (double At, double Slope) Line(List<double> costs)
    {
        var (middle, mean) = ((costs.Count + 1) / 2.0, costs.Average());
        var slope = costs.Select((cost, index) => (index + 1 - middle) * (cost - mean)).Sum() / costs.Select((_, index) => Math.Pow(index + 1 - middle, 2)).Sum();
        return (mean - (slope * middle), slope);
    }
}
