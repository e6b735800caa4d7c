using System.Diagnostics;
using Homeward.Fuzz;

// dotnet run --project fuzz -- TARGET [SECONDS] [SEED]
// Reads mutations of fuzz/corpus/TARGET until the time is over; an input that breaks the reader is kept in fuzz/found and ends
// the run with 1. Put it into the corpus with its mending, and it is read in every ./test.
Target[] targets = [.. LinkageTargets.All, .. ReaderTargets.All];
if (args.Length == 0 || targets.FirstOrDefault(one => one.Name == args[0]) is not { } target)
{
    Console.Error.WriteLine($"Name a target: {string.Join(", ", targets.Select(one => one.Name))}.");
    return 2;
}
var seconds = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 60;
var seed = args.Length > 2 ? int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture) : Environment.TickCount;
var folder = Path.Combine(AppContext.BaseDirectory, "corpus", target.Name);
if (!Directory.Exists(folder)) folder = Path.Combine("fuzz", "corpus", target.Name);
var corpus = Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToList();
var mutator = new Mutator(seed, corpus, target.Words);
var scratch = Directory.CreateTempSubdirectory("fuzz-").FullName;
var (started, read) = (Stopwatch.GetTimestamp(), 0L);
try
{
    while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds)
    {
        var input = mutator.Next();
        read++;
        if (target.Try(input, scratch) is not { } fault) continue;
        Directory.CreateDirectory(Path.Combine("fuzz", "found"));
        var path = Path.Combine("fuzz", "found", $"{target.Name}-{seed}-{read}");
        File.WriteAllBytes(path, input);
        Console.Error.WriteLine($"{path}: {fault}");
        return 1;
    }
}
finally
{
    Directory.Delete(scratch, recursive: true);
}
Console.WriteLine($"{target.Name}: {read:N0} inputs, seed {seed}, nothing found");
return 0;
