using System.Collections.Concurrent;
using Homeward.Foundations.Storage;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Intake.Providers;

/// <summary>Keeps each account to what is agreed, so that one that floods harms no other. Counts for this node alone; in real time.</summary>
internal sealed class Quotas(IServiceProvider services, HouseClock clock)
{
    private const int SecondsPerMinute = 60;

    /// <summary>What a form has beside its file, at most.</summary>
    private const int FormBytesMax = 1 << 16;
    private readonly ConcurrentDictionary<Guid, Use> _uses = new();

    /// <summary>Counts a call.</summary>
    /// <returns>429 with when to try again; null when the call is within the quota.</returns>
    public LineAnswer? Call(ProviderAccount account)
    {
        if (account.CallsPerMinute is not { } max) return null;
        var now = clock.RealNow;
        var use = _uses.GetOrAdd(account.Id, _ => new Use());
        lock (use)
        {
            var minute = now.ToUnixTimeSeconds() / SecondsPerMinute;
            if (use.Minute != minute) (use.Minute, use.Calls) = (minute, 0);
            if (++use.Calls <= max) return null;
            var seconds = SecondsPerMinute - (int)(now.ToUnixTimeSeconds() % SecondsPerMinute);
            return LineAnswer.Later(429, $"Too many requests: this account may send {max} calls a minute", seconds);
        }
    }

    /// <param name="declared">What the request says of its length, its form included; null where it says nothing.</param>
    /// <returns>429 when the account may upload no more today, or not so much; else null.</returns>
    public async Task<LineAnswer?> UploadAsync(ProviderAccount account, long? declared, CancellationToken cancel)
    {
        if (account.UploadBytesPerDay is not { } max) return null;
        var use = _uses.GetOrAdd(account.Id, _ => new Use());
        var day = Days.Utc(clock.GetUtcNow());
        if (use.Day != day)
        {
            var stored = await StoredAsync(account.Id, day, cancel);
            lock (use)
                if (use.Day != day) (use.Day, use.Uploaded) = (day, stored);
        }
        lock (use)
        {
            return use.Uploaded < max && !(declared - FormBytesMax > max - use.Uploaded) ? null : TooMuch(max);
        }
    }

    /// <summary>Counts a file that was received and is to be put on record, also while nothing is agreed: a bound may be set within the day.</summary>
    /// <remarks>Here and not before: how large a file is nobody knows until its end, and several may come at once.</remarks>
    /// <returns>429 when it is more than the account may upload today: then it is not counted.</returns>
    public LineAnswer? Take(ProviderAccount account, long bytes)
    {
        if (!_uses.TryGetValue(account.Id, out var use)) return null;
        lock (use)
        {
            if (account.UploadBytesPerDay is { } max && bytes > max - use.Uploaded) return TooMuch(max);
            use.Uploaded += bytes;
            return null;
        }
    }

    /// <summary>A file that was counted is not on record.</summary>
    public void GiveBack(ProviderAccount account, long bytes)
    {
        if (!_uses.TryGetValue(account.Id, out var use)) return;
        lock (use) use.Uploaded -= bytes;
    }

    private LineAnswer TooMuch(long max) =>
        LineAnswer.Later(429, $"This account may upload {max} bytes a day", (int)(clock.RealNow.UtcDateTime.Date.AddDays(1) - clock.RealNow.UtcDateTime).TotalSeconds + 1);

    private async Task<long> StoredAsync(Guid account, string day, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        return await ProviderFiles.UploadedOnAsync(scope.ServiceProvider.GetRequiredService<HomewardDb>(), account, day, cancel);
    }

    private sealed class Use
    {
        public long Minute, Uploaded;
        public int Calls;
        public string Day = "";
    }
}
