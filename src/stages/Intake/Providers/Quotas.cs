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

    /// <returns>429 when the account may upload no more today; else null.</returns>
    public async Task<LineAnswer?> UploadAsync(ProviderAccount account, CancellationToken cancel)
    {
        if (account.UploadBytesPerDay is not { } max) return null;
        var now = clock.RealNow;
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
            return use.Uploaded < max ? null
                : LineAnswer.Later(429, $"This account may upload {max} bytes a day", (int)(now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime).TotalSeconds + 1);
        }
    }

    /// <summary>Counts what was uploaded, also while nothing is agreed: a bound may be set within the day.</summary>
    public void Uploaded(ProviderAccount account, long bytes)
    {
        if (!_uses.TryGetValue(account.Id, out var use)) return;
        lock (use) use.Uploaded += bytes;
    }

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
