using System.Globalization;
using DuckDB.NET.Data;
using Homeward.Linkage;

namespace Homeward.Bench;

/// <summary>What a Splink user runs: the same rules, comparisons, levels, term frequencies and EM as SQL in DuckDB, on all processors.</summary>
/// <remarks>
/// The SQL is in <c>Baseline/*.sql</c>, to be read. It is written as Splink 5 writes it and then helped: ids are
/// paired before values are joined, every likeness is computed once, levels are computed once for training and for
/// prediction, and training runs over patterns.
/// </remarks>
internal sealed class DuckBaseline : IDisposable
{
    /// <summary>Rounds of a session: as many as Splink allows by default.</summary>
    private const int RoundsMax = 25;
    private const double MovementMin = 1e-4;

    private static readonly (string Rule, string Held)[] _sessions =
    [
        ("surname = 1 AND dob = 1", "'surname', 'dob'"),
        ("first_name = 1 AND dob = 1", "'first_name', 'dob'"),
        ("email = 1", "'email'"),
    ];

    private readonly DuckDBConnection _duck = new("DataSource=:memory:");

    public DuckBaseline()
    {
        _duck.Open();
        // Splink's result does not depend on it, and without it DuckDB may write tables side by side.
        Run("SET preserve_insertion_order = false; SET temp_directory = '" + Path.Combine(Path.GetTempPath(), "homeward-bench-duck") + "'");
    }

    public void Dispose() => _duck.Dispose();

    /// <summary>Takes the lists into a table; what "in memory" starts from.</summary>
    public void Load(string[] files) => Run($"SET preserve_insertion_order = true; CREATE OR REPLACE TABLE source AS SELECT * FROM read_csv([{string.Join(", ", files.Select(file => $"'{file}'"))}], all_varchar = true); SET preserve_insertion_order = false");

    /// <summary>From table to clusters.</summary>
    /// <param name="split">Where the second of two lists begins; 0 for one list.</param>
    /// <returns>Pairs compared.</returns>
    public long Link(IReadOnlyList<BlockingRule> rules, double threshold, long split = 0)
    {
        Script("01-people");
        Block(rules, split == 0 ? "l.id < r.id" : $"l.id < {split} AND r.id >= {split}");
        Script("03-vectors", ("{pairs}", "pairs"), ("{vectors}", "vectors"));
        var records = Number("SELECT count(*) FROM people");
        Script("04-random-pairs", ("{records}", Text(records)));
        Script("03-vectors", ("{pairs}", "random_pairs"), ("{vectors}", "random_vectors"));
        Script("05-parameters");
        Train();
        Predict(split == 0 ? records * (records - 1) / 2 : split * (records - split), Math.Log2(threshold / (1 - threshold)));
        Connect();
        return (long)Number("SELECT count(*) FROM pairs");
    }

    public void WriteClusters(string path) => Run($"COPY (SELECT id, cluster FROM clusters ORDER BY id) TO '{path}' (HEADER)");

    /// <summary>The cluster of each record.</summary>
    public int[] Clusters()
    {
        var clusters = new int[(int)Number("SELECT count(*) FROM clusters")];
        using var command = _duck.CreateCommand();
        command.CommandText = "SELECT id::INTEGER, cluster::INTEGER FROM clusters";
        using var reader = command.ExecuteReader();
        while (reader.Read()) clusters[reader.GetInt32(0)] = reader.GetInt32(1);
        return clusters;
    }

    /// <summary>The pairs at or above the threshold.</summary>
    public IEnumerable<(int Left, int Right)> Matches()
    {
        using var command = _duck.CreateCommand();
        command.CommandText = "SELECT id_l::INTEGER, id_r::INTEGER FROM matches";
        using var reader = command.ExecuteReader();
        while (reader.Read()) yield return (reader.GetInt32(0), reader.GetInt32(1));
    }

    private void Block(IReadOnlyList<BlockingRule> rules, string order)
    {
        Run("CREATE OR REPLACE TABLE pairs (id_l BIGINT, id_r BIGINT)");
        var conditions = rules.Select(rule => string.Join(" AND ", rule.Parts.Select(Condition))).ToList();
        for (var i = 0; i < conditions.Count; i++)
        {
            // Each alone: of an OR an unknown part would hide that another holds.
            var earlier = string.Join(" OR ", conditions.Take(i).Select(condition => $"coalesce({condition}, false)"));
            Script("02-pairs", ("{rule}", conditions[i]), ("{order}", order), ("{earlier}", i == 0 ? "false" : earlier));
        }
    }

    private static string Condition(KeyPart part) => part.Form switch
    {
        KeyForm.Same => $"l.{part.Fields[0]} = r.{part.Fields[0]}",
        KeyForm.Year => "l.birth_year = r.birth_year",
        _ => throw new NotSupportedException(part.ToString()),
    };

    private void Train()
    {
        Run("CREATE OR REPLACE TABLE learnt (field VARCHAR, level INTEGER, m DOUBLE)");
        foreach (var (rule, held) in _sessions)
        {
            Script("06-session", ("{rule}", rule), ("{held}", held));
            var before = 0.0;
            for (var round = 0; round < RoundsMax; round++)
            {
                Script("07-em-step");
                var now = Number("SELECT sum(m * level) + any_value(prior) FROM session_parameter, session_prior");
                if (Math.Abs(now - before) < MovementMin) break;
                before = now;
            }
            Run("INSERT INTO learnt SELECT field, level, m FROM session_parameter");
        }
    }

    private void Predict(double allPairs, double threshold)
    {
        var prior = Math.Log2(1 / Math.Sqrt(allPairs));
        Script("08-predict", ("{prior}", Text(prior)), ("{threshold}", "1e9"));
        for (var round = 0; round < RoundsMax; round++)
        {
            var share = Number(Sql("09-prior", ("{prior}", Text(prior)), ("{allPairs}", Text(allPairs))));
            var next = Math.Log2(share / (1 - share));
            if (Math.Abs(next - prior) < MovementMin) break;
            prior = next;
        }
        Script("08-predict", ("{prior}", Text(prior)), ("{threshold}", Text(threshold)));
    }

    private void Connect()
    {
        Script("10-components-start");
        while (Number("SELECT count(*) FROM edges JOIN component l ON l.id = edges.a JOIN component r ON r.id = edges.b WHERE l.root <> r.root") > 0)
            Script("11-components-step");
        Script("12-clusters");
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string Sql(string name, params (string Key, string Value)[] words)
    {
        using var stream = typeof(DuckBaseline).Assembly.GetManifestResourceStream($"{name}.sql") ?? throw new InvalidOperationException(name);
        using var reader = new StreamReader(stream);
        return words.Aggregate(reader.ReadToEnd(), (sql, word) => sql.Replace(word.Key, word.Value, StringComparison.Ordinal));
    }

    private void Script(string name, params (string Key, string Value)[] words)
    {
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        Run(Sql(name, words));
        if (Environment.GetEnvironmentVariable("BENCH_STEPS") is not null)
            Console.Error.WriteLine($"{name} {System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} s");
    }

    private void Run(string sql)
    {
        using var command = _duck.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private double Number(string sql)
    {
        using var command = _duck.CreateCommand();
        command.CommandText = sql;
        return Convert.ToDouble(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
