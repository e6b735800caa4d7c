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

    /// <param name="Answer">429 with when to try again; null when the call is within the quota.</param>
    /// <param name="IsFirst">The first one of its minute or day: that one is put on record, the flood is not.</param>
    public readonly record struct Verdict(LineAnswer? Answer, bool IsFirst);

    /// <summary>Counts a call.</summary>
    public Verdict Call(ProviderAccount account)
    {
        if (account.CallsPerMinute is not { } max) return default;
        var now = clock.RealNow;
        var use = _uses.GetOrAdd(account.Id, _ => new Use());
        lock (use)
        {
            var minute = now.ToUnixTimeSeconds() / SecondsPerMinute;
            if (use.Minute != minute) (use.Minute, use.Calls) = (minute, 0);
            if (++use.Calls <= max) return default;
            var seconds = SecondsPerMinute - (int)(now.ToUnixTimeSeconds() % SecondsPerMinute);
            return new(LineAnswer.Later(429, $"Too many requests: this account may send {max} calls a minute", seconds), use.Calls == max + 1);
        }
    }

    /// <summary>Whether the account may upload more today.</summary>
    public async Task<Verdict> UploadAsync(ProviderAccount account, CancellationToken cancel)
    {
        if (account.UploadBytesPerDay is not { } max) return default;
        var now = clock.RealNow;
        var use = _uses.GetOrAdd(account.Id, _ => new Use());
        var day = Days.Utc(clock.GetUtcNow());
        if (use.Day != day)
        {
            var stored = await StoredAsync(account.Id, day, cancel);
            lock (use)
                if (use.Day != day) (use.Day, use.Uploaded, use.Told) = (day, stored, false);
        }
        lock (use)
        {
            if (use.Uploaded < max) return default;
            var isFirst = !use.Told;
            use.Told = true;
            return new(LineAnswer.Later(429, $"This account may upload {max} bytes a day", (int)(now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime).TotalSeconds + 1), isFirst);
        }
    }

    /// <summary>Counts what was uploaded.</summary>
    public void Uploaded(ProviderAccount account, long bytes)
    {
        if (account.UploadBytesPerDay is null || !_uses.TryGetValue(account.Id, out var use)) return;
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
        public bool Told;
    }
}
