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
    public static string Csv(string folder, long count, ulong seed) => Csv(folder, new PeopleMaker(count, seed), seed, 0, count);

    /// <summary>Two lists of the same people: the first records in the one, the rest in the other.</summary>
    public static (string Left, string Right) Two(string folder, long left, long right, ulong seed)
    {
        var maker = new PeopleMaker(left + right, seed);
        return (Csv(folder, maker, seed, 0, left), Csv(folder, maker, seed, left, left + right));
    }

    private static string Csv(string folder, PeopleMaker maker, ulong seed, long from, long to)
    {
        var part = from == 0 && to == maker.Count ? "" : $"-{from}-{to}";
        var path = Path.Combine(folder, $"people-{maker.Count}-{seed}{part}.csv");
        if (File.Exists(path)) return path;
        Directory.CreateDirectory(folder);
        using (var stream = new FileStream($"{path}.part", FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20))
        {
            stream.Write(Encoding.UTF8.GetBytes(Header + "\n"));
            var pieces = Enumerable.Range(0, (int)((to - from + RecordsPerPiece - 1) / RecordsPerPiece));
            foreach (var piece in pieces.AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(at => Piece(maker, from + ((long)at * RecordsPerPiece), to))) stream.Write(piece);
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

    /// <summary>The person of each record of some files, one after another.</summary>
    public static int[] Truth(params IEnumerable<string> files) => [.. files.SelectMany(csv => File.ReadLines(csv).Skip(1).Select(line => int.Parse(line.AsSpan(line.LastIndexOf(',') + 1), CultureInfo.InvariantCulture)))];

    private static byte[] Piece(PeopleMaker maker, long from, long to)
    {
        var text = new StringBuilder(RecordsPerPiece * 90);
        for (var index = from; index < Math.Min(to, from + RecordsPerPiece); index++)
        {
            var record = maker[index];
            text.Append(record.Id).Append(',').Append(record.FirstName).Append(',').Append(record.Surname).Append(',').Append(record.Born)
                .Append(',').Append(record.City).Append(',').Append(record.Email).Append(',').Append(record.Cluster).Append('\n');
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
