using Homeward.Foundations;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Cli;

/// <summary>Looks at database, keys, disk and the optional printer, and says what is wrong and how to mend it.</summary>
internal static class Examination
{
    private const long FreeBytesMin = 1L << 30;

    /// <param name="State">well, notice or fault.</param>
    public sealed record Finding(string What, string State, string Says, string Mend = "");

    public static async Task<IReadOnlyList<Finding>> RunAsync(HouseOptions options, CancellationToken cancel)
    {
        var (findings, isExercise) = (new List<Finding>(), options.Exercise);
        Problem? others = null;
        var opened = await TryAsync(() => House.OpenThereAsync(options, cancel));
        if (opened.Fault is { } fault) findings.Add(new("database", "fault", fault, "Check --database and that the server runs."));
        else if (!opened.Value.TryGet(out var house, out var problem))
        {
            others = problem.Code is KeyStore.OtherKeys ? problem : null;
            // Before the first use, too, for then there is nothing to lose yet. A database that is not even made is asked by nobody.
            if (problem.Code == House.NoDatabase && await TryAsync(() => House.ForgettingAsync(options, cancel)) is { Fault: null, Value: { } forgetting }) findings.Add(Durability(forgetting));
            findings.Add(problem.Code == House.NoDatabase ? new("database", "notice", problem.What, problem.Mend) : others is null
                ? new("database", "fault", problem.What, problem.Mend)
                : new("database", "notice", $"{options.Database.Shown} answers. It was not looked into, for want of its keys."));
        }
        else
        {
            await using var _ = house;
            await using var scope = house.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
            var last = (await db.Database.GetAppliedMigrationsAsync(cancel)).LastOrDefault();
            findings.Add(new("database", "well", $"{options.Database.Shown} answers; at {last}. Whether what is stored is whole, homeward audit verify --contents tells."));
            isExercise |= await DemoDatabase.IsExerciseAsync(house, cancel);
            findings.Add(Durability(await house.GetRequiredService<Database>().ForgettingAsync(cancel)));
        }
        findings.Add(others is not null ? new("keys", "fault", others.What, others.Mend)
            : Directory.Exists(options.KeyFolder) ? new("keys", "well", options.KeyFolder)
            : new("keys", "notice", $"{options.KeyFolder} is not there yet.", "Keys are made at first use; back them up apart from the database."));
        var keys = new KeyStore(options.KeyFolder, options.Disk);
        if (keys.UnfitClearingUnit() is { } unfit) findings.Add(new("clearing unit", "fault", unfit.What, unfit.Mend));
        if (!isExercise && keys.DoubtfulClearingUnit(options.Time.GetUtcNow()) is { } doubtful) findings.Add(new("clearing unit", "notice", doubtful, "Put the clearing unit's certificate in its place, and nothing else."));
        foreach (var folder in (string[])[options.KeyFolder, options.BlobFolder])
            if (Directory.Exists(folder) && !MayWrite(folder)) findings.Add(new("folders", "fault", $"{folder} may not be written to by whoever runs this.", "Give it to the user that serves: keys are made there, and files are sealed into it."));
        if (HolderKey(options, isExercise) is { } lies) findings.Add(new("clearing unit", "notice", lies, HolderKeyMend));
        var free = new DriveInfo(Standing(Path.GetFullPath(Path.GetDirectoryName(options.KeyFolder) ?? "."))).AvailableFreeSpace;
        findings.Add(free >= FreeBytesMin
            ? new("disk", "well", $"{free >> 30} GiB free.")
            : new("disk", "fault", $"Only {free >> 20} MiB free.", "Make room: a full disk stops intake."));
        findings.Add(PdfPrinter.Find() is { } printer
            ? new("pdf", "well", printer)
            : new("pdf", "notice", "No Chromium found: no PDF files.", "apt-get install chromium; everything else works without."));
        return findings;
    }

    /// <summary>How to mend what <see cref="HolderKey"/> says.</summary>
    public const string HolderKeyMend = "Move it to the clearing unit's own machine: the server needs only the certificate, clearing-unit.pem.";

    /// <summary>Outside an exercise the key that opens sealed files must not lie where they are sealed. Null: it does not.</summary>
    public static string? HolderKey(HouseOptions options, bool isExercise) =>
        !isExercise && KeyStore.HolderKeyPath(options.KeyFolder) is { } path ? $"The clearing unit's private key lies here, {path}: who has this machine opens the sealed files." : null;

    private static Finding Durability(IReadOnlyList<string> forgetting) => forgetting.Count == 0
        ? new("durability", "well", "What is stored outlives a power cut.")
        : new("durability", "fault", $"The database runs with {string.Join(", ", forgetting)}.", "Turn them on in postgresql.conf: else a power cut takes along what was acknowledged.");

    private static bool MayWrite(string folder)
    {
        try
        {
            using var tried = new FileStream(Path.Combine(folder, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static async Task<(T Value, string? Fault)> TryAsync<T>(Func<Task<T>> attempt)
    {
        try
        {
            return (await attempt(), null);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return (default!, fault.Message);
        }
    }

    /// <summary>The folder, or the nearest above it that is there: before its first use a house with a database elsewhere has none.</summary>
    private static string Standing(string folder) => Directory.Exists(folder) ? folder : Standing(Path.GetDirectoryName(folder)!);
}
