using System.Globalization;
using System.Text;
using DuckDB.NET.Data;

namespace Homeward.Bench;

/// <summary>Writes invented people to a file, on all processors, in the order of their numbers.</summary>
internal static class PeopleFile
{
    public const string Header = "unique_id,first_name,surname,dob,city,email,cluster";
    private const int RecordsPerPiece = 1 << 14;

    /// <summary>Writes CSV, once: a file of that count and seed which is there already is taken as it is.</summary>
    public static string Csv(string folder, long count, ulong seed)
    {
        var path = Path.Combine(folder, $"people-{count}-{seed}.csv");
        if (File.Exists(path)) return path;
        Directory.CreateDirectory(folder);
        var maker = new PeopleMaker(count, seed);
        using (var stream = new FileStream($"{path}.part", FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20))
        {
            stream.Write(Encoding.UTF8.GetBytes(Header + "\n"));
            var pieces = Enumerable.Range(0, (int)((count + RecordsPerPiece - 1) / RecordsPerPiece));
            foreach (var piece in pieces.AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(at => Piece(maker, at))) stream.Write(piece);
        }
        File.Move($"{path}.part", path);
        return path;
    }

    /// <summary>The same list as Parquet.</summary>
    public static string Parquet(string folder, long count, ulong seed)
    {
        var (csv, path) = (Csv(folder, count, seed), Path.Combine(folder, $"people-{count}-{seed}.parquet"));
        if (File.Exists(path)) return path;
        using var duck = new DuckDBConnection("DataSource=:memory:");
        duck.Open();
        using var copy = duck.CreateCommand();
        copy.CommandText = $"COPY (SELECT * FROM read_csv('{csv}', all_varchar = true)) TO '{path}' (FORMAT parquet, COMPRESSION zstd)";
        copy.ExecuteNonQuery();
        return path;
    }

    /// <summary>The person of each record of a file.</summary>
    public static int[] Truth(string csv) => [.. File.ReadLines(csv).Skip(1).Select(line => int.Parse(line.AsSpan(line.LastIndexOf(',') + 1), CultureInfo.InvariantCulture))];

    private static byte[] Piece(PeopleMaker maker, int piece)
    {
        var text = new StringBuilder(RecordsPerPiece * 90);
        var end = Math.Min(maker.Count, ((long)piece + 1) * RecordsPerPiece);
        for (var index = (long)piece * RecordsPerPiece; index < end; index++)
        {
            var record = maker[index];
            text.Append(record.Id).Append(',').Append(record.FirstName).Append(',').Append(record.Surname).Append(',').Append(record.Born)
                .Append(',').Append(record.City).Append(',').Append(record.Email).Append(',').Append(record.Cluster).Append('\n');
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
