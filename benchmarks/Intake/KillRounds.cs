using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Homeward.Bench.Intake;

/// <summary>Kills a house under load at a random moment, again and again, and looks for all that it had acknowledged.</summary>
internal static class KillRounds
{
    private const int Connections = 16;
    private const int AskedAgain = 20;
    private const int AcknowledgedMax = 800;
    private const int KilledLaterMillisecondsMax = 20;
    private const int CannotStore = 503;
    private static readonly TimeSpan _storesAgainMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _roundMax = TimeSpan.FromSeconds(5);

    /// <param name="Doubled">Reports that stand in the house twice.</param>
    public sealed record Outcome(int Rounds, int Acknowledged, int Lost, int Doubled);

    /// <summary>What clients hold an answer for.</summary>
    private sealed class Held
    {
        public ConcurrentBag<string> Opened { get; } = [];
        public ConcurrentBag<string> Files { get; } = [];
        public ConcurrentBag<string> Finished { get; } = [];
        public int Count => Opened.Count + Files.Count + Finished.Count;
    }

    /// <param name="seed">Chooses the moments; the machine chooses the rest.</param>
    public static async Task<Outcome> RunAsync(string folder, string database, int rounds, int seed, Action<string> tell)
    {
        var chance = new Random(seed);
        var (acknowledged, lost) = (0, 0);
        var house = new ServedHouse(folder, database);
        await using var _ = house;
        await house.StartAsync();
        for (var round = 1; round <= rounds; round++)
        {
            var held = new Held();
            var load = Enumerable.Range(0, Connections).Select(index => LoadAsync(house.Address, held, round, index)).ToArray();
            // By what was acknowledged and not by time: a house that has just come up answers its first calls late.
            var (enough, started) = (chance.Next(1, AcknowledgedMax), Stopwatch.GetTimestamp());
            while (held.Count < enough && Stopwatch.GetElapsedTime(started) < _roundMax) await Task.Delay(1);
            await Task.Delay(chance.Next(KilledLaterMillisecondsMax));
            await house.KillAsync();
            await Task.WhenAll(load);
            await house.StartAsync();
            var missing = await MissingAsync(house, database, held);
            foreach (var one in missing) tell($"round {round}: {one}");
            (acknowledged, lost) = (acknowledged + held.Count, lost + missing.Count);
            tell($"round {round}: {held.Opened.Count} opened, {held.Files.Count} files, {held.Finished.Count} finished; {missing.Count} lost");
        }
        var doubled = await OneAsync(database, "SELECT count(*) - count(DISTINCT number) FROM reports");
        return new Outcome(rounds, acknowledged, lost, doubled);
    }

    /// <summary>Opens, uploads and finishes until the house is gone.</summary>
    private static async Task LoadAsync(Uri house, Held held, int round, int index)
    {
        try
        {
            using var line = await LineConnection.OpenAsync(house);
            for (var count = 0; ; count++)
            {
                var opened = await line.AskAsync(LineConnection.Submit($"Round {round} of {index}, {count}"));
                // It may say that it cannot store, and to send it again: then it acknowledged nothing.
                if (opened.Status == CannotStore) continue;
                if (!opened.IsSuccess) throw new InvalidOperationException($"refused: {opened.Status} {opened.Xml}");
                var number = opened.Of("reportId");
                held.Opened.Add(number);
                if (count % 4 == 0)
                {
                    var uploaded = await line.AskAsync(LineConnection.Upload(number, "neutral bytes"));
                    if (uploaded.IsSuccess) held.Files.Add(uploaded.Of("fileId"));
                }
                if (count % 3 != 0 && (await line.AskAsync(LineConnection.End("finish", number))).IsSuccess) held.Finished.Add(number);
            }
        }
        catch (Exception fault) when (fault is IOException or System.Net.Sockets.SocketException)
        {
            // It was killed; what it said before is what counts.
        }
    }

    private static async Task<List<string>> MissingAsync(ServedHouse house, string database, Held held)
    {
        var submissions = await AllAsync(database, "SELECT number FROM submissions");
        var reports = await AllAsync(database, "SELECT number FROM reports");
        var files = (await AllAsync(database, "SELECT id, blob FROM submission_files")).Select(row => row.Split(' ')).ToDictionary(
            row => row[0], row => row[1], StringComparer.Ordinal);
        var missing = new List<string>();
        missing.AddRange(held.Opened.Where(number => !submissions.Contains(number)).Select(number => $"report {number} was opened and is not there"));
        missing.AddRange(held.Finished.Where(number => !reports.Contains(number)).Select(number => $"report {number} was finished and is not in the house"));
        missing.AddRange(held.Files.Where(file => !files.TryGetValue(file, out var blob) || !File.Exists(Path.Combine(house.BlobFolder, blob + ".sealed"))).Select(file => $"file {file} was taken and is not there"));

        // And as its sender would ask after a crash: retract says 5102 of what had landed.
        using var line = await LineConnection.OpenAsync(house.Address);
        foreach (var number in held.Finished.Take(AskedAgain))
            if (await ToldAsync(line, "retract", number) is not "5102" and var told) missing.Add($"report {number} was finished and its sender is told {told}");
        var finished = held.Finished.ToHashSet();
        foreach (var number in held.Opened.Where(number => !finished.Contains(number)).Take(AskedAgain))
            if (await ToldAsync(line, "finish", number) is not ("0" or "5102") and var told) missing.Add($"report {number} was opened, and who finishes it is told {told}");
        return missing;
    }

    /// <returns>The response code, once the house can store.</returns>
    private static async Task<string> ToldAsync(LineConnection line, string call, string number)
    {
        for (var started = Stopwatch.GetTimestamp(); ; await Task.Delay(100))
        {
            var answer = await line.AskAsync(LineConnection.End(call, number));
            if (answer.Status != CannotStore || Stopwatch.GetElapsedTime(started) > _storesAgainMax) return answer.Of("responseCode");
        }
    }

    private static async Task<HashSet<string>> AllAsync(string database, string sql)
    {
        await using var connection = Open(database);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        var rows = new HashSet<string>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            rows.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(index =>
                reader.GetValue(index) is var value and not (byte[] or Guid) ? Convert.ToString(value, CultureInfo.InvariantCulture) : StrongId.Text(reader.Id(index)))));
        return rows;
    }

    private static async Task<int> OneAsync(string database, string sql) => int.Parse((await AllAsync(database, sql)).Single(), CultureInfo.InvariantCulture);

    private static DbConnection Open(string database)
    {
        var target = DatabaseTarget.Parse(database);
        return target.IsSqlite ? new SqliteConnection(target.ConnectionString + ";Mode=ReadOnly;Pooling=False") : new NpgsqlConnection(target.ConnectionString);
    }
}
