using System.Globalization;

namespace Homeward.Bench.Intake;

/// <summary>What processes have used of the processors, from <c>/proc</c> (proc_pid_stat(5)); zero where there is none.</summary>
internal static class CpuTime
{
    private const int TicksPerSecond = 100;   // USER_HZ: fixed for this interface on every Linux.

    /// <summary>User and system time of a process and of all below it, those included that have ended.</summary>
    public static TimeSpan OfTree(int process)
    {
        if (!Directory.Exists("/proc")) return TimeSpan.Zero;
        var all = Directory.GetDirectories("/proc").Select(Read).OfType<(int Id, int Parent, long Own, long Ended)>().ToList();
        var (ticks, below) = (0L, new Queue<int>([process]));
        while (below.TryDequeue(out var id))
        {
            foreach (var one in all.Where(one => one.Id == id)) ticks += one.Own + one.Ended;
            foreach (var one in all.Where(one => one.Parent == id)) below.Enqueue(one.Id);
        }
        return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
    }

    private static (int Id, int Parent, long Own, long Ended)? Read(string folder)
    {
        if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)) return null;
        string stat;
        try
        {
            stat = File.ReadAllText(folder + "/stat");
        }
        catch (IOException)
        {
            return null;   // It has ended meanwhile.
        }
        // The name stands in brackets and may hold blanks.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (id, int.Parse(fields[1], CultureInfo.InvariantCulture), Number(11) + Number(12), Number(13) + Number(14));

        long Number(int at) => long.Parse(fields[at], CultureInfo.InvariantCulture);
    }
}
